/** RasmiyPay: card to card, we pick the unique sum, no webhook (rasmiypay.txt). */
import { formatPlainSum, MAX_TIYIN, som } from '../../money.ts';
import type {
  CancelOutcome,
  CheckOutcome,
  CreateOutcome,
  CreateRequest,
  HealthOutcome,
  Heard,
  OrderRef,
  PayCard,
  Priority,
  Problem,
  Provider,
} from '../../topups/provider.ts';
import { payCard } from '../cards.ts';
import { parseProviderDate } from '../dates.ts';
import { createFacts, type MakeFact } from '../facts.ts';
import type { HttpAnswer } from '../http.ts';
import { judgeStatus } from '../judge.ts';
import { ORDER_LIFE_MS } from '../lives.ts';
import { createWire, type CallContext, type ProviderDeps, type Wire } from '../wire.ts';
import { failureWords, isBody, normaliseWords } from '../words.ts';
import { cancelAnswer, checkAnswer, createAnswer, shopAnswer } from './schemas.ts';
import {
  MONTH_PAID,
  RASMIYPAY_ERRORS,
  RASMIYPAY_ORDER_ERRORS,
  RASMIYPAY_SCHEDULE,
  RASMIYPAY_STATUSES,
  SHOP_CONFIRMED,
  SUM_TAKEN_PART,
} from './tables.ts';

export interface RasmiypaySettings {
  /** No default: the host in the document is a throw-away one. Calls go to `{baseUrl}/api?method=…`. */
  baseUrl: string;
  shopId: string;
  shopKey: string;
  /** The card linked at RasmiyPay: only shops of the type "page" answer with an address to pay at. */
  cardNumber: string;
  cardHolder: string;
  ttlMs?: number;
}

interface Rasmiypay {
  settings: RasmiypaySettings;
  card: PayCard;
  wire: Wire;
  fact: MakeFact;
}

export function createRasmiypay(settings: RasmiypaySettings, deps: ProviderDeps): Provider {
  deps.secrets.register(settings.shopKey);
  const wire = createWire({ provider: 'rasmiypay', baseUrl: settings.baseUrl, deps });
  const card = payCard({ number: settings.cardNumber, holder: settings.cardHolder }, deps.secrets);
  const rasmiypay: Rasmiypay = { settings, card, wire, fact: createFacts(deps.secrets) };
  return {
    id: 'rasmiypay',
    title: 'RasmiyPay',
    // The document names no limits.
    limits: { minTiyin: som(1), maxTiyin: MAX_TIYIN },
    uniqueSums: { cards: [card] },
    ttlMs: settings.ttlMs ?? ORDER_LIFE_MS.rasmiypay,
    schedule: RASMIYPAY_SCHEDULE,
    concurrency: 4,
    minCheckIntervalMs: 3000,
    rateLimitPauseMs: 60_000,
    create: (request) => create(rasmiypay, request),
    check: (order, priority, heard) => check(rasmiypay, order, { priority, heard }),
    cancel: (order) => cancel(rasmiypay, order),
    health: () => health(rasmiypay),
  };
}

async function create(rasmiypay: Rasmiypay, request: CreateRequest): Promise<CreateOutcome> {
  const { settings, wire, card } = rasmiypay;
  const context: CallContext = { name: 'create', priority: 'create', secrets: [request.orderCode] };
  const answer = await wire.send(context, {
    method: 'POST',
    path: '/api',
    query: { method: 'create' },
    form: {
      shop_id: settings.shopId,
      shop_key: settings.shopKey,
      amount: formatPlainSum(request.amountTiyin),
    },
  });
  if (answer.kind === 'problem') return answer;
  if (saysSumTaken(answer)) return { kind: 'sum_taken' };
  const read = wire.accept(context, answer, { schema: createAnswer, errors: RASMIYPAY_ERRORS });
  if (read.kind === 'problem') return read;
  const { order, data, pay_url: payUrl } = read.body;
  if (data?.amount !== undefined && data.amount !== request.amountTiyin) {
    return wire.badAnswer(context, 'the order was created for another sum');
  }
  return {
    kind: 'created',
    providerOrder: order,
    amountTiyin: request.amountTiyin,
    card,
    ...(payUrl === undefined ? {} : { payUrl }),
  };
}

