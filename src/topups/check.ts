/** Asking a provider about one order, and what follows from its answer. */
import { and, eq, gt, inArray, isNull, lte, max, or, type SQL } from 'drizzle-orm';
import { AHEAD_MS } from '../core/clock/ahead.ts';
import type { Tx } from '../db/database.ts';
import { topupHistory, topups } from '../db/tables.ts';
import { noteUse, quotaSpent, type QuotaSpent } from '../quotas/quotas.ts';
import type { TopupDeps } from './deps.ts';
import { CLOSED_AT_PROVIDER, endTopup } from './end.ts';
import {
  type CheckOutcome,
  nextPollDelayMs,
  type OrderRef,
  type Problem,
  type ProblemCode,
  PROBLEMS,
  type Provider,
  wasNotAsked,
} from './provider.ts';
import { applyAfterwards, askReceipt } from './afterwards.ts';
import { keepAnswer } from './raw-answers.ts';
import { isLookAfterPaidDue, lookAgain, withReports } from './looks.ts';
import { noteMoney } from './money-noted.ts';
import { noteAnswer, noteProblem } from './provider-state.ts';
import { tellIfDenied } from './reported.ts';
import { settle } from './settle.ts';
import { noteUnknownWord, noteUnreadable } from './unread.ts';
import type { Cause } from './states.ts';
import { ENDED_STATES, isSettled, type Topup } from './topup.ts';
import { checkLease, lease, REPORTED } from './turns.ts';
import type { CheckRequest, CheckResult } from './check-types.ts';

/** An order at the provider that could not be called off is left to run out by itself after this. */
const CANCEL_TRIED_FOR_MS = 10 * 60_000;

/** It answers, and knows of no payment. Other problems say nothing about the order, or have an alarm of their own. */
const DENIALS: ReadonlySet<ProblemCode> = new Set(['unknown_order', 'refused']);

/** How often the poller makes a round by the clock: `POLL_CRON` in milliseconds. */
const EVERY_ROUND_MS = 10_000;
/**
 * A look that ends shortly before a round counts to that round, and so does what falls due within this time before it.
 */
const BEFORE_ROUND_MS = 1000;

/** Asks, and writes down everything that follows, freeing the lease. */
export async function checkTopup(deps: TopupDeps, request: CheckRequest): Promise<CheckResult> {
  const { provider, topup } = request;
  const order = refOf(request);
  if (!order) throw new Error(`order ${topup.id} was never opened at ${provider.id}`);
  if (isSettled(topup.state)) return await askAfterwards(deps, request, order);
  if (topup.cancelWanted) await tellCancelled(deps, request, order);
  const outcome = await ask(deps, request, order, (tx, heard) =>
    apply(deps, tx, { ...request, outcome: heard }),
  );
  return outcome.kind === 'problem' ? outcome : { kind: 'answered' };
}

/**
 * Asks about an order that is settled: for its receipt alone, unless somebody or something has its payment looked at
 * again.
 */
async function askAfterwards(
  deps: TopupDeps,
  request: CheckRequest,
  order: OrderRef,
): Promise<CheckResult> {
  const { provider, topup } = request;
  const wanted = request.again ?? topup.urgency === REPORTED;
  const rare = !wanted && isLookAfterPaidDue(provider, topup, deps.clock.now());
  if (!wanted && !rare) return await askReceipt(deps, request, order);
  const asked = rare ? { ...request, priority: 'rare' as const } : request;
  const outcome = await ask(deps, asked, order, async (tx, heard) => {
    const problem = heard.kind === 'problem' ? heard : undefined;
    const retryAt = nextLook(deps, { provider, topup, at: deps.clock.now(), problem });
    await applyAfterwards(deps, tx, { ...asked, outcome: heard, retryAt });
  });
  if (outcome.kind !== 'problem') return { kind: 'answered' };
  return rare && wasNotAsked(outcome.code) ? { kind: 'postponed' } : outcome;
}

async function ask(
  deps: TopupDeps,
  { provider, topup, priority }: CheckRequest,
  order: OrderRef,
  follow: (tx: Tx, outcome: CheckOutcome) => Promise<void>,
): Promise<CheckOutcome> {
  const heard = { body: null as string | null };
  const outcome = await deps.calls.run(provider, 'check', () =>
    provider.check(order, priority, (body) => {
      heard.body = body;
    }),
  );
  await deps.write(async (tx) => {
    await keep(deps, tx, topup, heard.body);
    await follow(tx, outcome);
  });
  return outcome;
}

