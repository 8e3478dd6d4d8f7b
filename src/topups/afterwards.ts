/** What is still asked about an order that is settled: its receipt, and whether its payment still is what it was. */
import type { Tx } from '../db/database.ts';
import { topups } from '../db/tables.ts';
import type { CheckRequest, CheckResult } from './check-types.ts';
import type { TopupDeps } from './deps.ts';
import {
  heldByNobodyElse,
  isPassing,
  lookAgain,
  type NextLook,
  nextAfterPaid,
  postponedLook,
  withReports,
} from './looks.ts';
import { type CheckOutcome, type OrderRef, type Problem, PROBLEMS } from './provider.ts';
import { noteAnswer, noteProblem } from './provider-state.ts';
import { noteSecondPayment } from './second.ts';
import { compareWithSettled, noteCalledPaid } from './taken-back.ts';
import { REPORTED } from './turns.ts';
import { noteUnknownAfterwards, noteUnreadable } from './unread.ts';

interface Afterwards extends CheckRequest {
  outcome: CheckOutcome;
  /** When a question that had no answer may be asked again. */
  retryAt: number | null;
}

/**
 * Applies what is said about an order whose payment was settled: more money may have come, or what came may be gone.
 */
export async function applyAfterwards(deps: TopupDeps, tx: Tx, look: Afterwards): Promise<void> {
  const { provider, topup, outcome } = look;
  const at = deps.clock.now();
  if (outcome.kind === 'problem') {
    // A problem of this order alone matters to nobody any more, because the order is settled.
    if (PROBLEMS[outcome.code].backOff) {
      await noteProblem(deps, tx, { provider, problem: outcome, at });
    }
    // There may be less than was credited, and it can't be read. An owner who vouched for it knows already, so this is
    // told once.
    if (outcome.code === 'unreadable_payment') {
      await noteUnreadable(deps, tx, { ...outcome, topup, cause: look.cause, at });
    }
    await lookAgain(tx, topup, { ...nextAfterProblem(look, outcome, at), at, problem: outcome });
    return;
  }
  await noteAnswer(tx, provider.id, at);
  await compare(deps, tx, look, at);
  const scheduledAt = nextAfterPaid(provider, topup, at);
  await lookAgain(tx, topup, { ...withReports(topup, { scheduledAt, at }), at });
}

function nextAfterProblem(
  { provider, topup, priority, retryAt }: Afterwards,
  problem: Problem,
  at: number,
): NextLook {
  const passing = isPassing(problem.code);
  if (passing && priority === 'rare') {
    return { dueAt: postponedLook(provider, topup, at), reported: false };
  }
  // A look that a report or a person asked for is not forgotten because the provider was away.
  if (passing) {
    return withReports({ ...topup, urgency: REPORTED }, { scheduledAt: retryAt, at, problem });
  }
  return withReports(topup, { scheduledAt: nextAfterPaid(provider, topup, at), at, problem });
}

async function compare(
  deps: TopupDeps,
  tx: Tx,
  { topup, cause, priority, outcome }: Afterwards,
  at: number,
): Promise<void> {
  const { id: topupId } = topup;
  if (outcome.kind === 'paid') {
    const { paidTiyin } = outcome;
    await noteCalledPaid(tx, { topupId, cause, at });
    // A look that only the schedule asked for is no new report.
    await noteSecondPayment(deps, tx, { topupId, paidTiyin, at, reported: priority !== 'rare' });
    await compareWithSettled(deps, tx, { topupId, countedTiyin: paidTiyin, cause, at });
  } else if (outcome.kind === 'closed') {
    await compareWithSettled(deps, tx, { topupId, countedTiyin: 0, as: outcome.as, cause, at });
  } else if (outcome.kind === 'pending' && outcome.unknownWord) {
    const { unknownWord } = outcome;
    await noteUnknownAfterwards(deps, tx, { topup, cause, at, unknownWord });
  }
}

/** Asks for a fiscal receipt, and writes it down, freeing the lease. */
export async function askReceipt(
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
  const receiptUrl = outcome.kind === 'receipt' ? outcome.url : topup.receiptUrl;
  const dueAt = nextAfterPaid(provider, { ...topup, receiptUrl }, at);
  await deps.db.tx(async (tx) => {
    await tx
      .update(topups)
      .set({ leaseUntil: 0, dueAt, receiptUrl })
      .where(heldByNobodyElse(topup));
  });
  return outcome.kind === 'problem' ? outcome : { kind: 'answered' };
}
