/** Payfer as payfer.txt describes it. */
import type { Context } from 'hono';
import { randomInt } from '../../src/core/deps.ts';
import { parseProviderSum, som, type Tiyin } from '../../src/core/money.ts';
import type { BookOrder } from './book.ts';
import type { DocumentedError, SimEnv } from './faults.ts';
import { jsonSum, refuse } from './requests.ts';
import { SHARED_CARD } from './shared-card.ts';
import type { ProviderProtocol, ProtocolTools } from './simulation.ts';
import { tashkentStamp } from './stamps.ts';

const SHOP_ID = 'shop_sandbox';
const SHOP_KEY = 'fake-payfer-key';
const OWN_CARD = '8600000000000001';
const TTL_MS = 600_000;
/** Payfer adds up to a hundred so'm, in halves, to tell its payments apart. */
const TAIL_STEP_TIYIN = 50;
const TAILS = 200;

const ERRORS = {
  missing: failure(400, 'Missing required parameters'),
  credentials: failure(403, 'Invalid shop credentials'),
  inactive: failure(403, 'Shop is not active'),
  amount: failure(400, 'Amount must be between 1000 and 10000000'),
  order_exists: failure(400, 'Order code already exists'),
  not_found: failure(404, 'Transaction not found'),
  maintenance: failure(503, 'Maintenance mode'),
} as const satisfies Record<string, DocumentedError>;

export function payferProtocol(tools: ProtocolTools): ProviderProtocol {
  return {
    title: 'Payfer',
    settings: {
      PAYFER_BASE_URL: tools.origin,
      PAYFER_SHOP_ID: SHOP_ID,
      PAYFER_SHOP_KEY: SHOP_KEY,
      PAYFER_CARD_NUMBER: cardOf(tools),
      PAYFER_CARD_HOLDER: 'SANDBOX PAYFER',
    },
    errors: ERRORS,
    rateLimited: failure(429, 'Too many requests'),
    serverError: failure(500, 'Internal server error'),
    webhook: {
      body: webhookBody,
      headers: { 'user-agent': 'Payfer-Webhook/1.0' },
      // "Payfer 3 marta qayta urinadi"; how long it waits is not said.
      retryDelaysMs: [5000, 15_000, 30_000],
      states: [],
      shopAddress: true,
    },
    callOf: (context) => context.req.query('method') ?? 'unknown',
    routes: (app) => {
      app.get('/api', (context) => answer(tools, context));
    },
  };
}

function cardOf({ sharesCard }: ProtocolTools): string {
  return sharesCard ? SHARED_CARD : OWN_CARD;
}

function failure(status: DocumentedError['status'], message: string): DocumentedError {
  return { status, body: { status: 'error', message } };
}

function answer(tools: ProtocolTools, context: Context<SimEnv>): Response {
  const { method, shop_id: id, shop_key: key } = context.req.query();
  if (!id || !key) return refuse(context, ERRORS.missing);
  if (id !== SHOP_ID || key !== SHOP_KEY) return refuse(context, ERRORS.credentials);
  if (method === 'create') return create(tools, context);
  if (method === 'check') return check(tools, context);
  return method === 'shop' ? shop(tools, context) : refuse(context, ERRORS.missing);
}

function create(tools: ProtocolTools, context: Context<SimEnv>): Response {
  const { amount, order: code } = context.req.query();
  const base = parseProviderSum(amount);
  if (!code || base === null) return refuse(context, ERRORS.missing);
  if (base < som(1000) || base > som(10_000_000)) return refuse(context, ERRORS.amount);
  if (tools.book.find(code)) return refuse(context, ERRORS.order_exists);
  const order = tools.book.add({
    id: code,
    amountTiyin: uniqueSum(tools, base),
    cardNumber: cardOf(tools),
    expiresAt: tools.clock.now() + TTL_MS,
    ourReference: code,
    sent: { amount: base },
  });
  return context.json({
    status: 'success',
    message: 'Payment created successfully',
    payment_id: 12_344 + order.number,
    unique_amount: jsonSum(order.amountTiyin),
    expire_at: tashkentStamp(order.createdAt + TTL_MS),
    order_code: code,
  });
}

function uniqueSum(tools: ProtocolTools, base: Tiyin): Tiyin {
  const taken = new Set(tools.book.live().map((order) => order.amountTiyin));
  const start = randomInt(tools.random, TAILS);
  for (let i = 0; i < TAILS; i += 1) {
    const sum = base + (((start + i) % TAILS) + 1) * TAIL_STEP_TIYIN;
    if (!taken.has(sum)) return sum;
  }
  // What the real one does when it runs out is not known: here the sum stays the base.
  return base;
}

function check(tools: ProtocolTools, context: Context<SimEnv>): Response {
  const code = context.req.query('order');
  if (!code) return refuse(context, ERRORS.missing);
  const order = tools.book.look(code);
  if (!order) return refuse(context, ERRORS.not_found);
  return context.json({
    status: 'success',
    payment_status: order.state,
    ...paymentFields(order),
    paid_at: order.paidAt === undefined ? null : tashkentStamp(order.paidAt),
    order_code: code,
  });
}

function shop(tools: ProtocolTools, context: Context<SimEnv>): Response {
  const paid = tools.book.all().filter((order) => order.state === 'paid');
  const total = jsonSum(paid.reduce((sum, order) => sum + (order.paidTiyin ?? 0), 0));
  return context.json({
    status: 'success',
    shop_name: "Sandbox do'koni",
    balance: total,
    total_transactions: paid.length,
    total_amount: total,
    created_at: '2024-01-01T10:00:00',
  });
}

function paymentFields(order: BookOrder): Record<string, unknown> {
  const { amount } = order.sent;
  return {
    amount: typeof amount === 'number' ? jsonSum(amount) : null,
    paid_amount: order.paidTiyin === undefined ? null : jsonSum(order.paidTiyin),
  };
}

/** The `Z` is a label on local time. */
function webhookBody(order: BookOrder): Record<string, unknown> {
  return {
    status: order.state,
    order_code: order.id,
    ...paymentFields(order),
    paid_at: order.paidAt === undefined ? null : `${tashkentStamp(order.paidAt)}Z`,
  };
}
