/** Looks that a report asks for, and what owners hear of a report that is not confirmed. */
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { topupHistory, topups as table } from '../db/tables.ts';
import { userAvailable } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import { auditBooks } from '../books/audit.ts';
import { som } from '../core/money.ts';
import { createBudget } from './budget.ts';
import type { CheckOutcome, Provider } from './provider.ts';
import {
  scriptedProvider,
  type ScriptedProvider,
  stage,
  type Stage,
  USER,
} from './topup-stage.fixture.ts';
import type { Topup } from './topup.ts';

let world: Stage;
afterEach(async () => {
  await world.topups.stop();
  const { findings } = await auditBooks(world.file.db);
  await world.close();
  expect(findings).toEqual([]);
  expect(world.errors).toEqual([]);
});

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const SUM = som(50_000);

/** As inPAY's, a quarter of an hour after an order was opened. */
const SPARSE: Partial<Provider> = { schedule: [{ everyMs: 20 * MINUTE, untilMs: Infinity }] };

async function opened(traits: Partial<Provider> = SPARSE) {
  const inpay = scriptedProvider('inpay', { ttlMs: HOUR, ...traits });
  world = stage([inpay]);
  const outcome = await world.topups.create({ userId: USER, provider: 'inpay', baseTiyin: SUM });
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  return { inpay, topup: outcome.topup };
}

let bodies = 0;

/** Reports of a payment, each in other words. */
async function report(topup: Topup, status = 'paid'): Promise<void> {
  bodies += 1;
  const body = JSON.stringify({ status, nth: bodies });
  await world.topups.receive({ provider: 'inpay', order: { id: topup.id }, body });
  await world.clock.settle();
}

const paid: CheckOutcome = { kind: 'paid', paidTiyin: SUM };
const pending: CheckOutcome = { kind: 'pending' };
const timeout: CheckOutcome = { kind: 'problem', code: 'timeout' };
const balance = () => balanceOf(world.file.db.read, userAvailable(USER));

/** Runs the poller; resolves with the seconds at which the provider was asked. */
async function asked(inpay: ScriptedProvider, ms: number, stepMs = 5 * SECOND): Promise<number[]> {
  const seconds: number[] = [];
  for (let passed = stepMs; passed <= ms; passed += stepMs) {
    const before = inpay.checked.length;
    await world.clock.advance(stepMs);
    await world.topups.tick();
    if (inpay.checked.length > before) seconds.push(passed / SECOND);
  }
  return seconds;
}

const denied = () => world.alarms.filter(({ kind }) => kind === 'reported_not_confirmed');

async function notes(topup: Topup): Promise<string[]> {
  const rows = await world.file.db.read
    .select()
    .from(topupHistory)
    .where(eq(topupHistory.topupId, topup.id));
  return rows.map(({ note }) => note).filter((note) => note !== null);
}

describe('a report that is quicker than the status call', () => {
  it('has the order looked at after 5, 20 and 60 seconds, before polling would', async () => {
    const { inpay, topup } = await opened();
    await world.clock.advance(30 * SECOND);
    await report(topup);
    expect(inpay.checked).toHaveLength(1);
    expect(await asked(inpay, 4 * MINUTE)).toEqual([5, 20, 60]);
    expect(inpay.checked.map(({ priority }) => priority)).toEqual(Array(4).fill('report'));
  });

  it('is credited within seconds', async () => {
    const { inpay, topup } = await opened();
    await report(topup);
    inpay.onCheck = () => paid;
    expect(await asked(inpay, 10 * SECOND)).toEqual([5]);
    expect(await balance()).toBe(SUM);
  });

  it('is looked at also when the provider calls the order closed first', async () => {
    const { inpay, topup } = await opened();
    inpay.onCheck = () => ({ kind: 'closed', as: 'expired' });
    await report(topup);
    inpay.onCheck = () => paid;
    await asked(inpay, 10 * SECOND);
    expect(await balance()).toBe(SUM);
  });

  it('is looked at when it came while somebody was asking about the order', async () => {
    const { inpay, topup } = await opened();
    const { promise: answer, resolve } = Promise.withResolvers<CheckOutcome>();
    inpay.onCheck = () => answer;
    const check = world.topups.checkNow(topup.id, { userId: USER });
    await world.clock.settle();
    await report(topup);
    expect(inpay.checked).toHaveLength(1);
    inpay.onCheck = () => pending;
    resolve(pending);
    await check;
    expect(await asked(inpay, 2 * MINUTE)).toEqual([5, 20, 60]);
  });

  it('stays urgent while the provider is away, without spending its budget on that', async () => {
    const { inpay, topup } = await opened();
    inpay.onCheck = () => timeout;
    await report(topup);
    expect(await asked(inpay, 2 * MINUTE)).toEqual([5, 20, 60]);
    expect(await asked(inpay, 17 * MINUTE, MINUTE)).toEqual([3 * 60, 8 * 60]);
    inpay.onCheck = () => paid;
    await asked(inpay, 20 * MINUTE, MINUTE);
    expect(await balance()).toBe(SUM);
    expect(inpay.checked.every(({ priority }) => priority === 'report')).toBe(true);
  });

  it('is the first to be asked about when a 429 is over', async () => {
    const { inpay, topup } = await opened();
    inpay.onCheck = () => ({ kind: 'problem', code: 'rate_limited', retryAfterMs: 7 * MINUTE });
    await report(topup);
    inpay.onCheck = () => paid;
    expect(await asked(inpay, 8 * MINUTE, 30 * SECOND)).toEqual([7 * 60]);
    expect(await balance()).toBe(SUM);
  });

  it('waits for a request of the budget, and keeps its place before polling', async () => {
    const { inpay, topup } = await opened();
    inpay.onCheck = () => ({ kind: 'problem', code: 'budget_spent' });
    await report(topup);
    const [row] = await world.file.db.read.select().from(table).where(eq(table.id, topup.id));
    expect(row).toMatchObject({ urgency: 0, dueAt: world.clock.now() });
  });

  it('cannot spend the budget by coming in fifty different words', async () => {
    const { inpay, topup } = await opened();
    for (let n = 0; n < 60; n += 1) {
      await report(topup, 'pending');
      await asked(inpay, 30 * SECOND, 30 * SECOND);
    }
    // Each of 50 bodies once, the first five again, and twice by the schedule.
    expect(inpay.checked.length).toBeLessThanOrEqual(50 + 3 * 5 + 2);
  });
});

