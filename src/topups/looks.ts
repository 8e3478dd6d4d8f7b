/** When an order is looked at next because of what was reported about it, or after it was paid; and how that is written. */
import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { topups } from '../db/tables.ts';
import {
  type Problem,
  type ProblemCode,
  PROBLEMS,
  type Provider,
  wasNotAsked,
} from './provider.ts';
import { isSettled, type Topup } from './topup.ts';
import { ownTurn, REPORTED, stretched } from './turns.ts';

/**
 * After a report whose payment the status call does not confirm yet: systems send their webhook a moment before their
 * own status knows of it.
 */
const REPORT_LOOKS_MS = [5_000, 20_000, 60_000];

/** A report of a payment that the status call still denies after so long is more than a slow system. */
export const CONFIRM_WITHIN_MS = 5 * 60_000;

/** A report that nobody could ask about is asked about again after as long as it has waited, at least this, for a day. */
const UNHEARD_AFTER_MS = 30_000;
const UNHEARD_FOR_MS = 24 * 60 * 60_000;

/** When a fiscal receipt is asked for again, by the time since payment; then no more. */
const RECEIPT_TRIES_MS = [60_000, 10 * 60_000, 60 * 60_000];

/** A look after payment that had no answer is made up for after this, within a day of the last one. */
const POSTPONED_MS = 10 * 60_000;
const POSTPONED_FOR_MS = 24 * 60 * 60_000;

export interface NextLook {
  /** Milliseconds since 1970; null: none. */
  dueAt: number | null;
  /** A report waits for this look, so it comes before polling. */
  reported: boolean;
}

/** What an order's schedule says, or what was reported about it, whichever comes first. */
export function withReports(
  topup: Topup,
  { scheduledAt, at, problem }: { scheduledAt: number | null; at: number; problem?: Problem },
): NextLook {
  const reportAt = reportLook(topup, at);
  if (problem && isPassing(problem.code) && topup.urgency === REPORTED) {
    // Nothing was asked, so the order stays due as it is.
    const unheardAt = wasNotAsked(problem.code) ? null : (reportAt ?? unheardLook(topup, at));
    return { dueAt: earlier(scheduledAt, unheardAt), reported: true };
  }
  const reported = reportAt !== null && comesFirst(topup);
  return { dueAt: earlier(scheduledAt, reportAt), reported };
}

/**
 * Whether a report puts this order before others. One that ended unpaid, and that nobody called paid, waits for its
 * turn: somebody who opens and cancels orders can bring about as many reports as they like.
 */
function comesFirst({ state, reportedPaidAt }: Pick<Topup, 'state' | 'reportedPaidAt'>): boolean {
  return state === 'waiting' || isSettled(state) || reportedPaidAt !== null;
}

function reportLook(topup: Topup, at: number): number | null {
  const { reportedAt, reportedPaidAt, state } = topup;
  const looks = reportedAt === null ? [] : REPORT_LOOKS_MS.map((each) => reportedAt + each);
  if (reportedPaidAt !== null && !isSettled(state)) looks.push(reportedPaidAt + CONFIRM_WITHIN_MS);
  return looks.find((each) => each > at) ?? null;
}

/**
 * When an order is asked about again whose provider was away: its report is not forgotten, and spends no budget
 * meanwhile.
 */
function unheardLook({ reportedAt }: Topup, at: number): number | null {
  if (reportedAt === null || at > reportedAt + UNHEARD_FOR_MS) return null;
  return at + Math.max(at - reportedAt, UNHEARD_AFTER_MS);
}

/** True for a problem that says nothing about the order: the same question may be answered later. */
export function isPassing(code: ProblemCode): boolean {
  return PROBLEMS[code].backOff || wasNotAsked(code);
}

/** What is asked about a paid order next, a receipt or whether the payment still stands; null is nothing more. */
export function nextAfterPaid(
  provider: Provider,
  topup: Pick<Topup, 'state' | 'paidAt' | 'receiptUrl'>,
  at: number,
): number | null {
  if (topup.state !== 'paid' || topup.paidAt === null) return null;
  const { paidAt } = topup;
  const forReceipt = provider.receipt && topup.receiptUrl === null ? RECEIPT_TRIES_MS : [];
  // A second is added, because the look at hand may be a little late.
  const receipt = forReceipt.find((each) => paidAt + each > at + 1000);
  const again = provider.looksAfterPaid?.find((each) => paidAt + each > at);
  const next = Math.min(receipt ?? Infinity, again ?? Infinity);
  return next === Infinity ? null : paidAt + next;
}

/** Is it time to see whether a paid order's payment still stands? */
export function isLookAfterPaidDue(provider: Provider, topup: Topup, at: number): boolean {
  const { state, paidAt, checkedAt } = topup;
  if (state !== 'paid' || paidAt === null) return false;
  const last = provider.looksAfterPaid?.findLast((each) => paidAt + each <= at);
  if (last === undefined) return false;
  const problem = topup.lastProblem;
  return (checkedAt ?? 0) < paidAt + last || (problem !== null && isPassing(problem));
}

/** When a look that had no answer is made again. */
export function postponedLook(provider: Provider, topup: Topup, at: number): number | null {
  const last = provider.looksAfterPaid?.at(-1) ?? 0;
  const tooLate = at > (topup.paidAt ?? 0) + last + POSTPONED_FOR_MS;
  return tooLate ? nextAfterPaid(provider, topup, at) : at + POSTPONED_MS;
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

/** Frees the lease and sets the next look, unless a webhook or a tap asked for one meanwhile. */
export async function lookAgain(
  tx: Tx,
  topup: Topup,
  { at, problem, ...look }: NextLook & { at: number; problem?: Problem },
): Promise<void> {
  const urgency = look.reported && look.dueAt !== null ? REPORTED : ownTurn;
  const isWatched = topup.endedAt !== null && !isSettled(topup.state);
  const dueAt =
    look.dueAt !== null && isWatched && urgency !== REPORTED
      ? await stretched(tx, topup, { dueAt: look.dueAt, at })
      : look.dueAt;
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

/** True in SQL while nobody else asks about the order. If the lease ran out and another asks now, the result is theirs to write. */
export function heldByNobodyElse({ id, leaseUntil }: Topup): SQL | undefined {
  return and(eq(topups.id, id), inArray(topups.leaseUntil, [leaseUntil, 0]));
}

function dueAsClaimed(topup: Topup): SQL | undefined {
  const due = topup.dueAt === null ? isNull(topups.dueAt) : eq(topups.dueAt, topup.dueAt);
  return and(due, eq(topups.urgency, topup.urgency));
}
