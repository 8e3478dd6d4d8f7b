import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json, type Reply } from '../../providers/testing.fixture.ts';
import { PAYLOV_ERROR_CODES } from './errors.ts';
import {
  CREATE_ANSWER,
  CREATE_OTP_ANSWER,
  CREATE_OTP_REQUEST,
  CREATE_REQUEST,
  STATUS_ANSWER,
} from './payments.fixture.ts';
import { errorReply, startPaylovTest, type PaylovTest } from './testing.fixture.ts';

const ID = 'b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26';
const bill = {
  serviceId: '9f877739-bc25-4f0f-a13f-ec485fd04250',
  account: { soato: '26290', region: '1', customer_code: '1000000' },
  amountTiyin: 50_000,
  userId: '007',
};
const HTML: Reply = { status: 200, body: '<!doctype html><title>nginx</title>' };

const statusWith = (changes: object): Reply => {
  const body = JSON.parse(STATUS_ANSWER) as { result: object };
  return json({ result: { ...body.result, ...changes } });
};

let test: PaylovTest;
beforeEach(async () => {
  test = await startPaylovTest();
});
afterEach(() => test.close());

const bodies = (): unknown[] => test.calls().map(({ body }) => JSON.parse(body) as unknown);

describe('create', () => {
  it('sends the request and reads the answer of the document', async () => {
    test.answer({ status: 200, body: CREATE_ANSWER });
    expect(await test.paylov.create(bill)).toMatchObject({
      kind: 'created',
      transactionId: ID,
      details: [{ name: 'region', value: 'г. Ташкент' }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}],
    });
    expect(test.calls()).toMatchObject([{ method: 'POST', path: '/servicePayment/create/' }]);
    expect(bodies()).toEqual([JSON.parse(CREATE_REQUEST)]);
  });

  it('with a card has a code sent', async () => {
    test.answer({ status: 200, body: CREATE_OTP_ANSWER });
    const outcome = await test.paylov.create({ ...bill, cardId: 'string' });
    expect(outcome).toMatchObject({ kind: 'created', otpPhone: 'hidden_phone' });
    expect(bodies()).toEqual([JSON.parse(CREATE_OTP_REQUEST)]);
  });

  it('keeps the id whatever else the answer has', async () => {
    test.answer(json({ result: { transactionId: ID, data: 'x', sms: 7 } }));
    const outcome = await test.paylov.create(bill);
    expect(outcome).toEqual({ kind: 'created', transactionId: ID, details: [] });
  });

  it('masks the phone', async () => {
    const sms = { otpSentPhone: '+998901234567' };
    test.answer(json({ result: { transactionId: ID, data: [], sms } }));
    const outcome = await test.paylov.create(bill);
    expect(outcome).toMatchObject({ otpPhone: '+**********67' });
  });

  it('sends the phone that is to be the card’s', async () => {
    test.answer({ status: 200, body: CREATE_OTP_ANSWER });
    await test.paylov.create({ ...bill, cardId: 'string', phone: '+998901234567' });
    expect(JSON.parse(test.calls()[0]!.body)).toMatchObject({
      cardId: 'string',
      phoneNumber: '+998901234567',
    });
  });

  it('refuses to send tiyin', async () => {
    await expect(test.paylov.create({ ...bill, amountTiyin: 50_001 })).rejects.toThrow("so'm");
    expect(test.calls()).toEqual([]);
  });

  it.each(PAYLOV_ERROR_CODES)('hears %s', async (code) => {
    test.answer(errorReply(code));
    const outcome = await test.paylov.create(bill);
    expect(outcome).toEqual({ kind: 'problem', code, detail: `${code}: xatolik` });
  });

  it.each([
    ['hang', { kind: 'no_answer', cause: 'timeout' }],
    ['drop', { kind: 'no_answer', cause: 'network' }],
    ['drop_body', { kind: 'no_answer', cause: 'network' }],
    [HTML, { kind: 'no_answer', cause: 'bad_answer', detail: 'HTTP 200: not JSON, or too long' }],
    [errorReply('server_error', 'x', 500), { kind: 'no_answer', cause: 'server_error' }],
    [
      { status: 502, body: '' },
      { kind: 'no_answer', cause: 'server_error' },
    ],
    [json({ result: {} }), { kind: 'no_answer', cause: 'bad_answer' }],
    [errorReply('no_such_thing'), { kind: 'problem', code: 'unknown_error' }],
    [json({ detail: 'not yours' }, 403), { kind: 'problem', code: 'permission_denied' }],
    [
      { status: 429, body: '' },
      { kind: 'problem', code: 'rate_limited' },
    ],
  ] satisfies [Reply, object][])('answered with %j', async (reply, expected) => {
    // Finds the prefix first, so that only create meets the fault.
    await test.paylov.services();
    test.answer(reply);
    const outcome = test.paylov.create(bill);
    await test.loopback.received(3);
    if (reply === 'hang') test.clock.advance(15_000);
    expect(await outcome).toMatchObject(expected);
    expect(test.calls()).toHaveLength(1);
  });
});

