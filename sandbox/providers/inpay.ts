/** inPAY as inpay.txt describes it: tokens for a day, invoices, and a page to pay on. */
import type { Context, Hono, Next } from 'hono';
import { randomCode, type Clock } from '../../src/core/deps.ts';
import { parseProviderSum, som, type Tiyin } from '../../src/core/money.ts';
import type { BookOrder } from './book.ts';
import { pushBounded } from './bounded.ts';
import { installCheckout } from './checkout.ts';
import type { DocumentedError, SimEnv } from './faults.ts';
import { jsonBody, jsonSum, refuse, textOf } from './requests.ts';
import type { ProviderProtocol, ProtocolTools } from './simulation.ts';
import { spacedStamp } from './stamps.ts';

const MERCHANT_ID = '1001';
const MERCHANT_TOKEN = 'fake0000inpay0000merchant0000tok';
const TOKEN_LIFE_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const HEX = '0123456789abcdef';

const SECOND_MS = 1000;
/** Growing, then each hour, for a day. */
const FIRST_REPEATS_S = [10, 30, 60, 300, 900, 1800];
const REPEAT_DELAYS_MS = [
  ...FIRST_REPEATS_S.map((each) => each * SECOND_MS),
  ...Array.from({ length: 23 }, () => HOUR_MS),
];
const MAX_TOKENS = 50;
const MAX_AMOUNT = som(10_000_000);

/** The table "Xato kodlari". */
const ERROR_ROWS = [
  [401, 'MISSING_AUTH_TOKEN', 'Authorization token topilmadi'],
  [401, 'INVALID_TOKEN', "Bearer token noto'g'ri yoki muddati tugagan"],
  [400, 'MISSING_MERCHANT_ID', 'merchant_id parametri topilmadi'],
  [404, 'MERCHANT_NOT_FOUND', 'Merchant topilmadi'],
  [403, 'IP_NOT_WHITELISTED_STRICT', "IP manzil whitelist da yo'q (Strict mode)"],
  [429, 'RATE_LIMIT_EXCEEDED', "So'rovlar soni limitdan oshdi (100/soat)"],
  [403, 'CALLBACK_NOT_WHITELISTED', "Callback URL whitelist da yo'q"],
  [403, 'MERCHANT_WEBSITE_NOT_WHITELISTED', 'Merchant website whitelist da active emas'],
  [400, 'AMOUNT_TOO_LOW', '* Minimal toʻlov summasi 1000 soʻm'],
  [400, 'AMOUNT_TOO_HIGH', 'Summa maksimal limitdan oshdi'],
  [500, 'TRANSACTION_SAVE_FAILED', 'Tranzaksiya saqlanmadi (server xatosi)'],
] as const;

type ErrorCode = (typeof ERROR_ROWS)[number][1];

interface InpayOptions {
  requestsPerHour?: number | undefined;
  callbackHosts?: readonly string[] | undefined;
}

interface Inpay {
  tools: ProtocolTools;
  options: InpayOptions;
  tokens: { token: string; until: number }[];
}

export function inpayProtocol(tools: ProtocolTools, options: InpayOptions): ProviderProtocol {
  const inpay: Inpay = { tools, options, tokens: [] };
  return {
    title: 'inPAY',
    settings: {
      INPAY_BASE_URL: `${tools.origin}/api/v1`,
      INPAY_MERCHANT_ID: MERCHANT_ID,
      INPAY_MERCHANT_TOKEN: MERCHANT_TOKEN,
    },
    errors: Object.fromEntries(ERROR_ROWS.map(([, code]) => [code, documented(code)])),
    rateLimited: documented('RATE_LIMIT_EXCEEDED'),
    serverError: documented('TRANSACTION_SAVE_FAILED'),
    // The newer edition reports every change of status, and again until it is heard; how long it waits is not said.
    webhook: {
      body: webhookBody,
      retryDelaysMs: REPEAT_DELAYS_MS,
      states: ['failed', 'cancelled'],
      shopAddress: true,
    },
    callOf: (context) => callName(context.req.path),
    routes: (app) => {
      installApi(app, inpay);
      installCheckout(app, tools);
    },
  };
}

function documented(code: ErrorCode): DocumentedError {
  const row = ERROR_ROWS.find((each) => each[1] === code);
  if (!row) throw new Error(`inPAY documents no error ${code}`);
  const [status, errorCode, message] = row;
  return { status, body: { success: false, message, error_code: errorCode } };
}

/** `/api/v1/transactions/` is the call `check`; the others are called as their path. */
function callName(path: string): string {
  const [, first, , name = ''] = path.split('/');
  if (first === 'checkout') return 'checkout';
  return name === 'transactions' ? 'check' : name;
}

function installApi(app: Hono<SimEnv>, inpay: Inpay): void {
  app.use('/api/*', rateLimit(inpay.tools.clock, inpay.options.requestsPerHour));
  app.get('/api/v1/authorization', (context) => authorize(inpay, context));
  app.use('/api/v1/create', (context, next) => withSlash(inpay, context, next));
  app.post('/api/v1/create', (context) => create(inpay, context));
  app.get('/api/v1/transactions', (context) => check(inpay, context));
  app.get('/api/v1/fiscal', (context) => fiscal(inpay, context));
}

function rateLimit(clock: Clock, requestsPerHour: number | undefined) {
  const times: number[] = [];
  return async (context: Context<SimEnv>, next: Next): Promise<Response | void> => {
    if (requestsPerHour === undefined) return next();
    const recent = times.filter((at) => at > clock.now() - HOUR_MS);
    if (recent.length >= requestsPerHour) return refuse(context, documented('RATE_LIMIT_EXCEEDED'));
    pushBounded(times, clock.now(), requestsPerHour);
    return next();
  };
}

