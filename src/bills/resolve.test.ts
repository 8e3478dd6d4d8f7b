/** Bills of which nobody knows whether they are paid: asked about, then captured, released or decided by an owner. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { som } from '../core/money.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import type { Bill } from './bill.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';
import type { PayBillOutcome } from './paylov/types.ts';
import { FEE, OWNER, stage, type Stage, START, SUM } from './bill-stage.fixture.ts';

const SECOND = 1000;
const MINUTE = 60_000;

let clock: TestClock;
let paylov: FakePaylov;
let world: Stage;
beforeEach(async () => {
  clock = createTestClock();
  paylov = fakePaylov();
  world = await stage({ paylov, clock });
});
afterEach(async () => {
  const findings = await world.findings();
  await world.remove();
  expect(findings).toEqual([]);
  expect(world.errors).toEqual([]);
});

const untouched = { availableTiyin: START, heldTiyin: 0 };
const captured = { availableTiyin: START - SUM - FEE, heldTiyin: 0 };
const held = { availableTiyin: START - SUM - FEE, heldTiyin: SUM + FEE };
const decide = (id: string, paid: boolean) => world.bills.decide(id, { paid, ownerId: OWNER });
const asked = () => paylov.calls.filter((call) => call === 'status').length;
const stateOf = async ({ id }: Bill) => (await world.bills.get(id))?.state;

/** A bill whose `pay` had no answer. */
async function unknown(isPaid: boolean): Promise<Bill> {
  paylov.onPay = (_, honest) => {
    if (isPaid) honest();
    return { kind: 'unknown', cause: 'timeout' };
  };
  const bill = await world.confirmed();
  expect(bill).toMatchObject({ state: 'unknown', reason: 'unclear' });
  return bill;
}

async function pass(ms: number, stepMs = SECOND): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await clock.advance(stepMs);
    await world.bills.tick();
  }
}

/** A bill that was handed to an owner. */
async function stuck(): Promise<Bill> {
  const bill = await unknown(false);
  await pass(10 * MINUTE, 10 * SECOND);
  expect(await stateOf(bill)).toBe('stuck');
  return bill;
}

