/** Asking a provider about one order, and what follows from its answer. */
import { and, eq, inArray, isNull, lte, or, type SQL } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { topups } from '../db/tables.ts';
import type { TopupDeps } from './deps.ts';
import { CLOSED_AT_PROVIDER, endTopup } from './end.ts';
import {
  type CheckOutcome,
  nextPollDelayMs,
  type OrderRef,
  type Priority,
  type Problem,
  PROBLEMS,
  type Provider,
} from './provider.ts';
import { keepAnswer } from './answers.ts';
import { noteAnswer, noteProblem } from './provider-state.ts';
import { settle } from './settle.ts';
import { noteUnknownWord, noteUnreadable } from './unread.ts';
import { noteSecondPayment } from './second.ts';
import { type Cause, isSettled, type Topup } from './topup.ts';

/** Longer than a cancel and a check with their time limits, so that nobody asks about an order twice at once. */
export const CHECK_LEASE_MS = 60_000;

/** An order at the provider that could not be called off is left to run out by itself after this. */
const CANCEL_TRIED_FOR_MS = 10 * 60_000;

/** When a fiscal receipt is asked for again, by the time since payment; then no more. */
const RECEIPT_TRIES_MS = [60_000, 10 * 60_000, 60 * 60_000];

export interface CheckRequest {
  provider: Provider;
  /** Claimed by the caller: its lease is held. */
  topup: Topup;
  priority: Exclude<Priority, 'create'>;
  cause: Cause;
  /** Look once more at an order that is settled: it may have been paid twice. By default after a webhook. */
  again?: boolean;
}

export type CheckResult = { kind: 'answered' } | Problem;

/** Asks, and writes down everything that follows, freeing the lease. */
export async function checkTopup(deps: TopupDeps, request: CheckRequest): Promise<CheckResult> {
  const { provider, topup } = request;
  const order = refOf(topup);
  if (!order) throw new Error(`order ${topup.id} was never opened at ${provider.id}`);
  const settled = isSettled(topup.state);
  if (settled && !(request.again ?? topup.urgency === 0)) {
    return await askReceipt(deps, request, order);
  }
  if (topup.cancelWanted) await tellCancelled(deps, request, order);
  const heard = { body: null as string | null };
  const outcome = await deps.calls.run(provider, 'check', () =>
    provider.check(order, request.priority, (body) => {
      heard.body = body;
    }),
  );
  await deps.write(async (tx) => {
    await keep(deps, tx, topup, heard.body);
    if (settled) await applyAgain(deps, tx, { ...request, outcome });
    else await apply(deps, tx, { ...request, outcome });
  });
  return outcome.kind === 'problem' ? outcome : { kind: 'answered' };
}

async function keep(deps: TopupDeps, tx: Tx, topup: Topup, body: string | null): Promise<void> {
  if (body === null) return;
  const { provider, id: subject } = topup;
  await keepAnswer(tx, deps.answers, { provider, subject, body, at: deps.clock.now() });
}

function refOf(topup: Topup): OrderRef | null {
  if (topup.providerOrder === null) return null;
  const { orderCode, providerOrder, amountTiyin } = topup;
  return { orderCode, providerOrder, amountTiyin };
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
  { provider, topup, cause, outcome }: CheckRequest & { outcome: CheckOutcome },
): Promise<void> {
  const at = deps.clock.now();
  if (outcome.kind === 'problem') {
    await noteTrouble(deps, tx, { provider, topup, cause, problem: outcome });
    const dueAt = nextLook(deps, { provider, topup, at, problem: outcome });
    await lookAgain(tx, { topup, at, problem: outcome, dueAt, urgency: 1 });
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
    if (kind !== 'settled_before') tx.afterCommit(() => deps.metrics.topup(provider.id, kind));
    return;
  }
  if (outcome.kind === 'closed') await close(deps, tx, { topup, as: outcome.as, cause, at });
  if (outcome.kind === 'pending' && outcome.unknownWord) {
    await noteUnknownWord(deps, tx, { topup, cause, at, unknownWord: outcome.unknownWord });
  }
  const dueAt = nextLook(deps, { provider, topup, at });
  await lookAgain(tx, { topup, at, dueAt, urgency: 1 });
}

/** About an order whose payment was settled: nothing but more money can follow. */
async function applyAgain(
  deps: TopupDeps,
  tx: Tx,
  { provider, topup, outcome }: CheckRequest & { outcome: CheckOutcome },
): Promise<void> {
  const at = deps.clock.now();
  if (outcome.kind === 'problem') {
    if (PROBLEMS[outcome.code].backOff)
      await noteProblem(deps, tx, { provider, problem: outcome, at });
    // What a report asked for is not forgotten because the provider was away.
    const retry = PROBLEMS[outcome.code].backOff || outcome.code === 'budget_spent';
    const dueAt = retry ? nextLook(deps, { provider, topup, at, problem: outcome }) : null;
    const next = dueAt ?? nextReceiptAt(provider, topup, at);
    await lookAgain(tx, {
      topup,
      at,
      problem: outcome,
      dueAt: next,
      urgency: dueAt === null ? 1 : 0,
    });
    return;
  }
  await noteAnswer(tx, provider.id, at);
  if (outcome.kind === 'paid') {
    await noteSecondPayment(deps, tx, { topupId: topup.id, paidTiyin: outcome.paidTiyin, at });
  }
  await lookAgain(tx, { topup, at, dueAt: nextReceiptAt(provider, topup, at), urgency: 1 });
}

