/** A bill that Paylov called paid and cancelled afterwards. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { billHistory } from '../db/tables.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import type { Bill } from './bill.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';
import { OWNER, stage, type Stage, START, SUM } from './bill-stage.fixture.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let clock: TestClock;
let paylov: FakePaylov;
let world: Stage;
beforeEach(async () => {
  clock = createTestClock();
  paylov = fakePaylov();
  world = await stage({ paylov, clock, feeTiyin: 0 });
});
afterEach(async () => {
  expect(await world.findings()).toEqual([]);
  expect(world.errors).toEqual([]);
  await world.remove();
});

async function paidBill(): Promise<Bill> {
  const bill = await world.confirmed();
  expect(bill.state).toBe('paid');
  world.events.length = 0;
  paylov.calls.length = 0;
  return bill;
}

async function notes({ id }: Bill): Promise<(string | null)[]> {
  const rows = await world.db.read.select().from(billHistory).where(eq(billHistory.billId, id));
  return rows.map(({ note }) => note).filter((note) => note !== null);
}

it('is heard by looking back at the week, told once, and moves no money', async () => {
  const bill = await paidBill();
  await clock.advance(2 * DAY);
  await world.bills.lookBack();
  expect(paylov.calls).toEqual(['transactions']);

  paylov.latest().state = 'cancelled';
  await clock.advance(2 * DAY);
  await world.bills.lookBack();
  await world.bills.lookBack();
  expect(world.kinds()).toEqual(['bill_taken_back']);
  const now = await world.bills.get(bill.id);
  expect(now).toMatchObject({ state: 'paid', takenBackAt: clock.now() });
  expect(await notes(bill)).toEqual(['cancelled at Paylov after it was paid']);
  expect((await world.balance()).availableTiyin).toBe(START - SUM);
});

it('is heard by the staff’s check, given back once, and over then', async () => {
  const bill = await paidBill();
  paylov.latest().state = 'cancelled';
  expect(await world.bills.checkNow(bill.id)).toMatchObject({ takenBackAt: clock.now() });
  const refund = { ownerId: OWNER, reason: 'cancelled at Paylov' };
  expect(await world.bills.refund(bill.id, refund)).toMatchObject({ kind: 'done' });
  await world.bills.checkNow(bill.id);
  await world.bills.lookBack();
  expect(world.kinds()).toEqual(['bill_taken_back', 'bill_refunded']);
  expect((await world.balance()).availableTiyin).toBe(START);
});

it('that is paid again is told, and may be cancelled again', async () => {
  const bill = await paidBill();
  for (const state of ['cancelled', 'paid', 'cancelled'] as const) {
    paylov.latest().state = state;
    await world.bills.lookBack();
  }
  expect(world.kinds()).toEqual(['bill_taken_back', 'bill_paid_again', 'bill_taken_back']);
  expect((await notes(bill))[1]).toBe('paid at Paylov again');
});

it('is left by one owner, once; what is not cancelled can’t be left', async () => {
  const bill = await paidBill();
  const leave = () =>
    world.db.tx((tx) =>
      world.bills.decisions.leave(tx, { id: bill.id, staffId: OWNER, at: clock.now() }),
    );
  expect(await leave()).toBeNull();
  paylov.latest().state = 'cancelled';
  await world.bills.checkNow(bill.id);
  expect(await leave()).toMatchObject({ id: bill.id });
  expect(await leave()).toBeNull();
  expect((await world.balance()).availableTiyin).toBe(START - SUM);
});

it('is left anew where Paylov called it paid meanwhile and cancelled it again', async () => {
  const bill = await paidBill();
  const leave = () =>
    world.db.tx((tx) =>
      world.bills.decisions.leave(tx, { id: bill.id, staffId: OWNER, at: clock.now() }),
    );
  paylov.latest().state = 'cancelled';
  await world.bills.checkNow(bill.id);
  expect(await leave()).toMatchObject({ id: bill.id });
  for (const state of ['paid', 'cancelled'] as const) {
    paylov.latest().state = state;
    await world.bills.checkNow(bill.id);
  }
  expect(await leave()).toMatchObject({ id: bill.id });
  expect(await leave()).toBeNull();
});

it('is not believed to be cancelled because a list or an answer is missing', async () => {
  const bill = await paidBill();
  paylov.onTransactions = () => ({ kind: 'transactions', transactions: [], complete: false });
  await world.bills.lookBack();
  paylov.onTransactions = () => ({ kind: 'problem', code: 'timeout' });
  await world.bills.lookBack();
  expect(paylov.calls).not.toContain('status');
  paylov.onTransactions = () => ({ kind: 'transactions', transactions: [], complete: true });
  paylov.onStatus = () => ({ kind: 'problem', code: 'timeout' });
  await world.bills.lookBack();
  paylov.onStatus = () => ({ kind: 'status', status: 'created' });
  await world.bills.lookBack();
  expect(world.kinds()).toEqual([]);
  expect(await world.bills.get(bill.id)).toMatchObject({ takenBackAt: null });
});
