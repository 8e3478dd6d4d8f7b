/** Asking a provider for an order that was written down, and what follows from its answer. */
import { and, eq, sql } from 'drizzle-orm';
import { prepared, type Tx } from '../db/database.ts';
import { topups } from '../db/tables.ts';
import { randomCode } from '../core/deps.ts';
import { type Tiyin, TIYIN_PER_SOM } from '../core/money.ts';
import type { QuotaSpent } from '../quotas/quotas.ts';
import type { TopupDeps } from './deps.ts';
import { openTopup, transitionTopup, topupById } from './transitions.ts';
import {
  cardsOf,
  type Created,
  type CreateOutcome,
  nextPollDelayMs,
  type Problem,
  type ProblemCode,
  type Provider,
} from './provider.ts';
import { noteOpened, noteProblem } from './provider-state.ts';
import { tellIfReported } from './reported.ts';
import { claimSum, releaseSum, type ReservedSum, reserveSum, restSum } from './sums.ts';
import type { Topup } from './topup.ts';
import type { CreateTopupOutcome } from './topups.ts';

const CODE_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const CODE_LENGTH = 24;

/** RasmiyPay refuses a sum that is in use there, and we one of Payfer's: so many others are tried, within this time. */
const MAX_TRIES = 10;
const TRYING_MS = 45_000;

/** How long opening may take before it counts as interrupted; longer than all time limits together. */
export const OPENING_LEASE_MS = 3 * 60_000;

/** The order may exist at the provider although nobody got its answer. */
const MAYBE_CREATED: ReadonlySet<ProblemCode> = new Set([
  'timeout',
  'network',
  'server_error',
  'bad_answer',
]);

export function newOrderCode({ random }: TopupDeps): string {
  return randomCode(random, { length: CODE_LENGTH, alphabet: CODE_ALPHABET });
}

/** The sum to ask the provider for, reserved where we choose it; null when none is free, or why the person gets none. */
export async function pickSum(
  deps: TopupDeps,
  tx: Tx,
  order: { provider: Provider; id: string; userId: number; baseTiyin: Tiyin; at: number },
): Promise<ReservedSum | Pick<Topup, 'amountTiyin' | 'cardKey' | 'cardHash'> | QuotaSpent | null> {
  const { provider, id: topupId, userId, baseTiyin, at } = order;
  if (!provider.uniqueSums) return { amountTiyin: baseTiyin, cardKey: null, cardHash: null };
  const { cards } = provider.uniqueSums;
  return await reserveSum(deps, tx, { cards, baseTiyin, topupId, userId, at });
}

/** Another order has this sum, or the sum still rests. */
interface SumTaken {
  kind: 'sum_taken';
}

/** An order that is to be opened. */
export interface WrittenTopup {
  topup: Topup;
  /** The payer's phone, as they gave it. */
  phone: string | null;
}

export async function openAtProvider(
  deps: TopupDeps,
  provider: Provider,
  { topup: written, phone }: WrittenTopup,
): Promise<CreateTopupOutcome> {
  let topup = written;
  for (let tries = 1; ; tries += 1) {
    const outcome = await ask(deps, provider, { topup, phone });
    const ended =
      outcome.kind === 'sum_taken'
        ? outcome
        : await noteOutcome(deps, { provider, topup, outcome });
    if (ended.kind !== 'sum_taken') return ended;
    const last = tries >= MAX_TRIES || deps.clock.now() > written.createdAt + TRYING_MS;
    const next = last ? null : await deps.db.tx((tx) => pickAnother(deps, tx, provider, topup));
    if (!next) return await giveUp(deps, topup);
    topup = next;
  }
}

async function ask(
  deps: TopupDeps,
  provider: Provider,
  { topup, phone }: WrittenTopup,
): Promise<CreateOutcome> {
  const webhookUrl = deps.webhookUrl(provider, topup.id);
  return await deps.calls.run(provider, 'create', () =>
    provider.create({
      orderId: topup.id,
      orderCode: topup.orderCode,
      amountTiyin: topup.amountTiyin,
      userId: topup.userId,
      description: `Tolov ${topup.id}`,
      ...(topup.method === null ? {} : { method: topup.method }),
      ...(topup.cardKey === null ? {} : { cardKey: topup.cardKey }),
      ...(webhookUrl === undefined ? {} : { webhookUrl }),
      ...(phone === null ? {} : { phone }),
    }),
  );
}

