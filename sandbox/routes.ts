/** The sandbox over HTTP: the page, its events and its API (api.ts). */
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import type { Clock } from '../src/core/deps.ts';
import type { Log } from '../src/core/log.ts';
import type { BooksView } from './api-books.ts';
import type { LiveEvent, StateView } from './api.ts';
import type { Books } from './books/books.ts';
import { guard } from './guard.ts';
import { createLiveEvents, type LiveEvents } from './live-events.ts';
import type { OutsideWorld } from './here.ts';
import { PAGE } from './page-files.ts';
import { chatView, peopleApi } from './people-api.ts';
import type { Persons } from './persons.ts';
import { fileAnswer } from './pictures.ts';
import { programApi } from './program-api.ts';
import type { ProgramDesk } from './program/desk.ts';
import { RequestProblem } from './requests.ts';
import type { SimulatedTelegram } from './telegram/simulated-telegram.ts';
import { worldApi } from './world-api.ts';

const MAX_BODY_BYTES = 64 * 1024;
const MAX_PICTURE_BYTES = 5 * 1024 * 1024;
/** Orders expire with time alone, so the page is told again at this interval. */
const WORLD_EVERY_MS = 3000;
const BOOKS_EVERY_MS = 250;
/** A page that is reloaded is back sooner than this. */
const ALONE_AFTER_MS = 60_000;

const NO_BOOKS: BooksView = {
  entries: [],
  accounts: [],
  orders: [],
  bills: [],
  requests: [],
  budgets: [],
  queues: { inbox: 0, outbox: 0 },
};

interface Parts {
  telegram: SimulatedTelegram;
  persons: Persons;
  outside: OutsideWorld;
  desk: ProgramDesk;
  /** Null where nobody reads them. */
  books: Books | null;
  /** Real time, as the person who looks at the page has it; not the simulated one. */
  clock: Clock;
  log: Log;
  /** Names, beside those of this machine, under which the page may be opened. */
  hosts: readonly string[];
}

/** `close` lets go of every open page. */
export function sandboxRoutes(parts: Parts): { routes: Hono; close: () => void } {
  const { telegram, persons, outside, desk, clock } = parts;
  const tell = (event: LiveEvent): void => live.tell(event);
  const tellWorld = (): void => tell({ event: 'world', data: outside.view() });
  const ticks = [
    { everyMs: WORLD_EVERY_MS, run: tellWorld },
    { everyMs: BOOKS_EVERY_MS, run: () => tellBooks(parts, tell) },
  ];
  // Nobody watches: time that went on at 4320× over night would be years ahead in the morning.
  const whenAlone = { afterMs: ALONE_AFTER_MS, run: () => void desk.setRate(1) };
  const live = createLiveEvents({ clock, ticks, whenAlone });
  const forget = [
    telegram.on((event) => tell({ event: 'telegram', data: event })),
    persons.onChange(() => tell({ event: 'persons', data: persons.all() })),
    outside.onChange(tellWorld),
    desk.onChange(() => tell({ event: 'program', data: desk.view() })),
  ];
  const routes = createRoutes(parts, live);
  return {
    routes,
    close: () => {
      forget.forEach((end) => end());
      live.close();
    },
  };
}

function tellBooks(parts: Parts, tell: (event: LiveEvent) => void): void {
  const changes = readBooks(parts, (books) => books.changes());
  if (changes) tell({ event: 'books', data: changes });
}

/** The page can do without the books: their file belongs to another process, and may not be readable. */
function readBooks<T>({ books, log }: Parts, read: (books: Books) => T): T | null {
  try {
    return books ? read(books) : null;
  } catch (error) {
    log.warn({ event: 'books_unread', err: error }, 'the sandbox could not read the books');
    return null;
  }
}

function booksView(parts: Parts): BooksView {
  return readBooks(parts, (books) => books.view()) ?? NO_BOOKS;
}

function createRoutes(parts: Parts, live: LiveEvents): Hono {
  const { telegram, persons, outside, desk } = parts;
  const routes = new Hono();
  routes.onError((error, c) => {
    if (error instanceof RequestProblem) return c.json({ error: error.message }, error.status);
    parts.log.error({ event: 'sandbox_error', err: error }, 'sandbox request failed');
    return c.json({ error: 'something went wrong; the log says what' }, 500);
  });
  routes.use('*', guard(parts.hosts));
  routes.use('/api/*', limitBody());
  routes.get('/api/state', (c) => c.json(stateOf(parts)));
  routes.route('/api/persons', peopleApi(telegram, persons));
  routes.route('/api/world', worldApi(outside));
  routes.route('/api/program', programApi(desk));
  routes.get('/api/books', (c) => c.json(booksView(parts)));
  routes.get('/api/files/:id', (c) => {
    const answer = fileAnswer(telegram, c.req.param('id'));
    if (answer) return answer;
    throw new RequestProblem(404, 'there is no such file');
  });
  routes.all('/api/*', (c) => c.json({ error: 'there is no such route' }, 404));
  routes.get('/events', (c) => events(c, { parts, live }));
  routes.get('*', async (c) => {
    const name = c.req.path.replace(/^\/sandbox\/?/, '');
    const file = await PAGE.read(name);
    return file
      ? c.body(file.text, 200, { 'content-type': file.contentType })
      : c.text('not found', 404);
  });
  return routes;
}

function limitBody(): MiddlewareHandler {
  const usual = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge });
  const picture = bodyLimit({ maxSize: MAX_PICTURE_BYTES, onError: tooLarge });
  return async (c, next) =>
    c.req.path.endsWith('/photo') ? await picture(c, next) : await usual(c, next);
}

function tooLarge(c: Context): Response {
  return c.json({ error: 'the body is too large' }, 413);
}

function stateOf(parts: Parts): StateView {
  const { telegram, persons, outside, desk } = parts;
  const everybody = persons.all();
  const chats = everybody.map(({ id }) => [id, chatView(telegram, id)] as const);
  return {
    persons: everybody,
    chats: Object.fromEntries(chats),
    world: outside.view(),
    program: desk.view(),
    books: booksView(parts),
  };
}

function events(context: Context, { parts, live }: { parts: Parts; live: LiveEvents }): Response {
  const client = live.join({ event: 'state', data: stateOf(parts) });
  if (!client) throw new RequestProblem(503, 'too many pages are open');
  return streamSSE(context, async (stream) => {
    stream.onAbort(() => client.leave());
    for (let event = await client.next(); event !== null; event = await client.next()) {
      await stream.writeSSE(event);
    }
  });
}
