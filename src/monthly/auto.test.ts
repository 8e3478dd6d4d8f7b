import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FEE, OWNER, stage, type Stage, START, USER } from '../bills/bill-stage.fixture.ts';
import { sayDebtSign } from '../bills/debts.ts';
import { type FakePaylov, fakePaylov, SERVICE } from '../bills/fake-paylov.fixture.ts';
import type { DebtSign } from '../bills/states.ts';
import { dayAfter, dayOf, inTashkent, startOf } from '../core/calendar.ts';
import { som } from '../core/money.ts';
import { noteRestored } from '../db/restored.ts';
import { autoPayments, outbox, users, watches } from '../db/tables.ts';
import { changeFloat } from '../ledger/float.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { UNLIMITED } from '../testing/quotas.ts';
import { autoFigures } from './auto-figures.ts';
import { nextPeriod } from './calendar.ts';
import type { AutoName } from './announce.ts';
import type { MonthlyDeps } from './deps.ts';
import { createMonthly, type Monthly, type MonthlyWork } from './monthly.ts';

const CAP = som(100_000);

let paylov: FakePaylov;
let clock: TestClock;
let world: Stage;
let monthly: Monthly & MonthlyWork;
/** In so'm. */
let owed: number;
let owner: string;
let isDown: boolean;
/** Telegram takes nothing. */
let isMute: boolean;
/** Happens while it is judged. */
let meanwhile: () => Promise<unknown>;
/** This program is killed before so many more of its own transactions. */
let lives: number;
/** Resolves when it was. */
let died: PromiseWithResolvers<void>;

beforeEach(async () => {
  owed = 30_000;
  owner = 'A*** B***';
  isDown = false;
  isMute = false;
  meanwhile = async () => undefined;
  paylov = fakePaylov();
  paylov.info = async () => {
    if (isDown) return { kind: 'problem', code: 'timeout' };
    const details = { fio: owner, address: 'C*** 7', saldo: `${-owed} UZS` };
    return {
      kind: 'info',
      details: Object.entries(details).map(([name, value]) => ({ name, title: name, value })),
    };
  };
  clock = createTestClock(Date.parse('2026-03-10T12:00+05:00'));
  world = await stage({ paylov, clock });
  await say('negative');
  start();
});
afterEach(async () => {
  expect(await world.findings()).toEqual([]);
  await world.remove();
});

const say = (sign: DebtSign) =>
  world.db.tx((tx) =>
    sayDebtSign(tx, { serviceId: SERVICE.id, sign, staffId: OWNER, at: clock.now() }),
  );

function start(): void {
  lives = Infinity;
  const death = Promise.withResolvers<void>();
  died = death;
  const silent = (): void => undefined;
  const tx: MonthlyDeps['write'] = async (work) => {
    lives -= 1;
    if (lives >= 0) return await world.db.tx(work);
    death.resolve();
    return await new Promise<never>(() => undefined);
  };
  monthly = createMonthly({
    db: { ...world.db, read: world.db.read, tx },
    write: tx,
    clock,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    bills: {
      ...world.bills,
      quote: async (asked) => {
        const quoted = await world.bills.quote(asked);
        await meanwhile();
        return quoted;
      },
    },
    topups: { history: async () => [] },
    quotas: UNLIMITED,
    terms: async () => ({ quietHours: { from: 21, until: 9 } }),
  });
}

async function agreed(day = 15, userId = USER, n = '1'): Promise<number> {
  const account = { n };
  const names = { serviceId: SERVICE.id, serviceName: SERVICE.name, name: 'Home' };
  const kept = await world.bills.saved.save({ userId, ...names, account });
  if (kept.kind !== 'saved') throw new Error(kept.kind);
  const { id: savedId } = kept.saved;
  const early = await monthly.agreeToAuto({ userId, savedId, capTiyin: CAP });
  if (early.kind === 'agreed') return savedId;
  expect(early.kind).toBe('not_watched');
  await monthly.watch({ userId, savedId, day, thresholdTiyin: 0 });
  const outcome = await monthly.agreeToAuto({ userId, savedId, capTiyin: CAP });
  expect(outcome.kind).toBe('agreed');
  return savedId;
}

