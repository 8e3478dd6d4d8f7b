/** What the persons of the sandbox do in their chats. */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { OWNER_ID, PERSONS } from './persons.ts';
import { allowed, parse, readBody, RequestProblem } from './requests.ts';
import type { SimulatedTelegram } from './telegram/simulated-telegram.ts';
import type { MessageView, ReplyKeyboard } from './telegram/types.ts';

/** Older messages stay in the simulated Telegram and are not shown. */
const MAX_SHOWN = 200;

export interface PersonView {
  id: number;
  name: string;
  language: string;
  isOwner: boolean;
}

export interface ChatView {
  /** Oldest first. */
  messages: MessageView[];
  keyboard: ReplyKeyboard | null;
}

const personId = z.object({ id: z.coerce.number().pipe(z.int()) });
const textBody = z.strictObject({ text: z.string().trim().min(1).max(4096) });
const phoneBody = z.strictObject({ phone: z.string().regex(/^\+?\d{7,15}$/) });
const tapBody = z.strictObject({ messageId: z.int().positive(), data: z.string().min(1).max(64) });

export function personViews(): PersonView[] {
  return PERSONS.map(({ id, firstName, languageCode }) => ({
    id,
    name: firstName,
    language: languageCode,
    isOwner: id === OWNER_ID,
  }));
}

export function chatView(telegram: SimulatedTelegram, id: number): ChatView {
  const messages = telegram.messages(id).slice(-MAX_SHOWN);
  return { messages, keyboard: telegram.replyKeyboard(id) };
}

export function peopleApi(telegram: SimulatedTelegram): Hono {
  const api = new Hono();
  api.get('/', (c) => c.json(personViews()));
  api.get('/:id/chat', (c) => c.json(chatView(telegram, personOf(c))));
  api.get('/:id/commands', (c) => c.json(telegram.commands(personOf(c))));
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
  // The answer comes as an event, like in any client: a bot may take its time.
  api.post('/:id/tap', async (c) => {
    const id = personOf(c);
    const { messageId, data } = await readBody(c, tapBody);
    const { queryId } = allowed(() => telegram.tap(id, messageId, { data }));
    return c.json({ queryId });
  });
  return api;
}

function personOf(context: Context): number {
  const { id } = parse(personId, context.req.param());
  if (PERSONS.some((person) => person.id === id)) return id;
  throw new RequestProblem(404, `nobody here has the id ${id}`);
}
