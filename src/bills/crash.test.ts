/** The program dies between any two steps; what the next one finds is whole, and ends right. */
import { gt } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { bills } from '../db/tables.ts';
import { freeBills } from './resolve.ts';
import type { BillState } from './states.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';
import { FEE, OWNER, stage, type Stage, START, SUM, USER } from './bill-stage.fixture.ts';

const SECOND = 1000;

let clock: TestClock;
let paylov: FakePaylov;
let world: Stage;
beforeEach(async () => {
  clock = createTestClock();
  paylov = fakePaylov();
  world = await stage({ paylov, clock });
});
afterEach(async () => {
  await expectWhole();
  await world.remove();
});

async function expectWhole(): Promise<void> {
  expect(await world.findings()).toEqual([]);
  expect(world.errors).toEqual([]);
}

const untouched = { availableTiyin: START, heldTiyin: 0 };
const captured = { availableTiyin: START - SUM - FEE, heldTiyin: 0 };
const held = { availableTiyin: START - SUM - FEE, heldTiyin: SUM + FEE };

/** Dies before its step number `steps` while it does `work`. */
async function dieIn(work: () => Promise<unknown>, steps: number): Promise<void> {
  world.dieAfter(steps);
  const survived = work().then(() => 'survived');
  expect(await Promise.race([survived, world.died()])).toBeUndefined();
  await expectWhole();
}

async function onlyState(): Promise<BillState | undefined> {
  const [bill, ...others] = await world.bills.history(USER, { offset: 0, limit: 9 });
  expect(others).toEqual([]);
  return bill?.state;
}

async function pass(ms: number, stepMs = SECOND): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await clock.advance(stepMs);
    await world.bills.tick();
  }
}

describe('a bill from the balance, cut off', () => {
  it.each([
    ['before create is asked', 1, 'failed', 'failed', untouched],
    ['after create, before its answer is stored', 2, 'failed', 'failed', untouched],
    ['before paying is marked', 3, 'failed', 'failed', untouched],
    // Marked and not sent: nobody knows that it was not sent.
    ['before pay is sent', 4, 'unknown', 'stuck', held],
    ['after pay, before its answer is stored', 5, 'unknown', 'paid', captured],
  ] as const)('%s', async (_, steps, afterRestart, inTheEnd, balance) => {
    const request = world.request();
    await dieIn(() => world.bills.confirm(request), steps);
    await world.restart();
    await expectWhole();
    expect(await onlyState()).toBe(afterRestart);
    const again = await world.bills.confirm(request);
    expect(again).toMatchObject({ kind: 'bill', repeated: true });
    await pass(600 * SECOND, 10 * SECOND);
    expect(await onlyState()).toBe(inTheEnd);
    expect(await world.balance()).toEqual(balance);
    const pays = [...paylov.book.values()].flatMap((each) => each.pays);
    expect(pays).toHaveLength(steps === 5 ? 1 : 0);
  });

  it('before it is written leaves nothing, and may be confirmed again', async () => {
    const request = world.request();
    await dieIn(() => world.bills.confirm(request), 0);
    await world.restart();
    expect(await onlyState()).toBeUndefined();
    expect(await world.balance()).toEqual(untouched);
    const again = await world.bills.confirm(request);
    expect(again).toMatchObject({ kind: 'bill', repeated: false, bill: { state: 'paid' } });
  });

  it('and cut off again in every restart still ends once', async () => {
    paylov.onPay = (_, honest) => (honest(), { kind: 'unknown', cause: 'timeout' });
    await dieIn(() => world.bills.confirm(world.request()), 5);
    for (let round = 0; round < 3; round += 1) await world.restart();
    expect(await onlyState()).toBe('unknown');
    expect(world.kinds()).toEqual(['bill_unknown']);
    await pass(2 * SECOND);
    expect(await onlyState()).toBe('paid');
    expect(world.kinds()).toEqual(['bill_unknown', 'bill_paid']);
  });
});

