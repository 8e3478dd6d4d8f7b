/** AutoPayCard as autopaycard.txt describes it. */
import type { Context } from 'hono';
import { MAX_TIYIN, som, type Tiyin } from '../../src/core/money.ts';
import type { BookOrder } from './book.ts';
import type { DocumentedError, SimEnv } from './faults.ts';
import { jsonBody, jsonSum, refuse, textOf } from './requests.ts';
import { SHARED_CARD } from './shared-card.ts';
import type { ProviderProtocol, ProtocolTools } from './simulation.ts';
import { spacedStamp, tashkentStamp } from './stamps.ts';

const API_KEY = 'fake-autopaycard-key';
const CARDS = [
  { number: SHARED_CARD, holder: 'SANDBOX AUTOPAYCARD', gmail: 'card3@example.com' },
  { number: '8600000000000004', holder: 'SANDBOX AUTOPAYCARD', gmail: 'card4@example.com' },
] as const;
const TTL_MS = 300_000;
const MONTH_MS = 30 * 86_400_000;
const MAX_PAYMENTS = 100_000;

const ERRORS = {
  key: failure(401, "API kalit noto'g'ri yoki yo'q"),
  subscription: failure(403, "Faol obuna yo'q! @Autopaycardbot da obuna oling."),
  limit: failure(403, 'Obuna limiti tugadi'),
  card: failure(400, 'Karta/gmail ulanmagan'),
  parameter: failure(400, "Parametr noto'g'ri: amount"),
  order_parameter: failure(400, "Parametr noto'g'ri: order_id"),
  not_found: failure(404, "To'lov topilmadi"),
  server: failure(500, 'Server xatosi'),
  sum_in_use: failure(400, 'Summa band'),
  sum_in_conflict: failure(409, 'summa band'),
  amount_list: invalid('amount', 'value is not a valid integer'),
  order_list: invalid('order_id', 'field required'),
} as const satisfies Record<string, DocumentedError>;

export function autopaycardProtocol(tools: ProtocolTools): ProviderProtocol {
  const endsAt = tools.clock.now() + MONTH_MS;
  const cards = tools.sharesCard ? CARDS.slice(0, 1) : CARDS;
  return {
    title: 'AutoPayCard',
    settings: {
      AUTOPAYCARD_BASE_URL: tools.origin,
      AUTOPAYCARD_API_KEY: API_KEY,
      AUTOPAYCARD_CARDS: JSON.stringify(cards),
      AUTOPAYCARD_SUBSCRIPTION_PATH: '/api/subscription',
    },
    errors: ERRORS,
    rateLimited: failure(429, "Rate limit — juda ko'p so'rov"),
    serverError: ERRORS.server,
    webhook: { body: webhookBody, states: [], shopAddress: false },
    callOf: (context) => context.req.path.split('/').at(-1) ?? '',
    routes: (app) => {
      app.use('/api/*', async (context, next) => {
        if (context.req.header('x-api-key') !== API_KEY) return refuse(context, ERRORS.key);
        return next();
      });
      app.post('/api/create-payment', (context) => create(tools, context));
      app.post('/api/check-payment', (context) => check(tools, context));
      app.get('/api/my-cards', (context) => context.json({ cards: cards.map(listedCard) }));
      app.get('/api/subscription', (context) =>
        context.json({
          active: tools.clock.now() < endsAt,
          tariff_name: 'Asosiy',
          expires_at: spacedStamp(endsAt),
          payments_used: tools.book.all().length,
          max_payments: MAX_PAYMENTS,
        }),
      );
      app.all('/api/check-payment', (context) => {
        return context.json({ detail: 'Method Not Allowed' }, 405);
      });
      app.notFound((context) => context.json({ detail: 'Not Found' }, 404));
    },
  };
}

function failure(status: DocumentedError['status'], detail: string): DocumentedError {
  return { status, body: { detail } };
}

/** As FastAPI words it. */
function invalid(field: string, msg: string): DocumentedError {
  return { status: 422, body: { detail: [{ loc: ['body', field], msg, type: 'value_error' }] } };
}

function listedCard(card: (typeof CARDS)[number], index: number): Record<string, unknown> {
  return { id: index + 1, card_last4: card.number.slice(-4), gmail: card.gmail };
}

async function create(tools: ProtocolTools, context: Context<SimEnv>): Promise<Response> {
  const body = await jsonBody(context);
  const { amount, webhook_url: webhookUrl } = body;
  const card = CARDS.find(
    (each) =>
      each.number.endsWith(textOf(body['card_last4']) ?? '-') && each.gmail === body['gmail'],
  );
  if (!card) return refuse(context, ERRORS.card);
  const whole = typeof amount === 'number' && Number.isSafeInteger(amount) && amount > 0;
  const inList = tools.quirks.has('validation_lists');
  if (!whole || amount > MAX_TIYIN / 100) {
    return refuse(context, inList ? ERRORS.amount_list : ERRORS.parameter);
  }
  if (isSumInUse(tools, { cardNumber: card.number, amountTiyin: som(amount) })) {
    const refusals = [ERRORS.sum_in_use, ERRORS.sum_in_conflict] as const;
    return refuse(context, tools.quirks.turn('one_order_per_sum', refusals));
  }
  const reference = textOf(body['client_user_id']);
  const order = tools.book.add({
    id: String(10_001 + tools.book.count()),
    amountTiyin: som(amount),
    cardNumber: card.number,
    expiresAt: tools.clock.now() + TTL_MS,
    sent: { gmail: card.gmail, client_user_data: body['client_user_data'] ?? null },
    ...(reference === undefined ? {} : { ourReference: reference }),
    ...(typeof webhookUrl === 'string' ? { webhookUrl } : {}),
  });
  return context.json({ success: true, order_id: order.id });
}

/** No document has this; a server of the same family was seen to answer so. */
function isSumInUse(
  { quirks, book }: ProtocolTools,
  { cardNumber, amountTiyin }: { cardNumber: string; amountTiyin: Tiyin },
): boolean {
  return (
    quirks.has('one_order_per_sum') &&
    book.live().some((each) => each.cardNumber === cardNumber && each.amountTiyin === amountTiyin)
  );
}

async function check(tools: ProtocolTools, context: Context<SimEnv>): Promise<Response> {
  const id = textOf((await jsonBody(context))['order_id']);
  if (id === undefined) {
    const inList = tools.quirks.has('validation_lists');
    return refuse(context, inList ? ERRORS.order_list : ERRORS.order_parameter);
  }
  const order = tools.book.look(id);
  if (!order) return refuse(context, ERRORS.not_found);
  return context.json({
    ...paymentFields(order),
    paid_at: order.paidAt === undefined ? null : spacedStamp(order.paidAt),
  });
}

function paymentFields(order: BookOrder): Record<string, unknown> {
  return {
    order_id: order.id,
    status: order.state === 'pending' ? 'waiting' : order.state,
    amount: jsonSum(order.paidTiyin ?? order.amountTiyin),
    card_last4: order.cardNumber?.slice(-4) ?? null,
    gmail: order.sent['gmail'],
    client_user_id: order.ourReference ?? null,
    client_user_data: order.sent['client_user_data'],
  };
}

/** The answer's date has a space, the webhook's a T. */
function webhookBody(order: BookOrder): Record<string, unknown> {
  return {
    ...paymentFields(order),
    paid_at: order.paidAt === undefined ? null : tashkentStamp(order.paidAt),
  };
}
