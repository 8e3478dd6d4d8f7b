/** Bills with the real client against the simulated Paylov over HTTP, with everything that goes wrong there. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { som } from '../core/money.ts';
import { PAYLOV_FLOAT } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import {
  ELECTRICITY,
  ELECTRICITY_ACCOUNT,
  type PaylovSandbox,
  startPaylovSandbox,
} from '../../sandbox/paylov/testing.fixture.ts';
import type { Bill } from './bill.ts';
import type { ConfirmOutcome, ConfirmRequest } from './outcomes.ts';
import { PAYLOV_PROBLEMS, type PaylovErrorCode } from './paylov/errors.ts';
import { FEE, OWNER, stage, type Stage, START, SUM, USER } from './bill-stage.fixture.ts';

const SECOND = 1000;

let paylov: PaylovSandbox;
let world: Stage;
let floatBefore: number;
beforeEach(async () => {
  paylov = await startPaylovSandbox();
  const { client, clock, operatorCard: operatorCardId } = paylov;
  world = await stage({ paylov: client, clock, operatorCardId });
  floatBefore = paylov.simulated.floatTiyin();
});
afterEach(async () => {
  const findings = await world.findings();
  await world.remove();
  await paylov.close();
  expect(findings).toEqual([]);
  expect(world.errors).toEqual([]);
});

const untouched = { availableTiyin: START, heldTiyin: 0 };
const captured = { availableTiyin: START - SUM - FEE, heldTiyin: 0 };
const held = { availableTiyin: START - SUM - FEE, heldTiyin: SUM + FEE };
const spent = (): number => floatBefore - paylov.simulated.floatTiyin();

function request(changes: Partial<ConfirmRequest> = {}): ConfirmRequest {
  const account = ELECTRICITY_ACCOUNT;
  return world.request({ serviceId: ELECTRICITY, serviceName: 'Elektr', account, ...changes });
}

function billOf(outcome: ConfirmOutcome): Bill {
  if (outcome.kind !== 'bill') throw new Error(JSON.stringify(outcome));
  return outcome.bill;
}

async function confirmed(changes: Partial<ConfirmRequest> = {}): Promise<Bill> {
  return billOf(await world.bills.confirm(request(changes)));
}

async function linkedCard(): Promise<string> {
  const { cards } = world.bills;
  const typed = { userId: USER, number: '8600 1111 2222 3333', expiry: '12/28' };
  const sent = await cards.startLinking(typed);
  if (sent.kind !== 'code_sent') throw new Error(JSON.stringify(sent));
  const { linkId, mask } = sent;
  const code = paylov.simulated.lastCode(linkId) ?? '';
  const linked = await cards.confirmLinking({ userId: USER, linkId, mask, code });
  if (linked.kind !== 'linked') throw new Error(JSON.stringify(linked));
  return linked.card.cardId;
}

async function pass(ms: number, stepMs = 10 * SECOND): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    paylov.clock.advance(stepMs);
    await world.bills.tick();
  }
}

describe('from the balance', () => {
  it('a bill is paid, once for any number of taps, and the day’s lists agree', async () => {
    const same = request();
    const outcomes = await Promise.all([1, 2, 3].map(() => world.bills.confirm(same)));
    // Whichever tap comes first pays, the others find the same bill.
    const first = outcomes.filter((each) => each.kind === 'bill' && !each.repeated);
    expect([first.length, outcomes.filter((each) => each.kind === 'bill').length]).toEqual([1, 3]);
    expect(billOf(first[0]!)).toMatchObject({
      state: 'paid',
      paidAt: paylov.clock.now(),
      paymentRef: expect.stringMatching(/^\d{12}$/),
      terminal: '92902804',
      merchant: '90510020873',
    });
    expect(await world.balance()).toEqual(captured);
    expect(spent()).toBe(SUM);
    expect(await balanceOf(world.db.read, PAYLOV_FLOAT)).toBe(SUM);
    expect(paylov.simulated.transactions()).toMatchObject([{ payCalls: 1 }]);
    expect(await world.bills.reconcile('2026-05-16')).toEqual({
      kind: 'compared',
      findings: [],
      there: 1,
      here: 1,
      complete: true,
    });
  });

  it.each([
    'error',
    'drop_before',
    'drop_after',
    'garbage',
    'html',
    'rate_limited',
    'down',
  ] as const)(
    'pay under %s is paid, given back or decided as the status has it, and never sent again',
    async (kind) => {
      for (const [i, truth] of (['paid', 'cancelled', 'created'] as const).entries()) {
        const before = await world.balance();
        paylov.simulated.fault({ kind, method: 'pay', times: 1 });
        const bill = await confirmed({ amountTiyin: som(20_000 + i) });
        expect(bill.state).toBe('unknown');
        const total = bill.amountTiyin + FEE;
        const availableTiyin = before.availableTiyin - total;
        expect(await world.balance()).toEqual({ availableTiyin, heldTiyin: total });
        paylov.simulated.resolve(bill.transactionId!, truth);
        await pass(600 * SECOND);
        const state = { paid: 'paid', cancelled: 'failed', created: 'stuck' }[truth];
        expect(await world.bills.get(bill.id)).toMatchObject({ state });
        const takenTiyin = truth === 'cancelled' ? 0 : total;
        const heldTiyin = truth === 'created' ? total : 0;
        const left = before.availableTiyin - takenTiyin;
        expect(await world.balance()).toEqual({ availableTiyin: left, heldTiyin });
      }
      const calls = paylov.simulated.transactions().map(({ payCalls }) => payCalls);
      expect(Math.max(...calls)).toBeLessThanOrEqual(1);
    },
  );

  it.each([
    ['paid', 'paid', captured],
    ['cancelled', 'failed', untouched],
    ['created', 'stuck', held],
  ] as const)('pay that hangs and is %s in the end becomes %s', async (truth, state, balance) => {
    paylov.simulated.fault({ kind: 'slow', method: 'pay', times: 1, delayMs: 10_000 * SECOND });
    const before = paylov.simulated.requests().length;
    const outcome = world.bills.confirm(request());
    const isPaying = () =>
      paylov.simulated
        .requests()
        .slice(before)
        .some(({ call }) => call === 'pay');
    while (!isPaying()) await nextTurn();
    paylov.clock.advance(30 * SECOND);
    const bill = billOf(await outcome);
    expect(bill.state).toBe('unknown');
    paylov.simulated.resolve(bill.transactionId!, truth);
    await pass(600 * SECOND);
    expect(await world.bills.get(bill.id)).toMatchObject({ state });
    expect(await world.balance()).toEqual(balance);
    expect(spent()).toBe(truth === 'paid' ? SUM : 0);
  });

  it('every documented error at pay ends as its meaning has it', async () => {
    for (const [i, code] of (paylov.simulated.errors as PaylovErrorCode[]).entries()) {
      paylov.simulated.fault({ kind: 'error', code, method: 'pay', times: 1 });
      const bill = await confirmed({ amountTiyin: som(2000 + i) });
      const { afterPay } = PAYLOV_PROBLEMS[code];
      expect([code, bill.state]).toEqual([code, afterPay === 'refused' ? 'failed' : 'unknown']);
      await world.bills.resume(OWNER);
      if (bill.state === 'unknown') {
        paylov.simulated.resolve(bill.transactionId!, 'cancelled');
        await pass(10 * SECOND);
      }
      expect(await world.balance()).toEqual(untouched);
    }
    expect(spent()).toBe(0);
  });

  it('every documented error and every fault at create gives the money back', async () => {
    const faults = [
      'down',
      'drop_before',
      'drop_after',
      'garbage',
      'html',
      'rate_limited',
    ] as const;
    const errors = paylov.simulated.errors.map((code) => ({ kind: 'error' as const, code }));
    for (const fault of [...faults.map((kind) => ({ kind })), ...errors]) {
      paylov.simulated.fault({ ...fault, method: 'create', times: 1 });
      expect(await confirmed()).toMatchObject({ state: 'failed' });
      expect(await world.balance()).toEqual(untouched);
    }
    expect(paylov.simulated.transactions().every(({ payCalls }) => payCalls === 0)).toBe(true);
  });

  it('an empty float gives the money back and pauses', async () => {
    paylov.simulated.setFloat(som(1));
    expect(await confirmed()).toMatchObject({ state: 'failed', reason: 'insufficient_funds' });
    expect(await world.balance()).toEqual(untouched);
    expect(await world.bills.paused()).toBe('insufficient_funds');
    expect(world.kinds()).toEqual(['balance_paused', 'bill_failed']);
  });
});

describe('from an own card', () => {
  it('a bill is paid with the code, and the card can be removed', async () => {
    const cardId = await linkedCard();
    const mask = '8600 **** **** 3333';
    expect(await world.bills.cards.list(USER)).toEqual([{ cardId, mask }]);
    const bill = await confirmed({ source: 'card', cardId });
    expect(bill).toMatchObject({ state: 'awaiting_code', cardMask: mask });
    const submit = (code: string) => world.bills.submitCode(bill.id, { userId: USER, code });
    expect(await submit('0000')).toMatchObject({ kind: 'wrong_code', triesLeft: 2 });
    const code = paylov.simulated.lastCode(bill.transactionId!)!;
    expect(await submit(code)).toMatchObject({ kind: 'bill', bill: { state: 'paid' } });
    expect(await world.balance()).toEqual(untouched);
    expect(spent()).toBe(0);
    expect(paylov.simulated.cards().at(-1)).toMatchObject({ balanceTiyin: som(950_000) });
    const { cards } = world.bills;
    expect(await cards.remove(cardId, { userId: USER })).toEqual({ kind: 'removed' });
    expect(await cards.list(USER)).toEqual([]);
    const again = request({ source: 'card', cardId });
    expect(await world.bills.confirm(again)).toEqual({ kind: 'unknown_card' });
  });

  it('an expired code is replaced by that of a new transaction', async () => {
    const cardId = await linkedCard();
    const bill = await confirmed({ source: 'card', cardId });
    const first = paylov.simulated.lastCode(bill.transactionId!)!;
    paylov.clock.advance(300 * SECOND);
    const submit = (code: string) => world.bills.submitCode(bill.id, { userId: USER, code });
    expect(await submit(first)).toMatchObject({ kind: 'code_spent', why: 'expired' });
    const renewed = await world.bills.newCode(bill.id, { userId: USER });
    if (renewed.kind !== 'bill') throw new Error(renewed.kind);
    const code = paylov.simulated.lastCode(renewed.bill.transactionId!)!;
    expect(await submit(code)).toMatchObject({ bill: { state: 'paid' } });
    const states = paylov.simulated.transactions().map(({ state }) => state);
    expect(states).toEqual(['created', 'paid']);
  });

  it('pay whose answer is lost is clarified', async () => {
    const cardId = await linkedCard();
    const bill = await confirmed({ source: 'card', cardId });
    paylov.simulated.fault({ kind: 'drop_after', method: 'pay', times: 1 });
    const code = paylov.simulated.lastCode(bill.transactionId!)!;
    const outcome = await world.bills.submitCode(bill.id, { userId: USER, code });
    expect(outcome).toMatchObject({ kind: 'bill', bill: { state: 'unknown' } });
    await pass(10 * SECOND);
    expect(await world.bills.get(bill.id)).toMatchObject({ state: 'paid' });
  });
});
