/** AutoPayCard: Uzcard to card, we pick the unique sum (autopaycard.txt). */
import { MAX_TIYIN, som, wholeSoms } from '../../core/money.ts';
import type {
  CheckOutcome,
  CreateOutcome,
  CreateRequest,
  OrderRef,
  PayCard,
  Priority,
  Problem,
  Provider,
} from '../../topups/provider.ts';
import type { Heard } from '../../client/hear.ts';
import { payCard } from '../cards.ts';
import { parseProviderDate } from '../../client/dates.ts';
import { createFacts } from '../facts.ts';
import type { HttpAnswer } from '../../client/http.ts';
import { judgeStatus, saysPaid } from '../judge.ts';
import { ORDER_LIFE_MS } from '../../core/payment-systems.ts';
import { saysSumTaken } from '../sum-taken.ts';
import {
  createProviderClient,
  type CallContext,
  type ProviderDeps,
  type ProviderClient,
  type ClientRequest,
} from '../client.ts';
import { checkHealth } from './health.ts';
import { checkAnswer, createAnswer } from './schemas.ts';
import {
  AUTOPAYCARD_CHECK_ERRORS,
  AUTOPAYCARD_ERRORS,
  AUTOPAYCARD_SCHEDULE,
  AUTOPAYCARD_STATUSES,
} from './tables.ts';

interface AutopaycardSettings {
  /** `https://api.autopaycard.uz` */
  baseUrl: string;
  apiKey: string;
  /** The linked cards: the API knows only their last four digits and the gmail. */
  cards: readonly { number: string; holder: string; gmail: string }[];
  /** `/api/subscription`: the document does not name it. */
  subscriptionPath: string;
  ttlMs?: number;
}

type LinkedPayCard = PayCard & { gmail: string };

interface Autopaycard {
  client: ProviderClient;
  cards: readonly LinkedPayCard[];
  headers: Readonly<Record<string, string>>;
  /** The document only shows POST; a 405 makes it GET. */
  checkMethod: 'POST' | 'GET';
}

/** Throws for settings it cannot work with: a key no header can carry, two cards it could not tell apart. */
export function createAutopaycard(settings: AutopaycardSettings, deps: ProviderDeps): Provider {
  deps.secrets.register(settings.apiKey);
  const autopaycard: Autopaycard = {
    client: createProviderClient({ provider: 'autopaycard', baseUrl: settings.baseUrl, deps }),
    cards: linkedCards(settings, deps),
    headers: { 'x-api-key': headerSafe(settings.apiKey) },
    checkMethod: 'POST',
  };
  return {
    id: 'autopaycard',
    title: 'AutoPayCard',
    // The document names no limits.
    limits: { minTiyin: som(1), maxTiyin: MAX_TIYIN },
    uniqueSums: {
      cards: autopaycard.cards.map(({ key, number, holder }) => ({ key, number, holder })),
    },
    ttlMs: settings.ttlMs ?? ORDER_LIFE_MS.autopaycard,
    schedule: AUTOPAYCARD_SCHEDULE,
    concurrency: 4,
    minCheckIntervalMs: 5000,
    rateLimitPauseMs: 60_000,
    webhook: {
      address: 'order',
      answer: { contentType: 'application/json', body: '{"ok":true}' },
      saysPaid: saysPaid(AUTOPAYCARD_STATUSES, ['status']),
    },
    create: (request) => create(autopaycard, request),
    check: (order, priority, heard) => check(autopaycard, order, { priority, heard }),
    health: () =>
      checkHealth({
        client: autopaycard.client,
        fact: createFacts(deps.secrets),
        headers: autopaycard.headers,
        cards: autopaycard.cards.map(({ key, gmail }) => ({ last4: key, gmail })),
        subscriptionPath: settings.subscriptionPath,
        now: deps.clock.now(),
      }),
  };
}

