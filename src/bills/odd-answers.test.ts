/**
 * Bills with the real client and a Paylov that answers oddly. Paid is believed of a documented paid word alone, of `pay` or
 * of the status; a clear refusal gives the money back; after everything else nobody knows, and the money stays held.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { json, type Reply, type SeenRequest } from '../providers/testing.fixture.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import type { Bill } from './bill.ts';
import { errorReply, type PaylovTest, startPaylovTest } from './paylov/testing.fixture.ts';
import { LIST_ANSWER } from './paylov/payloads.fixture.ts';
import { som } from '../core/money.ts';
import { FEE, stage, type Stage } from './bill-stage.fixture.ts';

const SERVICE_ID = '6ae5eaf5-9b70-4aa9-9260-2438e99affa0';
const SUM = som(50_000);
const TOTAL = SUM + FEE;
const PAID_AT = '2024-10-14 15:07:23';

type Says = (transactionId: string) => Reply;

const result =
  (said: object, status = 200): Says =>
  (transactionId) =>
    json({ result: { transactionId, ...said } }, status);
const plain =
  (reply: Reply): Says =>
  () =>
    reply;

const NOTHING_KNOWN: Says = result({ status: 'created', amount: 50_000 });

let paylov: PaylovTest;
let clock: TestClock;
let world: Stage;
let users = 8000;
let pay: Says;
let status: Says;

beforeAll(async () => {
  paylov = await startPaylovTest();
  clock = createTestClock();
  world = await stage({ paylov: paylov.paylov, clock });
  let made = 0;
  paylov.answer((request) => {
    if (request.path.includes('/create/')) {
      made += 1;
      return json({ result: { transactionId: `t-${made}`, data: [] } });
    }
    return request.path.includes('/pay/') ? pay(idIn(request)) : status(idIn(request));
  });
  expect(LIST_ANSWER).toContain(SERVICE_ID);
});
afterAll(async () => {
  const findings = await world.findings();
  await world.remove();
  await paylov.close();
  expect(findings).toEqual([]);
  expect(world.errors).toEqual([]);
});

function idIn({ path, body }: SeenRequest): string {
  if (body === '') return new URL(path, 'http://x').searchParams.get('transactionId') ?? '';
  return (JSON.parse(body) as { transactionId: string }).transactionId;
}

/** Somebody pays a bill for the first time, and then Paylov is asked once. */
async function paidBy(answer: Says, later: Says = NOTHING_KNOWN): Promise<Bill> {
  pay = answer;
  status = later;
  users += 1;
  await world.credit(users, TOTAL);
  return await world.confirmed({ userId: users, serviceId: SERVICE_ID, amountTiyin: SUM });
}

const BALANCES = {
  paid: { availableTiyin: 0, heldTiyin: 0 },
  failed: { availableTiyin: TOTAL, heldTiyin: 0 },
  unknown: { availableTiyin: 0, heldTiyin: TOTAL },
  stuck: { availableTiyin: 0, heldTiyin: TOTAL },
} as const;

type End = keyof typeof BALANCES;