/**
 * Takes another sum because this one is in use: the old one rests, and the order gets a code that the provider has not
 * seen. Null when none is free, or the order was given up meanwhile.
 */
async function pickAnother(
  deps: TopupDeps,
  tx: Tx,
  provider: Provider,
  topup: Topup,
): Promise<Topup | null> {
  const at = deps.clock.now();
  const { id, userId, baseTiyin } = topup;
  await restSum(deps, tx, { id, at, providerEndsAt: at + provider.ttlMs });
  const sum = await pickSum(deps, tx, { provider, id, userId, baseTiyin, at });
  if (sum === null || 'kind' in sum) return null;
  const [row] = await tx
    .update(topups)
    .set({ ...sum, orderCode: newOrderCode(deps) })
    .where(and(eq(topups.id, id), eq(topups.state, 'creating')))
    .returning();
  return row ?? null;
}

async function giveUp(deps: TopupDeps, topup: Topup): Promise<CreateTopupOutcome> {
  const at = deps.clock.now();
  await deps.write(async (tx) => {
    await fail(deps, tx, { topup, reason: 'busy', at, maybeThereUntil: null });
  });
  deps.metrics.topup(topup.provider, 'busy');
  return { kind: 'busy' };
}

/** How opening ends once the provider was asked. */
type Ended = Extract<CreateTopupOutcome, { kind: 'created' | 'failed' }>;

async function noteOutcome(
  deps: TopupDeps,
  asked: { provider: Provider; topup: Topup; outcome: Created | Problem },
): Promise<CreateTopupOutcome | SumTaken> {
  const { provider, topup } = asked;
  const ended = await deps.write(async (tx): Promise<Ended | SumTaken> => {
    const outcome = await believable(tx, asked);
    if (outcome.kind === 'created') return await opened(deps, tx, { provider, topup, outcome });
    return await notOpened(deps, tx, { provider, topup, problem: outcome });
  });
  if (ended.kind === 'sum_taken') {
    deps.log.warn({ event: 'sum_taken', order: topup.id, provider: provider.id }, 'asked again');
    return ended;
  }
  deps.metrics.topup(provider.id, ended.kind);
  deps.log.info({ event: 'topup_opened', order: topup.id, outcome: ended.kind }, 'top-up');
  return ended;
}

/** How far a provider's sum may be from the one asked for: Payfer adds a tail to make it unique. */
const LARGEST_TAIL_TIYIN = 10_000 * TIYIN_PER_SOM;

const byProviderOrder = prepared((q) =>
  q
    .select({ id: topups.id })
    .from(topups)
    .where(
      and(
        eq(topups.provider, sql.placeholder('provider')),
        eq(topups.providerOrder, sql.placeholder('providerOrder')),
      ),
    ),
);

/** What of the answer must not be believed: another sum than was asked for, or an order that somebody else has. */
async function believable(
  tx: Tx,
  { provider, topup, outcome }: { provider: Provider; topup: Topup; outcome: Created | Problem },
): Promise<Created | Problem> {
  if (outcome.kind === 'problem') return outcome;
  const tail = Math.abs(outcome.amountTiyin - topup.amountTiyin);
  if (provider.uniqueSums ? tail !== 0 : tail > LARGEST_TAIL_TIYIN) {
    return { kind: 'problem', code: 'bad_answer', detail: 'another sum than was asked for' };
  }
  const [other] = await byProviderOrder(tx).execute({
    provider: provider.id,
    providerOrder: outcome.providerOrder,
  });
  if (!other) return outcome;
  return { kind: 'problem', code: 'bad_answer', detail: `the order number of ${other.id} again` };
}

/**
 * The answer may name another card than the settings: sums are kept apart on that card all the same, but its owner
 * should know.
 */
function warnOfOtherCard(deps: TopupDeps, provider: Provider, { card }: Created): void {
  if (!card || cardsOf(provider).some(({ number }) => number === card.number)) return;
  const facts = { event: 'another_card', provider: provider.id, lastFour: card.number.slice(-4) };
  deps.log.warn(facts, 'people are to pay to a card that the settings do not name');
}

