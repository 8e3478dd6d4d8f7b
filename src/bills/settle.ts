/**
 * How a bill ends. Every way to an end comes through here: the state, the entry and the message are there together
 * or not at all, once, however often and from wherever it is asked for.
 */
import { eq } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { bills } from '../db/tables.ts';
import { FEES, PAYLOV_FLOAT, userAvailable } from '../ledger/accounts.ts';
import { capture, release } from '../ledger/holds.ts';
import { entryByKey, type Line, post } from '../ledger/ledger.ts';
import type { Cause, Evidence, OwnReason } from './states.ts';
import { type Bill, holdId, totalTiyin } from './bill.ts';
import type { BillDecision } from './outcomes.ts';
import type { BillDeps } from './deps.ts';
import { type Move, transitionBill } from './transitions.ts';
import { PAYLOV_PROBLEMS, type PaylovProblemCode } from './paylov/errors.ts';
import type { PaymentNames } from './paylov/types.ts';
import { pause } from './pause.ts';

/** A bill that is unclear for so long is handed to an owner. */
export const UNKNOWN_FOR_MS = 600_000;

/** When a bill that became unknown is asked about, in milliseconds since then; after the last an owner decides. */
export const UNKNOWN_SCHEDULE_MS = [
  ...[2, 5, 10, 20, 40, 80, 160, 320].map((s) => s * 1000),
  UNKNOWN_FOR_MS,
];

interface Happened {
  cause: Cause;
  at: number;
}

interface PaidEvidence extends Happened {
  bill: Bill;
  /** Paylov's clock. */
  paidAt?: number | undefined;
  /** As Paylov named it; nothing that a status call says. */
  names?: PaymentNames;
  /** An owner says so. */
  decided?: boolean;
  note?: string;
}

/** Captures what was held. Null when the bill can't become paid any more, or is. */
export async function settlePaid(
  deps: BillDeps,
  tx: Tx,
  { bill, cause, at, ...evidence }: PaidEvidence,
): Promise<Bill | null> {
  const paid = await transitionBill(tx, {
    id: bill.id,
    transition: evidence.decided ? 'decidedPaid' : 'paid',
    ...ofTransaction(bill),
    cause,
    at,
    set: {
      paidAt: evidence.paidAt ?? at,
      ...evidence.names,
      reason: null,
      endedAt: at,
      dueAt: null,
    },
    ...(evidence.note === undefined ? {} : { note: evidence.note }),
  });
  if (!paid) return null;
  if (paid.source === 'balance') await captureHold(tx, paid, at);
  await deps.tell(tx, { kind: 'bill_paid', bill: paid, at });
  const { id, source, amountTiyin, feeTiyin } = paid;
  const facts = { event: 'bill_paid', bill: id, source, amountTiyin, feeTiyin };
  tx.afterCommit(() => deps.log.info(facts, 'bill'));
  return paid;
}

async function captureHold(tx: Tx, bill: Bill, at: number): Promise<void> {
  const to: Line[] = [{ account: PAYLOV_FLOAT, amountTiyin: bill.amountTiyin }];
  if (bill.feeTiyin > 0) to.push({ account: FEES, amountTiyin: bill.feeTiyin });
  const ended = await capture(tx, { id: holdId(bill.id), to, at });
  if (ended.kind !== 'ended') throw new Error(`bill ${bill.id} is paid and nothing was held`);
}

interface Failure extends Happened {
  bill: Bill;
  transition: 'notOpened' | 'givenUp' | 'refused' | 'decidedUnpaid';
  reason: PaylovProblemCode | OwnReason;
  hint?: 'waste_unpaid' | undefined;
  note?: string | undefined;
}

/** Gives back what was held. Only for bills that are certainly not paid. Null when it had ended, or went on. */
export async function settleFailed(
  deps: BillDeps,
  tx: Tx,
  { bill, transition, reason, cause, at, hint, note }: Failure,
): Promise<Bill | null> {
  const failed = await transitionBill(tx, {
    id: bill.id,
    transition,
    ...ofTransaction(bill),
    cause,
    at,
    set: { reason, hint: hint ?? null, endedAt: at, dueAt: null },
    note: note === undefined ? reason : `${reason}: ${note}`,
  });
  if (!failed) return null;
  if (failed.source === 'balance') {
    const ended = await release(tx, { id: holdId(failed.id), at });
    if (ended.kind !== 'ended') throw new Error(`bill ${failed.id} failed and nothing was held`);
  }
  await deps.tell(tx, { kind: 'bill_failed', bill: failed, at });
  const { id, source, amountTiyin, feeTiyin } = failed;
  const facts = { event: 'bill_failed', bill: id, source, amountTiyin, feeTiyin, reason };
  tx.afterCommit(() => deps.log.info(facts, 'bill'));
  return failed;
}