async function keep(deps: TopupDeps, tx: Tx, topup: Topup, body: string | null): Promise<void> {
  if (body === null) return;
  const { provider, id: subject } = topup;
  await keepAnswer(tx, deps.answers, { provider, subject, body, at: deps.clock.now() });
}

function refOf({ topup, cause }: CheckRequest): OrderRef | null {
  if (topup.providerOrder === null) return null;
  const { orderCode, providerOrder, amountTiyin, userId } = topup;
  const ref = { orderCode, providerOrder, amountTiyin };
  // What the staff asks counts to nobody's share.
  return cause === 'system' ? ref : { ...ref, userId };
}

async function tellCancelled(
  deps: TopupDeps,
  { provider, topup }: CheckRequest,
  order: OrderRef,
): Promise<void> {
  const outcome = await deps.calls.run(
    provider,
    'cancel',
    async () => (await provider.cancel?.(order)) ?? { kind: 'cancelled' as const },
  );
  const passing = outcome.kind === 'problem' && PROBLEMS[outcome.code].backOff;
  const tooLate = deps.clock.now() > (topup.endedAt ?? 0) + CANCEL_TRIED_FOR_MS;
  if (passing && !tooLate) return;
  await deps.db.tx(async (tx) => {
    await tx.update(topups).set({ cancelWanted: false }).where(eq(topups.id, topup.id));
  });
}

async function apply(
  deps: TopupDeps,
  tx: Tx,
  look: CheckRequest & { outcome: CheckOutcome },
): Promise<void> {
  const { provider, topup, cause, outcome } = look;
  const at = deps.clock.now();
  if (outcome.kind === 'problem') {
    await noteTrouble(deps, tx, { provider, topup, cause, problem: outcome });
    if (DENIALS.has(outcome.code)) await tellIfDenied(deps, tx, topup, at);
    const scheduledAt = await nextLookIn(deps, tx, { provider, topup, at, problem: outcome });
    const next = withReports(topup, { scheduledAt, at, problem: outcome });
    await lookAgain(tx, topup, { ...next, at, problem: outcome });
    return;
  }
  await noteAnswer(tx, provider.id, at);
  if (outcome.kind === 'paid') {
    const { paidTiyin } = outcome;
    const settled = await settle(deps, tx, {
      topupId: topup.id,
      provider: provider.id,
      paidTiyin,
      cause,
      at,
    });
    const { kind } = settled;
    // An owner settled it while it was being asked about.
    if (kind === 'settled_before') await applyAfterwards(deps, tx, { ...look, retryAt: null });
    else {
      const { id } = topup;
      const paid =
        kind === 'credited' && outcome.paidAt !== undefined
          ? { at: outcome.paidAt, creditedAt: at }
          : undefined;
      noteMoney(deps, tx, {
        outcome: kind,
        id,
        provider: provider.id,
        amountTiyin: paidTiyin,
        paid,
      });
    }
    return;
  }
  if (outcome.kind === 'closed') await close(deps, tx, { topup, as: outcome.as, cause, at });
  if (outcome.kind === 'pending' && outcome.unknownWord) {
    await noteUnknownWord(deps, tx, { topup, cause, at, unknownWord: outcome.unknownWord });
  }
  await tellIfDenied(deps, tx, topup, at);
  const scheduledAt = await nextLookIn(deps, tx, { provider, topup, at });
  await lookAgain(tx, topup, { ...withReports(topup, { scheduledAt, at }), at });
}

/**
 * Notes a problem. A payment that can't be read is an answer and no problem; and when the order is over, a problem of
 * that order alone matters to nobody any more.
 */
async function noteTrouble(
  deps: TopupDeps,
  tx: Tx,
  trouble: { provider: Provider; topup: Topup; cause: Cause; problem: Problem },
): Promise<void> {
  const { provider, topup, cause, problem } = trouble;
  const at = deps.clock.now();
  if (problem.code === 'unreadable_payment') {
    await noteAnswer(tx, provider.id, at);
    await noteUnreadable(deps, tx, { ...problem, topup, cause, at });
  } else if (topup.endedAt === null || PROBLEMS[problem.code].backOff) {
    await noteProblem(deps, tx, { provider, problem, at });
  }
}

