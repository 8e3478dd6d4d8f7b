/**
 * The contract between top-ups and a payment system. Top-ups never import a provider by name: the registry in
 * `app.ts` hands them in. A provider knows only its own calls: it neither touches the database nor decides about money.
 */
import type { Tiyin } from '../core/money.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import type { Heard } from '../client/hear.ts';

/** How the payer pays on a hosted page; `any` leaves the choice to the page. */
export type PayMethod = 'click' | 'payme' | 'any';

/**
 * Everything a provider can answer instead of what was asked, named. Each has a text for the user
 * (`problem-<code>` in the locales); see `PROBLEMS` for what else follows from it.
 */
export type ProblemCode =
  | 'wrong_keys'
  | 'shop_inactive'
  | 'monthly_fee_unpaid'
  | 'account_not_linked'
  | 'card_not_linked'
  | 'subscription_ended'
  | 'ip_not_whitelisted'
  | 'callback_not_whitelisted'
  | 'website_not_whitelisted'
  | 'amount_too_low'
  | 'amount_too_high'
  | 'missing_parameters'
  /** It says that the card as the settings have it, or the sum, is wrong. */
  | 'card_or_sum_refused'
  | 'order_code_taken'
  | 'unknown_order'
  | 'rate_limited'
  | 'maintenance'
  | 'server_error'
  | 'bad_answer'
  | 'timeout'
  | 'network'
  | 'budget_spent'
  /** Too much waits for this provider here: it was not asked, and has done nothing. */
  | 'busy_here'
  /** The person's share of the budget is spent; other people's requests go on. */
  | 'share_spent'
  /** It says that this order is paid, and the sum or the order's number can't be read: an owner must look. */
  | 'unreadable_payment'
  | 'refused';

interface ProblemTraits {
  /** The operator must do something before this goes away: raise an alarm. */
  operatorMustAct: boolean;
  /** It says something about the provider, not about this one order: back off from all of its orders. */
  backOff: boolean;
}

const passing: ProblemTraits = { operatorMustAct: false, backOff: true };
const operators: ProblemTraits = { operatorMustAct: true, backOff: true };
const thisOrderOnly: ProblemTraits = { operatorMustAct: false, backOff: false };

export const PROBLEMS: Readonly<Record<ProblemCode, ProblemTraits>> = {
  wrong_keys: operators,
  shop_inactive: operators,
  monthly_fee_unpaid: operators,
  account_not_linked: operators,
  card_not_linked: operators,
  subscription_ended: operators,
  ip_not_whitelisted: operators,
  callback_not_whitelisted: operators,
  website_not_whitelisted: operators,
  amount_too_low: thisOrderOnly,
  amount_too_high: thisOrderOnly,
  missing_parameters: { operatorMustAct: true, backOff: false },
  card_or_sum_refused: { operatorMustAct: true, backOff: false },
  order_code_taken: thisOrderOnly,
  unknown_order: thisOrderOnly,
  rate_limited: passing,
  maintenance: passing,
  server_error: passing,
  bad_answer: passing,
  timeout: passing,
  network: passing,
  budget_spent: thisOrderOnly,
  busy_here: thisOrderOnly,
  share_spent: thisOrderOnly,
  // This problem has an alarm of its own, which names the order.
  unreadable_payment: { operatorMustAct: false, backOff: false },
  refused: { operatorMustAct: true, backOff: false },
};

/** True when we did not ask, for reasons of our own: that says nothing about the provider, nor about the order. */
export function wasNotAsked(code: ProblemCode | undefined): boolean {
  return code === 'budget_spent' || code === 'share_spent' || code === 'busy_here';
}

export interface Problem {
  kind: 'problem';
  code: ProblemCode;
  /** How long the provider asked us to stay away. */
  retryAfterMs?: number;
  /** The provider's own words, at most 300 characters, free of secrets. For operators, never for users. */
  detail?: string;
  /**
   * When it begins, if it is only announced (a subscription about to end): an alarm, but nothing is refused yet.
   * Milliseconds since 1970.
   */
  startsAt?: number;
}

/** A card people transfer to. `key` tells cards of one provider apart (its last four digits). */
export interface PayCard {
  key: string;
  number: string;
  holder: string;
}

export interface CreateRequest {
  /** Our public id of the order, shown to the user. */
  orderId: string;
  /** Our code for the provider: 8–32 characters A–Z0–9, unguessable, unique for ever. A secret. */
  orderCode: string;
  /** What the payer is to pay; final where we pick the sum, the base where the provider does. */
  amountTiyin: Tiyin;
  /** Telegram id of the payer. */
  userId: number;
  method?: PayMethod;
  /** The card of a sum we picked: a `PayCard.key` of this provider. */
  cardKey?: string;
  /** Where the provider reports this payment, when we can be reached. Carries a secret. */
  webhookUrl?: string;
  /** A line the payer may see on the provider's page. */
  description: string;
  /** The payer's phone, where they gave it to us: digits with the country's code. Personal. */
  phone?: string;
}

export interface Created {
  kind: 'created';
  /** What the provider calls the order; the argument of later calls. A secret for some providers. */
  providerOrder: string;
  /** What must be paid exactly. */
  amountTiyin: Tiyin;
  payUrl?: string;
  /** The payment's number in the provider's panel, where that is another than `providerOrder`. For the staff only. */
  paymentNumber?: string;
  /** The card to pay to, where the payer pays by transfer. */
  card?: PayCard;
  /** The provider's own deadline, when it names a believable one. Milliseconds since 1970. */
  expiresAt?: number;
}

