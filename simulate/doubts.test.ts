/** The reckoning itself: what it must find, at real simulated systems with books made up for it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkAt,
  openAt,
  type SandboxTest,
  startSandboxTest,
} from '../sandbox/providers/testing.fixture.ts';
import type { ProviderId } from '../src/core/payment-systems.ts';
import { Books } from './books.ts';
import { checkNow } from './checks.ts';
import { everyDoubtIsTold, leftToOwners, takenBackByOwners } from './doubts.ts';
import type { Exchange } from './network.ts';
import type { Stage } from './stage.ts';
import { keyOf, Truth } from './truth.ts';
import type { World } from './world.ts';

const SUM = 5_000_100;
const ALARM = 'alarm:unreadable_payment:';

let test: SandboxTest;
let books: Books;
let truth: Truth;
/** What the books say, as their tables do. */
let orders: Record<string, unknown>[];
let told: { key: string; params: string }[];
let approvals: { key: string }[];
let debits: { key: string; account: string; amount_tiyin: number }[];
let exchanges: Exchange[];

beforeEach(async () => {
  test = await startSandboxTest({ oneCardAt: ['rasmiypay', 'autopaycard'] });
  [orders, told, approvals, debits, exchanges] = [[], [], [], [], []];
  books = new Books({
    rows: <T>(query: string): T[] => {
      if (query.includes('from topups')) return orders as T[];
      if (query.includes('topup_approved')) return approvals as T[];
      if (query.includes('taken_back')) return debits as T[];
      return (query.includes("like 'owner_%'") ? told : []) as T[];
    },
  });
  const world = {
    clock: test.clock,
    providers: test.world,
    paylov: { transactions: () => [] },
  } as unknown as World;
  truth = new Truth({ world, claims: new Map(), books });
});
afterEach(() => test.close());

/** An order at a system and in the books. */
async function order(topupId: string, provider: ProviderId): Promise<string> {
  const id = await openAt(test, provider, { amountTiyin: SUM });
  const row = { id: topupId, provider, provider_order: id, user_id: 501, state: 'expired' };
  orders.push({ ...row, amount_tiyin: SUM, paid_tiyin: null, due_at: null });
  return id;
}

/** The books change, and are looked at. */
function become(topupId: string, state: string): string[] {
  const row = orders.find((each) => each['id'] === topupId);
  if (!row) throw new Error(`no order ${topupId}`);
  Object.assign(row, { state, paid_tiyin: SUM });
  books.noteCommit();
  return checkNow({ books, truth }).map(({ what }) => what);
}

/** The program asks a system how an order is, and lives on. */
async function ask(provider: ProviderId, id: string): Promise<void> {
  test.clock.advance(1000);
  const { status, text } = await checkAt(test, provider, id);
  const url = new URL(`https://${provider}.example/api?method=check&order=${id}`);
  const sender = { name: 'program', isDead: false, reach: () => undefined };
  const fate = { name: '', beforeMs: 0, afterMs: 0, arrives: true, answer: () => null };
  exchanges.push({
    call: { sender, host: provider, method: 'GET', url, body: '' },
    fate,
    at: test.clock.now(),
    given: { status, headers: {}, body: text },
    isAnswered: true,
  });
}

function stage(): Stage {
  return { scene: { exchanges }, books, truth } as unknown as Stage;
}

function doubts(): string[] {
  return everyDoubtIsTold(stage()).map(({ what }) => what);
}

describe('one payment', () => {
  it('is credited once, though two systems report it', async () => {
    const first = await order('FIRST', 'rasmiypay');
    await order('SECOND', 'autopaycard');
    const { cardNumber = '' } = test.simulated('rasmiypay').orders()[0]!;
    const outcome = test.world.transfer({ cardNumber, amountTiyin: SUM });
    const paid = outcome.kind === 'matched' ? outcome.orders : [];
    expect(paid).toHaveLength(2);
    truth.notePayment({ by: keyOf({ provider: 'rasmiypay', id: first }), orders: paid.map(keyOf) });
    expect(become('FIRST', 'paid')).toEqual([]);
    expect(become('SECOND', 'refused')).toEqual([]);
    const twice = 'one payment is credited for orders FIRST and SECOND';
    expect(become('SECOND', 'paid')).toEqual([twice]);
  });

  it('may be approved for whoever made it, where only another order was reported', async () => {
    const late = keyOf({ provider: 'rasmiypay', id: await order('LATE', 'rasmiypay') });
    const live = keyOf({ provider: 'autopaycard', id: await order('LIVE', 'autopaycard') });
    expect(become('LATE', 'paid')).toEqual([`order LATE is paid, but ${late} was never paid`]);
    test.simulated('autopaycard').pay(live.split('/')[1]!);
    truth.notePayment({ by: late, orders: [live] });
    expect(become('LATE', 'paid')).toEqual([]);
    const twice = 'one payment is credited for orders LATE and LIVE';
    expect(become('LIVE', 'paid')).toEqual([twice]);
  });
});