async function round(): Promise<void> {
  await monthly.watchOver();
  if (!isMute) await deliver();
  await monthly.payAutomatically();
  await world.bills.tick();
}

/** Whatever waits arrives. */
async function deliver(): Promise<void> {
  const set = { state: 'sent', sentAt: clock.now() } as const;
  await world.db.tx((tx) => tx.update(outbox).set(set).where(eq(outbox.state, 'waiting')));
}

/** When somebody looks, each day. */
const HOURS = ['05:00', '09:59', '11:01', '12:11', '15:00', '18:00', '20:30'];

/** On every day until then on which there is something to do. */
async function until(text: string): Promise<void> {
  const end = Date.parse(`${text}+05:00`);
  while (clock.now() < end) {
    const day = dayOf(clock.now());
    const isIdle = await nothingBefore(startOf(dayAfter(day)));
    const moments = (isIdle ? [] : [day])
      .concat(dayAfter(day))
      .flatMap((each) => HOURS.map((hour) => Date.parse(`${each}T${hour}+05:00`)));
    const next = moments.find((at) => at > clock.now()) ?? end;
    await clock.advance(Math.min(next, end) - clock.now());
    if (!isIdle) await round();
  }
}

/** Nothing is to be looked at, told or paid before then. */
async function nothingBefore(at: number): Promise<boolean> {
  const watched = await world.db.read.select().from(watches);
  const isWatched = watched.some(({ dueAt, tellDay }) => dueAt < at || tellDay !== null);
  return !isWatched && (await rows()).every(({ endedAt }) => endedAt !== null);
}

const paid = () => [...paylov.book.values()].filter(({ state }) => state === 'paid');
const rows = () => world.db.read.select().from(autoPayments);
const ends = async () => (await rows()).map(({ state, reason }) => [state, reason]);
const told = async () => {
  const all = await world.db.read.select().from(outbox);
  return all
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map(({ kind, createdAt }) => `${kind} ${inTashkent(createdAt).slice(5, 13)}`);
};
const limitedTo = (savedId: number, autoCapTiyin: number) =>
  world.db.tx((tx) => tx.update(watches).set({ autoCapTiyin }).where(eq(watches.savedId, savedId)));
const isOn = async (savedId: number) =>
  (await monthly.watchOf(savedId, USER))?.autoCapTiyin !== null;

