/** inPAY: a hosted page for Click, Payme and its own cards (inpay.txt). */
import { MAX_TIYIN, som, wholeSoms } from '../../core/money.ts';
import type {
  CheckOutcome,
  CreateOutcome,
  CreateRequest,
  HealthOutcome,
  OrderRef,
  Priority,
  Problem,
  Provider,
  ReceiptOutcome,
} from '../../topups/provider.ts';
import type { Heard } from '../../client/hear.ts';
import { parseProviderDate } from '../../client/dates.ts';
import type { HttpAnswer } from '../../client/http.ts';
import { judgeStatus, saysPaid } from '../judge.ts';
import { ORDER_LIFE_MS } from '../../core/payment-systems.ts';
import {
  createProviderClient,
  type CallContext,
  type ProviderDeps,
  type ProviderClient,
} from '../client.ts';
import { errorCodeOf, isBody } from '../../client/words.ts';
import { createBearerCache, type BearerCache, type BearerOutcome } from './bearer.ts';
import { authorizationAnswer, createAnswer, fiscalAnswer, statusAnswer } from './schemas.ts';
import {
  INPAY_ERRORS,
  INPAY_LOOKS_AFTER_PAID,
  INPAY_SCHEDULE,
  INPAY_STATUSES,
  INPAY_STATUS_ERRORS,
} from './tables.ts';

interface InpaySettings {
  /** `https://inpay.uz/api/v1` */
  baseUrl: string;
  merchantId: string;
  merchantToken: string;
  /** All calls of this address together. */
  requestsPerHour: number;
  ttlMs?: number;
}

const MINUTE = 60_000;
const MAX_DESCRIPTION = 255;
/** `998901234567`: the document knows numbers of Uzbekistan only. */
const UZBEK_PHONE = /^998\d{9}$/;

/** What every call of this client needs. */
interface Inpay {
  settings: InpaySettings;
  client: ProviderClient;
  bearer: BearerCache;
}

export function createInpay(settings: InpaySettings, deps: ProviderDeps): Provider {
  deps.secrets.register(settings.merchantToken);
  const client = createProviderClient({ provider: 'inpay', baseUrl: settings.baseUrl, deps });
  const bearer = createBearerCache({
    clock: deps.clock,
    secrets: deps.secrets,
    fetchToken: (priority) => authorize({ settings, client, priority }),
  });
  const inpay: Inpay = { settings, client, bearer };
  return {
    id: 'inpay',
    title: 'inPAY',
    // The upper limit depends on the merchant's tariff: AMOUNT_TOO_HIGH tells.
    limits: { minTiyin: som(1000), maxTiyin: MAX_TIYIN },
    methods: ['click', 'payme', 'any'],
    ttlMs: settings.ttlMs ?? ORDER_LIFE_MS.inpay,
    schedule: INPAY_SCHEDULE,
    looksAfterPaid: INPAY_LOOKS_AFTER_PAID,
    concurrency: 4,
    minCheckIntervalMs: 15_000,
    rateLimitPauseMs: 10 * MINUTE,
    budget: { requests: settings.requestsPerHour, perMs: 60 * MINUTE },
    webhook: {
      address: 'order',
      answer: { contentType: 'text/plain', body: 'OK' },
      saysPaid: saysPaid(INPAY_STATUSES, ['status']),
    },
    create: (request) => create(inpay, request),
    check: (order, priority, heard) => check(inpay, order, { priority, heard }),
    receipt: (order) => receipt(inpay, order),
  };
}

/**
 * Asks for a token and leaves it at that: does inPAY know these keys? One request of the address's hour; nothing else
 * happens there.
 */
export async function tryInpay(
  settings: InpaySettings,
  deps: ProviderDeps,
): Promise<HealthOutcome> {
  deps.secrets.register(settings.merchantToken);
  const client = createProviderClient({ provider: 'inpay', baseUrl: settings.baseUrl, deps });
  const outcome = await authorize({ settings, client, priority: 'prompt' });
  return outcome.kind === 'problem' ? outcome : { kind: 'health', facts: [], problems: [] };
}

async function authorize(options: {
  settings: InpaySettings;
  client: ProviderClient;
  priority: Priority;
}): Promise<BearerOutcome> {
  const { settings, client, priority } = options;
  const context: CallContext = { name: 'authorization', priority };
  const answer = await client.send(context, {
    method: 'GET',
    path: '/authorization/',
    query: { merchant_id: settings.merchantId, merchant_token: settings.merchantToken },
  });
  const read = client.accept(context, answer, {
    schema: authorizationAnswer,
    errors: INPAY_ERRORS,
  });
  return read.kind === 'problem' ? read : { kind: 'bearer', token: read.value.bearer_token };
}

