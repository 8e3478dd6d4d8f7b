/** RasmiyPay as rasmiypay.txt describes it, its errors from the same script under other names. */
import type { Context } from 'hono';
import { randomCode } from '../../src/core/deps.ts';
import { formatPlainSum, parseProviderSum } from '../../src/core/money.ts';
import type { BookOrder } from './book.ts';
import type { DocumentedError, SimEnv } from './faults.ts';
import { refuse, textOf } from './requests.ts';
import { SHARED_CARD } from './shared-card.ts';
import type { ProviderProtocol, ProtocolTools } from './simulation.ts';
import { spacedStamp } from './stamps.ts';

const SHOP_ID = '100001';
const SHOP_KEY = 'FAKE0RASMIYPAY0KEY';
const OWN_CARD = '8600000000000002';
const TTL_MS = 300_000;
const CODE = { length: 9, alphabet: 'abcdefghijklmnopqrstuvwxyz0123456789' };

const ERRORS = {
  missing: failure(400, "Majburiy parametrlar to'liq emas!"),
  shop_not_found: failure(404, "Do'kon topilmadi!"),
  shop_inactive: failure(403, "Do'kon faol emas!"),
  monthly_fee: failure(402, "Oylik to'lov qilinmagan!"),
  no_account: failure(400, 'Hisob ulanmagan!'),
  sum_taken: failure(409, "Bu miqdordagi to'lov allaqachon mavjud"),
  not_found: failure(404, 'Buyurtma topilmadi!'),
  paid_already: failure(400, "Buyurtma to'langan!"),
  unknown_method: failure(400, "Noma'lum metod!"),
  kin_not_found: failure(400, 'order topilmadi'),
  kin_sum_taken: failure(409, 'Conflict'),
} as const satisfies Record<string, DocumentedError>;

export function rasmiypayProtocol(tools: ProtocolTools): ProviderProtocol {
  return {
    title: 'RasmiyPay',
    settings: {
      RASMIYPAY_BASE_URL: tools.origin,
      RASMIYPAY_SHOP_ID: SHOP_ID,
      RASMIYPAY_SHOP_KEY: SHOP_KEY,
      RASMIYPAY_CARD_NUMBER: cardOf(tools),
      RASMIYPAY_CARD_HOLDER: 'SANDBOX RASMIYPAY',
    },
    errors: ERRORS,
    rateLimited: failure(429, "So'rovlar soni juda ko'p!"),
    serverError: failure(500, 'Server xatosi!'),
    // It has no webhook.
    webhook: { body: () => ({}), states: [], shopAddress: false },
    callOf: (context) => context.req.query('method') ?? 'shop',
    routes: (app) => {
      app.get('/api', (context) => {
        const method = context.req.query('method');
        if (method === undefined) return shop(tools, context);
        if (method !== 'check') return refuse(context, ERRORS.unknown_method);
        return withOrder(tools, context, (order) => check(context, order));
      });
      app.post('/api', async (context) => {
        const method = context.req.query('method');
        if (method === 'create') return create(tools, context);
        if (method !== 'cancel') return refuse(context, ERRORS.unknown_method);
        return withOrder(tools, context, (order) => cancel(tools, context, order));
      });
    },
  };
}

function cardOf({ sharesCard }: ProtocolTools): string {
  return sharesCard ? SHARED_CARD : OWN_CARD;
}

function failure(status: DocumentedError['status'], message: string): DocumentedError {
  return { status, body: { status: 'error', message } };
}

async function create(tools: ProtocolTools, context: Context<SimEnv>): Promise<Response> {
  const form = await context.req.parseBody();
  const id = textOf(form['shop_id']);
  const key = textOf(form['shop_key']);
  const amountTiyin = parseProviderSum(form['amount']);
  if (!id || !key || amountTiyin === null || amountTiyin < 1)
    return refuse(context, ERRORS.missing);
  if (id !== SHOP_ID || key !== SHOP_KEY) return refuse(context, ERRORS.shop_not_found);
  const taken = tools.book.live().some((order) => order.amountTiyin === amountTiyin);
  const inKinsWords = tools.quirks.has('kin_failures');
  if (taken) return refuse(context, inKinsWords ? ERRORS.kin_sum_taken : ERRORS.sum_taken);
  const order = tools.book.add({
    id: randomCode(tools.random, CODE),
    amountTiyin,
    cardNumber: cardOf(tools),
    expiresAt: tools.clock.now() + TTL_MS,
    sent: {},
  });
  return context.json({
    status: 'success',
    order: order.id,
    insert_id: 12_344 + order.number,
    data: { amount: formatPlainSum(amountTiyin), shop_id: id, shop_key: key },
  });
}

function withOrder(
  tools: ProtocolTools,
  context: Context<SimEnv>,
  work: (order: BookOrder) => Response,
): Response {
  const id = context.req.query('order');
  if (!id) return refuse(context, ERRORS.missing);
  const order = tools.book.look(id);
  if (order) return work(order);
  const inKinsWords = tools.quirks.has('kin_failures');
  return refuse(context, inKinsWords ? ERRORS.kin_not_found : ERRORS.not_found);
}

function check(context: Context<SimEnv>, order: BookOrder): Response {
  const paid = order.paidAt === undefined ? {} : { paid_at: spacedStamp(order.paidAt) };
  return context.json({
    status: 'success',
    order: order.id,
    data: {
      amount: formatPlainSum(order.paidTiyin ?? order.amountTiyin),
      status: wordOf(order),
      date: spacedStamp(order.createdAt).slice(0, 10),
      ...paid,
    },
  });
}

/** The document knows pending, paid and cancel; what is overdue is cancelled. */
function wordOf(order: BookOrder): string {
  return order.state === 'pending' || order.state === 'paid' ? order.state : 'cancel';
}

function cancel(tools: ProtocolTools, context: Context<SimEnv>, order: BookOrder): Response {
  if (order.state === 'paid') return refuse(context, ERRORS.paid_already);
  if (order.state === 'pending') tools.end(order.id, 'cancelled');
  return context.json({
    status: 'success',
    message: 'Buyurtma muvaffaqiyatli bekor qilindi.',
    order: order.id,
  });
}

function shop(tools: ProtocolTools, context: Context<SimEnv>): Response {
  const { shop_id: id, shop_key: key } = context.req.query();
  if (!id || !key) return refuse(context, ERRORS.missing);
  if (id !== SHOP_ID || key !== SHOP_KEY) return refuse(context, ERRORS.shop_not_found);
  const balance = tools.book.all().reduce((sum, order) => sum + (order.paidTiyin ?? 0), 0);
  return context.json({
    status: 'success',
    data: {
      user_id: 123_456_789,
      shop_id: id,
      shop_name: "Sandbox do'koni",
      balance: formatPlainSum(balance),
      status: 'confirm',
      month_status: 'Toʻlandi',
    },
  });
}