describe('an account that pays itself', () => {
  it('is told of the day before and paid on its day, once a month, for what is owed then', async () => {
    await agreed();
    await until('2026-03-14T12:00');
    expect([await told(), paid()]).toEqual([['auto_notice 03-14T09'], []]);
    owed = 31_000;
    await until('2026-03-16T12:00');
    expect(paid().map(({ amountTiyin }) => amountTiyin)).toEqual([som(31_000)]);
    await until('2026-05-16T12:00');
    expect(paid()).toHaveLength(3);
    expect(await ends()).toEqual([1, 2, 3].map(() => ['paid', 'paid']));
    expect((await told()).every((each) => each.startsWith('auto_notice'))).toBe(true);
    const figures = await autoFigures(world.db.read, { sinceAt: 0, until: '2026-05-17' });
    expect(figures).toMatchObject({ accounts: 1, paid: 3, paidTiyin: som(93_000), failed: 0 });
  });

  it('agreed to the day before is told of on its day, and paid the day after', async () => {
    await until('2026-03-14T12:00');
    await agreed();
    await until('2026-03-17T12:00');
    expect(await told()).toEqual(['auto_notice 03-15T09']);
    expect([paid().length, (await rows())[0]?.payDay]).toEqual([1, '2026-03-16']);
    await until('2026-04-16T12:00');
    expect((await told()).at(-1)).toBe('auto_notice 04-14T09');
  });

  it('is reminded of like any other for a week after a restore: it may have been paid in the books that are lost', async () => {
    await agreed(13);
    await world.db.tx((tx) => noteRestored(tx, clock.now()));
    await until('2026-03-15T12:00');
    expect([await told(), paid(), await ends()]).toEqual([['watch_due 03-12T09'], [], []]);
    await until('2026-04-14T12:00');
    expect([(await told()).at(-1), paid().length]).toEqual(['auto_notice 04-12T09', 1]);
  });

  it('of the 1st is told of on the last day of the month before', async () => {
    await agreed(1);
    await until('2026-05-02T12:00');
    expect(await told()).toEqual(['auto_notice 03-31T09', 'auto_notice 04-30T09']);
    expect(paid()).toHaveLength(2);
  });

  it('is never paid above its limit, the fee included', async () => {
    await agreed();
    await until('2026-03-14T12:00');
    owed = 100_000;
    await until('2026-03-16T12:00');
    expect([paid(), await ends()]).toEqual([[], [['failed', 'above_cap']]]);
    owed = 100_001;
    // Known to be too much the day before, it is a reminder like any other.
    await until('2026-04-16T12:00');
    expect((await told()).at(-1)).toBe('watch_due 04-14T09');
    owed = 100_000 - FEE / 100;
    await until('2026-05-16T12:00');
    expect(paid().map(({ amountTiyin }) => amountTiyin + FEE)).toEqual([CAP]);
  });

  it('is not paid once nobody knows what its balance means', async () => {
    const savedId = await agreed();
    await until('2026-03-14T12:00');
    await say('unknown');
    await until('2026-03-16T12:00');
    expect([paid(), await ends()]).toEqual([[], [['failed', 'unknown_sign']]]);
    expect(await isOn(savedId)).toBe(false);
    const again = await monthly.agreeToAuto({ userId: USER, savedId, capTiyin: CAP });
    expect(again).toEqual({ kind: 'unknown_sign' });
  });

  it('hears at the look that its balance means nothing any more', async () => {
    const savedId = await agreed();
    await say('unknown');
    await until('2026-03-16T12:00');
    expect([paid(), await rows(), await isOn(savedId)]).toEqual([[], [], false]);
    expect((await told()).map((each) => each.split(' ')[0])).toEqual(['auto_off']);
  });

  it('is not paid for another owner', async () => {
    const savedId = await agreed();
    await until('2026-03-14T12:00');
    owner = 'D*** E***';
    await until('2026-03-16T12:00');
    expect([paid(), await ends()]).toEqual([[], [['failed', 'other_owner']]]);
    expect(await isOn(savedId)).toBe(false);
  });

  it('waits while a payment of it is unclear, and is not paid where that was paid', async () => {
    await agreed();
    await until('2026-03-14T12:00');
    paylov.onPay = () => ({ kind: 'unknown', cause: 'timeout' });
    paylov.onStatus = () => ({ kind: 'problem', code: 'timeout' });
    await world.bills.confirm(world.request({ account: { n: '1' }, amountTiyin: som(5000) }));
    await until('2026-03-15T18:00');
    expect(await ends()).toEqual([['announced', null]]);
    await until('2026-03-15T23:00');
    expect(await ends()).toEqual([['failed', 'late']]);
    expect(paylov.calls.filter((each) => each === 'pay')).toHaveLength(1);
  });

  it('is not paid where its person paid it, or owes nothing', async () => {
    await agreed();
    await until('2026-03-14T12:00');
    await world.bills.confirm(world.request({ account: { n: '1' }, amountTiyin: som(5000) }));
    await until('2026-03-16T12:00');
    expect(await ends()).toEqual([['skipped', 'paid_otherwise']]);
    await until('2026-04-14T12:00');
    owed = 0;
    await until('2026-04-16T12:00');
    expect([(await ends()).at(-1), paid().length]).toEqual([['skipped', 'nothing_owed'], 1]);
  });

  it('that was paid between the look and the morning is not announced', async () => {
    await agreed();
    await until('2026-03-14T06:00');
    await world.bills.confirm(world.request({ account: { n: '1' }, amountTiyin: som(30_000) }));
    // The service says for days that it is owed.
    await until('2026-03-16T12:00');
    expect([await rows(), paid().length]).toEqual([[], 1]);
  });

  it('is not paid where its person says that it is, or puts it off', async () => {
    const savedId = await agreed();
    await until('2026-03-14T12:00');
    await monthly.settle(savedId, USER);
    await until('2026-04-14T12:00');
    await monthly.snooze(savedId, USER);
    await until('2026-04-19T12:00');
    expect([paid(), await ends()]).toEqual([
      [],
      [
        ['skipped', 'paid_otherwise'],
        ['skipped', 'skipped'],
      ],
    ]);
    expect((await told()).at(-1)).toMatch(/^watch_due 04-17/);
  });

  it('is not paid when the notice did not arrive the day before', async () => {
    await agreed();
    isMute = true;
    await until('2026-03-15T09:30');
    isMute = false;
    await until('2026-03-16T12:00');
    expect([paid(), await ends()]).toEqual([[], [['failed', 'untold']]]);
  });

  const block = async (userId: number, blockedAt: number | null) => {
    const person = { id: userId, firstName: 'A', createdAt: 1, seenAt: 1, blockedAt };
    await world.db.tx((tx) =>
      tx.insert(users).values(person).onConflictDoUpdate({ target: users.id, set: { blockedAt } }),
    );
  };

  it('is not announced to somebody who was shut out, who hears of no bill either', async () => {
    await agreed();
    await block(USER, clock.now());
    await until('2026-03-16T12:00');
    expect([await told(), await rows(), paid()]).toEqual([[], [], []]);
    await block(USER, null);
    await until('2026-04-16T12:00');
    expect([await told(), paid().length]).toEqual([['auto_notice 04-14T09'], 1]);
  });

  it.each(['before it is judged', 'after it was judged'])(
    'is not paid for somebody who was shut out %s',
    async (when) => {
      await agreed();
      await until('2026-03-14T12:00');
      await clock.advance(Date.parse('2026-03-15T12:00+05:00') - clock.now());
      if (when.startsWith('before')) await block(USER, clock.now());
      else {
        meanwhile = async () => {
          meanwhile = async () => undefined;
          await block(USER, clock.now());
        };
      }
      await monthly.payAutomatically();
      await until('2026-03-16T12:00');
      expect([paid(), await ends()]).toEqual([[], [['skipped', 'off']]]);
      expect((await world.balance()).heldTiyin).toBe(0);
    },
  );

  it('of two people is paid once a month, by whoever’s turn comes first', async () => {
    await world.credit(OWNER, START);
    await agreed();
    await agreed(15, OWNER);
    await until('2026-03-14T12:00');
    expect(await rows()).toHaveLength(2);
    // The service goes on saying that it is owed.
    await until('2026-03-16T12:00');
    expect(paid()).toHaveLength(1);
    expect((await ends()).map(String).toSorted()).toEqual(['paid,paid', 'skipped,nothing_owed']);
  });

  it('of two people on both sides of a month’s end is paid once, and the second hears why', async () => {
    await world.credit(OWNER, START);
    await agreed(30);
    await agreed(2, OWNER);
    // The service goes on saying that it is owed.
    await until('2026-04-03T12:00');
    expect(paid()).toHaveLength(1);
    expect((await ends()).map(String).toSorted()).toEqual(['paid,paid', 'skipped,paid_otherwise']);
    expect((await told()).at(-1)).toMatch(/^auto_over 04-02/);
    // A month later it is another debt, for whoever's turn comes first.
    await until('2026-05-01T12:00');
    expect(paid()).toHaveLength(2);
  });

  it('whose day is moved to just after it was paid is not paid again for the same debt', async () => {
    const savedId = await agreed(30);
    await until('2026-03-31T12:00');
    expect(paid()).toHaveLength(1);
    await monthly.watch({ userId: USER, savedId, day: 2, thresholdTiyin: 0 });
    await until('2026-04-04T12:00');
    expect(paid()).toHaveLength(1);
    expect((await ends()).map(String).toSorted()).toEqual(['paid,paid', 'skipped,paid_otherwise']);
    expect((await told()).at(-1)).toMatch(/^auto_over 04-02/);
    await until('2026-05-03T12:00');
    expect(paid()).toHaveLength(2);
  });

  it.each([
    ['skipped', (name: AutoName) => monthly.skipAuto(name)],
    ['turned off', () => monthly.stopAll(USER)],
    ['given another limit', (_: AutoName, savedId: number) => limitedTo(savedId, som(10_000))],
    ['removed', (_: AutoName, savedId: number) => world.bills.saved.remove(savedId, USER)],
  ])('is not paid when it is %s after it was judged', async (_, change) => {
    const savedId = await agreed();
    await until('2026-03-14T12:00');
    await clock.advance(Date.parse('2026-03-15T12:00+05:00') - clock.now());
    const [row] = await rows();
    if (!row) throw new Error('nothing is announced');
    meanwhile = async () => {
      meanwhile = async () => undefined;
      await change(row, savedId);
    };
    await monthly.payAutomatically();
    await until('2026-03-16T12:00');
    expect(paid()).toEqual([]);
    expect((await world.balance()).heldTiyin).toBe(0);
  });

  it('is not paid when its person pays another sum of it after it was judged', async () => {
    await agreed();
    await until('2026-03-14T12:00');
    await clock.advance(Date.parse('2026-03-15T12:00+05:00') - clock.now());
    meanwhile = async () => {
      meanwhile = async () => undefined;
      await world.bills.confirm(world.request({ account: { n: '1' }, amountTiyin: som(29_000) }));
    };
    await monthly.payAutomatically();
    await until('2026-03-16T12:00');
    expect(paid().map(({ amountTiyin }) => amountTiyin)).toEqual([som(29_000)]);
    expect(await ends()).toEqual([['skipped', 'paid_otherwise']]);
    // It was announced: its person, or whoever shares the account with them, paid it, and nobody waits for more.
    expect((await told()).at(-1)).toMatch(/^auto_over/);
  });

  it('is not paid on the day that was announced once another is chosen', async () => {
    const savedId = await agreed();
    await until('2026-03-14T12:00');
    await monthly.watch({ userId: USER, savedId, day: 25, thresholdTiyin: 0 });
    await until('2026-03-26T12:00');
    expect([paid(), await ends()]).toEqual([[], [['skipped', 'skipped']]]);
    // One attempt a month: this month it is a reminder.
    expect(await told()).toEqual(['auto_notice 03-14T09', 'watch_due 03-24T09']);
    await until('2026-04-26T12:00');
    expect(paid()).toHaveLength(1);
  });

  it('asks for nothing on behalf of an account that was removed since', async () => {
    const removed = await agreed();
    const kept = await agreed(15, USER, '2');
    await until('2026-03-14T12:00');
    await world.bills.saved.remove(removed, USER);
    const row = (await rows()).find(({ savedId }) => savedId === kept);
    if (!row) throw new Error('nothing is announced');
    const { ownTiyin, allTiyin } = await monthly.autoNeeds(row);
    expect([ownTiyin, allTiyin]).toEqual([som(30_000) + FEE, som(30_000) + FEE]);
  });

  it('that is being paid is not ended by who had it before and was held up', async () => {
    await agreed();
    await world.bills.confirm(world.request({ amountTiyin: START - som(50_000) }));
    await until('2026-03-14T12:00');
    await clock.advance(Date.parse('2026-03-15T12:00+05:00') - clock.now());
    paylov.onPay = () => ({ kind: 'unknown', cause: 'timeout' });
    paylov.onStatus = () => ({ kind: 'problem', code: 'timeout' });
    const heldUp = monthly;
    meanwhile = async () => {
      meanwhile = async () => undefined;
      await clock.advance(5 * 60_000);
      start();
      await monthly.payAutomatically();
    };
    await heldUp.payAutomatically();
    expect((await world.balance()).heldTiyin).toBe(som(30_000) + FEE);
    expect([await ends(), (await told()).filter((each) => each.startsWith('auto_over'))]).toEqual([
      [['going', null]],
      [],
    ]);
  });

  it('is skipped with one tap until it begins, by its person alone', async () => {
    const savedId = await agreed();
    await until('2026-03-14T12:00');
    const [row] = await rows();
    const name = { accountKey: row?.accountKey ?? '', period: '2026-03' };
    expect(await monthly.skipAuto({ userId: OWNER, ...name })).toBe(false);
    expect(await monthly.skipAuto({ userId: USER, ...name })).toBe(true);
    expect(await monthly.skipAuto({ userId: USER, ...name })).toBe(false);
    await until('2026-03-16T12:00');
    expect([paid(), await isOn(savedId)]).toEqual([[], true]);
    await until('2026-04-16T12:00');
    expect(paid()).toHaveLength(1);
  });

  it('that can’t be paid three times in a row is switched off, and says so', async () => {
    const savedId = await agreed();
    await world.bills.confirm(world.request({ amountTiyin: START - som(10_000) }));
    await until('2026-04-16T12:00');
    expect(await isOn(savedId)).toBe(true);
    await until('2026-06-16T12:00');
    expect(await ends()).toEqual([1, 2, 3].map(() => ['failed', 'short']));
    expect(await isOn(savedId)).toBe(false);
    expect((await told()).filter((each) => each.startsWith('auto_over'))).toHaveLength(3);
    expect((await told()).at(-1)).toMatch(/^watch_due 06-14/);
  });

  it('has one attempt a month, also under another name, and when it is agreed to again', async () => {
    const savedId = await agreed();
    await until('2026-03-15T12:00');
    expect(paid()).toHaveLength(1);
    await world.bills.saved.remove(savedId, USER);
    await agreed(20);
    await until('2026-03-25T12:00');
    expect([paid().length, (await rows()).length]).toEqual([1, 1]);
    await until('2026-04-21T12:00');
    expect(paid()).toHaveLength(2);
  });

  it('is not paid once everything is turned off, or days later', async () => {
    await agreed();
    await until('2026-03-14T12:00');
    await monthly.stopAll(USER);
    await until('2026-03-16T12:00');
    expect([paid(), await ends()]).toEqual([[], [['skipped', 'off']]]);
    await agreed();
    await until('2026-04-14T12:00');
    await clock.advance(3 * 86_400_000);
    await round();
    expect([paid(), (await ends()).at(-1)]).toEqual([[], ['failed', 'late']]);
  });

  it('waits while the operator’s card is known to have too little', async () => {
    await agreed();
    await until('2026-03-14T12:00');
    const write = (key: string, amountTiyin: number) =>
      world.db.tx((tx) =>
        changeFloat(tx, { key, kind: 'balance', amountTiyin, staffId: OWNER, at: clock.now() }),
      );
    await write('float:1', som(29_999));
    await until('2026-03-15T15:00');
    expect([paylov.calls.includes('pay'), await ends()]).toEqual([false, [['announced', null]]]);
    const need = await autoFigures(world.db.read, { sinceAt: 0, until: '2026-03-15' });
    expect(need.neededTiyin).toBe(som(30_000));
    await write('float:2', som(30_000));
    await until('2026-03-15T20:00');
    expect(paid()).toHaveLength(1);
  });

  it('waits for Paylov until the evening', async () => {
    await agreed();
    await until('2026-03-14T12:00');
    isDown = true;
    await until('2026-03-15T15:00');
    isDown = false;
    await until('2026-03-15T20:00');
    expect(paid()).toHaveLength(1);
  });

  it('is paid once when two look at the same moment', async () => {
    await agreed();
    await until('2026-03-14T12:00');
    await clock.advance(Date.parse('2026-03-15T12:00+05:00') - clock.now());
    const first = monthly;
    start();
    await Promise.all([first.payAutomatically(), monthly.payAutomatically()]);
    await until('2026-03-15T18:00');
    expect([paid().length, await ends()]).toEqual([1, [['paid', 'paid']]]);
  });

  it('is paid once wherever the program is killed', async () => {
    await agreed();
    const never = Infinity;
    const deaths = [0, 1, 2, 3, 4].flatMap((n) => [
      { own: n, bill: never },
      { own: never, bill: n },
    ]);
    for (const [month, { own, bill }] of deaths.entries()) {
      const day = nextPeriod(dayOf(clock.now()).slice(0, 7));
      await clock.advance(Date.parse(`${day}-13T12:00+05:00`) - clock.now());
      await agreed();
      await world.credit(USER, som(40_000));
      await until(`${day}-14T12:00`);
      const before = paid().length;
      await clock.advance(Date.parse(`${day}-15T11:30+05:00`) - clock.now());
      lives = own;
      world.dieAfter(bill);
      await Promise.race([monthly.payAutomatically(), world.died(), died.promise]);
      await world.restart();
      start();
      await until(`${day}-15T23:30`);
      expect(paid().length - before).toBeLessThanOrEqual(1);
      expect(await rows()).toHaveLength(month + 1);
    }
    expect(paid().length).toBeGreaterThan(5);
  });
});
