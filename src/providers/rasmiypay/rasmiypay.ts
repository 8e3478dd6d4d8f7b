/** RasmiyPay: card to card, we pick the unique sum, no webhook (rasmiypay.txt). */
import { formatPlainSum, MAX_TIYIN, parseProviderSum, som } from '../../core/money.ts';
import type {
  CancelOutcome,
  CheckOutcome,
  CreateOutcome,
  CreateRequest,
  HealthOutcome,
  OrderRef,
  PayCard,
  Priority,
  Problem,
  Provider,
} from '../../topups/provider.ts';
import type { Heard } from '../../client/hear.ts';
import { payCard } from '../cards.ts';
import { parseProviderDate } from '../../client/dates.ts';
import { createFacts, type MakeFact } from '../facts.ts';
import type { HttpAnswer } from '../../client/http.ts';
import { judgeStatus } from '../judge.ts';
import { ORDER_LIFE_MS } from '../../core/payment-systems.ts';
import { saysSumTaken } from '../sum-taken.ts';
import {
  createProviderClient,
  type CallContext,
  type ProviderDeps,
  type ProviderClient,
} from '../client.ts';
import { normaliseWords } from '../../client/words.ts';
import { cancelAnswer, checkAnswer, createAnswer, shopAnswer } from './schemas.ts';
import {
  MONTH_STATUS,
  RASMIYPAY_ERRORS,
  RASMIYPAY_ORDER_ERRORS,
  RASMIYPAY_SCHEDULE,
  RASMIYPAY_STATUSES,
  SHOP_STATUS,
  type ShopWords,
} from './tables.ts';

interface RasmiypaySettings {
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
  client: ProviderClient;
  fact: MakeFact;
}

export function createRasmiypay(settings: RasmiypaySettings, deps: ProviderDeps): Provider {
  deps.secrets.register(settings.shopKey);
  const client = createProviderClient({ provider: 'rasmiypay', baseUrl: settings.baseUrl, deps });
  const card = payCard({ number: settings.cardNumber, holder: settings.cardHolder }, deps.secrets);
  const rasmiypay: Rasmiypay = { settings, card, client, fact: createFacts(deps.secrets) };
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
  const { settings, client, card } = rasmiypay;
  const context: CallContext = { name: 'create', priority: 'create', secrets: [request.orderCode] };
  const answer = await client.send(context, {
    method: 'POST',
    path: '/api',
    query: { method: 'create' },
    form: {
      shop_id: settings.shopId,
      shop_key: settings.shopKey,
      amount: formatPlainSum(request.amountTiyin),
    },
  });
  if (saysSumTaken(answer, RASMIYPAY_ERRORS)) return { kind: 'sum_taken' };
  const read = client.accept(context, answer, { schema: createAnswer, errors: RASMIYPAY_ERRORS });
  if (read.kind === 'problem') return read;
  const { order, amount, payUrl } = read.value;
  const amountTiyin = parseProviderSum(amount, { expectedTiyin: request.amountTiyin });
  if (amountTiyin !== null && amountTiyin !== request.amountTiyin) {
    return client.badAnswer(context, 'the order was created for another sum');
  }
  return {
    kind: 'created',
    providerOrder: order,
    amountTiyin: request.amountTiyin,
    card,
    ...(payUrl === undefined ? {} : { payUrl }),
  };
}

async function check(
  rasmiypay: Rasmiypay,
  order: OrderRef,
  { priority, heard }: { priority: Priority; heard: Heard | undefined },
): Promise<CheckOutcome> {
  const { client } = rasmiypay;
  const context = { ...orderContext('check', order, priority), heard };
  const answer = await callAboutOrder(rasmiypay, context, { order, method: 'GET' });
  const expected = { schema: checkAnswer, errors: RASMIYPAY_ORDER_ERRORS };
  const read = client.accept(context, answer, expected);
  if (read.kind === 'problem') return read;
  const { data, order: named } = read.value;
  return judgeStatus(client, context, {
    statuses: RASMIYPAY_STATUSES,
    answer: {
      asked: order,
      answered: data.order === undefined ? named : (named ?? data.order),
      word: data.status,
      sum: data.amount,
      paidAt: parseProviderDate(data.paid_at),
    },
  });
}

async function cancel(rasmiypay: Rasmiypay, order: OrderRef): Promise<CancelOutcome> {
  const { client } = rasmiypay;
  const context = orderContext('cancel', order, 'prompt');
  const answer = await callAboutOrder(rasmiypay, context, { order, method: 'POST' });
  const expected = { schema: cancelAnswer, errors: RASMIYPAY_ORDER_ERRORS };
  const read = client.accept(context, answer, expected);
  if (read.kind === 'problem') return read;
  const { order: answered } = read.value;
  if ((answered ?? order.providerOrder) !== order.providerOrder) {
    return client.badAnswer(context, 'the answer is about another order');
  }
  return { kind: 'cancelled' };
}

/** The order's code alone is the key of these calls. */
function callAboutOrder(
  rasmiypay: Rasmiypay,
  context: CallContext,
  call: { order: OrderRef; method: 'GET' | 'POST' },
): Promise<HttpAnswer | Problem> {
  return rasmiypay.client.send(context, {
    method: call.method,
    path: '/api',
    query: { method: context.name, order: call.order.providerOrder },
  });
}

async function health(rasmiypay: Rasmiypay): Promise<HealthOutcome> {
  const { settings, client, fact } = rasmiypay;
  const context: CallContext = { name: 'shop', priority: 'poll' };
  const answer = await client.send(context, {
    method: 'GET',
    path: '/api',
    query: { shop_id: settings.shopId, shop_key: settings.shopKey },
  });
  const read = client.accept(context, answer, { schema: shopAnswer, errors: RASMIYPAY_ERRORS });
  if (read.kind === 'problem') return read;
  const { shop_name: name, balance, status, month_status: month } = read.value.data;
  const facts = [
    ...fact('shop_name', name),
    ...fact('balance', balance, { sum: true }),
    ...fact('shop_status', status),
    ...fact('monthly_fee', month),
  ];
  const means = (word: string | undefined, words: ShopWords): string => {
    const meaning = meaningOf(word, words);
    if (meaning === 'unknown') client.warnWord(context, 'provider.unknown_shop_word', word ?? '');
    return meaning;
  };
  const problems: Problem[] = [];
  if (means(status, SHOP_STATUS) === 'bad') {
    problems.push({ kind: 'problem', code: 'shop_inactive' });
  }
  if (means(month, MONTH_STATUS) === 'bad') {
    problems.push({ kind: 'problem', code: 'monthly_fee_unpaid' });
  }
  return { kind: 'health', facts, problems };
}

/**
 * What the answer leaves out, or says in words of no document, is not taken for a problem: a create that is refused
 * tells the truth soon enough.
 */
function meaningOf(word: string | undefined, { good, bad }: ShopWords): 'good' | 'bad' | 'unknown' {
  const plain = normaliseWords(word ?? '');
  if (plain === '' || good.includes(plain)) return 'good';
  return bad.test(plain) ? 'bad' : 'unknown';
}

function orderContext(name: string, order: OrderRef, priority: Priority): CallContext {
  return { name, priority, secrets: [order.orderCode, order.providerOrder] };
}
