import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OWNER, stage, type Stage, USER } from '../bills/bill-stage.fixture.ts';
import { sayDebtSign } from '../bills/debts.ts';
import { type FakePaylov, fakePaylov, SERVICE } from '../bills/fake-paylov.fixture.ts';
import { HOUR_MS, inTashkent } from '../core/calendar.ts';
import { som } from '../core/money.ts';
import { outbox } from '../db/tables.ts';
import { QUOTAS, type QuotaLimits } from '../quotas/limits.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import type { QuietHours } from '../settings/types.ts';
import { UNLIMITED } from '../testing/quotas.ts';
import { createMonthly, type Monthly, type MonthlyWork } from './monthly.ts';
import { blockingRank } from './order.ts';
import { watchFigures } from './watches.ts';

let paylov: FakePaylov;
let clock: TestClock;
let world: Stage;
let monthly: Monthly & MonthlyWork;
/** By account number, in so'm. */
let owed: Record<string, number>;
let isDown: boolean;
let quietHours: QuietHours;
let looks: { n: string; hour: string }[];

beforeEach(async () => {
  owed = {};
  isDown = false;
  looks = [];
  quietHours = { from: 21, until: 9 };
  paylov = fakePaylov();
  paylov.info = async ({ account }) => {
    const n = account['n'] ?? '';
    looks.push({ n, hour: inTashkent(clock.now()).slice(5, 13) });
    if (isDown) return { kind: 'problem', code: 'timeout' };
    const value = `${-(owed[n] ?? 0)} UZS`;
    return { kind: 'info', details: [{ name: 'saldo', title: 'balance', value }] };
  };
  clock = createTestClock(Date.parse('2026-03-10T12:00+05:00'));
  world = await stage({ paylov, clock });
  const said = { serviceId: SERVICE.id, sign: 'negative', staffId: OWNER, at: 1 } as const;
  await world.db.tx((tx) => sayDebtSign(tx, said));
  start();
});
afterEach(async () => {
  expect(await world.findings()).toEqual([]);
  await world.remove();
});

function start(quotas: QuotaLimits = UNLIMITED): void {
  const silent = (): void => undefined;
  monthly = createMonthly({
    db: world.db,
    write: (work) => world.db.tx(work),
    clock,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    bills: world.bills,
    topups: { history: async () => [] },
    terms: async () => ({ quietHours }),
    quotas,
  });
}

async function save(n: string, { name = SERVICE.name, userId = USER } = {}): Promise<number> {
  const request = { userId, serviceId: SERVICE.id, serviceName: name, name: n, account: { n } };
  const outcome = await world.bills.saved.save(request);
  if (outcome.kind !== 'saved') throw new Error(outcome.kind);
  return outcome.saved.id;
}

async function watched(
  n: string,
  { day = 15, thresholdTiyin = 0, name = SERVICE.name } = {},
): Promise<number> {
  const savedId = await save(n, { name });
  expect(await monthly.watch({ userId: USER, savedId, day, thresholdTiyin })).not.toBeNull();
  return savedId;
}

/** Every twenty minutes somebody looks, until then. */
async function until(text: string): Promise<void> {
  const end = Date.parse(`${text}+05:00`);
  while (clock.now() < end) {
    await clock.advance(Math.min(20 * 60_000, end - clock.now()));
    await monthly.watchOver();
  }
}

const told = async () => {
  const rows = await world.db.read.select().from(outbox);
  return rows
    .filter(({ kind }) => kind === 'watch_due')
    .map(({ createdAt }) => inTashkent(createdAt).slice(5, 13));
};
const due = async () =>
  (await monthly.due(USER)).map(({ saved, owedTiyin }) => [saved.name, owedTiyin]);

