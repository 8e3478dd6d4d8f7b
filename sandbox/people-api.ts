/** What the persons of the sandbox do in their chats. */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { ChatView, PersonView } from './api.ts';
import type { Persons } from './persons.ts';
import { kindOfPicture } from './pictures.ts';
import { allowed, parse, readBody, RequestProblem } from './requests.ts';
import type { SimulatedTelegram } from './telegram/simulated-telegram.ts';

/** Older messages stay in the simulated Telegram and are not shown. */
const MAX_SHOWN = 200;

const personId = z.object({ id: z.coerce.number().pipe(z.int()) });
const textBody = z.strictObject({ text: z.string().trim().min(1).max(4096) });
const phoneBody = z.strictObject({ phone: z.string().regex(/^\+?\d{7,15}$/) });
const tapBody = z.strictObject({ messageId: z.int().positive(), data: z.string().min(1).max(64) });
const photoQuery = z.object({ caption: z.string().max(1024).default('') });
const languageBody = z.strictObject({ language: z.enum(['uz', 'ru', 'en']) });
const blockBody = z.strictObject({ isBlocking: z.boolean() });

export function chatView(telegram: SimulatedTelegram, id: number): ChatView {
  const messages = telegram.messages(id).slice(-MAX_SHOWN);
  return { messages, keyboard: telegram.replyKeyboard(id) };
}

export function peopleApi(telegram: SimulatedTelegram, persons: Persons): Hono {
  const api = new Hono();
  const personOf = (context: Context): number => {
    const { id } = parse(personId, context.req.param());
    if (persons.find(id)) return id;
    throw new RequestProblem(404, `nobody here has the id ${id}`);
  };
  const one = (context: Context): PersonView => {
    const person = persons.find(personOf(context));
    if (person) return person;
    throw new RequestProblem(404, 'nobody');
  };
  api.get('/', (c) => c.json(persons.all()));
  api.get('/:id/chat', (c) => c.json(chatView(telegram, personOf(c))));
  api.get('/:id/commands', (c) => c.json(telegram.commands(personOf(c))));
  addWriting(api, telegram, personOf);
  api.post('/:id/language', async (c) => {
    const { language } = await readBody(c, languageBody);
    persons.setLanguage(personOf(c), language);
    return c.json(one(c));
  });
  api.post('/:id/block', async (c) => {
    const { isBlocking } = await readBody(c, blockBody);
    persons.setBlocking(personOf(c), isBlocking);
    return c.json(one(c));
  });
  return api;
}

function addWriting(
  api: Hono,
  telegram: SimulatedTelegram,
  personOf: (context: Context) => number,
): void {
  api.post('/:id/text', async (c) => {
    const id = personOf(c);
    const { text } = await readBody(c, textBody);
    return c.json(allowed(() => telegram.sendText(id, text)));
  });
  api.post('/:id/contact', async (c) => {
    const id = personOf(c);
    const { phone } = await readBody(c, phoneBody);
    return c.json(allowed(() => telegram.sendContact(id, phone)));
  });
  api.post('/:id/photo', async (c) => {
    const id = personOf(c);
    const { caption } = parse(photoQuery, c.req.query());
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    if (kindOfPicture(bytes) === null) {
      throw new RequestProblem(400, 'this is no PNG, JPEG, WebP or GIF');
    }
    return c.json(allowed(() => telegram.sendPhoto(id, bytes, { caption })));
  });
  // The answer comes as an event, like in any client: a bot may take its time.
  api.post('/:id/tap', async (c) => {
    const id = personOf(c);
    const { messageId, data } = await readBody(c, tapBody);
    const { queryId } = allowed(() => telegram.tap(id, messageId, { data }));
    return c.json({ queryId });
  });
}
