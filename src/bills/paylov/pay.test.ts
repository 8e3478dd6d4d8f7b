import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json, type Reply } from '../../providers/testing.fixture.ts';
import { PAYLOV_ERROR_CODES, PAYLOV_PROBLEMS, type PaylovErrorCode } from './errors.ts';
import { ERROR_SHAPE, PAY_ANSWER, PAY_REQUEST } from './payments.fixture.ts';
import { errorReply, startPaylovTest, type PaylovTest } from './testing.fixture.ts';
import type { PayBillOutcome } from './types.ts';

const ID = 'b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26';
const payment = {
  transactionId: ID,
  cardId: '9f877739-2149-4831-88a4-d1857309c77c',
  userId: '007',
};
const HTML: Reply = { status: 200, body: '<!doctype html><title>nginx</title>' };

let test: PaylovTest;
beforeEach(async () => {
  test = await startPaylovTest();
});
afterEach(() => test.close());

const bodies = (): unknown[] => test.calls().map(({ body }) => JSON.parse(body) as unknown);

async function paidWith(reply: Reply, otp?: string): Promise<PayBillOutcome> {
  test.answer(reply);
  return test.paylov.pay({ ...payment, ...(otp === undefined ? {} : { otp }) });
}

describe('pay', () => {
  it('sends the request and reads the answer of the document', async () => {
    expect(await paidWith({ status: 200, body: PAY_ANSWER })).toEqual({
      kind: 'paid',
      paidAt: Date.UTC(2024, 9, 14, 10, 7, 23),
      paymentRef: '023581615065',
      terminal: '92902804',
      merchant: '90510020873',
    });
    expect(test.calls()).toMatchObject([{ method: 'POST', path: '/servicePayment/pay/' }]);
    expect(bodies()).toEqual([JSON.parse(PAY_REQUEST)]);
  });

  it('carries the code', async () => {
    await paidWith({ status: 200, body: PAY_ANSWER }, '0123');
    expect(bodies()).toEqual([{ ...(JSON.parse(PAY_REQUEST) as object), otp: '0123' }]);
  });

  it.each([
    ['a time and no reference', { payedAt: '2024-10-14T15:07:23', paymentRef: '' }],
    ['its word and no time', { payedAt: null, status: 'paid' }],
    ['its word in another spelling', { payedAt: null, status: ' Paid\u200b ' }],
    [
      'its id in another spelling',
      { transactionId: ID.toUpperCase(), payedAt: '2024-10-14 15:07' },
    ],
  ])('is paid with %s', async (_name, said) => {
    const result = { transactionId: ID, ...said };
    for (const error of [undefined, null, {}, { code: null }, 0, '']) {
      expect(await paidWith(json({ result, error }))).toMatchObject({ kind: 'paid' });
    }
  });

  const REFUSED = PAYLOV_ERROR_CODES.filter((code) => PAYLOV_PROBLEMS[code].afterPay === 'refused');
  const UNCLEAR = PAYLOV_ERROR_CODES.filter((code) => PAYLOV_PROBLEMS[code].afterPay === 'unknown');

  it('knows which codes say that nothing was paid', () => {
    expect(REFUSED).toEqual([
      'card_not_found',
      'card_is_blocked',
      'card_expired',
      'sms_not_active',
      'daily_limit_used_for_this_card',
      'invalid_otp',
      'otp_expired',
      'otp_code_already_sent',
      'too_many_attempts',
      'insufficient_funds',
      'invalid_amount',
      'transaction_not_found',
      'merchant_not_available',
      'validation_error',
      'field_required',
      'field_not_valid',
      'permission_denied',
      'ip_not_allowed',
      'card_not_found_in_processing_center',
      'card_is_blocked_in_processing_center',
      'card_is_not_activated',
      'invalid_card_token',
    ]);
  });

  it.each(REFUSED)('is refused with %s in every shape', async (code) => {
    const error = { code, message: 'xatolik' };
    const shapes: Reply[] = [
      errorReply(code),
      json({ result: null, error }, 400),
      json({ result: null, error }),
      json({ result: { error } }),
      json({ error: { code: 'payment', details: { details: error } } }, 400),
      json({ error: { code: 400, message: error } }, 400),
      json({ error: code }, 400),
      errorReply(code.toUpperCase()),
      errorReply(code, 'xatolik', 403),
    ];
    for (const shape of shapes) {
      expect(await paidWith(shape)).toMatchObject({ kind: 'refused', code });
    }
  });

  it.each(UNCLEAR)('is unknown after %s', async (code) => {
    expect(await paidWith(errorReply(code))).toEqual({
      kind: 'unknown',
      cause: 'unclear_error',
      code,
      detail: `${code}: xatolik`,
    });
  });

  it.each(['transaction_already_payed', 'already_confirmed'] satisfies PaylovErrorCode[])(
    'was paid before: %s',
    async (code) => {
      expect(await paidWith(errorReply(code))).toEqual({ kind: 'already_paid' });
      const refusedToo = { code: 'validation_error', message: code };
      expect(await paidWith(json({ error: refusedToo }, 400))).toEqual({ kind: 'already_paid' });
    },
  );

  it.each([
    ['a code nobody knows', errorReply('card_has_moved'), 'unclear_error'],
    ['no code', json({ error: { message: 'xatolik' } }, 400), 'unclear_error'],
    ['the document’s placeholder', { status: 400, body: ERROR_SHAPE }, 'unclear_error'],
    ['an empty error', json({ error: {} }), 'bad_answer'],
    [
      'a refusal and a doubt',
      json({ error: { code: 'insufficient_funds', details: { code: 'error_at_pay' } } }, 400),
      'unclear_error',
    ],
    [
      'a refusal with a result',
      json({ result: { transactionId: ID }, error: { code: 'insufficient_funds' } }),
      'unclear_error',
    ],
    ['a refusal with 500', errorReply('insufficient_funds', 'x', 500), 'server_error'],
    ['a refusal with 429', errorReply('insufficient_funds', 'x', 429), 'unclear_error'],
    ['a refusal with a redirect', errorReply('insufficient_funds', 'x', 302), 'unclear_error'],
    ['a 403 of a firewall', { status: 403, body: '<h1>403</h1>' }, 'bad_answer'],
    ['a 403 without a code', json({ detail: 'no' }, 403), 'unclear_error'],
    ['a 404', { status: 404, body: '' }, 'bad_answer'],
    ['502', { status: 502, body: '' }, 'server_error'],
    ['HTML', HTML, 'bad_answer'],
    ['nothing', { status: 200, body: '' }, 'bad_answer'],
    ['half an answer', { status: 200, body: PAY_ANSWER.slice(0, 80) }, 'bad_answer'],
    ['an answer without a result', json({ status: 'ok' }), 'bad_answer'],
    ['no transaction id', json({ result: { status: 'paid' } }), 'bad_answer'],
    ['another transaction', json({ result: { transactionId: 'other' } }), 'bad_answer'],
    ['another status', json({ result: { transactionId: ID, status: 'processing' } }), 'bad_answer'],
    ['a dropped connection', 'drop', 'network'],
    ['an answer cut short', 'drop_body', 'network'],
  ] satisfies [string, Reply, string][])('is unknown after %s', async (_name, reply, cause) => {
    expect(await paidWith(reply)).toMatchObject({ kind: 'unknown', cause });
    expect(test.calls()).toHaveLength(1);
  });

  it('is given 30 seconds', async () => {
    await test.paylov.services();
    test.answer('hang');
    let isDone = false;
    const outcome = test.paylov.pay(payment).finally(() => {
      isDone = true;
    });
    await test.loopback.received(3);
    test.clock.advance(29_999);
    await new Promise(setImmediate);
    expect(isDone).toBe(false);
    test.clock.advance(1);
    expect(await outcome).toEqual({ kind: 'unknown', cause: 'timeout' });
    expect(test.calls()).toHaveLength(1);
  });

  it.each([
    ['Avval chiqindi uchun qarzni to‘lang', { hint: 'waste_unpaid' }],
    ['Сначала оплатите вывоз мусора', { hint: 'waste_unpaid' }],
  ])('says that the waste bill is in the way: %s', async (message, expected) => {
    const outcome = await paidWith(errorReply('merchant_not_available', message));
    expect(outcome).toMatchObject({ kind: 'refused', ...expected });
    const asked = await test.paylov.info({ serviceId: 'x', account: {} });
    expect(asked).toMatchObject({ kind: 'problem', ...expected });
  });

  it('says nothing of waste when only its name is in the words', async () => {
    const outcome = await paidWith(errorReply('field_not_valid', 'Chiqindi: abonent topilmadi'));
    expect(outcome).toMatchObject({ kind: 'refused' });
    expect(outcome).not.toHaveProperty('hint');
  });
});