describe('asking about an unknown bill, cut off', () => {
  const dueIn = { paid: 2, cancelled: 2, created: 600 };

  // A claim, the status; in the end also the list; then the end itself.
  it.each([
    ['paid', 0, 'paid'],
    ['paid', 1, 'paid'],
    ['paid', 2, 'paid'],
    ['cancelled', 2, 'failed'],
    ['created', 1, 'stuck'],
    ['created', 2, 'stuck'],
    ['created', 3, 'stuck'],
  ] as const)('with status %s before step %d, ends %s', async (status, steps, state) => {
    paylov.onPay = () => ({ kind: 'unknown', cause: 'network' });
    await world.bills.confirm(world.request());
    if (status === 'created') await pass(590 * SECOND, 10 * SECOND);
    paylov.latest().state = status;
    await clock.advance(dueIn[status] * SECOND);
    await dieIn(() => world.bills.tick(), steps);
    await world.restart();
    expect(await onlyState()).toBe('unknown');
    await world.bills.tick();
    expect(await onlyState()).toBe(state);
    expect(paylov.latest().pays).toHaveLength(1);
  });

  it('an owner’s decision and a refund are whole or not at all', async () => {
    paylov.onPay = () => ({ kind: 'unknown', cause: 'network' });
    await world.bills.confirm(world.request());
    await pass(600 * SECOND, 10 * SECOND);
    const [bill] = await world.bills.stuck(1);
    const { id } = bill!;
    await dieIn(() => world.bills.decide(id, { paid: true, ownerId: OWNER }), 0);
    await world.restart();
    expect(await onlyState()).toBe('stuck');
    await world.bills.decide(id, { paid: true, ownerId: OWNER });
    await dieIn(() => world.bills.refund(id, { ownerId: OWNER, reason: 'x' }), 0);
    await world.restart();
    expect(await world.balance()).toEqual(captured);
  });
});

describe('a bill from a card, cut off', () => {
  beforeEach(async () => {
    const link = { userId: USER, linkId: 'L', mask: '8600 **** **** 3333', code: '1111' };
    await world.bills.cards.confirmLinking(link);
  });
  afterEach(async () => expect(await world.balance()).toEqual(untouched));

  const confirm = () => world.bills.confirm(world.request({ source: 'card', cardId: 'card-1' }));

  it.each([
    [0, undefined],
    [1, 'failed'],
    [2, 'failed'],
  ] as const)('before step %d of asking for the code', async (steps, state) => {
    await dieIn(confirm, steps);
    await world.restart();
    expect(await onlyState()).toBe(state);
  });

  it.each([
    ['before the try is marked', 0, 'awaiting_code', 'failed'],
    ['before pay is sent', 1, 'unknown', 'stuck'],
    ['after pay', 2, 'unknown', 'paid'],
  ] as const)('%s', async (_, steps, afterRestart, inTheEnd) => {
    await confirm();
    const [bill] = await world.bills.history(USER, { offset: 0, limit: 1 });
    const code = { userId: USER, code: '123456' };
    await dieIn(() => world.bills.submitCode(bill!.id, code), steps);
    await world.restart();
    expect(await onlyState()).toBe(afterRestart);
    await pass(15 * 60 * SECOND, 10 * SECOND);
    expect(await onlyState()).toBe(inTheEnd);
  });

  it.each([
    [0, 'awaiting_code'],
    [1, 'failed'],
    [2, 'failed'],
  ] as const)('before step %d of asking for another code', async (steps, state) => {
    await confirm();
    const [bill] = await world.bills.history(USER, { offset: 0, limit: 1 });
    await dieIn(() => world.bills.newCode(bill!.id, { userId: USER }), steps);
    await world.restart();
    expect(await onlyState()).toBe(state);
    expect(paylov.calls).not.toContain('pay');
  });
});

it('many half-done bills are all picked up at a start', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, i) => world.credit(8000 + i, SUM + FEE)));
  paylov.onCreate = () => new Promise(() => undefined);
  const waiting = Array.from({ length: 8 }, (_, i) =>
    world.bills.confirm(world.request({ userId: 8000 + i })),
  );
  await clock.until(() => paylov.calls.filter((call) => call === 'create').length === 8);
  expect(waiting).toHaveLength(8);
  await world.restart();
  for (let i = 0; i < 8; i += 1) {
    expect(await world.balance(8000 + i)).toEqual({ availableTiyin: SUM + FEE, heldTiyin: 0 });
  }
  expect(world.kinds()).toEqual(Array.from({ length: 8 }, () => 'bill_failed'));
});

it('what one process among several had is free, and nothing of another', async () => {
  const bill = {
    userId: USER,
    serviceId: 's',
    serviceName: 's',
    account: {},
    amountTiyin: SUM,
    source: 'card',
    cardId: 'c',
    createdAt: clock.now(),
    leaseUntil: clock.now() + 60_000,
  } as const;
  const rows = [
    { id: 'A', state: 'drafting', holder: 'dead' },
    { id: 'B', state: 'unknown', holder: 'dead', dueAt: clock.now() },
    { id: 'C', state: 'paying', holder: 'alive' },
  ] as const;
  await world.db.tx(async (tx) => {
    for (const row of rows) {
      const names = { confirmationId: row.id, transactionId: row.id };
      await tx.insert(bills).values({ ...bill, ...names, ...row });
    }
    await freeBills(tx, 'dead');
  });
  const left = await world.db.read.select().from(bills).where(gt(bills.leaseUntil, 0));
  expect(left.map(({ id }) => id)).toEqual(['C']);
});