/** The newer edition has the slash at the end in its address. */
async function withSlash(
  { tools }: Inpay,
  context: Context<SimEnv>,
  next: Next,
): Promise<Response | void> {
  // The router treats both addresses as one.
  const { pathname } = new URL(context.req.url);
  if (pathname.endsWith('/') || !tools.quirks.has('strict_slash')) return next();
  const isSentOn = tools.quirks.turn('strict_slash', [true, false]);
  return isSentOn ? context.redirect(`${pathname}/`, 301) : context.html('<h1>Not Found</h1>', 404);
}

function authorize(inpay: Inpay, context: Context<SimEnv>): Response {
  const { merchant_id: id, merchant_token: key } = context.req.query();
  if (!id) return refuse(context, documented('MISSING_MERCHANT_ID'));
  if (id !== MERCHANT_ID || key !== MERCHANT_TOKEN) {
    return refuse(context, documented('MERCHANT_NOT_FOUND'));
  }
  const { random, clock } = inpay.tools;
  const token = `fake.${randomCode(random, { length: 40, alphabet: HEX })}`;
  pushBounded(inpay.tokens, { token, until: clock.now() + TOKEN_LIFE_MS }, MAX_TOKENS);
  return context.json({ success: true, bearer_token: token });
}

/** Null when the bearer token is in order. */
function tokenError(inpay: Inpay, context: Context<SimEnv>): DocumentedError | null {
  const header = context.req.header('authorization');
  if (!header) return documented('MISSING_AUTH_TOKEN');
  const now = inpay.tools.clock.now();
  const valid = inpay.tokens.some(
    ({ token, until }) => header === `Bearer ${token}` && until > now,
  );
  return valid ? null : documented('INVALID_TOKEN');
}

async function create(inpay: Inpay, context: Context<SimEnv>): Promise<Response> {
  const body = await jsonBody(context);
  const amountTiyin = parseProviderSum(body['amount']);
  const error =
    tokenError(inpay, context) ??
    merchantError(body) ??
    amountError(amountTiyin) ??
    callbackError(inpay, body);
  if (error || amountTiyin === null) return refuse(context, error ?? documented('AMOUNT_TOO_LOW'));
  const { tools } = inpay;
  const id = randomCode(tools.random, { length: 16, alphabet: HEX });
  const payUrl = `${tools.origin}/checkout/${id}`;
  const callbackUrl = textOf(body['callback_url']);
  const reference = textOf(body['description']);
  tools.book.add({
    id,
    amountTiyin,
    payUrl,
    sent: { payment_method: textOf(body['payment_method']) ?? null },
    ...(reference === undefined ? {} : { ourReference: reference }),
    ...(callbackUrl === undefined ? {} : { webhookUrl: callbackUrl }),
  });
  return context.json({
    success: true,
    order_id: id,
    pay_url: payUrl,
    phone: textOf(body['phone']) ?? null,
    message: 'invoice yaratildi',
    security: { ip_mode: 'optional', ip_check: 'IP verified (optional)' },
  });
}

function merchantError(body: Readonly<Record<string, unknown>>): DocumentedError | null {
  const id = textOf(body['merchant_id']);
  if (id === undefined) return documented('MISSING_MERCHANT_ID');
  const known = id === MERCHANT_ID && body['token'] === MERCHANT_TOKEN;
  return known ? null : documented('MERCHANT_NOT_FOUND');
}

function amountError(amountTiyin: Tiyin | null): DocumentedError | null {
  if (amountTiyin === null || amountTiyin < som(1000)) return documented('AMOUNT_TOO_LOW');
  return amountTiyin > MAX_AMOUNT ? documented('AMOUNT_TOO_HIGH') : null;
}

function callbackError(
  inpay: Inpay,
  body: Readonly<Record<string, unknown>>,
): DocumentedError | null {
  const { callbackHosts } = inpay.options;
  const url = textOf(body['callback_url']);
  if (url === undefined || callbackHosts === undefined) return null;
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return callbackHosts.includes(host) ? null : documented('CALLBACK_NOT_WHITELISTED');
}

/** The document wants no token here. */
function check(inpay: Inpay, context: Context<SimEnv>): Response {
  const order = inpay.tools.book.look(context.req.query('order_id') ?? '');
  if (!order) return context.json({ success: false, message: 'Tranzaksiya topilmadi' }, 404);
  return context.json({
    success: true,
    order_id: order.id,
    status: order.state === 'paid' ? 'success' : order.state,
    amount: jsonSum(order.paidTiyin ?? order.amountTiyin),
    payment_method: order.sent['payment_method'],
    created_at: spacedStamp(order.createdAt),
    paid_at: order.paidAt === undefined ? null : spacedStamp(order.paidAt),
  });
}

function fiscal(inpay: Inpay, context: Context<SimEnv>): Response {
  const error = tokenError(inpay, context);
  if (error) return refuse(context, error);
  const order = inpay.tools.book.find(context.req.query('order_id') ?? '');
  if (!order) return context.json({ success: false, message: 'Tranzaksiya topilmadi' }, 404);
  const fiscalized = order.state === 'paid';
  return context.json({
    success: true,
    data: {
      fiscalized,
      fiscal_url: fiscalized ? `${inpay.tools.origin}/checkout/${order.id}` : null,
      fiscal_receipt_id: fiscalized ? order.number : null,
    },
  });
}

function webhookBody(order: BookOrder): Record<string, unknown> {
  return {
    amount: jsonSum(order.paidTiyin ?? order.amountTiyin).toFixed(2),
    status: order.state === 'paid' ? 'success' : order.state,
    order_id: order.id,
    transaction_id: 148 + order.number,
    created_at: spacedStamp(order.createdAt),
  };
}