describe('a watched account', () => {
  it('is looked at by night on its day, and told of in the morning, once a month', async () => {
    await watched('1');
    owed = { 1: 300 };
    await until('2026-05-20T12:00');
    expect(looks.map(({ hour }) => hour.slice(0, 5))).toEqual(['03-15', '04-15', '05-15']);
    for (const { hour } of looks) expect(Number(hour.slice(6))).toBeLessThan(5);
    expect(await told()).toEqual(['03-15T09', '04-15T09', '05-15T09'].map((each) => each));
    expect(await due()).toEqual([['1', som(300)]]);
  });

  it('is not told of where nothing is owed, or less than its owner chose', async () => {
    await watched('1');
    await watched('2', { thresholdTiyin: som(10_000) });
    owed = { 1: -5000, 2: 9999 };
    await until('2026-03-16T12:00');
    expect([looks.length, await told(), await due()]).toEqual([2, [], []]);
  });

  it('whose service’s sign nobody knows is never said to owe', async () => {
    const said = { serviceId: SERVICE.id, sign: 'unknown', staffId: OWNER, at: 1 } as const;
    await world.db.tx((tx) => sayDebtSign(tx, said));
    await watched('1');
    owed = { 1: 300 };
    await until('2026-03-16T12:00');
    expect([looks.length, await told(), await due()]).toEqual([1, [], []]);
  });

  it('stands with all others of its person in one message, in the order of what blocks what', async () => {
    await watched('power', { name: 'Elektr energiyasi' });
    await watched('gas', { name: 'Tabiiy gaz' });
    await watched('waste', { name: 'Chiqindi olib ketish' });
    await watched('house', { name: 'Uy-joy shirkati' });
    owed = { power: 1, gas: 2, waste: 3, house: 4 };
    await until('2026-03-15T12:00');
    expect(await told()).toHaveLength(1);
    expect((await due()).map(([name]) => name)).toEqual(['waste', 'house', 'gas', 'power']);
    expect(blockingRank('Плата за электроэнергию')).toBeGreaterThan(blockingRank('Вывоз мусора'));
  });

  it('is tried again all night while Paylov is down, and told of as not looked at', async () => {
    await watched('1');
    isDown = true;
    await until('2026-03-15T12:00');
    expect(looks.length).toBeGreaterThan(10);
    expect([(await told()).length, await due()]).toEqual([1, [['1', null]]]);
    isDown = false;
    owed = { 1: 100 };
    await until('2026-04-15T12:00');
    expect(await due()).toEqual([['1', som(100)]]);
  });

  it('that was paid since, or called paid, is not owed any more', async () => {
    const first = await watched('1');
    await watched('2');
    owed = { 1: 5000, 2: 7000 };
    await until('2026-03-15T12:00');
    expect(await due()).toHaveLength(2);
    await world.bills.confirm(world.request({ account: { n: '2' }, amountTiyin: som(7000) }));
    expect(await due()).toEqual([['1', som(5000)]]);
    expect(await monthly.settle(first, OWNER)).toBe(false);
    expect(await monthly.settle(first, USER)).toBe(true);
    expect(await due()).toEqual([]);
  });

  it('can wait for three days, and is looked at and told of again; and the month after as always', async () => {
    const savedId = await watched('1');
    owed = { 1: 300 };
    await until('2026-03-15T12:00');
    expect(await monthly.snooze(savedId, USER)).toBe(true);
    expect(await due()).toEqual([]);
    await until('2026-04-16T12:00');
    expect((await told()).map((each) => each.slice(0, 5))).toEqual(['03-15', '03-18', '04-15']);
  });

  it('of the 31st is looked at on the last day of each month', async () => {
    await watched('1', { day: 31 });
    owed = { 1: 300 };
    await until('2026-07-01T12:00');
    expect(looks.map(({ hour }) => hour.slice(0, 5))).toEqual(['03-31', '04-30', '05-31', '06-30']);
  });

  it('is not told of at night, however late it is found', async () => {
    await watched('1');
    owed = { 1: 300 };
    await clock.advance(Date.parse('2026-03-15T22:00+05:00') - clock.now());
    await monthly.watchOver();
    expect([looks.length, await told()]).toEqual([1, []]);
    await until('2026-03-16T12:00');
    expect(await told()).toEqual(['03-16T09']);
  });

  it('is told of in the hours that owners have set meanwhile', async () => {
    await watched('1');
    owed = { 1: 300 };
    quietHours = { from: 23, until: 11 };
    await until('2026-03-15T10:59');
    expect(await told()).toEqual([]);
    await until('2026-03-15T13:00');
    expect(await told()).toEqual(['03-15T11']);
  });

  it('is nobody else’s, is gone with its saved account, and all stop at once', async () => {
    const savedId = await watched('1');
    const watch = { userId: OWNER, savedId, day: 1, thresholdTiyin: 0 };
    expect(await monthly.watch(watch)).toBeNull();
    await watched('2');
    expect(await watchFigures(world.db.read)).toEqual({ accounts: 2, people: 1 });
    await world.bills.saved.remove(savedId, USER);
    await until('2026-03-16T12:00');
    expect(looks.map(({ n }) => n)).toEqual(['2']);
    expect(await monthly.watched(USER)).toHaveLength(1);
    await monthly.stopAll(USER);
    await until('2026-05-16T12:00');
    expect(looks).toHaveLength(1);
  });

  it('waits where the budget of all, or of one person, is spent', async () => {
    const few = [{ most: 2, perMs: HOUR_MS }];
    start({ ...UNLIMITED, actions: { ...UNLIMITED.actions, watch_all: few } });
    for (const n of ['1', '2', '3', '4', '5']) await watched(n);
    await until('2026-03-15T09:00');
    expect(looks).toHaveLength(5);
    const byHour = Map.groupBy(looks, ({ hour }) => hour);
    for (const each of byHour.values()) expect(each.length).toBeLessThanOrEqual(4);
    expect(QUOTAS.actions.watch_all[0]?.most).toBeGreaterThan(100);
  });

  it('is looked at once when two do so at the same moment', async () => {
    await watched('1');
    owed = { 1: 300 };
    await clock.advance(Date.parse('2026-03-15T10:00+05:00') - clock.now());
    const first = monthly;
    start();
    await Promise.all([first.watchOver(), monthly.watchOver()]);
    await Promise.all([first.watchOver(), monthly.watchOver()]);
    expect([looks.length, (await told()).length]).toEqual([1, 1]);
  });
});

