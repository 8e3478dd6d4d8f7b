/** Payfer's part of the contract suite. */
import type { ContractCase, RefusalCase } from '../contract-world.fixture.ts';
import type { ProblemCode } from '../../topups/provider.ts';
import { json } from '../testing.fixture.ts';
import {
  CREATE_ANSWER,
  ERROR_ANSWER,
  ERROR_ROWS,
  PAID_ANSWER,
  SHOP_ANSWER,
} from './payloads.fixture.ts';
import { createPayfer } from './payfer.ts';

export const SHOP_KEY = 'MARKED shop+key&xyz789';
const KEYS = 'shop_id=shop_abc123&shop_key=MARKED+shop%2Bkey%26xyz789';
export const CARD = { key: '0001', number: '8600000000000001', holder: 'EXAMPLE HOLDER' };

const CODES = [
  'missing_parameters',
  'wrong_keys',
  'shop_inactive',
  'amount_too_high',
  'order_code_taken',
  'unknown_order',
  'maintenance',
] as const;

const refusals: RefusalCase<ProblemCode>[] = ERROR_ROWS.map(([status, message], i) => ({
  name: message,
  reply: json({ status: 'error', message }, status),
  expected: CODES[i] ?? 'refused',
}));

export const payferCase: ContractCase = {
  name: 'Payfer',
  // Ten minutes before the sample's deadline, taken as Tashkent time.
  now: Date.UTC(2024, 0, 20, 10, 20),
  make: (baseUrl, deps) =>
    createPayfer(
      {
        baseUrl,
        shopId: 'shop_abc123',
        shopKey: SHOP_KEY,
        cardNumber: '8600 0000 0000 0001',
        cardHolder: CARD.holder,
      },
      deps,
    ),
  request: {
    orderId: 'T1',
    orderCode: 'ORDER123',
    amountTiyin: 5_000_000,
    userId: 123_456_789,
    description: 'T1',
  },
  createAnswer: CREATE_ANSWER,
  created: {
    kind: 'created',
    providerOrder: 'ORDER123',
    amountTiyin: 5_000_150,
    paymentNumber: '12345',
    card: CARD,
    expiresAt: Date.UTC(2024, 0, 20, 10, 30),
  },
  createRequests: [
    {
      method: 'GET',
      path: `/api?method=create&${KEYS}&amount=50000&order=ORDER123`,
      body: '',
    },
  ],
  createRefusals: [
    ...refusals,
    {
      name: 'the sample error',
      reply: { status: 403, body: ERROR_ANSWER },
      expected: 'wrong_keys',
    },
    {
      name: 'an error with 200',
      reply: json({ status: 'error', message: 'Shop is not active.' }),
      expected: 'shop_inactive',
    },
    {
      name: 'an unknown error',
      reply: json({ status: 'error', message: 'No' }),
      expected: 'refused',
    },
    {
      name: 'a higher lower limit',
      reply: json({ status: 'error', message: 'Amount must be between 60 000 and 1 000 000' }, 400),
      expected: 'amount_too_low',
    },
    {
      name: 'another order',
      reply: json({ status: 'success', unique_amount: 50001.5, order_code: 'ORDER124' }),
      expected: 'bad_answer',
    },
    {
      name: 'no sum',
      reply: json({ status: 'success', order_code: 'ORDER123' }),
      expected: 'bad_answer',
    },
    {
      name: 'a broken sum',
      reply: json({ status: 'success', unique_amount: 50001.505 }),
      expected: 'bad_answer',
    },
  ],
  order: { orderCode: 'ORDER123', providerOrder: 'ORDER123', amountTiyin: 5_000_150 },
  checkAnswer: ({ word, ...changes }) => {
    const sum = 'sum' in changes ? { paid_amount: changes.sum } : {};
    const order = 'order' in changes ? { order_code: changes.order } : {};
    const base = JSON.parse(PAID_ANSWER) as object;
    return JSON.stringify({ ...base, payment_status: word, ...sum, ...order });
  },
  paidWord: 'paid',
  sum: { som: 50001.5, tiyin: 5_000_150 },
  checkRequests: [{ method: 'GET', path: `/api?method=check&${KEYS}&order=ORDER123`, body: '' }],
  statuses: [
    { word: 'pending', outcome: { kind: 'pending' } },
    {
      word: 'paid',
      outcome: { kind: 'paid', paidTiyin: 5_000_150, paidAt: Date.UTC(2024, 0, 20, 10, 25, 30) },
    },
    { word: 'expired', outcome: { kind: 'closed', as: 'expired' } },
    { word: 'cancelled', outcome: { kind: 'closed', as: 'cancelled' } },
  ],
  checkRefusals: [
    ...refusals,
    {
      name: '404 with other words',
      reply: json({ status: 'error', message: 'none' }, 404),
      expected: 'unknown_order',
    },
  ],
  others: [
    {
      name: 'asks how the shop is',
      run: async (provider) => provider.health?.(),
      answer: { status: 200, body: SHOP_ANSWER },
      outcome: {
        kind: 'health',
        facts: [
          { name: 'shop_name', value: "Mening do'konim" },
          { name: 'balance', value: '150000', amountTiyin: 15_000_000 },
          { name: 'total_count', value: '45' },
          { name: 'total_amount', value: '2250000', amountTiyin: 225_000_000 },
        ],
        problems: [],
      },
      requests: [{ method: 'GET', path: `/api?method=shop&${KEYS}`, body: '' }],
    },
  ],
  secrets: [SHOP_KEY],
  personal: ['ORDER123', '8600000000000001', '8600 0000 0000 0001'],
};
