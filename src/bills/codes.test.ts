/** Bills from a user's own card: the code, its tries, and another one. The balance is never touched. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entries } from '../db/tables.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import type { Bill } from './bill.ts';
import { beginTry } from './code-tries.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';
import type { PayBillOutcome, StatusOutcome } from './paylov/types.ts';
import { OWNER, stage, type Stage, START, SUM, USER } from './bill-stage.fixture.ts';

const MINUTE = 60_000;
const MASK = '8600 **** **** 3333';

let clock: TestClock;
let paylov: FakePaylov;
let world: Stage;
beforeEach(async () => {
  clock = createTestClock();
  paylov = fakePaylov();
  world = await stage({ paylov, clock });
  await world.bills.cards.confirmLinking({ userId: USER, linkId: 'L', mask: MASK, code: '1111' });
});
afterEach(async () => {
  const findings = await world.findings();
  const posted = await world.db.read.select().from(entries);
  const balance = await world.balance();
  await world.remove();
  expect(findings).toEqual([]);
  expect(world.errors).toEqual([]);
  expect(posted).toHaveLength(1);
  expect(balance).toEqual({ availableTiyin: START, heldTiyin: 0 });
});

async function awaiting(): Promise<Bill> {
  return await world.confirmed({ source: 'card', cardId: 'card-1' });
}

const submit = ({ id }: Bill, code: string) => world.bills.submitCode(id, { userId: USER, code });
const newCode = ({ id }: Bill) => world.bills.newCode(id, { userId: USER });

async function pass(ms: number, stepMs = 1000): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await clock.advance(stepMs);
    await world.bills.tick();
  }
}

describe('a bill from a card', () => {
  it('asks for the code and is paid with it', async () => {
    const bill = await awaiting();
    expect(bill).toMatchObject({
      state: 'awaiting_code',
      otpPhone: '99890*****67',
      cardMask: MASK,
      feeTiyin: 0,
      transactionId: 'T-1',
    });
    expect(paylov.calls).not.toContain('pay');
    const paid = await submit(bill, ' 123 456 ');
    expect(paid).toMatchObject({ kind: 'bill', bill: { state: 'paid', paymentRef: 'R-T-1' } });
    expect(paylov.latest()).toMatchObject({
      request: { cardId: 'card-1', amountTiyin: SUM },
      pays: [{ cardId: 'card-1', otp: '123456' }],
    });
    expect(world.kinds()).toEqual(['bill_paid']);
    const owner = { ownerId: OWNER, reason: 'x' };
    expect(await world.bills.refund(bill.id, owner)).toMatchObject({ kind: 'decided' });
    const details = await world.bills.details(bill.id);
    expect(JSON.stringify(details)).not.toContain('123456');
  });

  it('asks again after a wrong code, three times in all', async () => {
    const bill = await awaiting();
    expect(await submit(bill, '0000')).toMatchObject({ kind: 'wrong_code', triesLeft: 2 });
    expect(await submit(bill, '0000')).toMatchObject({ kind: 'wrong_code', triesLeft: 1 });
    const spent = { kind: 'code_spent', why: 'tries', newCodesLeft: 3 };
    expect(await submit(bill, '0000')).toMatchObject(spent);
    expect(await submit(bill, '123456')).toMatchObject(spent);
    expect(paylov.latest().pays).toHaveLength(3);
    expect(await newCode(bill)).toMatchObject({ kind: 'bill', bill: { transactionId: 'T-2' } });
    expect(await submit(bill, '123456')).toMatchObject({ bill: { state: 'paid' } });
    expect([...paylov.book.values()].map(({ state }) => state)).toEqual(['created', 'paid']);
  });

  it.each(['otp_expired', 'too_many_attempts'] as const)(
    'offers another code after %s, three times',
    async (code) => {
      const bill = await awaiting();
      paylov.onPay = () => ({ kind: 'refused', code });
      const why = code === 'otp_expired' ? 'expired' : 'tries';
      for (const newCodesLeft of [3, 2, 1]) {
        const spent = { kind: 'code_spent', why, newCodesLeft };
        expect(await submit(bill, '123456')).toMatchObject(spent);
        expect(await newCode(bill)).toMatchObject({ bill: { state: 'awaiting_code' } });
      }
      expect(await newCode(bill)).toMatchObject({ kind: 'no_more' });
      const failed = { kind: 'bill', bill: { state: 'failed', reason: code } };
      expect(await submit(bill, '123456')).toMatchObject(failed);
      expect(paylov.book.size).toBe(4);
    },
  );

  it('takes 4 to 8 digits, from its own user, while it waits', async () => {
    const bill = await awaiting();
    for (const code of ['123', '123456789', '12a4', '']) {
      expect(await submit(bill, code)).toEqual({ kind: 'bad_code' });
    }
    const stranger = { userId: USER + 1, code: '123456' };
    expect(await world.bills.submitCode(bill.id, stranger)).toEqual({ kind: 'not_found' });
    expect(await world.bills.newCode(bill.id, stranger)).toEqual({ kind: 'not_found' });
    expect(await world.bills.cancel(bill.id, stranger)).toEqual({ kind: 'not_found' });
    await submit(bill, '123456');
    expect(await submit(bill, '123456')).toMatchObject({ kind: 'not_awaiting' });
    expect(await newCode(bill)).toMatchObject({ kind: 'not_awaiting' });
    expect(paylov.latest().pays).toHaveLength(1);
  });

  it('sends a code that comes twice at once only once', async () => {
    const bill = await awaiting();
    const outcomes = await Promise.all([1, 2, 3].map(() => submit(bill, '123456')));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual([
      'bill',
      'not_awaiting',
      'not_awaiting',
    ]);
    expect(paylov.latest().pays).toHaveLength(1);
  });

  it('makes one new code, or one try, when both are asked for at once', async () => {
    const bill = await awaiting();
    // Whoever gets through is answered when the two others were refused: none can begin after another is over.
    const refused = { count: 0 };
    const othersAreOver = async (): Promise<void> => {
      while (refused.count < 2) await new Promise((resolve) => setImmediate(resolve));
    };
    paylov.onCreate = async (_, honest) => (await othersAreOver(), honest());
    paylov.onPay = async (_, honest) => (await othersAreOver(), honest());
    const asked = [newCode(bill), submit(bill, '123456'), newCode(bill)];
    await Promise.all(asked.map((each) => each.finally(() => (refused.count += 1))));
    const paid = [...paylov.book.values()].filter(({ pays }) => pays.length > 0);
    expect(paid.length + paylov.book.size - 1).toBe(1);
  });

  it('keeps the try when pay never left', async () => {
    const bill = await awaiting();
    paylov.onPay = () => ({ kind: 'not_sent', problem: { kind: 'problem', code: 'network' } });
    for (let i = 0; i < 5; i += 1) {
      expect(await submit(bill, '123456')).toMatchObject({ kind: 'not_sent', code: 'network' });
    }
    paylov.onPay = (_, honest) => honest();
    expect(await submit(bill, '123456')).toMatchObject({ bill: { state: 'paid' } });
  });

  it.each(['insufficient_funds', 'card_is_blocked', 'invalid_amount'] as const)(
    'fails with %s, which says nothing about the operator’s card',
    async (code) => {
      const bill = await awaiting();
      paylov.onPay = () => ({ kind: 'refused', code });
      const failed = { kind: 'bill', bill: { state: 'failed', reason: code } };
      expect(await submit(bill, '123456')).toMatchObject(failed);
      expect(await world.bills.paused()).toBeNull();
      expect(world.kinds()).toEqual(['bill_failed']);
    },
  );

  it('is no matter of paused balances', async () => {
    await world.bills.pause(OWNER);
    expect(await awaiting()).toMatchObject({ state: 'awaiting_code' });
  });

  it('fails when create does, the first or another', async () => {
    paylov.onCreate = () => ({ kind: 'no_answer', cause: 'timeout' });
    expect(await awaiting()).toMatchObject({ state: 'failed', reason: 'no_answer' });
    paylov.onCreate = (_, honest) => honest();
    const bill = await awaiting();
    paylov.onCreate = () => ({ kind: 'problem', code: 'card_not_found' });
    const failed = { state: 'failed', reason: 'card_not_found' };
    expect(await newCode(bill)).toMatchObject({ kind: 'bill', bill: failed });
  });

  it('can be called off, and is given up after 15 minutes', async () => {
    const first = await awaiting();
    const who = { userId: USER };
    const cancelled = { kind: 'cancelled', bill: { state: 'failed', reason: 'cancelled' } };
    expect(await world.bills.cancel(first.id, who)).toMatchObject(cancelled);
    expect(await world.bills.cancel(first.id, who)).toMatchObject({ kind: 'not_awaiting' });
    const second = await awaiting();
    await pass(15 * MINUTE - 1000, 10_000);
    expect(await world.bills.get(second.id)).toMatchObject({ state: 'failed', reason: 'no_code' });
    expect(await submit(second, '123456')).toMatchObject({ kind: 'not_awaiting' });
    expect(paylov.calls).not.toContain('pay');
  });

  it.each([
    ['paid', 'paid'],
    ['cancelled', 'failed'],
  ] as const)('that is unknown and turns out %s is %s', async (status, state) => {
    const bill = await awaiting();
    paylov.onPay = () => ({ kind: 'unknown', cause: 'timeout' });
    expect(await submit(bill, '123456')).toMatchObject({ bill: { state: 'unknown' } });
    expect(await newCode(bill)).toMatchObject({ kind: 'not_awaiting' });
    paylov.latest().state = status;
    await pass(2000);
    expect(await world.bills.get(bill.id)).toMatchObject({ state });
    expect(world.kinds()).toEqual(['bill_unknown', `bill_${state}`]);
  });

  it('that was paid before is paid', async () => {
    const bill = await awaiting();
    paylov.latest().state = 'paid';
    expect(await submit(bill, '123456')).toMatchObject({ bill: { state: 'paid' } });
  });

  it('counts a try that was read before another one failed only once', async () => {
    const stale = await awaiting();
    await submit(stale, '0000');
    const at = clock.now();
    const begun = world.db.tx((tx) =>
      beginTry(tx, { bill: stale, at, lease: { leaseUntil: at, holder: null } }),
    );
    expect(await begun).toBeNull();
  });

  it.each(['cancelled', 'created'] as const)(
    'is not ended, or looked at later, by the answer %s about a transaction it had before',
    async (status) => {
      const bill = await awaiting();
      const pay = Promise.withResolvers<PayBillOutcome>();
      const asked = Promise.withResolvers<StatusOutcome>();
      // The first `pay` is so slow that its bill is asked about; that answer is slower still.
      paylov.onPay = () => pay.promise;
      paylov.onStatus = () => asked.promise;
      const first = submit(bill, '0000');
      await clock.until(() => paylov.calls.includes('pay'));
      await clock.advance(3 * MINUTE);
      await world.bills.tick();
      await clock.advance(2000);
      const tick = world.bills.tick();
      await clock.until(() => paylov.calls.includes('status'));
      pay.resolve({ kind: 'refused', code: 'invalid_otp' });
      expect(await first).toMatchObject({ kind: 'wrong_code' });
      await newCode(bill);
      paylov.onPay = () => ({ kind: 'unknown', cause: 'timeout' });
      await submit(bill, '123456');
      const before = await world.bills.get(bill.id);
      expect(before).toMatchObject({ state: 'unknown', transactionId: 'T-2' });
      asked.resolve({ kind: 'status', status, amountTiyin: SUM });
      await tick;
      expect(await world.bills.get(bill.id)).toEqual(before);
    },
  );
});