describe('an unknown bill', () => {
  it.each([
    ['paid', 'paid', captured],
    ['cancelled', 'failed', untouched],
  ] as const)('whose status is %s becomes %s', async (status, state, balance) => {
    const bill = await unknown(false);
    expect(await world.balance()).toEqual(held);
    await pass(SECOND);
    expect(asked()).toBe(0);
    paylov.latest().state = status;
    await pass(SECOND);
    expect(await world.bills.get(bill.id)).toMatchObject({ state, dueAt: null, leaseUntil: 0 });
    expect(await world.balance()).toEqual(balance);
    expect(world.kinds()).toEqual(['bill_unknown', `bill_${state}`]);
    await pass(20 * MINUTE, MINUTE);
    expect(asked()).toBe(1);
  });

  it('is asked about on the schedule and never paid again; after 10 minutes an owner decides', async () => {
    const bill = await unknown(false);
    const times: number[] = [];
    const begin = clock.now();
    paylov.onStatus = (_, honest) => {
      times.push((clock.now() - begin) / SECOND);
      return honest();
    };
    await pass(599 * SECOND);
    expect(times).toEqual([2, 5, 10, 20, 40, 80, 160, 320]);
    expect(await stateOf(bill)).toBe('unknown');
    expect(await world.balance()).toEqual(held);
    await pass(SECOND);
    expect(times.at(-1)).toBe(600);
    expect(await world.bills.get(bill.id)).toMatchObject({ state: 'stuck', reason: 'unclear' });
    expect(await world.balance()).toEqual(held);
    expect(paylov.latest().pays).toHaveLength(1);
    expect(await world.bills.stuck(9)).toMatchObject([{ id: bill.id }]);
    expect(world.events.at(-1)).toMatchObject({
      kind: 'bill_stuck',
      evidence: {
        status: { status: 'created' },
        checks: 9,
        listed: [],
        complete: true,
      },
    });
  });

  it('waits through a Paylov that does not answer, and is handed over with what is known', async () => {
    const bill = await unknown(true);
    const problem = { kind: 'problem', code: 'network' } as const;
    paylov.onStatus = () => problem;
    paylov.onTransactions = () => problem;
    await pass(10 * MINUTE);
    expect(await world.bills.get(bill.id)).toMatchObject({
      state: 'stuck',
      evidence: { status: problem, listed: { problem: 'network' }, complete: false },
    });
    paylov.onStatus = (_, honest) => honest();
    await pass(30 * MINUTE, MINUTE);
    expect(await stateOf(bill)).toBe('paid');
    expect(await world.balance()).toEqual(captured);
  });

  it('for which another sum was paid goes to an owner at once, with what Paylov lists', async () => {
    const bill = await unknown(true);
    paylov.latest().amountTiyin = som(1);
    await pass(2 * SECOND);
    expect(await world.bills.get(bill.id)).toMatchObject({
      state: 'stuck',
      reason: 'other_amount',
      evidence: { listed: [{ id: 'T-1', amountTiyin: som(1) }] },
    });
    await pass(60 * MINUTE, 10 * MINUTE);
    expect(await stateOf(bill)).toBe('stuck');
    expect(world.kinds()).toEqual(['bill_unknown', 'bill_stuck']);
    expect(await world.balance()).toEqual(held);
  });

  it('with a status of no document stays unknown', async () => {
    const bill = await unknown(true);
    paylov.onStatus = () => ({ kind: 'status', status: 'other' });
    await pass(MINUTE);
    expect(await stateOf(bill)).toBe('unknown');
  });

  it('is asked about by one at a time, and many at once', async () => {
    await world.credit(7002, START);
    for (const [i, userId] of [7001, 7001, 7001, 7002, 7002, 7002].entries()) {
      paylov.onPay = (_, honest) => (honest(), { kind: 'unknown', cause: 'network' });
      await world.confirmed({ userId, amountTiyin: som(1000 + i) });
    }
    let atOnce = 0;
    let most = 0;
    paylov.onStatus = async (_, honest) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await clock.sleep(SECOND);
      atOnce -= 1;
      return honest();
    };
    await clock.advance(2 * SECOND);
    const ticks = [world.bills.tick(), world.bills.tick(), world.bills.tick()];
    await clock.until(() => atOnce === 0 && most > 0, { stepMs: SECOND });
    await clock.advance(5 * SECOND);
    await Promise.all(ticks);
    expect(most).toBe(4);
    expect(asked()).toBe(6);
    const paid = await world.bills.history(7001, { offset: 0, limit: 9 });
    expect(paid.map(({ state }) => state)).toEqual(['paid', 'paid', 'paid']);
  });

  it('whose answer makes no sense does not keep others from being asked about', async () => {
    await unknown(true);
    await world.confirmed({ amountTiyin: som(1000) });
    paylov.onStatus = (id, honest) => {
      if (id === 'T-1') throw new Error('a bug');
      return honest();
    };
    await pass(2 * SECOND);
    const bills = await world.bills.history(7001, { offset: 0, limit: 9 });
    expect(bills.map(({ state }) => state).toSorted()).toEqual(['paid', 'unknown']);
    expect(world.errors.splice(0)).toHaveLength(1);
  });
});