describe('a pay at a closed door', () => {
  it.each([
    ['a proxy', { status: 403, body: '<h1>403</h1>' }],
    ['Paylov without a code', json({ detail: 'no' }, 403)],
  ] satisfies [string, Reply][])(
    'of %s is unknown, and names what must be done',
    async (_, reply) => {
      const outcome = await paidWith(reply);
      expect(outcome).toMatchObject({ kind: 'unknown', code: 'permission_denied' });
    },
  );
});

/** Whether an answer gives cause to believe that the bill is paid, or that it is not. */
function isJustified(outcome: PayBillOutcome, answered: { status: number; body: string }): boolean {
  const { status, body } = answered;
  const isProof = body.includes('"status":"paid"') || body.includes('"payedAt":"2024');
  if (outcome.kind === 'paid') {
    return isProof && status === 200 && body.includes(`"transactionId":"${ID}"`);
  }
  if (outcome.kind !== 'refused') return true;
  const doubts = PAYLOV_ERROR_CODES.filter((code) => PAYLOV_PROBLEMS[code].afterPay !== 'refused');
  const hasDoubt = doubts.some((code) => body.includes(`"code":"${code}"`));
  const isRefusal = PAYLOV_PROBLEMS[outcome.code].afterPay === 'refused' && !hasDoubt;
  return isRefusal && body.includes(outcome.code) && [200, 400, 403, 404].includes(status);
}

