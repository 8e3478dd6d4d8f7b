/** RasmiyPay's part of the contract suite. */
import type { ContractCase, RefusalCase } from '../contract-world.fixture.ts';
import type { ProblemCode } from '../../topups/provider.ts';
import { json } from '../testing.fixture.ts';
import {
  CANCEL_ANSWER,
  CREATE_ANSWER,
  ERROR_ROWS,
  PENDING_ANSWER,
  SHOP_ANSWER,
  SUM_TAKEN_ROWS,
} from './payloads.fixture.ts';
import { createRasmiypay } from './rasmiypay.ts';
import { RASMIYPAY_STATUSES } from './tables.ts';

const SHOP_KEY = 'MARKED=Z631&XLBO7O';
const CARD = { key: '0002', number: '8600000000000002', holder: 'EXAMPLE HOLDER' };
const CODES = [
  'wrong_keys',
  'shop_inactive',
  'monthly_fee_unpaid',
  'account_not_linked',
  'wrong_keys',
] as const;

const refusals: RefusalCase<ProblemCode>[] = ERROR_ROWS.map(([status, message], i) => ({
  name: `${message} (${status})`,
  reply: json({ status: 'error', message }, status),
  expected: CODES[i] ?? 'refused',
}));

function paidAt(word: string): object {
  const paid = RASMIYPAY_STATUSES[word] === 'paid';
  return paid ? { paid_at: '14.10.2024 14:53:48', over: 3, card_last4: '1234' } : {};
}

export const rasmiypayCase: ContractCase = {
  name: 'RasmiyPay',
  now: Date.UTC(2024, 9, 14, 9, 50),
  make: (baseUrl, deps) =>
    createRasmiypay(
      {
        baseUrl,
        shopId: '695008',
        shopKey: SHOP_KEY,
        cardNumber: CARD.number,
        cardHolder: CARD.holder,
      },
      deps,
    ),
  request: {
    orderId: 'T1',
    orderCode: 'MARKEDORDERCODE2',
    amountTiyin: 5_000_000,
    userId: 123_456_789,
    cardKey: '0002',
    description: 'T1',
  },
  createAnswer: CREATE_ANSWER,
  created: {
    kind: 'created',
    providerOrder: 'abc123xyz',
    amountTiyin: 5_000_000,
    card: CARD,
    payUrl: 'https://domain.com/pay/token',
  },
  createRequests: [
    {
      method: 'POST',
      path: '/api?method=create',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'shop_id=695008&shop_key=MARKED%3DZ631%26XLBO7O&amount=50000',
    },
  ],
  createRefusals: [
    ...refusals,
    ...SUM_TAKEN_ROWS.map(([status, message]) => ({
      name: `${message} (${status})`,
      reply: json({ status: 'error', message }, status),
      expected: { kind: 'sum_taken' } as const,
    })),
    {
      name: 'an unknown error',
      reply: json({ status: 'error', message: 'Xato' }),
      expected: 'refused',
    },
    {
      name: 'another sum',
      reply: json({ status: 'success', order: 'abc123xyz', data: { amount: '50001' } }),
      expected: 'bad_answer',
    },
    {
      name: 'no order',
      reply: json({ status: 'success', data: { amount: '50000' } }),
      expected: 'bad_answer',
    },
  ],
  order: {
    orderCode: 'MARKEDORDERCODE2',
    providerOrder: 'abc123xyz',
    amountTiyin: 5_000_000,
  },
  checkAnswer: ({ word, ...changes }) => {
    const { data, ...base } = JSON.parse(PENDING_ANSWER) as { data: object };
    const sum = 'sum' in changes ? { amount: changes.sum } : {};
    const order = 'order' in changes ? { order: changes.order } : {};
    return JSON.stringify({
      ...base,
      ...order,
      data: { ...data, ...paidAt(word), status: word, ...sum },
    });
  },
  paidWord: 'paid',
  sum: { som: 50000, tiyin: 5_000_000 },
  checkRequests: [{ method: 'GET', path: '/api?method=check&order=abc123xyz', body: '' }],
  statuses: [
    { word: 'pending', outcome: { kind: 'pending' } },
    {
      word: 'paid',
      outcome: { kind: 'paid', paidTiyin: 5_000_000, paidAt: Date.UTC(2024, 9, 14, 9, 53, 48) },
    },
    ...['cancel', 'cancelled', 'canceled'].map((word) => ({
      word,
      outcome: { kind: 'closed' as const, as: 'cancelled' as const },
    })),
    ...['rejected', 'failed'].map((word) => ({
      word,
      outcome: { kind: 'closed' as const, as: 'failed' as const },
    })),
    { word: 'expired', outcome: { kind: 'closed', as: 'expired' } },
  ],
  checkRefusals: [
    ...refusals,
    {
      name: 'an unknown order',
      reply: json({ status: 'error', message: 'Buyurtma topilmadi!' }),
      expected: 'unknown_order',
    },
    {
      name: '404 with other words',
      reply: json({ status: 'error', message: 'none' }, 404),
      expected: 'unknown_order',
    },
  ],
  others: [
    {
      name: 'cancels',
      run: async (provider) => provider.cancel?.(rasmiypayCase.order),
      answer: { status: 200, body: CANCEL_ANSWER },
      outcome: { kind: 'cancelled' },
      requests: [{ method: 'POST', path: '/api?method=cancel&order=abc123xyz', body: '' }],
    },
    {
      name: 'asks how the shop is',
      run: async (provider) => provider.health?.(),
      answer: { status: 200, body: SHOP_ANSWER },
      outcome: {
        kind: 'health',
        facts: [
          { name: 'shop_name', value: "Do'kon nomi" },
          { name: 'balance', value: '100000', amountTiyin: 10_000_000 },
          { name: 'shop_status', value: 'confirm' },
          { name: 'monthly_fee', value: 'Toʻlandi' },
        ],
        problems: [],
      },
      requests: [
        {
          method: 'GET',
          path: '/api?shop_id=695008&shop_key=MARKED%3DZ631%26XLBO7O',
          body: '',
        },
      ],
    },
  ],
  secrets: [SHOP_KEY],
  personal: ['MARKEDORDERCODE2', 'abc123xyz', CARD.number],
};