async function create(inpay: Inpay, request: CreateRequest): Promise<CreateOutcome> {
  const { client, settings } = inpay;
  const context: CallContext = {
    name: 'create',
    priority: 'create',
    userId: request.userId,
    secrets: [request.orderCode, request.webhookUrl ?? '', request.phone ?? ''],
  };
  const body = createBody(settings, request);
  const answer = await withBearer(inpay, context, (authorization) =>
    // The newer edition requires the slash at the end.
    client.send(context, { method: 'POST', path: '/create/', json: body, headers: authorization }),
  );
  const read = client.accept(context, answer, { schema: createAnswer, errors: INPAY_ERRORS });
  if (read.kind === 'problem') return read;
  return {
    kind: 'created',
    providerOrder: read.value.order_id,
    amountTiyin: request.amountTiyin,
    payUrl: read.value.pay_url,
  };
}

function createBody(settings: InpaySettings, request: CreateRequest): Record<string, unknown> {
  const { method, webhookUrl, phone } = request;
  return {
    merchant_id: settings.merchantId,
    token: settings.merchantToken,
    amount: wholeSoms(request.amountTiyin),
    description: request.description.slice(0, MAX_DESCRIPTION).toWellFormed(),
    ...(method === undefined || method === 'any' ? {} : { payment_method: method }),
    ...(webhookUrl === undefined ? {} : { callback_url: webhookUrl }),
    ...(phone !== undefined && UZBEK_PHONE.test(phone) ? { phone } : {}),
  };
}

async function check(
  inpay: Inpay,
  order: OrderRef,
  { priority, heard }: { priority: Priority; heard: Heard | undefined },
): Promise<CheckOutcome> {
  const { client } = inpay;
  const context = { ...orderContext('check', order, priority), heard };
  const send = (authorization: Record<string, string>): Promise<HttpAnswer | Problem> =>
    client.send(context, {
      method: 'GET',
      path: '/transactions/',
      query: { order_id: order.providerOrder },
      headers: authorization,
    });
  // The document wants no token here: one at hand is sent along, none is fetched unless a 401 asks for it.
  const token = inpay.bearer.cached();
  const first = await send(token === null ? {} : { authorization: `Bearer ${token}` });
  const answer = await afterRejectedToken(inpay, context, { first, token, send });
  const read = client.accept(context, answer, {
    schema: statusAnswer,
    errors: INPAY_STATUS_ERRORS,
  });
  if (read.kind === 'problem') return read;
  return judgeStatus(client, context, {
    statuses: INPAY_STATUSES,
    answer: {
      asked: order,
      answered: read.value.order_id,
      word: read.value.status,
      sum: read.value.amount,
      paidAt: parseProviderDate(read.value.paid_at),
    },
  });
}

async function receipt(inpay: Inpay, order: OrderRef): Promise<ReceiptOutcome> {
  const { client, settings } = inpay;
  const context = orderContext('fiscal', order, 'prompt');
  const answer = await withBearer(inpay, context, (authorization) =>
    client.send(context, {
      method: 'GET',
      path: '/fiscal/',
      query: { order_id: order.providerOrder, merchant_id: settings.merchantId },
      headers: authorization,
    }),
  );
  if (answer.kind === 'problem') return answer;
  // A payment without a fiscal receipt is no error.
  if (answer.status === 404 && isBody(answer.json)) return { kind: 'none' };
  const read = client.accept(context, answer, { schema: fiscalAnswer, errors: INPAY_ERRORS });
  if (read.kind === 'problem') return read.code === 'refused' ? { kind: 'none' } : read;
  const url = read.value.data.fiscal_url;
  return url === undefined ? { kind: 'none' } : { kind: 'receipt', url };
}

type SendWithToken = (authorization: Record<string, string>) => Promise<HttpAnswer | Problem>;

/** A call that needs the token; repeated once with a new one when the token turns out to be dead. */
async function withBearer(
  inpay: Inpay,
  context: CallContext,
  send: SendWithToken,
): Promise<HttpAnswer | Problem> {
  const bearer = await inpay.bearer.get(context.priority);
  if (bearer.kind === 'problem') return bearer;
  const first = await send({ authorization: `Bearer ${bearer.token}` });
  return afterRejectedToken(inpay, context, { first, token: bearer.token, send });
}

async function afterRejectedToken(
  inpay: Inpay,
  context: CallContext,
  call: { first: HttpAnswer | Problem; token: string | null; send: SendWithToken },
): Promise<HttpAnswer | Problem> {
  const { first, token, send } = call;
  if (first.kind === 'problem' || !rejectsToken(first)) return first;
  if (token !== null) inpay.bearer.drop(token);
  const bearer = await inpay.bearer.get(context.priority);
  return bearer.kind === 'problem' ? bearer : send({ authorization: `Bearer ${bearer.token}` });
}

/** The call was turned away before anything was done, so that even a create may be repeated. */
function rejectsToken(answer: HttpAnswer): boolean {
  if (answer.status === 401) return true;
  return isBody(answer.json) && errorCodeOf(answer.json).toUpperCase() === 'INVALID_TOKEN';
}

function orderContext(name: string, order: OrderRef, priority: Priority): CallContext {
  const secrets = [order.orderCode, order.providerOrder];
  return { name, priority, userId: order.userId, secrets };
}
