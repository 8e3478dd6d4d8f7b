/**
 * `/desk`: the staff's web page. What is decided there is decided by the desk of the chat, which is asked who may. In front
 * of everything: is the page on at all, who asks, may they still look, do they ask too often; and in front of what changes
 * something: does it come from the page itself.
 */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { DECISION_ACTIONS, type PageDecisions } from '../bot/desk/page/decisions.ts';
import type { PageTickets } from '../bot/desk/page/tickets.ts';
import type { Clock, Random } from '../core/deps.ts';
import type { Language } from '../core/language.ts';
import type { Log } from '../core/log.ts';
import { createRateLimiter, type Rate } from '../core/rate-limit.ts';
import { sameSecret } from '../core/same-secret.ts';
import type { Database } from '../db/database.ts';
import { pageFiles, pageHeaders } from '../http/page-files.ts';
import { pulseOf } from '../reports/pulse.ts';
import { writeAuditLog } from '../staff/audit-log.ts';
import {
  csrfOf,
  endSession,
  newToken,
  openSession,
  SESSION_MS,
  sessionUser,
} from '../staff/sign-ins.ts';
import type { Role, Staff } from '../staff/staff.ts';
import { getUser, type UserRow } from '../users/users.ts';
import { watch } from './live.ts';
import { isViewName, VIEWS, type ViewDeps } from './views.ts';

interface WebDeps {
  db: Database;
  clock: Clock;
  random: Random;
  log: Pick<Log, 'info' | 'warn'>;
  staff: Pick<Staff, 'roleOf'>;
  topups: ViewDeps['topups'];
  decisions: PageDecisions;
  tickets: PageTickets;
  /** Where the page is reached, such as `https://pay.example.com`; null: nowhere, and there is none. */
  address: () => string | null;
  /** What is written on the page, and the language it is in. */
  words: (user: Spoken) => { language: Language; words: Readonly<Record<string, string>> };
  /** Turns away an address that tries many links. */
  limitSignIn: MiddlewareHandler;
}

const FILES = pageFiles(new URL('page/', import.meta.url));
const HEADERS = pageHeaders(FILES);
/** A page reads itself anew when something changes, and people press buttons. */
const LOOK_RATE: Rate = { burst: 60, perSecond: 5 };
const MAX_KEYS = 1000;
const MAX_STREAMS = 20;

/** The person whose language is looked for. */
type Spoken = Pick<UserRow, 'language' | 'telegramLanguage'>;

const NOBODY: Spoken = { language: null, telegramLanguage: null };

interface Looker {
  session: string;
  userId: number;
  role: Role;
}

interface Env {
  Variables: { looker: Looker };
}

export function webRoutes(deps: WebDeps): Hono {
  const routes = new Hono();
  routes.use(secured(deps));
  routes.post('/api/sign-in', deps.limitSignIn, onlyFromPage(deps), limitBody, signIn(deps));
  routes.route('/api', signedIn(deps));
  routes.get('*', async (c) => {
    const file = await FILES.read(c.req.path.replace(/^\/desk\/?/, ''));
    if (!file) return c.text('not found', 404);
    return c.body(file.text, 200, { 'content-type': file.contentType });
  });
  return routes;
}

const limitBody = bodyLimit({
  maxSize: 16_384,
  onError: (c) => c.json({ error: 'too_large' }, 413),
});

function secured({ address }: WebDeps): MiddlewareHandler {
  return async (c, next) => {
    if (address() === null) c.res = c.text('not found', 404);
    else await next();
    for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
  };
}

/** A change must come from the page itself: browsers say where a request is from, and pages can't lie about that. */
function onlyFromPage({ address }: WebDeps): MiddlewareHandler {
  return async (c, next) => {
    const own = new URL(address() ?? 'http://nowhere.invalid').origin;
    const site = c.req.header('sec-fetch-site') ?? 'same-origin';
    if (c.req.header('origin') !== own || site !== 'same-origin') {
      return c.json({ error: 'other_site' }, 403);
    }
    return await next();
  };
}

const linkSchema = z.object({ link: z.string().max(100) });

function signIn(deps: WebDeps): MiddlewareHandler {
  const { db, clock, random, log, staff } = deps;
  return async (c) => {
    const body = linkSchema.safeParse(await c.req.json().catch(() => null));
    if (!body.success) return c.json({ error: 'bad_request' }, 400);
    const session = newToken(random);
    const at = clock.now();
    const opened = await db.tx(async (tx) => {
      const found = await openSession(tx, { link: body.data.link, session, at });
      if (!found || staff.roleOf(found.userId) === null) return null;
      await writeAuditLog(tx, { staffId: found.userId, action: 'desk_sign_in', at });
      return found;
    });
    if (!opened) return c.json({ error: 'bad_link' }, 401);
    log.info({ event: 'desk_signed_in', by: opened.userId }, 'somebody opened the desk’s page');
    setCookie(c, cookieName(deps), session, cookieOptions(deps));
    return c.json({ ok: true });
  };
}