describe('all of them', () => {
  it('are paid with one confirmation, each as a payment of its own; twice is once', async () => {
    await watched('1');
    await watched('2');
    await watched('3');
    owed = { 1: 5000, 2: 7000.5, 3: 1 };
    await until('2026-03-15T12:00');
    const offer = await monthly.offerAll(USER);
    // Whole so'm, and no less than the service takes.
    expect(offer?.items.map(({ amountTiyin }) => amountTiyin)).toEqual(
      [5000, 7001, 1000].map((each) => som(each)),
    );
    const { digest = '', totalTiyin } = offer ?? {};
    expect(totalTiyin).toBe(som(13_001 + 3 * 500));
    const paid = await monthly.payAll({ userId: USER, digest });
    expect(paid).toMatchObject({ kind: 'done' });
    expect(await monthly.payAll({ userId: USER, digest })).toEqual({ kind: 'changed' });
    const states = [...paylov.book.values()].map(({ state, amountTiyin }) => [state, amountTiyin]);
    expect(states).toEqual([5000, 7001, 1000].map((each) => ['paid', som(each)]));
    expect(await due()).toEqual([]);
  });

  it('of one the end is not another’s: the refused one may be paid again, the others not', async () => {
    await watched('1');
    await watched('2');
    owed = { 1: 5000, 2: 7000 };
    await until('2026-03-15T12:00');
    paylov.onPay = ({ transactionId }, honest) =>
      transactionId === 'T-1' ? { kind: 'refused', code: 'unknown_error' } : honest();
    const digest = (await monthly.offerAll(USER))?.digest ?? '';
    const paid = await monthly.payAll({ userId: USER, digest });
    if (paid.kind !== 'done') throw new Error('not done');
    const ends = paid.outcomes.map(({ outcome }) => outcome.kind === 'bill' && outcome.bill.state);
    expect(ends).toEqual(['failed', 'paid']);
    const again = await monthly.offerAll(USER);
    expect(again?.items.map(({ saved }) => saved.name)).toEqual(['1']);
    await monthly.payAll({ userId: USER, digest: again?.digest ?? '' });
    const pays = [...paylov.book.values()].filter(({ state }) => state === 'paid');
    expect(pays).toHaveLength(2);
  });
});