/** A payment that can't be read is an answer; a problem of one order that is over is nobody's any more. */
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

/** Over for the payer. It is still looked at: `expired` and `failed` have turned into paid before. */
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

/** Frees the lease and sets the next look, unless a webhook or a tap asked for one meanwhile. */
async function lookAgain(
  tx: Tx,
  {
    topup,
    at,
    problem,
    dueAt,
    urgency,
  }: { topup: Topup; at: number; problem?: Problem; dueAt: number | null; urgency: 0 | 1 },
): Promise<void> {
  const noted = { checkedAt: at, checks: topup.checks + 1, lastProblem: problem?.code ?? null };
  const untouched = await tx
    .update(topups)
    .set({ ...noted, dueAt, urgency, leaseUntil: 0 })
    .where(and(heldByNobodyElse(topup), dueAsClaimed(topup)))
    .returning({ id: topups.id });
  if (untouched.length > 0) return;
  await tx
    .update(topups)
    .set({ ...noted, leaseUntil: 0 })
    .where(heldByNobodyElse(topup));
}

/** Its lease ran out and somebody else asks now: what follows is theirs to write. */
function heldByNobodyElse({ id, leaseUntil }: Topup): SQL | undefined {
  return and(eq(topups.id, id), inArray(topups.leaseUntil, [leaseUntil, 0]));
}

function dueAsClaimed(topup: Topup): SQL | undefined {
  const due = topup.dueAt === null ? isNull(topups.dueAt) : eq(topups.dueAt, topup.dueAt);
  return and(due, eq(topups.urgency, topup.urgency));
}

/** Null: never again, the order ended too long ago, and there was an answer since. */
function nextLook(
  deps: TopupDeps,
  {
    provider,
    topup,
    at,
    problem,
  }: { provider: Provider; topup: Topup; at: number; problem?: Problem | undefined },
): number | null {
  // Who paid in time and could not be seen then must not lose by it: an answer is waited for, as long again.
  const watchedMs = deps.config.latePaymentMs * (problem ? 2 : 1);
  if (topup.endedAt !== null && at > topup.endedAt + watchedMs) return null;
  // Nothing was asked: it stays due, and counts as left over.
  if (problem?.code === 'budget_spent') return topup.dueAt ?? at;
  return at + nextPollDelayMs(provider.schedule, at - topup.createdAt);
}

async function askReceipt(
  deps: TopupDeps,
  { provider, topup }: CheckRequest,
  order: OrderRef,
): Promise<CheckResult> {
  const outcome = await deps.calls.run(
    provider,
    'receipt',
    async () => (await provider.receipt?.(order)) ?? { kind: 'none' as const },
  );
  const at = deps.clock.now();
  const found = outcome.kind === 'receipt';
  await deps.db.tx(async (tx) => {
    await tx
      .update(topups)
      .set({
        leaseUntil: 0,
        dueAt: found ? null : nextReceiptAt(provider, topup, at),
        ...(found ? { receiptUrl: outcome.url } : {}),
      })
      .where(heldByNobodyElse(topup));
  });
  return outcome.kind === 'problem' ? outcome : { kind: 'answered' };
}

/** Null: there is a receipt, there will be none, or it was asked for often enough. */
function nextReceiptAt(provider: Provider, topup: Topup, at: number): number | null {
  if (topup.state !== 'paid' || !provider.receipt || topup.receiptUrl !== null) return null;
  const age = at - (topup.paidAt ?? at);
  const next = RECEIPT_TRIES_MS.find((each) => each > age + 1000);
  return next === undefined ? null : (topup.paidAt ?? at) + next;
}

/** Takes the order's lease if nobody has it and it was not asked about after `checkedBefore`. */
export async function claimOne(
  deps: TopupDeps,
  { id, checkedBefore }: { id: string; checkedBefore: number },
): Promise<Topup | null> {
  const at = deps.clock.now();
  return await deps.db.tx(async (tx) => {
    const [row] = await tx
      .update(topups)
      .set({ leaseUntil: at + CHECK_LEASE_MS, holder: deps.holder ?? null })
      .where(
        and(
          eq(topups.id, id),
          lte(topups.leaseUntil, at),
          or(isNull(topups.checkedAt), lte(topups.checkedAt, checkedBefore)),
        ),
      )
      .returning();
    return (row as Topup | undefined) ?? null;
  });
}
