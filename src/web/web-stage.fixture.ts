/** The staff's web page over HTTP, with the bot whose desk it shows, on one database. */
import { expect, onTestFinished } from 'vitest';
import { type BotStage, OWNER, startBotStage } from '../bot/bot.fixture.ts';
import { realRandom } from '../core/deps.ts';
import type { Database } from '../db/database.ts';
import { limitRequests } from '../http/limit.ts';
import { startHttpServer } from '../http/server.ts';
import { keepLink, newToken } from '../staff/sign-ins.ts';
import { createStaff } from '../staff/staff.ts';
import type { TestClock } from '../testing/clock.ts';
import { seenUser, setLanguage } from '../users/users.ts';
import { webRoutes } from './routes.ts';

export const VIEWER = 902;

interface Asked {
  method?: string;
  body?: string;
  cookie?: string;
  headers?: Record<string, string>;
}

export interface Desk {
  stage: BotStage;
  db: Database;
  clock: TestClock;
  url: string;
  staff: { ownerIds: number[]; viewerIds: number[]; operatorIds: number[] };
  ask(path: string, options?: Asked): Promise<Response>;
  link(userId?: number): Promise<string>;
  /** Signs in; the cookie, as a browser sends it. */
  enter(userId?: number): Promise<string>;
}

export async function startDesk({
  address = 'own',
  stage: given,
}: { address?: string | null; stage?: BotStage } = {}): Promise<Desk> {
  const stage = given ?? (await startBotStage({ staff: { viewerIds: [VIEWER] } }));
  const { db, clock, options } = stage;
  const ids = {
    ownerIds: [...options.adminIds],
    operatorIds: [...(options.staff?.operatorIds ?? [])],
    viewerIds: [...(options.staff?.viewerIds ?? [])],
  };
  const limits = { operatorLimitTiyin: 0, dualControlAboveTiyin: null };
  const silent = (): void => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const at = { url: '' };
  const routes = webRoutes({
    db,
    clock,
    random: realRandom,
    log,
    staff: { roleOf: (id) => createStaff({ ...ids, ...limits }).roleOf(id) },
    topups: { offers: async () => [] },
    ...stage.bot.onPage,
    address: () => (address === 'own' ? at.url : address),
    words: () => ({ language: 'en', words: {} }),
    limitSignIn: limitRequests({
      clock,
      log,
      trustProxy: true,
      rate: { burst: 3, perSecond: 0.1 },
    }),
  });
  const { Hono } = await import('hono');
  const server = await startHttpServer(new Hono().route('/desk', routes), {
    host: '127.0.0.1',
    port: 0,
  });
  at.url = `http://127.0.0.1:${server.port}`;
  onTestFinished(async () => await server.close({ deadlineMs: 0 }));
  const origin = address === 'own' || address === null ? at.url : address;
  const desk: Desk = {
    stage,
    db,
    clock,
    url: at.url,
    staff: ids,
    async ask(path, { cookie, headers, ...asked } = {}) {
      const own = cookie === undefined ? {} : { cookie };
      return await fetch(`${at.url}/desk/${path}`, {
        ...asked,
        headers: { origin, ...own, ...headers },
      });
    },
    async link(userId = OWNER.id) {
      const token = newToken(realRandom);
      await db.tx((tx) => keepLink(tx, { token, userId, at: clock.now() }));
      return token;
    },
    async enter(userId) {
      const answer = await signIn(desk, await desk.link(userId));
      expect(answer.status).toBe(200);
      return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    },
  };
  for (const id of [OWNER.id, VIEWER, 7]) {
    await seenUser(db, { id, first_name: `N<b>${id}` }, clock.now());
    await setLanguage(db, { userId: id, language: 'en' });
  }
  return desk;
}

export async function signIn(desk: Desk, link: string, headers: Record<string, string> = {}) {
  return await desk.ask('api/sign-in', {
    method: 'POST',
    body: JSON.stringify({ link }),
    headers: { 'content-type': 'application/json', ...headers },
  });
}
