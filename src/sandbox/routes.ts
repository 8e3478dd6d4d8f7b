/** The sandbox over HTTP: the page, its events and its API. */
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import type { Clock } from '../deps.ts';
import type { Log } from '../log.ts';
import { guard } from './guard.ts';
import { createLiveEvents, type LiveEvents } from './live-events.ts';
import type { OutsideWorld, WorldView } from './outside-world.ts';
import { readPageFile } from './page-files.ts';
import { chatView, peopleApi, personViews, type ChatView, type PersonView } from './people-api.ts';
import { RequestProblem } from './requests.ts';
import type { SimulatedTelegram } from './telegram/simulated-telegram.ts';
import { worldApi } from './world-api.ts';

const MAX_BODY_BYTES = 64 * 1024;

export interface StateView {
  persons: PersonView[];
  /** By person's id. */
  chats: Record<number, ChatView>;
  world: WorldView;
}

interface Parts {
  telegram: SimulatedTelegram;
  outside: OutsideWorld;
  clock: Clock;
  log: Log;
  /** Names, beside those of this machine, under which the page may be opened. */
  hosts: readonly string[];
}

/** `close` lets go of every open page. */
export function sandboxRoutes(parts: Parts): { routes: Hono; close: () => void } {
  const { telegram, outside, clock } = parts;
  const tellWorld = (): void => live.tell({ event: 'world', data: outside.view() });
  const live = createLiveEvents({ clock, tick: tellWorld });
  const forget = [
    telegram.on((event) => live.tell({ event: 'telegram', data: event })),
    outside.onChange(tellWorld),
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

function createRoutes(parts: Parts, live: LiveEvents): Hono {
  const { telegram, outside } = parts;
  const routes = new Hono();
  routes.onError((error, c) => {
    if (error instanceof RequestProblem) return c.json({ error: error.message }, error.status);
    parts.log.error({ event: 'sandbox_error', err: error }, 'sandbox request failed');
    return c.json({ error: 'something went wrong; the log says what' }, 500);
  });
  routes.use('*', guard(parts.hosts));
  routes.use(
    '/api/*',
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c) => c.json({ error: 'the body is too large' }, 413),
    }),
  );
  routes.get('/api/state', (c) => c.json(stateOf(parts)));
  routes.route('/api/persons', peopleApi(telegram));
  routes.route('/api/world', worldApi(outside));
  routes.all('/api/*', (c) => c.json({ error: 'there is no such route' }, 404));
  routes.get('/events', (c) => events(c, { parts, live }));
  routes.get('*', async (c) => {
    const name = c.req.path.replace(/^\/sandbox\/?/, '');
    const file = await readPageFile(name);
    return file
      ? c.body(file.text, 200, { 'content-type': file.contentType })
      : c.text('not found', 404);
  });
  return routes;
}

function stateOf({ telegram, outside }: Parts): StateView {
  const persons = personViews();
  const chats = persons.map(({ id }) => [id, chatView(telegram, id)] as const);
  return { persons, chats: Object.fromEntries(chats), world: outside.view() };
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
