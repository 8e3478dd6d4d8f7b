/** Payfer: card to card, Payfer picks the unique sum (payfer.txt). */
import { formatPlainSum, parseProviderSum, som, type Tiyin } from '../../core/money.ts';
import type {
  CheckOutcome,
  CreateOutcome,
  CreateRequest,
  Created,
  HealthOutcome,
  OrderRef,
  PayCard,
  Priority,
  Problem,
  Provider,
} from '../../topups/provider.ts';
import type { Heard } from '../../client/hear.ts';
import { payCard } from '../cards.ts';
import { parseDeadline, parseProviderDate } from '../../client/dates.ts';
import { createFacts } from '../facts.ts';
import type { HttpAnswer } from '../../client/http.ts';
import { judgeStatus, judgeUnknown, saysPaid } from '../judge.ts';
import { ORDER_LIFE_MS } from '../../core/payment-systems.ts';
import {
  createProviderClient,
  type CallContext,
  type ProviderDeps,
  type ProviderClient,
} from '../client.ts';
import { checkAnswer, createAnswer, shopAnswer, strayAnswer, webhookBody } from './schemas.ts';
import { PAYFER_CHECK_ERRORS, PAYFER_ERRORS, PAYFER_SCHEDULE, PAYFER_STATUSES } from './tables.ts';
import type { z } from 'zod';

interface PayferSettings {
  /** `https://api.payfer.uz`; calls go to `{baseUrl}/api?method=…`. */
  baseUrl: string;
  shopId: string;
  shopKey: string;
  /** The card linked at Payfer: its answers do not name it. */
  cardNumber: string;
  cardHolder: string;
  ttlMs?: number;
}

const LIMITS = { minTiyin: som(1000), maxTiyin: som(10_000_000) };

interface Payfer {
  settings: PayferSettings;
  card: PayCard;
  client: ProviderClient;
  deps: ProviderDeps;
}

export function createPayfer(settings: PayferSettings, deps: ProviderDeps): Provider {
  deps.secrets.register(settings.shopKey);
  const client = createProviderClient({ provider: 'payfer', baseUrl: settings.baseUrl, deps });
  const card = payCard({ number: settings.cardNumber, holder: settings.cardHolder }, deps.secrets);
  const payfer: Payfer = { settings, card, client, deps };
  return {
    id: 'payfer',
    title: 'Payfer',
    limits: LIMITS,
    transferCards: [card],
    ttlMs: settings.ttlMs ?? ORDER_LIFE_MS.payfer,
    schedule: PAYFER_SCHEDULE,
    concurrency: 4,
    minCheckIntervalMs: 3000,
    rateLimitPauseMs: 60_000,
    webhook: {
      address: 'shop',
      answer: { contentType: 'text/plain', body: 'OK' },
      saysPaid: saysPaid(PAYFER_STATUSES, ['status', 'payment_status']),
      orderCode: (body) => webhookBody.safeParse(body).data?.order_code ?? null,
    },
    create: (request) => create(payfer, request),
    check: (order, priority, heard) => check(payfer, order, { priority, heard }),
    health: () => health(payfer),
  };
}