describe('what nobody can read', () => {
  it.each(['odd_paid_sums', 'strange_ids'] as const)('(%s) is told once', async (quirk) => {
    const id = await order('DOUBT', 'rasmiypay');
    test.simulated('rasmiypay').pay(id);
    test.simulated('rasmiypay').behave([quirk]);
    await ask('rasmiypay', id);
    await ask('rasmiypay', id);
    const untold = `no owner heard that what was paid for rasmiypay/${id} can't be read`;
    expect(doubts()).toEqual([untold]);
    told.push({ key: `${ALARM}DOUBT:1`, params: '{}' });
    expect(doubts()).toEqual([]);
    told.push({ key: `${ALARM}DOUBT:2`, params: '{}' });
    expect(doubts()).toEqual([`2 alarms tell of rasmiypay/${id}`]);
  });

  it('is nothing that is only spelled otherwise, and nothing after the credit', async () => {
    const id = await order('SPELLED', 'rasmiypay');
    const simulated = test.simulated('rasmiypay');
    simulated.pay(id);
    for (const quirk of ['spelled_words', 'text_sums', 'spelled_sums', 'binary_sums'] as const) {
      simulated.behave([quirk, 'byte_order_mark', 'php_warning']);
      for (let i = 0; i < 4; i += 1) await ask('rasmiypay', id);
    }
    expect(doubts()).toEqual([]);
    expect(become('SPELLED', 'paid')).toEqual([]);
    simulated.behave(['odd_paid_sums']);
    for (let i = 0; i < 4; i += 1) await ask('rasmiypay', id);
    expect(doubts()).toEqual([]);
  });
});

describe('another sum than expected, with a careless fraction', () => {
  it('is for an owner to find out, until it is said in a way that can be read', async () => {
    const id = await order('CARELESS', 'rasmiypay');
    const key = keyOf({ provider: 'rasmiypay', id });
    const simulated = test.simulated('rasmiypay');
    simulated.pay(id, { amountTiyin: SUM + 350 });
    simulated.behave(['binary_sums']);
    await ask('rasmiypay', id);
    await ask('rasmiypay', id);
    expect(doubts()).toEqual([`no owner heard that what was paid for ${key} can't be read`]);
    expect(leftToOwners(stage())).toEqual(new Set());
    told.push({ key: `${ALARM}CARELESS:1`, params: '{}' });
    expect(doubts()).toEqual([]);
    expect(leftToOwners(stage())).toEqual(new Set([key]));
    simulated.behave([]);
    await ask('rasmiypay', id);
    expect(leftToOwners(stage())).toEqual(new Set());
  });
});

describe('what was taken back', () => {
  it.each([{ as: 'failed' }, { leftTiyin: 100 }] as const)(
    'after its credit (%j) is told as soon as the program hears of it',
    async (taking) => {
      const id = await order('BACK', 'rasmiypay');
      const key = keyOf({ provider: 'rasmiypay', id });
      test.simulated('rasmiypay').pay(id);
      expect(become('BACK', 'paid')).toEqual([]);
      truth.noteReversal({ key, afterMessage: 0, beforeTiyin: 0 });
      test.clock.advance(1000);
      test.simulated('rasmiypay').takeBack(id, taking);
      expect(become('BACK', 'paid')).toEqual([]);
      expect(doubts()).toEqual([]);
      await ask('rasmiypay', id);
      const untold = `no owner heard that what was paid for ${key} was taken back`;
      expect(doubts()).toEqual([untold]);
      told.push({ key: 'alarm:taken_back:BACK', params: '{}' });
      expect(doubts()).toEqual([]);
    },
  );

  it('of what an owner vouched for is told where it was called paid before', async () => {
    for (const isHeard of [false, true]) {
      const topupId = `VOUCHED${isHeard}`;
      const id = await order(topupId, 'rasmiypay');
      const key = keyOf({ provider: 'rasmiypay', id });
      approvals.push({ key: `topup:${topupId}` });
      test.simulated('rasmiypay').pay(id);
      if (isHeard) await ask('rasmiypay', id);
      expect(become(topupId, 'paid')).toEqual([]);
      truth.noteReversal({ key, afterMessage: 0, beforeTiyin: 0 });
      test.clock.advance(1000);
      test.simulated('rasmiypay').takeBack(id, { as: 'failed' });
      await ask('rasmiypay', id);
      const untold = `no owner heard that what was paid for ${key} was taken back`;
      expect(doubts()).toEqual(isHeard ? [untold] : []);
    }
  });

  it('may be debited as far as it went back, and off its own balance', async () => {
    const id = await order('DEBIT', 'rasmiypay');
    test.simulated('rasmiypay').pay(id);
    become('DEBIT', 'paid');
    const key = 'topup:DEBIT:taken_back';
    debits.push({ key, account: 'user:501:available', amount_tiyin: -SUM });
    expect(takenBackByOwners({ books, truth })).toEqual([{ userId: 501, amountTiyin: 0 }]);
    test.simulated('rasmiypay').takeBack(id, { leftTiyin: 100 });
    expect(takenBackByOwners({ books, truth })).toEqual([{ userId: 501, amountTiyin: SUM - 100 }]);
    debits.splice(0, 1, { key, account: 'user:502:available', amount_tiyin: -SUM });
    expect(takenBackByOwners({ books, truth })).toEqual([]);
  });
});