/** With HTTP 409 or 200. */
function saysSumTaken(answer: HttpAnswer): boolean {
  if (!isBody(answer.json) || answer.json['status'] === 'success') return false;
  return normaliseWords(failureWords(answer.json)).includes(SUM_TAKEN_PART);
}

async function check(
  rasmiypay: Rasmiypay,
  order: OrderRef,
  { priority, heard }: { priority: Priority; heard: Heard | undefined },
): Promise<CheckOutcome> {
  const { wire } = rasmiypay;
  const context = { ...orderContext('check', order, priority), heard };
  const answer = await callAboutOrder(rasmiypay, context, { order, method: 'GET' });
  if (answer.kind === 'problem') return answer;
  const expected = { schema: checkAnswer, errors: RASMIYPAY_ORDER_ERRORS };
  const read = wire.accept(context, answer, expected);
  if (read.kind === 'problem') return read;
  const { data } = read.body;
  return judgeStatus(wire, context, {
    statuses: RASMIYPAY_STATUSES,
    answer: {
      asked: order.providerOrder,
      answered: read.body.order,
      word: data.status,
      sumTiyin: data.amount,
      paidAt: parseProviderDate(data.paid_at),
    },
  });
}

async function cancel(rasmiypay: Rasmiypay, order: OrderRef): Promise<CancelOutcome> {
  const { wire } = rasmiypay;
  const context = orderContext('cancel', order, 'prompt');
  const answer = await callAboutOrder(rasmiypay, context, { order, method: 'POST' });
  if (answer.kind === 'problem') return answer;
  const expected = { schema: cancelAnswer, errors: RASMIYPAY_ORDER_ERRORS };
  const read = wire.accept(context, answer, expected);
  if (read.kind === 'problem') return read;
  const { order: answered } = read.body;
  if (answered !== undefined && answered !== order.providerOrder) {
    return wire.badAnswer(context, 'the answer is about another order');
  }
  return { kind: 'cancelled' };
}

/** The order's code alone is the key of these calls. */
function callAboutOrder(
  rasmiypay: Rasmiypay,
  context: CallContext,
  call: { order: OrderRef; method: 'GET' | 'POST' },
): Promise<HttpAnswer | Problem> {
  return rasmiypay.wire.send(context, {
    method: call.method,
    path: '/api',
    query: { method: context.name, order: call.order.providerOrder },
  });
}

async function health(rasmiypay: Rasmiypay): Promise<HealthOutcome> {
  const { settings, wire, fact } = rasmiypay;
  const context: CallContext = { name: 'shop', priority: 'poll' };
  const answer = await wire.send(context, {
    method: 'GET',
    path: '/api',
    query: { shop_id: settings.shopId, shop_key: settings.shopKey },
  });
  if (answer.kind === 'problem') return answer;
  const read = wire.accept(context, answer, { schema: shopAnswer, errors: RASMIYPAY_ERRORS });
  if (read.kind === 'problem') return read;
  const { shop_name: name, balance, status, month_status: month } = read.body.data;
  const facts = [
    ...fact('shop_name', name),
    ...fact('balance', balance, { sum: true }),
    ...fact('shop_status', status),
    ...fact('monthly_fee', month),
  ];
  return { kind: 'health', facts, problems: shopProblems({ status, month }) };
}

/** What the answer leaves out is unknown, not wrong. */
function shopProblems(shop: { status: string | undefined; month: string | undefined }): Problem[] {
  const problems: Problem[] = [];
  if (shop.status !== undefined && normaliseWords(shop.status) !== SHOP_CONFIRMED) {
    problems.push({ kind: 'problem', code: 'shop_inactive' });
  }
  if (shop.month !== undefined && normaliseWords(shop.month) !== MONTH_PAID) {
    problems.push({ kind: 'problem', code: 'monthly_fee_unpaid' });
  }
  return problems;
}

function orderContext(name: string, order: OrderRef, priority: Priority): CallContext {
  return { name, priority, secrets: [order.orderCode, order.providerOrder] };
}