/** Every call is a GET with the keys in its query. */
function call(
  payfer: Payfer,
  context: CallContext,
  rest: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer | Problem> {
  const { shopId, shopKey } = payfer.settings;
  return payfer.client.send(context, {
    method: 'GET',
    path: '/api',
    query: { method: context.name, shop_id: shopId, shop_key: shopKey, ...rest },
  });
}

async function create(payfer: Payfer, request: CreateRequest): Promise<CreateOutcome> {
  const context = orderContext('create', request.orderCode, 'create');
  const answer = await call(payfer, context, {
    amount: formatPlainSum(request.amountTiyin),
    order: request.orderCode,
  });
  const expected = { schema: createAnswer, errors: PAYFER_ERRORS };
  const read = payfer.client.accept(context, answer, expected);
  if (read.kind === 'problem') return withRightEnd(read, request.amountTiyin);
  return created(payfer, context, { request, body: read.value });
}

function created(
  payfer: Payfer,
  context: CallContext,
  options: { request: CreateRequest; body: z.infer<typeof createAnswer> },
): CreateOutcome {
  const { request, body } = options;
  const sumTiyin = body.unique_amount;
  if ((body.order_code ?? request.orderCode) !== request.orderCode) {
    return payfer.client.badAnswer(context, 'the answer is about another order');
  }
  if (sumTiyin === undefined || sumTiyin < 1) {
    return payfer.client.badAnswer(context, 'the answer names no sum to pay');
  }
  const payUrl = body.pay_url ?? body.url;
  const expiresAt = parseDeadline(body.expire_at, payfer.deps.clock.now());
  const outcome: Created = {
    kind: 'created',
    providerOrder: request.orderCode,
    amountTiyin: sumTiyin,
    card: cardOf(payfer.card, body),
  };
  if (payUrl !== undefined) outcome.payUrl = payUrl;
  if (body.payment_id !== undefined) outcome.paymentNumber = body.payment_id;
  if (expiresAt !== undefined) outcome.expiresAt = expiresAt;
  return outcome;
}

/** The card an answer names, should one ever do so; else the card of the settings. */
function cardOf(ours: PayCard, body: z.infer<typeof createAnswer>): PayCard {
  const number = (body.card_number ?? body.card ?? '').replace(/[\s-]/g, '');
  if (!/^\d{16}$/.test(number) || number === ours.number) return ours;
  return { key: number.slice(-4), number, holder: body.card_holder ?? '' };
}

/** "Amount must be between…" says which limits there are, not which one was broken. */
function withRightEnd(problem: Problem, amountTiyin: Tiyin): Problem {
  if (problem.code !== 'amount_too_high') return problem;
  const named = /between\D*(\d[\d ,]*)/i.exec(problem.detail ?? '')?.[1]?.replace(/\D/g, '');
  const lowest = parseProviderSum(named) ?? LIMITS.minTiyin;
  return amountTiyin < lowest ? { ...problem, code: 'amount_too_low' } : problem;
}

async function check(
  payfer: Payfer,
  order: OrderRef,
  { priority, heard }: { priority: Priority; heard: Heard | undefined },
): Promise<CheckOutcome> {
  // Nothing can be done with the code alone, and the staff look the payment up by it in Payfer's panel.
  const heardWithout: string[] = [];
  const context = { ...orderContext('check', order.providerOrder, priority), heard, heardWithout };
  const answer = await call(payfer, context, { order: order.providerOrder });
  if (answer.kind === 'problem') return answer;
  const stray = strayAnswer.safeParse(answer.json);
  if (stray.success) return judgeUnknown(payfer.client, context, stray.data.status);
  const expected = { schema: checkAnswer, errors: PAYFER_CHECK_ERRORS };
  const read = payfer.client.accept(context, answer, expected);
  if (read.kind === 'problem') return read;
  return judgeStatus(payfer.client, context, {
    statuses: PAYFER_STATUSES,
    answer: {
      asked: order,
      answered: read.value.order_code,
      word: read.value.payment_status,
      sum: read.value.paid_amount,
      paidAt: parseProviderDate(read.value.paid_at),
    },
  });
}

async function health(payfer: Payfer): Promise<HealthOutcome> {
  const context: CallContext = { name: 'shop', priority: 'poll' };
  const answer = await call(payfer, context);
  const expected = { schema: shopAnswer, errors: PAYFER_ERRORS };
  const read = payfer.client.accept(context, answer, expected);
  if (read.kind === 'problem') return read;
  const { shop_name: name, balance, total_transactions: count, total_amount: total } = read.value;
  const fact = createFacts(payfer.deps.secrets);
  const facts = [
    ...fact('shop_name', name),
    ...fact('balance', balance, { sum: true }),
    ...fact('total_count', count),
    ...fact('total_amount', total, { sum: true }),
  ];
  return { kind: 'health', facts, problems: [] };
}

function orderContext(name: string, orderCode: string, priority: Priority): CallContext {
  return { name, priority, secrets: [orderCode] };
}