describe('a report of a payment that the status call denies', () => {
  it('is told to owners once after five minutes, stands in the history, and credits nothing', async () => {
    const { inpay, topup } = await opened();
    await report(topup);
    const reportedPaidAt = world.clock.now();
    await asked(inpay, 5 * MINUTE - 5 * SECOND);
    expect(world.alarms).toEqual([]);
    expect(await asked(inpay, 10 * SECOND)).toEqual([5]);
    const alarm = { kind: 'reported_not_confirmed', provider: 'inpay', topupId: topup.id };
    expect(world.alarms).toEqual([{ ...alarm, reportedPaidAt }]);
    await report(topup);
    await asked(inpay, 3 * HOUR, 5 * MINUTE);
    expect(world.alarms).toHaveLength(1);
    expect(await notes(topup)).toEqual([
      'reported as paid, which the status call does not confirm',
    ]);
    expect(await balance()).toBe(0);
    inpay.onCheck = () => paid;
    await world.topups.checkNow(topup.id, { userId: USER });
    expect(await balance()).toBe(SUM);
  });

  it.each<CheckOutcome>([
    { kind: 'closed', as: 'cancelled' },
    { kind: 'problem', code: 'unknown_order' },
  ])('is told also where the answer is $kind', async (outcome) => {
    const { inpay, topup } = await opened();
    inpay.onCheck = () => outcome;
    await report(topup);
    await asked(inpay, 6 * MINUTE, MINUTE);
    expect(world.alarms).toMatchObject([{ kind: 'reported_not_confirmed', topupId: topup.id }]);
  });

  it('is not told while the provider does not answer, but when it does and denies', async () => {
    const { inpay, topup } = await opened();
    inpay.onCheck = () => timeout;
    await report(topup);
    await asked(inpay, 7 * MINUTE, MINUTE);
    expect(denied()).toEqual([]);
    inpay.onCheck = () => pending;
    await asked(inpay, 10 * MINUTE, MINUTE);
    expect(denied()).toHaveLength(1);
  });

  it('is nothing to tell where it was confirmed in time, or only called pending', async () => {
    const { inpay, topup } = await opened();
    await report(topup, 'pending');
    await asked(inpay, 10 * MINUTE, MINUTE);
    await report(topup);
    inpay.onCheck = () => paid;
    await asked(inpay, HOUR, 5 * MINUTE);
    expect(world.alarms).toEqual([]);
  });
});

describe('a payment that can be reversed', () => {
  const looksAfterPaid = [15 * MINUTE, 90 * MINUTE, 6 * HOUR, 24 * HOUR];

  it('is looked at some times after the credit, behind everything else, then never again', async () => {
    const { inpay } = await opened({ ...SPARSE, looksAfterPaid });
    inpay.onCheck = () => paid;
    await asked(inpay, 20 * MINUTE, 5 * MINUTE);
    expect(await balance()).toBe(SUM);
    const looks = await asked(inpay, 48 * HOUR, 15 * MINUTE);
    expect(looks.map((second) => second * SECOND)).toEqual(looksAfterPaid);
    expect(inpay.checked.slice(1).map(({ priority }) => priority)).toEqual(Array(4).fill('rare'));
  });

  it('is looked at later where no request is left, and holds nobody else up', async () => {
    const budget = { requests: 10, perMs: HOUR };
    const { inpay } = await opened({ ...SPARSE, looksAfterPaid, budget });
    const spend = createBudget(world.deps, { provider: 'inpay', budget });
    inpay.onCheck = async (_, priority) => {
      const spent = await spend({ priority });
      return spent.kind === 'granted' ? paid : spent;
    };
    await asked(inpay, 20 * MINUTE, 5 * MINUTE);
    expect(await balance()).toBe(SUM);
    for (let n = 0; n < 3; n += 1) await spend({ priority: 'create' });
    const another = await world.topups.create({ userId: 7002, provider: 'inpay', baseTiyin: SUM });
    expect(another.kind).toBe('created');
    // Both are due: what was paid is put off, what waits for its payment is credited.
    await asked(inpay, 20 * MINUTE, 20 * MINUTE);
    expect(await balanceOf(world.file.db.read, userAvailable(7002))).toBe(SUM);
    inpay.checked = [];
    expect(await asked(inpay, 2 * HOUR, 10 * MINUTE)).not.toEqual([]);
    expect(world.alarms).toEqual([]);
  });

  it('beside its receipt is asked about by the clock, too', async () => {
    const receipts: number[] = [];
    const { inpay } = await opened({
      ...SPARSE,
      looksAfterPaid,
      receipt: () => {
        receipts.push(world.clock.now());
        return Promise.resolve({ kind: 'none' });
      },
    });
    inpay.onCheck = () => paid;
    await asked(inpay, 20 * MINUTE, 5 * MINUTE);
    inpay.checked = [];
    await asked(inpay, HOUR, 5 * MINUTE);
    await asked(inpay, 48 * HOUR, 15 * MINUTE);
    expect(receipts).toHaveLength(3);
    expect(inpay.checked).toHaveLength(4);
  });
});