describe('pay', () => {
  it.each<[string, Says, End]>([
    ['the document’s answer', result({ payedAt: PAID_AT, paymentRef: '0235' }), 'paid'],
    ['a time alone', result({ payedAt: PAID_AT }), 'paid'],
    ['the time with a T', result({ payedAt: '2024-10-14T15:07:23' }), 'paid'],
    ['"paid" alone', result({ status: 'paid' }), 'paid'],
    ['"PAID"', result({ status: 'PAID', payedAt: null }), 'paid'],
    ['"Paid "', result({ status: 'Paid ' }), 'paid'],
    ['"paid" behind an invisible mark', result({ status: '\u200epaid' }), 'paid'],
    ['201 with a time', result({ payedAt: PAID_AT }, 201), 'paid'],
    [
      'an error of null',
      (id) => json({ result: { transactionId: id, payedAt: PAID_AT }, error: null }),
      'paid',
    ],
    [
      'an error with nothing in it',
      (id) => json({ result: { transactionId: id, payedAt: PAID_AT }, error: {} }),
      'paid',
    ],

    ['an id alone', result({}), 'unknown'],
    ['a reference alone', result({ paymentRef: '0235' }), 'unknown'],
    ['a time that is none', result({ payedAt: 'soon' }), 'unknown'],
    ['a time of null', result({ payedAt: null }), 'unknown'],
    ['a time of 0', result({ payedAt: 0 }), 'unknown'],
    ['202 with an id', result({}, 202), 'unknown'],
    ['202 with a time', result({ payedAt: PAID_AT }, 202), 'unknown'],
    ['a status of false', result({ status: false, payedAt: PAID_AT }), 'unknown'],
    ['a status of true', result({ status: true, payedAt: PAID_AT }), 'unknown'],
    ['a status of 0', result({ status: 0, payedAt: PAID_AT }), 'unknown'],
    ['a status of 1', result({ status: 1, payedAt: PAID_AT }), 'unknown'],
    ['a status of null', result({ status: null, payedAt: PAID_AT }), 'unknown'],
    ['a status that is an object', result({ status: { code: 'paid' } }), 'unknown'],
    ['a status that is a list', result({ status: ['paid'] }), 'unknown'],
    ['an empty status', result({ status: '', payedAt: PAID_AT }), 'unknown'],
    ['"created"', result({ status: 'created', payedAt: PAID_AT }), 'unknown'],
    ['"canceled"', result({ status: 'canceled' }), 'unknown'],
    ['"success"', result({ status: 'success' }), 'unknown'],
    ['"payed"', result({ status: 'payed' }), 'unknown'],
    [
      'another transaction',
      (id) => json({ result: { transactionId: `${id}0`, payedAt: PAID_AT } }),
      'unknown',
    ],
    ['no transaction', plain(json({ result: { status: 'paid', payedAt: PAID_AT } })), 'unknown'],
    ['a result of true', plain(json({ result: true })), 'unknown'],
    ['a result of "paid"', plain(json({ result: 'paid' })), 'unknown'],
    ['a status beside no result', plain(json({ status: 'paid' })), 'unknown'],
    ['a list', plain(json([{ status: 'paid' }])), 'unknown'],
    [
      'a result beside a refusal',
      (id) =>
        json({
          result: { transactionId: id, payedAt: PAID_AT },
          error: { code: 'insufficient_funds' },
        }),
      'unknown',
    ],
    ['nothing', plain({ status: 200, body: '' }), 'unknown'],
    ['no content', plain({ status: 204, body: '' }), 'unknown'],
    ['HTML', plain({ status: 200, body: '<h1>paid</h1>' }), 'unknown'],
    ['the HTML of a proxy', plain({ status: 403, body: '<h1>403</h1>' }), 'unknown'],
    ['a redirect', plain({ status: 302, body: '', headers: { location: '/' } }), 'unknown'],
    ['429', plain({ status: 429, body: '' }), 'unknown'],
    ['500 with a refusal', plain(errorReply('card_expired', 'x', 500)), 'unknown'],
    ['504', plain({ status: 504, body: 'time-out' }), 'unknown'],
    ['a cut connection', plain('drop'), 'unknown'],
    ['half a body', plain('drop_body'), 'unknown'],
    ['a code nobody knows', plain(errorReply('card_has_moved')), 'unknown'],
    ['hold_not_found', plain(errorReply('hold_not_found')), 'unknown'],
    ['terminal_does_not_exist', plain(errorReply('terminal_does_not_exist')), 'unknown'],
    ['a failed hint of words', plain(errorReply('', 'Абонент не найден')), 'unknown'],

    ['insufficient_funds', plain(errorReply('insufficient_funds')), 'failed'],
    ['CARD_EXPIRED', plain(errorReply(' CARD_EXPIRED ')), 'failed'],
    [
      'card_is_blocked_in_processing_center',
      plain(errorReply('card_is_blocked_in_processing_center')),
      'failed',
    ],
    [
      'invalid_amount in a 200',
      plain(json({ result: null, error: { code: 'invalid_amount' } })),
      'failed',
    ],
    ['ip_not_allowed', plain(errorReply('ip_not_allowed', 'x', 403)), 'failed'],
    ['401 twice', plain({ status: 401, body: '<h1>401</h1>' }), 'failed'],
  ])('with %s', async (_name, answer, end) => {
    const bill = await paidBy(answer);
    expect(bill.state).toBe(end);
    expect(await world.balance(bill.userId)).toEqual(BALANCES[end]);
    // A card that can't pay pauses all; the next one begins anew.
    await world.bills.resume(1);
  });
});

describe('the status of a payment without an answer', () => {
  const sum = (said: object): Says => result({ amount: 50_000, ...said });

  it.each<[string, Says, End]>([
    ['paid', sum({ status: 'paid' }), 'paid'],
    ['PAID, and the sum as a text', sum({ status: 'PAID', amount: '50000.00' }), 'paid'],
    ['"Paid " without a time', sum({ status: 'Paid ', payedAt: null }), 'paid'],
    [
      'an empty error beside it',
      (id) => json({ result: { transactionId: id, status: 'paid', amount: 50_000 }, error: [] }),
      'paid',
    ],

    ['cancelled', sum({ status: 'cancelled' }), 'failed'],
    ['canceled without a sum', sum({ status: 'canceled', amount: '' }), 'failed'],
    ['CANCELLED with an odd sum', sum({ status: 'CANCELLED', amount: [] }), 'failed'],

    ['created with an odd sum', sum({ status: 'created', amount: '-' }), 'unknown'],
    ['a word nobody knows', sum({ status: 'processing' }), 'unknown'],
    ['success', sum({ status: 'success' }), 'unknown'],
    ['a status that is no text', sum({ status: true }), 'unknown'],
    ['no status', sum({}), 'unknown'],
    [
      'another transaction',
      plain(json({ result: { transactionId: 'x', status: 'paid', amount: 50_000 } })),
      'unknown',
    ],
    ['no transaction', plain(json({ result: { status: 'paid', amount: 50_000 } })), 'unknown'],
    ['transaction_not_found', plain(errorReply('transaction_not_found')), 'unknown'],
    ['500', plain({ status: 500, body: '' }), 'unknown'],
    ['HTML', plain({ status: 200, body: '<h1>paid</h1>' }), 'unknown'],
    ['a status of the call', plain(json({ status: 'paid' })), 'unknown'],

    ['paid with another sum', sum({ status: 'paid', amount: 500 }), 'stuck'],
    ['paid with a sum that is none', sum({ status: 'paid', amount: {} }), 'stuck'],
    ['paid without a sum', sum({ status: 'PAID', amount: null }), 'stuck'],
    ['paid with less than nothing', sum({ status: 'paid', amount: -50_000 }), 'stuck'],
  ])('that says %s', async (_name, answer, end) => {
    const { id, userId } = await paidBy(plain('drop'), answer);
    await clock.advance(2000);
    await world.bills.tick();
    expect(await world.bills.get(id)).toMatchObject({ state: end });
    expect(await world.balance(userId)).toEqual(BALANCES[end]);
  });
});
