/** Who gets to the web page, how, for how long, and what it gives out. On the real server and a real database. */
import { describe, expect, it } from 'vitest';
import { OWNER as OWNER_PERSON } from '../bot/bot.fixture.ts';
import { realClock, realRandom } from '../core/deps.ts';
import { signIns, staffLog } from '../db/tables.ts';
import { LINK_MS, newToken, SESSION_MS } from '../staff/sign-ins.ts';
import { post } from '../ledger/ledger.ts';
import { FEES, OWNER as OWNERS_POCKET, userAvailable } from '../ledger/accounts.ts';
import { rememberPhone } from '../users/find.ts';
import { setBlocked } from '../users/users.ts';
import { type Desk, signIn, startDesk, VIEWER } from './web-stage.fixture.ts';

const { id: OWNER } = OWNER_PERSON;

describe('a link', () => {
  it('leads in once, and is kept as a hash', async () => {
    const desk = await startDesk();
    const link = await desk.link();
    expect(JSON.stringify(await desk.db.read.select().from(signIns))).not.toContain(link);
    const answer = await signIn(desk, link);
    expect(answer.status).toBe(200);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^desk=[\w-]{43}; Max-Age=7200; Path=\/; HttpOnly; SameSite=Strict$/);
    const session = cookie.slice(5, 48);
    expect(JSON.stringify(await desk.db.read.select().from(signIns))).not.toContain(session);
    expect((await signIn(desk, link)).status).toBe(401);
    expect(await desk.db.read.select().from(staffLog)).toMatchObject([
      { staffId: OWNER, action: 'desk_sign_in' },
    ]);
  });

  it('opens one session, however many try it at once', async () => {
    const desk = await startDesk();
    const link = await desk.link();
    const all = await Promise.all(Array.from({ length: 8 }, () => signIn(desk, link)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is good for minutes, and only the newest one of a person', async () => {
    const desk = await startDesk();
    const old = await desk.link();
    await desk.clock.advance(LINK_MS);
    expect((await signIn(desk, old)).status).toBe(401);
    const first = await desk.link();
    const second = await desk.link();
    const others = await desk.link(VIEWER);
    expect((await signIn(desk, first)).status).toBe(401);
    expect((await signIn(desk, second)).status).toBe(200);
    expect((await signIn(desk, others)).status).toBe(200);
  });

  it.each(['', 'x'.repeat(43), "' or 1=1 --", '../../etc', 'y'.repeat(90)])(
    'that is made up leads nowhere: %s',
    async (link) => {
      const desk = await startDesk();
      await desk.link();
      expect((await signIn(desk, link)).status).toBe(401);
    },
  );

  it('of somebody who is not of the staff leads nowhere, and neither does a session as a link', async () => {
    const desk = await startDesk();
    expect((await signIn(desk, await desk.link(7))).status).toBe(401);
    const session = (await desk.enter()).slice('desk='.length);
    expect((await signIn(desk, session)).status).toBe(401);
    const link = await desk.link(VIEWER);
    expect((await desk.ask('api/me', { cookie: `desk=${link}` })).status).toBe(401);
  });

  it('is tried some times from one address and no more', async () => {
    const desk = await startDesk();
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    const statuses = [];
    for (let i = 0; i < 5; i += 1) {
      statuses.push((await signIn(desk, 'x'.repeat(43), headers)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await signIn(desk, await desk.link())).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin', { origin: '' }],
    ['another site, by the browser’s word', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
  ])('is not taken from %s, and stays good', async (_what, headers) => {
    const desk = await startDesk();
    const link = await desk.link();
    expect((await signIn(desk, link, headers)).status).toBe(403);
    expect((await signIn(desk, link)).status).toBe(200);
  });
});

describe('a session', () => {
  const PATHS = ['api/me', 'api/view/today', 'api/view/ledger', 'api/events'];

  it.each(PATHS)('is needed for %s', async (path) => {
    const desk = await startDesk();
    expect((await desk.ask(path)).status).toBe(401);
    const forged = `desk=${newToken(realRandom)}`;
    expect((await desk.ask(path, { cookie: forged })).status).toBe(401);
  });

  it('tells who it is, and ends after its time', async () => {
    const desk = await startDesk();
    const cookie = await desk.enter(VIEWER);
    expect(await (await desk.ask('api/me', { cookie })).json()).toMatchObject({
      userId: VIEWER,
      role: 'viewer',
    });
    await desk.clock.advance(SESSION_MS);
    expect((await desk.ask('api/me', { cookie })).status).toBe(401);
  });

  it('ends when the role is taken away, and does not come back with it', async () => {
    const desk = await startDesk();
    const cookie = await desk.enter(VIEWER);
    desk.staff.viewerIds = [];
    expect((await desk.ask('api/view/people?q=1', { cookie })).status).toBe(401);
    desk.staff.viewerIds = [VIEWER];
    expect((await desk.ask('api/me', { cookie })).status).toBe(401);
  });

  it('ends when the person is blocked', async () => {
    const desk = await startDesk();
    const cookie = await desk.enter(VIEWER);
    await desk.db.tx((tx) => setBlocked(tx, { userId: VIEWER, blockedAt: 1 }));
    expect((await desk.ask('api/me', { cookie })).status).toBe(401);
  });

  it('ends by the page’s own button, and by no other site', async () => {
    const desk = await startDesk();
    const cookie = await desk.enter();
    const { csrf } = (await (await desk.ask('api/me', { cookie })).json()) as { csrf: string };
    const out = async (headers: Record<string, string>) =>
      (await desk.ask('api/sign-out', { method: 'POST', cookie, headers })).status;
    expect(await out({})).toBe(403);
    expect(await out({ 'x-csrf-token': 'x' })).toBe(403);
    expect(await out({ 'x-csrf-token': csrf, origin: 'https://evil.example' })).toBe(403);
    expect(await out({ 'x-csrf-token': csrf })).toBe(200);
    expect((await desk.ask('api/me', { cookie })).status).toBe(401);
  });

  it('looks so often and no more, each person for themselves', async () => {
    const desk = await startDesk();
    const [cookie, other] = [await desk.enter(), await desk.enter(VIEWER)];
    const statuses = new Set<number>();
    for (let i = 0; i < 70; i += 1) statuses.add((await desk.ask('api/me', { cookie })).status);
    expect([...statuses]).toEqual([200, 429]);
    expect((await desk.ask('api/me', { cookie: other })).status).toBe(200);
    await desk.clock.advance(10_000);
    expect((await desk.ask('api/me', { cookie })).status).toBe(200);
  });
});

describe('the page', () => {
  it('is off where it would be read on the way', async () => {
    const desk = await startDesk({ address: null });
    for (const path of ['', 'page.js', 'api/me']) {
      expect((await desk.ask(path)).status).toBe(404);
    }
    expect((await signIn(desk, await desk.link())).status).toBe(404);
  });

  it('by https gives a cookie for https and this host alone', async () => {
    const desk = await startDesk({ address: 'https://pay.example.com' });
    const cookie = (await signIn(desk, await desk.link())).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-desk=.*Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  });

  it('comes with a strict policy, its own files and nothing else', async () => {
    const desk = await startDesk();
    const page = await desk.ask('');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const html = await page.text();
    const needed = [...html.matchAll(/(?:src|href)="\/desk\/([^"]*)"|"\/desk\/(lib\/[^"]+js)"/g)];
    expect(needed.length).toBeGreaterThan(5);
    for (const [, own, lib] of needed) expect((await desk.ask(own ?? lib ?? '')).status).toBe(200);
    for (const path of ['routes.ts', '..%2froutes.ts', 'lib/zod/index.js', 'constructor']) {
      expect((await desk.ask(path)).status).toBe(404);
    }
    for (const name of ['page.js', 'views.js', 'tables.js', 'deciding.js', 'chart.js']) {
      expect(await (await desk.ask(name)).text()).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|unsafeHTML/,
      );
    }
  });

  it('shows people with the end of their phone alone, and the ledger with running balances', async () => {
    const desk = await startDesk();
    const cookie = await desk.enter();
    await rememberPhone(desk.db, { userId: 7, phone: '998901234567' });
    for (const [key, amountTiyin] of Object.entries({ a: 500, b: -200, c: 50 })) {
      await desk.db.tx((tx) =>
        post(tx, {
          key,
          kind: 'credit',
          actor: 'system',
          at: desk.clock.now(),
          lines: [
            { account: OWNERS_POCKET, amountTiyin: -amountTiyin },
            { account: userAvailable(7), amountTiyin },
          ],
        }),
      );
    }
    const look = async (path: string) =>
      await (await desk.ask(`api/view/${path}`, { cookie })).text();
    const person = await look('people?user=7');
    expect(person).toContain('…4567');
    expect(person).not.toContain('998901234567');
    expect(JSON.parse(person)).toMatchObject({ person: { availableTiyin: 350 } });
    const account = JSON.parse(await look('ledger?account=owner')) as {
      rows: { amountTiyin: number; balanceTiyin: number }[];
    };
    expect(account.rows.map((row) => [row.amountTiyin, row.balanceTiyin])).toEqual([
      [-50, -350],
      [200, -300],
      [-500, -500],
    ]);
    expect(JSON.parse(await look('ledger'))).toEqual({
      accounts: [
        { account: 'owner', balanceTiyin: -350 },
        { account: 'users:available', balanceTiyin: 350 },
      ],
    });
    expect(FEES).toBe('fees');
  });

  it.each(['today', 'orders', 'bills', 'suspense', 'people', 'ledger', 'decisions', 'tickets'])(
    'reads %s',
    async (name) => {
      const desk = await startDesk();
      const cookie = await desk.enter(VIEWER);
      expect((await desk.ask(`api/view/${name}`, { cookie })).status).toBe(200);
    },
  );

  it.each([
    'orders?group=x',
    'orders?user=-1',
    'orders?day=2026-02-31',
    'bills?cursor=x',
    'people?offset=999999',
    'ledger?offset=1e9',
  ])('refuses %s', async (path) => {
    const desk = await startDesk();
    const cookie = await desk.enter();
    expect((await desk.ask(`api/view/${path}`, { cookie })).status).toBe(400);
  });

  it('is told when something changes, and not any more when the role is gone', async () => {
    const desk = await startDesk();
    const cookie = await desk.enter(VIEWER);
    const answer = await desk.ask('api/events', { cookie });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) throw new Error('there is no stream');
    expect((await reader.read()).value).toContain('event: alive');
    await desk.enter();
    const changed = reader.read();
    await untilTold(desk, changed);
    expect((await changed).value).toContain('event: changed');
    desk.staff.viewerIds = [];
    const end = reader.read();
    await untilTold(desk, end);
    expect((await end).done).toBe(true);
  });
});

/** Lets time go on until it has come. */
async function untilTold(desk: Desk, told: Promise<unknown>): Promise<void> {
  let isTold = false;
  void told.then(() => (isTold = true));
  while (!isTold) {
    await desk.clock.advance(2000);
    await realClock.sleep(20);
  }
}