/** Ends the order for its payer. It is still looked at: `expired` and `failed` have turned into paid before. */
async function close(
  deps: TopupDeps,
  tx: Tx,
  end: { topup: Topup; as: 'expired' | 'cancelled' | 'failed'; cause: Cause; at: number },
): Promise<void> {
  await endTopup(deps, tx, {
    id: end.topup.id,
    transition: CLOSED_AT_PROVIDER[end.as],
    cause: end.cause,
    at: end.at,
    cancelWanted: false,
  });
}

interface Look {
  provider: Provider;
  topup: Topup;
  at: number;
  problem?: Problem | undefined;
}

/**
 * Before an order is looked at for the last time its history is asked: a start by a clock that was behind makes orders as old as
 * that clock, which is long ago once it is right again. What the history says was written when it happened.
 */
async function nextLookIn(deps: TopupDeps, tx: Tx, look: Look): Promise<number | null> {
  const next = nextLook(deps, look);
  const { topup, at } = look;
  if (next !== null || topup.endedAt === null) return next;
  const isEnd = inArray(topupHistory.toState, [...ENDED_STATES]);
  const [step] = await tx
    .select({ at: max(topupHistory.at) })
    .from(topupHistory)
    .where(and(eq(topupHistory.topupId, topup.id), isEnd, lte(topupHistory.at, at)));
  const endedAt = Math.max(topup.endedAt, step?.at ?? 0);
  return nextLook(deps, { ...look, topup: { ...topup, endedAt } });
}

/**
 * When the order is asked about next. Null: never again, because it ended too long ago and there was an answer since.
 */
function nextLook(deps: TopupDeps, { provider, topup, at, problem }: Look): number | null {
  // Somebody who paid in time and could not be seen then must not lose by it: an answer is waited for, for as long
  // again.
  const watchedMs = deps.config.latePaymentMs * (problem ? 2 : 1);
  const isOver = topup.endedAt !== null && at > topup.endedAt + watchedMs;
  if (isOver && deps.isSure?.() !== false) return null;
  // Nothing was asked, so the order stays due and counts as left over.
  if (wasNotAsked(problem?.code)) return topup.dueAt ?? at;
  const delayMs = nextPollDelayMs(provider.schedule, at - topup.createdAt);
  return delayMs === EVERY_ROUND_MS ? nextRound(at) : at + delayMs;
}

/**
 * Just before the round after the one of `at`. Counted from the look itself, an order that is looked at late in its round would
 * miss the next. Orders keep the line they were looked at in, so that where requests are few each gets its turn.
 */
function nextRound(at: number): number {
  const since = (at + BEFORE_ROUND_MS) % EVERY_ROUND_MS;
  const place = Math.floor((since / EVERY_ROUND_MS) * BEFORE_ROUND_MS);
  return at - since + EVERY_ROUND_MS + place;
}

/**
 * Takes the order's lease if nobody has it and it was not asked about after `checkedBefore`. A person's check counts when
 * it is made; `userId` is left out for the staff.
 */
export async function claimOne(
  deps: TopupDeps,
  { id, checkedBefore, userId }: { id: string; checkedBefore: number; userId: number | undefined },
): Promise<Topup | QuotaSpent | null> {
  const at = deps.clock.now();
  const use = userId === undefined ? null : ({ userId, action: 'check_order', at } as const);
  return await deps.db.tx(async (tx) => {
    const spent = use && (await quotaSpent(tx, deps.quotas, use));
    if (spent) return spent;
    const isFree = and(eq(topups.id, id), lease.isFree(at), wasCheckedBefore(at, checkedBefore));
    const [row] = await lease.take(tx, isFree, checkLease(deps, at));
    if (row && use) await noteUse(tx, deps.quotas, use);
    return row ?? null;
  });
}

/** True of orders that were checked lately. A look that lies in the future was none, because the clock was ahead. */
function wasCheckedBefore(at: number, before: number): SQL | undefined {
  const { checkedAt } = topups;
  return or(isNull(checkedAt), lte(checkedAt, before), gt(checkedAt, at + AHEAD_MS));
}
