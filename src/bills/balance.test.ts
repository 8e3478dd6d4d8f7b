/** Bills from the balance: what is held, paid, captured and given back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bills as table } from '../db/tables.ts';
import { FEES, PAYLOV_FLOAT } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import { som } from '../core/money.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { billsNamed } from './list.ts';
import { type FakePaylov, fakePaylov, SERVICE } from './fake-paylov.fixture.ts';
import {
  FEE,
  OPERATOR_CARD,
  OWNER,
  stage,
  type Stage,
  START,
  SUM,
  USER,
} from './bill-stage.fixture.ts';

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

describe('a bill that is paid', () => {
  it('is held, created, paid with the operator’s card and captured, each step stored before the next call', async () => {
    const seen: unknown[] = [];
    const look = async () => {
      const [row] = await world.db.read.select().from(table);
      seen.push({ state: row?.state, transaction: row?.transactionId, ...(await world.balance()) });
    };
    paylov.onCreate = async (_, honest) => (await look(), honest());
    paylov.onPay = async (_, honest) => (await look(), honest());
    const bill = await world.confirmed();
    const held = { availableTiyin: START - SUM - FEE, heldTiyin: SUM + FEE };
    expect(seen).toEqual([
      { state: 'held', transaction: null, ...held },
      { state: 'paying', transaction: 'T-1', ...held },
    ]);
    expect(bill).toMatchObject({
      state: 'paid',
      transactionId: 'T-1',
      paymentRef: 'R-T-1',
      feeTiyin: FEE,
      account: { customer_code: '0012345', region: '1' },
    });
    expect(await world.balance()).toEqual({ availableTiyin: START - SUM - FEE, heldTiyin: 0 });
    expect(await balanceOf(world.db.read, PAYLOV_FLOAT)).toBe(SUM);
    expect(await balanceOf(world.db.read, FEES)).toBe(FEE);
    expect(paylov.latest()).toMatchObject({
      request: { userId: `tg_${USER}`, amountTiyin: SUM },
      pays: [{ transactionId: 'T-1', cardId: OPERATOR_CARD, userId: `tg_${USER}` }],
    });
    expect(world.kinds()).toEqual(['bill_paid']);
    const details = await world.bills.details(bill.id);
    const states = details?.history.map(({ toState }) => toState);
    expect(states).toEqual(['held', 'created', 'paying', 'paid']);
  });

  it('needs no fee', async () => {
    await world.remove();
    world = await stage({ paylov, clock, feeTiyin: 0 });
    await world.confirmed();
    expect(await world.balance()).toEqual({ availableTiyin: START - SUM, heldTiyin: 0 });
    expect(await balanceOf(world.db.read, FEES)).toBe(0);
  });

  it('is one bill however often its confirmation comes, at once or later', async () => {
    const request = world.request();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => world.bills.confirm(request)));
    outcomes.push(await world.bills.confirm(request));
    const kinds = outcomes.map((each) => (each.kind === 'bill' ? each.repeated : each.kind));
    // Which of those at once is first is not said.
    expect(kinds.filter((repeated) => repeated !== true)).toEqual([false]);
    expect(kinds.at(-1)).toBe(true);
    expect(paylov.calls.filter((call) => call !== 'services')).toEqual(['create', 'pay']);
    await expect(world.bills.confirm({ ...request, amountTiyin: som(1000) })).rejects.toThrow(
      'another bill',
    );
  });

  it('is found again', async () => {
    const bill = await world.confirmed();
    const later = await world.confirmed({ amountTiyin: som(2000) });
    const page = { offset: 0, limit: 1 };
    await expect(world.bills.history(USER, page)).resolves.toHaveLength(1);
    const all = await world.bills.history(USER, { offset: 0, limit: 9 });
    expect(all.map(({ id }) => id).toSorted()).toEqual([bill.id, later.id].toSorted());
    expect(await world.bills.ofUser(bill.id, USER)).toMatchObject({ id: bill.id });
    expect(await world.bills.ofUser(bill.id, USER + 1)).toBeNull();
    for (const text of [bill.id.toLowerCase(), 'T-1', 'R-T-1']) {
      expect(await billsNamed(world.db.read, text)).toMatchObject([{ id: bill.id }]);
    }
    expect(await billsNamed(world.db.read, 'none')).toEqual([]);
    expect(await world.bills.details('none')).toBeNull();
  });

  it('can be given back once, with its fee', async () => {
    const { id } = await world.confirmed();
    const why = { ownerId: OWNER, reason: 'the service never got it' };
    const outcomes = await Promise.all([1, 2, 3].map(() => world.bills.refund(id, why)));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['decided', 'decided', 'done']);
    expect(await world.balance()).toEqual(untouched);
    expect(await balanceOf(world.db.read, PAYLOV_FLOAT)).toBe(0);
    expect(world.kinds()).toEqual(['bill_paid', 'bill_refunded']);
    expect(await world.bills.refund('none', why)).toEqual({ kind: 'not_found' });
    expect(await world.bills.decide(id, { paid: true, ownerId: OWNER })).toMatchObject({
      kind: 'decided',
      bill: { state: 'refunded' },
    });
  });
});

describe('a confirmation is refused, and nothing asked of Paylov,', () => {
  afterEach(() => expect(paylov.calls).not.toContain('create'));

  it('when the balance lacks something: it says how much', async () => {
    const amountTiyin = START - FEE + som(1);
    expect(await world.bills.confirm(world.request({ amountTiyin }))).toEqual({
      kind: 'insufficient',
      availableTiyin: START,
      totalTiyin: START + som(1),
      missingTiyin: som(1),
    });
    expect(await world.balance()).toEqual(untouched);
    expect(await world.db.read.select().from(table)).toEqual([]);
  });

  it.each([som(999), som(1_000_001), som(2000) + 1])('for %d tiyin', async (amountTiyin) => {
    const { minTiyin, maxTiyin } = SERVICE;
    const refused = { kind: 'out_of_limits', minTiyin, maxTiyin };
    expect(await world.bills.confirm(world.request({ amountTiyin }))).toEqual(refused);
  });

  it('when the service can’t be paid, or nobody knows', async () => {
    const confirm = () => world.bills.confirm(world.request());
    paylov.onServices = () => ({ kind: 'problem', code: 'timeout' });
    expect(await confirm()).toEqual({ kind: 'unavailable', reason: 'provider' });
    const closed = { ...SERVICE, available: false };
    paylov.onServices = () => ({ kind: 'services', services: [closed] });
    expect(await confirm()).toEqual({ kind: 'unavailable', reason: 'service' });
  });

  it('when there is no operator’s card, or no card of the user', async () => {
    await world.remove();
    world = await stage({ paylov, clock, operatorCardId: null });
    const unavailable = { kind: 'unavailable', reason: 'no_operator_card' };
    expect(await world.bills.confirm(world.request())).toEqual(unavailable);
    const fromCard = world.request({ source: 'card', cardId: 'of somebody' });
    expect(await world.bills.confirm(fromCard)).toEqual({ kind: 'unknown_card' });
  });

  it('while an owner has it paused', async () => {
    expect(await world.bills.pause(OWNER)).toBe(true);
    expect(await world.bills.pause(OWNER)).toBe(false);
    expect(await world.bills.paused()).toBe(`owner:${OWNER}`);
    const unavailable = { kind: 'unavailable', reason: 'paused' };
    expect(await world.bills.confirm(world.request())).toEqual(unavailable);
  });

  it('when it is nothing a dialog makes', async () => {
    const account = { field: 'x'.repeat(501) };
    await expect(world.bills.confirm(world.request({ account }))).rejects.toThrow('500');
    await expect(world.bills.confirm(world.request({ amountTiyin: 0.5 }))).rejects.toThrow('tiyin');
  });

  it('after stop', async () => {
    await world.bills.stop();
    const busy = { kind: 'unavailable', reason: 'busy' };
    expect(await world.bills.confirm(world.request())).toEqual(busy);
    await world.bills.tick();
  });
});

describe('the same again', () => {
  it('within 10 minutes is asked about, in whatever order the fields come', async () => {
    const first = await world.confirmed();
    await clock.advance(10 * MINUTE - 1);
    const account = { customer_code: '0012345', region: '1' };
    const again = world.request({ account });
    expect(await world.bills.confirm(again)).toEqual({ kind: 'repeated_within', bill: first });
    expect(
      await world.confirmed({ account: { ...account, customer_code: '0012346' } }),
    ).toMatchObject({
      state: 'paid',
    });
    const allowed = await world.bills.confirm({ ...again, repeatAllowed: true });
    expect(allowed).toMatchObject({ kind: 'bill', repeated: false, bill: { state: 'paid' } });
  });

  it('is fine after that, and after a failure', async () => {
    paylov.onCreate = () => ({ kind: 'problem', code: 'field_not_valid' });
    await world.confirmed();
    paylov.onCreate = (_, honest) => honest();
    await world.confirmed();
    await clock.advance(10 * MINUTE);
    expect(await world.confirmed()).toMatchObject({ state: 'paid' });
  });

  it('is asked about however long the first is open, and five open ones are enough', async () => {
    paylov.onPay = () => ({ kind: 'unknown', cause: 'timeout' });
    const first = await world.confirmed({ amountTiyin: som(1000) });
    await clock.advance(60 * MINUTE);
    const again = await world.bills.confirm(world.request({ amountTiyin: som(1000) }));
    expect(again).toMatchObject({ kind: 'repeated_within', bill: { id: first.id } });
    for (const soms of [1001, 1002, 1003, 1004]) await world.confirmed({ amountTiyin: som(soms) });
    expect(await world.bills.confirm(world.request())).toEqual({ kind: 'too_many', open: 5 });
  });
});