function linkedCards(settings: AutopaycardSettings, deps: ProviderDeps): LinkedPayCard[] {
  const cards = settings.cards.map(({ gmail, ...card }) => {
    deps.secrets.register(gmail);
    return { ...payCard(card, deps.secrets), gmail };
  });
  const keys = new Set(cards.map((card) => card.key));
  if (cards.length === 0) throw new Error('AutoPayCard needs at least one card');
  if (keys.size < cards.length) {
    throw new Error('two AutoPayCard cards end in the same four digits: leave one out');
  }
  return cards;
}

function headerSafe(value: string): string {
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new Error('the AutoPayCard API key has characters that no HTTP header can carry');
}

async function create(autopaycard: Autopaycard, request: CreateRequest): Promise<CreateOutcome> {
  const { client, headers } = autopaycard;
  const card = cardOf(autopaycard, request.cardKey);
  const context: CallContext = {
    name: 'create-payment',
    priority: 'create',
    secrets: [request.orderCode, request.webhookUrl ?? ''],
  };
  const answer = await client.send(context, {
    method: 'POST',
    path: '/api/create-payment',
    headers,
    json: {
      amount: wholeSoms(request.amountTiyin),
      card_last4: card.key,
      gmail: card.gmail,
      client_user_id: String(request.userId),
      ...(request.webhookUrl === undefined ? {} : { webhook_url: request.webhookUrl }),
    },
  });
  if (saysSumTaken(answer, AUTOPAYCARD_ERRORS)) return { kind: 'sum_taken' };
  const read = client.accept(context, answer, { schema: createAnswer, errors: AUTOPAYCARD_ERRORS });
  if (read.kind === 'problem') return read;
  const { key, number, holder } = card;
  return {
    kind: 'created',
    providerOrder: read.value.order_id,
    amountTiyin: request.amountTiyin,
    card: { key, number, holder },
  };
}

function cardOf(autopaycard: Autopaycard, key: string | undefined): LinkedPayCard {
  const [first] = autopaycard.cards;
  const card =
    key === undefined && autopaycard.cards.length === 1
      ? first
      : autopaycard.cards.find((each) => each.key === key);
  if (!card)
    throw new Error(`no AutoPayCard card has the key "${key ?? ''}": use one of uniqueSums`);
  return card;
}

async function check(
  autopaycard: Autopaycard,
  order: OrderRef,
  { priority, heard }: { priority: Priority; heard: Heard | undefined },
): Promise<CheckOutcome> {
  const { client } = autopaycard;
  const context: CallContext = {
    name: 'check-payment',
    priority,
    secrets: [order.orderCode, order.providerOrder],
    heard,
  };
  const answer = await askStatus(autopaycard, context, order);
  const expected = { schema: checkAnswer, errors: AUTOPAYCARD_CHECK_ERRORS };
  const read = client.accept(context, answer, expected);
  if (read.kind === 'problem') return read;
  return judgeStatus(client, context, {
    statuses: AUTOPAYCARD_STATUSES,
    answer: {
      asked: order,
      answered: read.value.order_id,
      word: read.value.status,
      sum: read.value.amount,
      paidAt: parseProviderDate(read.value.paid_at),
    },
  });
}

/** POST as in the samples; where that is not allowed GET, and the method that works is remembered. */
async function askStatus(
  autopaycard: Autopaycard,
  context: CallContext,
  order: OrderRef,
): Promise<HttpAnswer | Problem> {
  const { client, headers } = autopaycard;
  const id = { order_id: order.providerOrder };
  const path = '/api/check-payment';
  const requests: Record<Autopaycard['checkMethod'], ClientRequest> = {
    POST: { method: 'POST', path, headers, json: id },
    GET: { method: 'GET', path, headers, query: id },
  };
  const used = autopaycard.checkMethod;
  const answer = await client.send(context, requests[used]);
  if (answer.kind === 'problem' || answer.status !== 405) return answer;
  autopaycard.checkMethod = used === 'POST' ? 'GET' : 'POST';
  return client.send(context, requests[autopaycard.checkMethod]);
}