describe('whatever is answered', () => {
  const statuses = fc.constantFrom(200, 200, 200, 202, 301, 400, 400, 403, 404, 429, 500, 503);
  const codes = fc.constantFrom(...PAYLOV_ERROR_CODES, 'strange_code', '', 400, null);
  const { error } = fc.letrec<{ error: unknown }>((tie) => ({
    error: fc.oneof(
      { maxDepth: 3 },
      codes,
      fc.record(
        { code: codes, message: tie('error'), details: tie('error'), error: tie('error') },
        { requiredKeys: [] },
      ),
      fc.array(tie('error'), { maxLength: 2 }),
    ),
  }));
  const result = fc.oneof(
    fc.constantFrom(null, {}, [], true, ID),
    fc.record({
      transactionId: fc.constant(ID),
      payedAt: fc.constantFrom('2024-10-14 15:07', null),
    }),
    fc.record(
      {
        transactionId: fc.constantFrom(ID, ID, 'other', null),
        status: fc.constantFrom('paid', 'paid', 'created', '', false, 0, null, {}),
        payedAt: fc.constantFrom('2024-10-14 15:07:23', null, '', 'soon'),
        error,
      },
      { requiredKeys: [] },
    ),
  );
  const body = fc.record({ result, error }, { requiredKeys: [] });

  it('a bill is paid or refused only when that is said clearly', async () => {
    await test.paylov.services();
    const seen = new Set<string>();
    const property = fc.asyncProperty(statuses, body, async (status, answer) => {
      const text = JSON.stringify(answer);
      const outcome = await paidWith({ status, body: text });
      seen.add(outcome.kind);
      return isJustified(outcome, { status, body: text });
    });
    await fc.assert(property, { numRuns: 500, seed: 7 });
    expect([...seen].toSorted()).toEqual(['already_paid', 'paid', 'refused', 'unknown']);
  });
});
