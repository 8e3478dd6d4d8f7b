/** inPAY's part of the contract suite. */
import type { ContractCase, RefusalCase } from '../contract-world.fixture.ts';
import type { ProblemCode } from '../../topups/provider.ts';
import { json } from '../testing.fixture.ts';
import {
  AMOUNT_TOO_LOW_ANSWER,
  AUTHORIZATION_ANSWER,
  CREATE_ANSWER,
  ERROR_ROWS,
  FISCAL_ANSWER,
  PENDING_ANSWER,
  SUCCESS_ANSWER,
} from './payloads.fixture.ts';
import { createInpay } from './inpay.ts';
import { INPAY_ERRORS } from './tables.ts';

export const MERCHANT_TOKEN = 'MARKED-merchant-token/"6a7bf375';
const BEARER = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJtZXJjaGFudF9pZCI6MTM1MywiaWF0IjoxNjk...';
const WEBHOOK_URL = 'https://merchant.uz/webhooks/inpay/T1/MARKED-webhook-secret';
const ORDER_CODE = 'MARKEDORDERCODE1';
const PHONE = '998335717717';
const AUTHORIZE = {
  method: 'GET',
  path: `/authorization/?merchant_id=1353&merchant_token=${encodeURIComponent(MERCHANT_TOKEN)}`,
  body: '',
};
const authorization = `Bearer ${BEARER}`;

const refusals: RefusalCase<ProblemCode>[] = ERROR_ROWS.map(([code, status, message]) => ({
  name: code,
  reply: json({ success: false, message, error_code: code }, status),
  expected: INPAY_ERRORS.codes?.[code] ?? 'refused',
}));

export const inpayCase: ContractCase = {
  name: 'inPAY',
  now: Date.UTC(2025, 11, 10, 0, 15),
  make: (baseUrl, deps) =>
    createInpay(
      { baseUrl, merchantId: '1353', merchantToken: MERCHANT_TOKEN, requestsPerHour: 100 },
      deps,
    ),
  prelude: (request) =>
    request.path.startsWith('/authorization/') ? { status: 200, body: AUTHORIZATION_ANSWER } : null,
  request: {
    orderId: 'T1',
    orderCode: ORDER_CODE,
    amountTiyin: 1_500_000,
    userId: 123_456_789,
    method: 'click',
    webhookUrl: WEBHOOK_URL,
    description: 'Telefon uchun tolov',
    phone: PHONE,
  },
  createAnswer: CREATE_ANSWER,
  created: {
    kind: 'created',
    providerOrder: '1ff2f5a6d66f6e9c',
    amountTiyin: 1_500_000,
    payUrl: 'https://inPAY.uz/checkout/1ff2f5a6d66f6e9c',
  },
  createRequests: [
    AUTHORIZE,
    {
      method: 'POST',
      path: '/create/',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({
        merchant_id: '1353',
        token: MERCHANT_TOKEN,
        amount: 15000,
        description: 'Telefon uchun tolov',
        payment_method: 'click',
        callback_url: WEBHOOK_URL,
        phone: PHONE,
      }),
    },
  ],
  createRefusals: [
    ...refusals,
    {
      name: 'the sample error',
      reply: { status: 400, body: AMOUNT_TOO_LOW_ANSWER },
      expected: 'amount_too_low',
    },
    { name: 'a failure without a code', reply: json({ success: false }), expected: 'refused' },
    {
      name: 'an unknown code',
      reply: json({ success: false, error_code: 'toString' }, 400),
      expected: 'refused',
    },
    {
      name: 'a page that is no web page',
      reply: json({ success: true, order_id: 'a1', pay_url: 'javascript:alert(1)' }),
      expected: 'bad_answer',
    },
    {
      name: 'no order',
      reply: json({ success: true, pay_url: 'https://inpay.uz/checkout/a' }),
      expected: 'bad_answer',
    },
  ],
  order: { orderCode: ORDER_CODE, providerOrder: '1ff2f5a6d66f6e9c', amountTiyin: 1_500_000 },
  checkAnswer: ({ word, ...changes }) => {
    const base = JSON.parse(word === 'pending' ? PENDING_ANSWER : SUCCESS_ANSWER) as object;
    const sum = 'sum' in changes ? { amount: changes.sum } : {};
    const order = 'order' in changes ? { order_id: changes.order } : {};
    return JSON.stringify({ ...base, status: word, ...sum, ...order });
  },
  paidWord: 'success',
  sum: { som: 15000, tiyin: 1_500_000 },
  checkRequests: [{ method: 'GET', path: '/transactions/?order_id=1ff2f5a6d66f6e9c', body: '' }],
  statuses: [
    { word: 'pending', outcome: { kind: 'pending' } },
    {
      word: 'success',
      outcome: { kind: 'paid', paidTiyin: 1_500_000, paidAt: Date.UTC(2025, 11, 10, 0, 15, 23) },
    },
    { word: 'failed', outcome: { kind: 'closed', as: 'failed' } },
    { word: 'cancelled', outcome: { kind: 'closed', as: 'cancelled' } },
  ],
  checkRefusals: [
    ...refusals,
    {
      name: 'an unknown order',
      reply: json({ success: false, message: 'Topilmadi' }, 404),
      expected: 'unknown_order',
    },
  ],
  others: [
    {
      name: 'fetches the fiscal receipt',
      run: async (provider) => provider.receipt?.(inpayCase.order),
      answer: { status: 200, body: FISCAL_ANSWER },
      outcome: { kind: 'receipt', url: 'https://ofd.soliq.uz/check?t=EXAMPLE' },
      requests: [
        AUTHORIZE,
        {
          method: 'GET',
          path: '/fiscal/?order_id=1ff2f5a6d66f6e9c&merchant_id=1353',
          headers: { authorization },
          body: '',
        },
      ],
    },
  ],
  secrets: [MERCHANT_TOKEN, BEARER],
  personal: [ORDER_CODE, 'MARKED-webhook-secret', PHONE],
};