/** Makes the sum this order's on the card that the answer names. False when another order has it. */
async function secureSum(
  deps: TopupDeps,
  tx: Tx,
  claim: { topup: Topup; cardHash: string | null; amountTiyin: Tiyin; ends: End },
): Promise<boolean> {
  const { topup, cardHash, amountTiyin, ends } = claim;
  // Where we choose the sum, it was reserved before the provider was asked.
  if (cardHash === null || cardHash === topup.cardHash) return true;
  const { id: topupId, userId } = topup;
  return await claimSum(deps, tx, { cardHash, amountTiyin, topupId, userId, ...ends });
}

interface End {
  at: number;
  providerEndsAt: number;
}

async function opened(
  deps: TopupDeps,
  tx: Tx,
  { provider, topup, outcome }: { provider: Provider; topup: Topup; outcome: Created },
): Promise<Ended | SumTaken> {
  const at = deps.clock.now();
  const { amountTiyin, card } = outcome;
  const cardHash = card ? deps.hashCard(card.number) : topup.cardHash;
  const providerEndsAt = outcome.expiresAt ?? at + provider.ttlMs;
  const ends = { at, providerEndsAt };
  if (!(await secureSum(deps, tx, { topup, cardHash, amountTiyin, ends }))) {
    return { kind: 'sum_taken' };
  }
  const waiting = await openTopup(tx, {
    id: topup.id,
    at,
    set: {
      amountTiyin,
      cardHash,
      providerEndsAt,
      providerOrder: outcome.providerOrder,
      payUrl: outcome.payUrl ?? null,
      cardNumber: card?.number ?? null,
      cardHolder: card?.holder ?? null,
      expiresAt: outcome.expiresAt ?? at + (deps.config.ttlMs ?? provider.ttlMs),
      dueAt: at + nextPollDelayMs(provider.schedule, 0),
      leaseUntil: 0,
    },
    ...paymentNote(outcome),
  });
  await noteOpened(deps, tx, { provider: provider.id, at });
  tx.afterCommit(() => warnOfOtherCard(deps, provider, outcome));
  if (waiting) return { kind: 'created', topup: waiting };
  // The provider took so long that the order was given up meanwhile. Nobody has seen how to pay it, but it is there at
  // the provider.
  await restSum(deps, tx, { id: topup.id, ...ends });
  return { kind: 'failed', topup: (await topupById(tx, topup.id)) ?? topup, problem: 'timeout' };
}

/** For the history, where the staff find it: only digits, whatever else was answered. */
function paymentNote({ paymentNumber }: Created): { note?: string } {
  const isNumber = paymentNumber !== undefined && /^\d{1,20}$/.test(paymentNumber);
  return isNumber ? { note: `payment ${paymentNumber}` } : {};
}

async function notOpened(
  deps: TopupDeps,
  tx: Tx,
  { provider, topup, problem }: { provider: Provider; topup: Topup; problem: Problem },
): Promise<Ended> {
  const at = deps.clock.now();
  // An order nobody saw may still live at the provider, and would take the next payer's money for its own.
  const maybeThereUntil = MAYBE_CREATED.has(problem.code) ? at + provider.ttlMs : null;
  const failed = await fail(deps, tx, { topup, reason: problem.code, at, maybeThereUntil });
  await noteProblem(deps, tx, { provider, problem, at });
  return { kind: 'failed', topup: failed ?? topup, problem: problem.code };
}

async function fail(
  deps: TopupDeps,
  tx: Tx,
  {
    topup,
    reason,
    at,
    maybeThereUntil,
  }: {
    topup: Topup;
    reason: Exclude<Topup['reason'], null>;
    at: number;
    maybeThereUntil: number | null;
  },
): Promise<Topup | null> {
  const { id } = topup;
  const failed = await transitionTopup(tx, {
    id,
    transition: 'notOpened',
    cause: 'system',
    at,
    set: { reason, endedAt: at, leaseUntil: 0, providerEndsAt: maybeThereUntil },
    note: reason,
  });
  if (!failed) return null;
  if (maybeThereUntil === null) await releaseSum(tx, { topupId: id, freeAt: at });
  else await restSum(deps, tx, { id, at, providerEndsAt: maybeThereUntil });
  await tellIfReported(deps, tx, failed, at);
  return failed;
}
