/** What Paylov says of a payment and nobody can read: told to an owner, and lost for nobody. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';
import { stage, type Stage, SUM } from './bill-stage.fixture.ts';
import { dayOf } from '../core/calendar.ts';

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
});

async function paid(): Promise<string> {
  const outcome = await world.bills.confirm(world.request());
  return outcome.kind === 'bill' ? outcome.bill.id : '';
}

it('a row of the day’s list is a finding, and the others are compared', async () => {
  const billId = await paid();
  const stranger = { id: 'X', amountTiyin: SUM };
  paylov.onTransactions = () => ({
    kind: 'transactions',
    transactions: [stranger],
    unreadable: [{ id: 'T-1' }],
    complete: true,
  });
  const day = dayOf(clock.now());
  expect(await world.bills.reconcile(day)).toEqual({
    kind: 'compared',
    findings: [
      {
        kind: 'paid_there_only',
        transactionId: 'X',
        amountTiyin: SUM,
        billId: null,
        state: null,
      },
      { kind: 'unreadable_there', transactionId: 'T-1', billId },
    ],
    there: 2,
    here: 1,
    complete: true,
  });
});

it('a row without an id may be that of any bill: none is called missing', async () => {
  await paid();
  paylov.onTransactions = () => ({
    kind: 'transactions',
    transactions: [],
    unreadable: [{ id: null }],
    complete: false,
  });
  expect(await world.bills.reconcile(dayOf(clock.now()))).toMatchObject({
    findings: [{ kind: 'unreadable_there', transactionId: null, billId: null }],
    there: 1,
    complete: false,
  });
});

it('a paid word with a sum that can’t be read goes to an owner at once, and is believed once it can', async () => {
  paylov.onPay = () => ({ kind: 'unknown', cause: 'timeout' });
  paylov.onStatus = () => ({ kind: 'status', status: 'paid', amountTiyin: null });
  const id = await paid();
  await clock.advance(2000);
  await world.bills.tick();
  expect(await world.bills.get(id)).toMatchObject({ state: 'stuck', reason: 'unclear' });
  expect(world.kinds()).toEqual(['bill_unknown', 'bill_stuck']);
  await clock.advance(30 * 60_000);
  await world.bills.tick();
  expect(world.kinds()).toEqual(['bill_unknown', 'bill_stuck']);
  paylov.onStatus = () => ({ kind: 'status', status: 'paid', amountTiyin: SUM });
  await clock.advance(30 * 60_000);
  await world.bills.tick();
  expect(await world.bills.get(id)).toMatchObject({ state: 'paid' });
});
