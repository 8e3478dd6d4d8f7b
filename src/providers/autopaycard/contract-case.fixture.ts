/** AutoPayCard's part of the contract suite. */
import type { ContractCase } from '../contract-world.fixture.ts';
import type { ProblemCode } from '../../topups/provider.ts';
import { json } from '../testing.fixture.ts';
import { createAutopaycard } from './autopaycard.ts';
import {
  CARDS_ANSWER,
  CREATE_ANSWER,
  ERROR_ROWS,
  NO_SUBSCRIPTION_ANSWER,
  PAID_ANSWER,
  SUBSCRIPTION_ANSWER,
} from './payloads.fixture.ts';

const API_KEY = 'MARKED-api-key/x+1';
const CARDS = [
  { number: '8600000000006412', holder: 'EXAMPLE HOLDER', gmail: 'karta@gmail.com' },
  { number: '8600000000008675', holder: 'SECOND HOLDER', gmail: 'karta2@gmail.com' },
];
const WEBHOOK_URL = 'https://botingiz.uz/webhooks/autopaycard/T1/MARKED-webhook-secret';
const key = { 'x-api-key': API_KEY };

const refusals = [
  'wrong_keys',
  'subscription_ended',
  'card_not_linked',
  'refused',
  'rate_limited',
  'server_error',
] as const;

const ON_CHECK: Record<number, ProblemCode> = { 400: 'missing_parameters', 404: 'unknown_order' };

export const autopaycardCase: ContractCase = {
  name: 'AutoPayCard',
  now: Date.UTC(2026, 4, 16, 4, 25),
  make: (baseUrl, deps) =>
    createAutopaycard(
      { baseUrl, apiKey: API_KEY, cards: CARDS, subscriptionPath: '/api/subscription' },
      deps,
    ),
  request: {
    orderId: 'T1',
    orderCode: 'MARKEDORDERCODE3',
    amountTiyin: 5_003_700,
    userId: 123_456_789,
    cardKey: '6412',
    webhookUrl: WEBHOOK_URL,
    description: 'T1',
  },
  createAnswer: CREATE_ANSWER,
  created: {
    kind: 'created',
    providerOrder: '10001',
    amountTiyin: 5_003_700,
    card: { key: '6412', number: '8600000000006412', holder: 'EXAMPLE HOLDER' },
  },
  createRequests: [
    {
      method: 'POST',
      path: '/api/create-payment',
      headers: { ...key, 'content-type': 'application/json' },
      body: JSON.stringify({
        amount: 50037,
        card_last4: '6412',
        gmail: 'karta@gmail.com',
        client_user_id: '123456789',
        webhook_url: WEBHOOK_URL,
      }),
    },
  ],
  createRefusals: [
    ...ERROR_ROWS.map(([status, detail], i) => ({
      name: `${status}`,
      reply: json({ detail }, status),
      expected: refusals[i] ?? 'refused',
    })),
    {
      name: 'the sample error',
      reply: { status: 403, body: NO_SUBSCRIPTION_ANSWER },
      expected: 'subscription_ended',
    },
    {
      name: 'a list of errors',
      reply: json(
        {
          detail: [
            { loc: ['body', 'amount'], msg: 'Field required', input: { gmail: 'karta@gmail.com' } },
          ],
        },
        422,
      ),
      expected: {
        kind: 'problem',
        code: 'missing_parameters',
        detail: 'body.amount: Field required',
      },
    },
    {
      name: 'a wrong parameter',
      reply: json({ detail: "parametr noto'g'ri" }, 400),
      expected: 'card_or_sum_refused',
    },
    { name: 'a failure with 200', reply: json({ success: false }), expected: 'refused' },
    { name: 'no order', reply: json({ success: true }), expected: 'bad_answer' },
  ],
  order: { orderCode: 'MARKEDORDERCODE3', providerOrder: '10001', amountTiyin: 5_003_700 },
  checkAnswer: ({ word, ...changes }) => {
    const sum = 'sum' in changes ? { amount: changes.sum } : {};
    const order = 'order' in changes ? { order_id: changes.order } : {};
    return JSON.stringify({
      ...(JSON.parse(PAID_ANSWER) as object),
      status: word,
      ...sum,
      ...order,
    });
  },
  paidWord: 'paid',
  sum: { som: 50037, tiyin: 5_003_700 },
  checkRequests: [
    {
      method: 'POST',
      path: '/api/check-payment',
      headers: { ...key, 'content-type': 'application/json' },
      body: '{"order_id":"10001"}',
    },
  ],
  statuses: [
    { word: 'waiting', outcome: { kind: 'pending' } },
    {
      word: 'paid',
      outcome: { kind: 'paid', paidTiyin: 5_003_700, paidAt: Date.UTC(2026, 4, 16, 4, 30) },
    },
    { word: 'expired', outcome: { kind: 'closed', as: 'expired' } },
    ...['cancelled', 'canceled', 'cancel'].map((word) => ({
      word,
      outcome: { kind: 'closed' as const, as: 'cancelled' as const },
    })),
  ],
  checkRefusals: ERROR_ROWS.map(([status, detail], i) => ({
    name: `${status}`,
    reply: json({ detail }, status),
    expected: ON_CHECK[status] ?? refusals[i] ?? 'refused',
  })),
  others: [
    {
      name: 'looks at the linked cards and the subscription',
      run: async (provider) => provider.health?.(),
      answer: ({ path }) => ({
        status: 200,
        body: path === '/api/my-cards' ? CARDS_ANSWER : SUBSCRIPTION_ANSWER,
      }),
      outcome: {
        kind: 'health',
        facts: [
          { name: 'card', value: '6412' },
          { name: 'card', value: '8675' },
          { name: 'tariff', value: 'Asosiy' },
          { name: 'subscription_until', value: '2026-06-16 09:00:00' },
          { name: 'payments_used', value: '15' },
          { name: 'payments_max', value: '100000' },
        ],
        problems: [],
      },
      requests: [
        { method: 'GET', path: '/api/my-cards', headers: key, body: '' },
        { method: 'GET', path: '/api/subscription', headers: key, body: '' },
      ],
    },
  ],
  secrets: [API_KEY],
  personal: ['MARKEDORDERCODE3', 'MARKED-webhook-secret', 'karta@gmail.com', '8600000000006412'],
};