describe('status', () => {
  it('reads the answer of the document', async () => {
    test.answer({ status: 200, body: STATUS_ANSWER });
    expect(await test.paylov.status(ID)).toEqual({
      kind: 'status',
      status: 'paid',
      amountTiyin: 50_000,
      paidAt: Date.UTC(2024, 9, 14, 10, 7, 23),
    });
    const path = `/servicePayment/transaction/status/?transactionId=${ID}`;
    expect(test.calls()).toMatchObject([{ method: 'GET', path }]);
  });

  it.each(['cancelled', 'created'])('reads %s', async (status) => {
    test.answer(statusWith({ status, payedAt: null, amount: '1500.50' }));
    const amountTiyin = 150_050;
    expect(await test.paylov.status(ID)).toEqual({ kind: 'status', status, amountTiyin });
  });

  it.each([
    ['Paid', 'paid'],
    ['PAID', 'paid'],
    ['paid ', 'paid'],
    ['canceled', 'cancelled'],
    ['CANCELLED', 'cancelled'],
    ['\u200ecreated', 'created'],
  ])('reads "%s" by its meaning', async (status, meant) => {
    test.answer(statusWith({ status }));
    expect(await test.paylov.status(ID)).toMatchObject({ kind: 'status', status: meant });
    expect(test.warnings).toEqual([]);
  });

  it.each(['', '-', false, [], {}, -500, '5e4', 'bepul', null])(
    'hears created and cancelled beside a sum that is none: %j',
    async (amount) => {
      for (const status of ['created', 'cancelled']) {
        test.answer(statusWith({ status, amount }));
        expect(await test.paylov.status(ID)).toEqual({ kind: 'status', status });
      }
      expect(test.warnings).toEqual([]);
    },
  );

  it.each(['', '-', false, [], {}, -500, '5e4', 'bepul', null])(
    'never loses a paid word beside a sum that is none: %j',
    async (amount) => {
      test.answer(statusWith({ status: 'paid', amount, transactionId: ID.toUpperCase() }));
      const outcome = await test.paylov.status(ID);
      expect(outcome).toMatchObject({ kind: 'status', status: 'paid', amountTiyin: null });
      expect(test.warnings.map(({ event }) => event)).toEqual(['provider.bad_answer']);
    },
  );

  it.each(['payed', 'success', '', 'constructor'])(
    'does not guess what "%s" means',
    async (status) => {
      test.answer(statusWith({ status, amount: null }));
      expect(await test.paylov.status(ID)).toEqual({ kind: 'status', status: 'other' });
      expect(test.warnings.map(({ event }) => event)).toEqual(['provider.unknown_status']);
    },
  );

  it.each([
    ['another transaction', { transactionId: 'other' }],
    ['no transaction', { transactionId: null }],
    ['a status that is no text', { status: { code: 'paid' } }],
  ])('does not believe %s', async (_name, changes) => {
    test.answer(statusWith(changes));
    expect(await test.paylov.status(ID)).toMatchObject({ kind: 'problem', code: 'bad_answer' });
    expect(test.warnings.map(({ event }) => event)).toEqual(['provider.bad_answer']);
  });

  it.each(PAYLOV_ERROR_CODES)('hears %s', async (code) => {
    test.answer(json({ result: null, error: { code, message: '' } }));
    expect(await test.paylov.status(ID)).toEqual({ kind: 'problem', code, detail: code });
  });

  it('is not asked twice by itself', async () => {
    test.answer('drop');
    expect(await test.paylov.status(ID)).toEqual({ kind: 'problem', code: 'network' });
    expect(test.calls()).toHaveLength(1);
  });
});
