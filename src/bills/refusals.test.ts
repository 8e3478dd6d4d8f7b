/** Bills from the balance that Paylov refuses: the money is back at once, and the operator told. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bills as table, meta } from '../db/tables.ts';
import { som } from '../core/money.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';
import type { PaylovErrorCode } from './paylov/errors.ts';
import { OWNER, stage, type Stage, START } from './bill-stage.fixture.ts';

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

describe('a bill that fails', () => {
  it.each([
    [{ kind: 'problem', code: 'field_not_valid', detail: 'x' }, 'field_not_valid'],
    [{ kind: 'problem', code: 'rate_limited' }, 'rate_limited'],
    [{ kind: 'no_answer', cause: 'timeout' }, 'no_answer'],
    [{ kind: 'no_answer', cause: 'bad_answer', detail: 'x' }, 'no_answer'],
  ] as const)('at create (%j) gives the money back', async (answer, reason) => {
    paylov.onCreate = () => answer;
    expect(await world.confirmed()).toMatchObject({ state: 'failed', reason });
    expect(await world.balance()).toEqual(untouched);
    expect(world.kinds()).toEqual(['bill_failed']);
    expect(paylov.calls).not.toContain('pay');
  });

  it('at create tells owners when they must act, and the user what Paylov’s words mean', async () => {
    paylov.onCreate = () => ({ kind: 'problem', code: 'wrong_keys', hint: 'waste_unpaid' });
    expect(await world.confirmed()).toMatchObject({ hint: 'waste_unpaid' });
    expect(world.kinds()).toEqual(['operator_must_act', 'bill_failed']);
    expect(await world.bills.paused()).toBeNull();
  });

  it('at create when Paylov names a transaction twice: it would be paid for both', async () => {
    await world.confirmed();
    paylov.onCreate = () => ({ kind: 'created', transactionId: 'T-1', details: [] });
    const second = await world.confirmed({ amountTiyin: som(1000) });
    expect(second).toMatchObject({ state: 'failed', reason: 'bad_answer', transactionId: null });
    expect(paylov.latest().pays).toHaveLength(1);
  });

  it.each(['merchant_not_available', 'invalid_amount', 'transaction_not_found'] as const)(
    'at pay with %s gives the money back and goes on',
    async (code) => {
      paylov.onPay = () => ({ kind: 'refused', code, hint: 'waste_unpaid', detail: 'words' });
      const failed = await world.confirmed();
      expect(failed).toMatchObject({ state: 'failed', reason: code, hint: 'waste_unpaid' });
      expect(await world.balance()).toEqual(untouched);
      expect(await world.bills.paused()).toBeNull();
    },
  );

  it.each([
    'insufficient_funds',
    'card_is_blocked',
    'card_expired',
    'card_not_found',
    'daily_limit_used_for_this_card',
  ] satisfies PaylovErrorCode[])(
    'at pay with %s pauses paying from balances until an owner resumes it',
    async (code) => {
      paylov.onPay = () => ({ kind: 'refused', code });
      expect(await world.confirmed()).toMatchObject({ state: 'failed', reason: code });
      expect(await world.balance()).toEqual(untouched);
      expect(world.kinds()).toEqual(['balance_paused', 'bill_failed']);
      expect(await world.bills.paused()).toBe(code);
      const paused = { kind: 'unavailable', reason: 'paused' };
      expect(await world.bills.confirm(world.request())).toEqual(paused);
      await world.restart();
      expect(await world.bills.confirm(world.request())).toEqual(paused);
      expect(await world.bills.resume(OWNER)).toBe(true);
      expect(await world.bills.resume(OWNER)).toBe(false);
      paylov.onPay = (_, honest) => honest();
      expect(await world.confirmed()).toMatchObject({ state: 'paid' });
    },
  );

  it('because it was paused meanwhile was never sent to pay', async () => {
    paylov.onCreate = async (_, honest) => {
      await world.db.tx((tx) => tx.insert(meta).values({ key: 'bills_paused', value: 'x' }));
      return honest();
    };
    expect(await world.confirmed()).toMatchObject({ state: 'failed', reason: 'paused' });
    expect(await world.balance()).toEqual(untouched);
    expect(paylov.calls).not.toContain('pay');
  });

  it('because pay never left gives the money back', async () => {
    const problem = { kind: 'problem', code: 'wrong_keys' } as const;
    paylov.onPay = () => ({ kind: 'not_sent', problem });
    expect(await world.confirmed()).toMatchObject({ state: 'failed', reason: 'wrong_keys' });
    expect(await world.balance()).toEqual(untouched);
    expect(world.kinds()).toEqual(['operator_must_act', 'bill_failed']);
  });

  it('stays failed: the file itself refuses anything else', async () => {
    paylov.onPay = () => ({ kind: 'refused', code: 'invalid_amount' });
    const { id } = await world.confirmed();
    const change = (set: Partial<typeof table.$inferInsert>) =>
      world.db.tx((tx) => tx.update(table).set(set).where(eq(table.id, id)).returning());
    await expect(change({ state: 'paid' })).rejects.toThrow('never changes');
    await expect(change({ amountTiyin: 1 })).rejects.toThrow('never changes');
    const remove = world.db.tx((tx) => tx.delete(table).returning());
    await expect(remove).rejects.toThrow('never deleted');
    expect(await world.bills.get(id)).toMatchObject({ state: 'failed' });
  });
});

describe('a bill that was paid before', () => {
  it('is paid when the status says so', async () => {
    paylov.onPay = (_, honest) => (honest(), { kind: 'already_paid' });
    expect(await world.confirmed()).toMatchObject({ state: 'paid' });
    expect(paylov.calls.slice(1)).toEqual(['create', 'pay', 'status']);
  });

  it('is unknown when it does not', async () => {
    paylov.onPay = () => ({ kind: 'already_paid' });
    expect(await world.confirmed()).toMatchObject({ state: 'unknown' });
  });
});