describe('an answer that comes after its step was given up', () => {
  /** `pay` answers only when told to; its lease has run out by then. */
  async function late(): Promise<{
    bill: Bill;
    answer: (outcome: PayBillOutcome) => Promise<void>;
  }> {
    const { promise, resolve } = Promise.withResolvers<PayBillOutcome>();
    paylov.onPay = () => promise;
    const outcome = world.bills.confirm(world.request());
    await clock.until(() => paylov.calls.includes('pay'));
    await pass(3 * MINUTE, MINUTE);
    const [bill] = await world.bills.history(7001, { offset: 0, limit: 1 });
    expect(bill?.state).toBe('unknown');
    const answer = async (answered: PayBillOutcome): Promise<void> => {
      resolve(answered);
      await outcome;
    };
    return { bill: bill!, answer };
  }

  it.each([
    [{ kind: 'paid' }, 'paid', captured],
    [{ kind: 'refused', code: 'invalid_amount' }, 'failed', untouched],
    [{ kind: 'not_sent', problem: { kind: 'problem', code: 'network' } }, 'failed', untouched],
    [{ kind: 'unknown', cause: 'timeout' }, 'unknown', held],
  ] as const)('%j to pay still counts', async (outcome, state, balance) => {
    const { bill, answer } = await late();
    await answer(outcome);
    expect(await stateOf(bill)).toBe(state);
    expect(await world.balance()).toEqual(balance);
  });

  it('to pay changes nothing when the status was quicker', async () => {
    const { bill, answer } = await late();
    paylov.latest().state = 'paid';
    await pass(10 * SECOND);
    await answer({ kind: 'paid' });
    expect(await stateOf(bill)).toBe('paid');
    expect(world.kinds()).toEqual(['bill_unknown', 'bill_paid']);
  });

  it('to create finds its money given back, and does not pay', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    paylov.onCreate = async (_, honest) => (await promise, honest());
    const outcome = world.bills.confirm(world.request());
    await clock.until(() => paylov.calls.includes('create'));
    await pass(3 * MINUTE, MINUTE);
    expect(await world.balance()).toEqual(untouched);
    resolve();
    const bill = { state: 'failed', reason: 'interrupted', transactionId: null };
    expect(await outcome).toMatchObject({ kind: 'bill', bill });
    expect(paylov.calls).not.toContain('pay');
  });
});

describe('an owner', () => {
  it.each([
    [true, 'paid', captured],
    [false, 'failed', untouched],
  ] as const)('who says paid: %s, is obeyed once', async (paid, state, balance) => {
    const { id } = await stuck();
    const outcomes = await Promise.all([decide(id, paid), decide(id, !paid), decide(id, paid)]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'decided', 'decided']);
    expect(await world.bills.get(id)).toMatchObject({ state });
    expect(await world.balance()).toEqual(balance);
    const details = await world.bills.details(id);
    expect(details?.history.at(-1)).toMatchObject({ toState: state, cause: `owner:${OWNER}` });
    expect(await world.bills.stuck(9)).toEqual([]);
  });

  it('decides nothing that is not stuck', async () => {
    const { id } = await unknown(false);
    expect(await decide(id, false)).toMatchObject({ kind: 'decided', bill: { state: 'unknown' } });
    expect(await decide('none', true)).toEqual({ kind: 'not_found' });
    expect(await world.balance()).toEqual(held);
  });

  it.each([
    ['paid', 'paid', captured],
    ['cancelled', 'failed', untouched],
  ] as const)('is not needed when it becomes %s by itself', async (status, state, balance) => {
    const bill = await stuck();
    paylov.latest().state = status;
    await pass(30 * MINUTE, 10 * MINUTE);
    expect(await stateOf(bill)).toBe(state);
    expect(await world.balance()).toEqual(balance);
    expect(await decide(bill.id, state !== 'paid')).toMatchObject({ kind: 'decided' });
  });

  it('is asked once; Paylov is asked for three days', async () => {
    const bill = await stuck();
    const before = asked();
    await pass(4 * 24 * 60 * MINUTE, 60 * MINUTE);
    expect(world.kinds().filter((kind) => kind === 'bill_stuck')).toHaveLength(1);
    expect(asked() - before).toBeLessThan(80);
    expect(await world.bills.get(bill.id)).toMatchObject({ state: 'stuck', dueAt: null });
  });
});