/** Binds the change to the transaction of the answer, which says nothing about the next one. */
function ofTransaction(bill: Bill): Pick<Move, 'transactionId'> {
  return bill.transactionId === null ? {} : { transactionId: bill.transactionId };
}

/**
 * Writes down that nobody knows whether it is paid: it will be asked about. Null when it is not being paid any more.
 */
export async function settleUnknown(
  deps: BillDeps,
  tx: Tx,
  { bill, cause, at, note }: Happened & { bill: Bill; note: string },
): Promise<Bill | null> {
  const unknown = await transitionBill(tx, {
    id: bill.id,
    transition: 'unclear',
    ...ofTransaction(bill),
    cause,
    at,
    set: { reason: 'unclear', unknownSince: at, dueAt: at + (UNKNOWN_SCHEDULE_MS[0] ?? 0) },
    note,
  });
  if (!unknown) return null;
  await deps.tell(tx, { kind: 'bill_unknown', bill: unknown, at });
  const facts = { event: 'bill_unknown', bill: unknown.id, note };
  tx.afterCommit(() => deps.log.warn(facts, 'bill'));
  return unknown;
}

/** Hands a bill to an owner. Null when it became clear, or was handed over before. */
export async function settleStuck(
  deps: BillDeps,
  tx: Tx,
  stuck: Happened & {
    bill: Bill;
    reason: 'other_amount' | 'unclear';
    evidence: Evidence;
    dueAt: number | null;
  },
): Promise<Bill | null> {
  const { bill, reason, evidence, dueAt, cause, at } = stuck;
  const moved = await transitionBill(tx, {
    id: bill.id,
    transition: 'handedOver',
    ...ofTransaction(bill),
    cause,
    at,
    set: {
      reason,
      evidence,
      dueAt,
      checks: bill.checks + 1,
      unknownSince: bill.unknownSince ?? at,
    },
    note: reason,
  });
  if (!moved) return null;
  await deps.tell(tx, { kind: 'bill_stuck', bill: moved, evidence, at });
  const facts = { event: 'bill_stuck', bill: moved.id, reason };
  tx.afterCommit(() => deps.log.error(facts, 'a bill needs an owner'));
  return moved;
}

/** Pauses paying from balances when a refusal at `pay` says that the operator's card can't pay. */
export async function noteCardTrouble(
  deps: BillDeps,
  tx: Tx,
  { bill, code, at }: { bill: Bill; code: PaylovProblemCode; at: number },
): Promise<void> {
  if (bill.source !== 'balance' || PAYLOV_PROBLEMS[code].concerns !== 'card') return;
  const isNew = await pause(tx, code);
  if (isNew) await deps.tell(tx, { kind: 'balance_paused', code, billId: bill.id, at });
}

/** Gives a paid bill's sum and fee back, by undoing its entry once. Null when it is not paid from a balance. */
export async function refundBill(
  deps: BillDeps,
  tx: Tx,
  { id, staffId, reason, at }: BillDecision,
): Promise<Bill | null> {
  const bill = await transitionBill(tx, {
    id,
    transition: 'refunded',
    cause: `owner:${staffId}`,
    at,
    where: eq(bills.source, 'balance'),
    note: reason,
  });
  if (!bill) return null;
  const captured = await entryByKey(tx, `${holdId(id)}:captured`);
  if (!captured) throw new Error(`bill ${id} is paid without an entry`);
  // The money goes to the balance and not back into the hold, which is over.
  const lines: Line[] = [
    { account: PAYLOV_FLOAT, amountTiyin: -bill.amountTiyin },
    { account: userAvailable(bill.userId), amountTiyin: totalTiyin(bill) },
  ];
  if (bill.feeTiyin > 0) lines.push({ account: FEES, amountTiyin: -bill.feeTiyin });
  const actor = `user:${staffId}`;
  const key = `${holdId(id)}:refunded`;
  await post(tx, { key, kind: 'bill_refund', actor, reason, reverses: captured.id, at, lines });
  await deps.tell(tx, { kind: 'bill_refunded', bill, at });
  const { amountTiyin, feeTiyin } = bill;
  const facts = { event: 'bill_refunded', bill: id, amountTiyin, feeTiyin, by: staffId };
  tx.afterCommit(() => deps.log.info(facts, 'bill'));
  return bill;
}