function signedIn(deps: WebDeps): Hono<Env> {
  const { db, clock } = deps;
  const { topups, decisions, tickets } = deps;
  const api = new Hono<Env>();
  api.use(onlyLookers(deps));
  api.get('/me', async (c) => {
    const { session, userId, role } = c.get('looker');
    const user = await getUser(db.read, userId);
    const csrf = csrfOf(session);
    return c.json({ userId, role, csrf, ...deps.words(user ?? NOBODY) });
  });
  api.get('/view/:name', async (c) => {
    const name = c.req.param('name');
    if (!isViewName(name)) return c.json({ error: 'not_found' }, 404);
    const { userId: personId } = c.get('looker');
    const views = { db, topups, decisions, tickets, personId, now: () => clock.now() };
    const shown = await VIEWS[name](views, c.req.query());
    return shown ? c.json(shown.data as object) : c.json({ error: 'bad_request' }, 400);
  });
  api.get('/events', events(deps));
  api.post('*', onlyFromPage(deps), onlyWithToken, limitBody);
  api.post(
    '/decide',
    change(DECISION, (personId, asked) => decisions.decide(personId, asked)),
  );
  api.post(
    '/answer',
    change(ANSWER, async (personId, asked) => ({ kind: await tickets.answer(personId, asked) })),
  );
  api.post(
    '/close',
    change(CLOSING, async (personId, { id }) => ({ kind: await tickets.close(personId, id) })),
  );
  api.post('/sign-out', async (c) => {
    const { session } = c.get('looker');
    await db.tx((tx) => endSession(tx, session));
    deleteCookie(c, cookieName(deps), cookieOptions(deps));
    return c.json({ ok: true });
  });
  api.all('*', (c) => c.json({ error: 'not_found' }, 404));
  return api;
}

const DECISION = z.object({
  id: z.string().min(1).max(100),
  action: z.enum(DECISION_ACTIONS),
  seenTiyin: z.number().int().nullable(),
});
const ticketId = z.string().min(1).max(20);
const ANSWER = z.object({
  id: ticketId,
  answerId: z.uuid(),
  text: z.string().min(1).max(2000),
});
const CLOSING = z.object({ id: ticketId });

/** The page gets the token with who it is; another site can neither read it nor send it along. */
const onlyWithToken: MiddlewareHandler<Env> = async (c, next) => {
  const { session } = c.get('looker');
  if (!sameSecret(c.req.header('x-csrf-token'), csrfOf(session))) {
    return c.json({ error: 'other_site' }, 403);
  }
  return await next();
};

/** What the desk makes of the change. `refused`: it is not for this person, or not there. */
function change<Q>(
  schema: z.ZodType<Q>,
  work: (personId: number, asked: Q) => Promise<{ kind: string }>,
): (c: Context<Env>) => Promise<Response> {
  return async (c) => {
    const asked = schema.safeParse(await c.req.json().catch(() => null));
    if (!asked.success) return c.json({ error: 'bad_request' }, 400);
    const outcome = await work(c.get('looker').userId, asked.data);
    return c.json(outcome, outcome.kind === 'refused' ? 403 : 200);
  };
}

/** A person whose role was taken away, or who was blocked, is out with their next request. */
function onlyLookers(deps: WebDeps): MiddlewareHandler<Env> {
  const limiter = createRateLimiter({ clock: deps.clock, maxKeys: MAX_KEYS });
  return async (c, next) => {
    const session = getCookie(c, cookieName(deps)) ?? '';
    const found = await lookerOf(deps, session);
    if (!found) {
      deleteCookie(c, cookieName(deps), cookieOptions(deps));
      return c.json({ error: 'signed_out' }, 401);
    }
    const waitMs = limiter.take(String(found.userId), LOOK_RATE);
    if (waitMs !== null) return tooMany(c, waitMs);
    c.set('looker', found);
    return await next();
  };
}

async function lookerOf({ db, clock, staff }: WebDeps, session: string): Promise<Looker | null> {
  const userId = await sessionUser(db.read, { session, at: clock.now() });
  if (userId === null) return null;
  const role = staff.roleOf(userId);
  const isBlocked = ((await getUser(db.read, userId))?.blockedAt ?? null) !== null;
  if (role !== null && !isBlocked) return { session, userId, role };
  await db.tx((tx) => endSession(tx, session));
  return null;
}

function events(deps: WebDeps): MiddlewareHandler<Env> {
  const { db, clock, log } = deps;
  let open = 0;
  return async (c) => {
    const { session } = c.get('looker');
    if (open >= MAX_STREAMS) return tooMany(c, 10_000);
    open += 1;
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      try {
        await watch({
          clock,
          signal: gone.signal,
          pulse: async () => await pulseOf(db.read),
          mayLook: async () => (await lookerOf(deps, session)) !== null,
          tell: async (event) => await stream.writeSSE({ event, data: '' }),
        });
      } catch (error) {
        log.warn({ event: 'desk_stream_failed', err: error }, 'an open page is not told any more');
      } finally {
        open -= 1;
      }
    });
  };
}

function tooMany(c: Context, waitMs: number): Response {
  const seconds = String(Math.ceil(waitMs / 1000));
  return c.json({ error: 'too_many' }, 429, { 'retry-after': seconds });
}

const isSecure = ({ address }: WebDeps): boolean => address()?.startsWith('https://') ?? false;

/** With this prefix a browser accepts the cookie over https alone and sends it to this host alone. */
function cookieName(deps: WebDeps): string {
  return isSecure(deps) ? '__Host-desk' : 'desk';
}

function cookieOptions(deps: WebDeps) {
  return {
    path: '/',
    httpOnly: true,
    secure: isSecure(deps),
    sameSite: 'Strict',
    maxAge: SESSION_MS / 1000,
  } as const;
}