/** `sum_taken`: this very sum is in use at the provider, another one may be tried at once. */
export type CreateOutcome = Created | { kind: 'sum_taken' } | Problem;

export interface OrderRef {
  orderCode: string;
  providerOrder: string;
  /** What is to be paid: decides between two readings of a provider's spelling, and nothing else. */
  amountTiyin?: Tiyin;
  /** To whose share of a budget a request about it counts; left out where the staff asks. */
  userId?: number;
}

/** What a provider calls the state of an order, in a word that no document has. It moves nothing. */
export interface UnknownWord {
  /** At most 40 characters, free of secrets. */
  word: string;
  /** The order may well be paid: an owner looks at once. */
  soundsPaid: boolean;
}

export type CheckOutcome =
  | { kind: 'pending'; unknownWord?: UnknownWord }
  /** `paidAt` is the provider's clock: for display only. */
  | { kind: 'paid'; paidTiyin: Tiyin; paidAt?: number }
  /** Over at the provider, unpaid as far as it knows. It may still turn into `paid`. */
  | { kind: 'closed'; as: 'expired' | 'cancelled' | 'failed' }
  | Problem;

export type CancelOutcome = { kind: 'cancelled' } | Problem;

/** A fact about our account at the provider, for the owner: `balance`, `subscription_until`, `card` … */
export interface HealthFact {
  name:
    | 'shop_name'
    | 'balance'
    | 'total_count'
    | 'total_amount'
    | 'shop_status'
    | 'monthly_fee'
    | 'tariff'
    | 'subscription_until'
    | 'payments_used'
    | 'payments_max'
    | 'card';
  value: string;
  amountTiyin?: Tiyin;
}

export type HealthOutcome = { kind: 'health'; facts: HealthFact[]; problems: Problem[] } | Problem;

export type ReceiptOutcome = { kind: 'receipt'; url: string } | { kind: 'none' } | Problem;

/**
 * How urgent a call is where calls are rationed: what a provider reported as paid first, then creating an order, then
 * what a person waits for, then polling, then a look at what was paid long ago.
 */
export type Priority = 'report' | 'create' | 'prompt' | 'poll' | 'rare';

/**
 * Asks for one request to a provider whose requests are rationed; only a granted one may be sent. `userId`: whose share it
 * counts to; nobody's where it is left out.
 */
export type SpendRequest = (request: {
  priority: Priority;
  userId?: number;
}) => Promise<{ kind: 'granted' } | (Problem & { code: 'budget_spent' | 'share_spent' })>;

/** Every `everyMs` until the order is `untilMs` old; the last step's `untilMs` is Infinity. */
export interface PollStep {
  everyMs: number;
  untilMs: number;
}

export interface RequestBudget {
  requests: number;
  perMs: number;
}

/** Where a provider reports payments, and what it wants to hear. The body is a hint, never evidence. */
interface ProviderWebhook {
  /** `order`: `/webhooks/<id>/:order/:token`. `shop`: one address, `/webhooks/<id>/:secret`. */
  address: 'order' | 'shop';
  answer: { contentType: 'text/plain' | 'application/json'; body: string };
  /** Whether a body claims that somebody paid: believed in nothing, it makes an owner look where we can't ask. */
  saysPaid: (body: unknown) => boolean;
  /** For `shop`: our order code named in the body, or null. */
  orderCode?(body: unknown): string | null;
}

export interface Provider {
  id: ProviderId;
  /** The name people know it by. The same in every language. */
  title: string;
  limits: { minTiyin: Tiyin; maxTiyin: Tiyin };
  /** Present where the payer may choose how to pay. */
  methods?: readonly PayMethod[];
  /** Present where we must pick a sum that no other live order on the card has. */
  uniqueSums?: { cards: readonly PayCard[] };
  /** The cards people transfer to where the provider picks the sum itself. */
  transferCards?: readonly PayCard[];
  /** How long an order lives unless the provider's answer says otherwise. */
  ttlMs: number;
  schedule: readonly PollStep[];
  /**
   * Where a payment can be reversed after it succeeded: when a credited order is looked at again, in milliseconds since
   * the credit, ascending. Elsewhere only a webhook or a person asks again.
   */
  looksAfterPaid?: readonly number[];
  /** How many calls at once. */
  concurrency: number;
  /** A person's or webhook's check of one order is answered by the last result when it is younger than this. */
  minCheckIntervalMs: number;
  /** How long polling rests after a 429 that names no time. */
  rateLimitPauseMs: number;
  budget?: RequestBudget;
  webhook?: ProviderWebhook;
  create(request: CreateRequest): Promise<CreateOutcome>;
  check(order: OrderRef, priority: Priority, heard?: Heard): Promise<CheckOutcome>;
  cancel?(order: OrderRef): Promise<CancelOutcome>;
  health?(): Promise<HealthOutcome>;
  receipt?(order: OrderRef): Promise<ReceiptOutcome>;
}

/** All cards that people transfer to when they pay through it: none where they pay on a page. */
export function cardsOf({ uniqueSums, transferCards }: Provider): readonly PayCard[] {
  return uniqueSums?.cards ?? transferCards ?? [];
}

/** When an order of this age is next due, by the provider's schedule. */
export function nextPollDelayMs(schedule: readonly PollStep[], ageMs: number): number {
  const step = schedule.find((each) => ageMs < each.untilMs) ?? schedule.at(-1);
  if (!step) throw new Error('a poll schedule needs at least one step');
  return step.everyMs;
}
