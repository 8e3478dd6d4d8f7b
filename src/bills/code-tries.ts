/** Codes by SMS for bills from a user's card: how often one may be tried, and how often another one asked for. */
import { eq } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { bills } from '../db/tables.ts';
import type { Bill } from './bill.ts';
import type { BillDeps, StepLease } from './deps.ts';
import { transitionBill } from './transitions.ts';
import type { PaylovProblemCode } from './paylov/errors.ts';
import { settleFailed } from './settle.ts';

/** After so many wrong entries a code is no longer accepted. */
export const MAX_TRIES = 3;
/** So many further codes may be asked for one bill, after the first. */
export const MAX_NEW_CODES = 3;
/** A bill whose code is not entered for so long is given up. */
export const CODE_LIFE_MS = 15 * 60_000;

/**
 * The code was refused, so nothing was paid: it may be entered again, or another one asked for; when both are used
 * up the bill fails. Null when the bill is not being paid any more.
 */
export async function noteCodeRefused(
  deps: BillDeps,
  tx: Tx,
  refusal: { bill: Bill; code: PaylovProblemCode; at: number; tryCounts?: boolean },
): Promise<Bill | null> {
  const { bill, code, at, tryCounts = true } = refusal;
  const tries = tryCounts ? bill.otpTries : bill.otpTries - 1;
  const spent = code === 'otp_expired' || code === 'too_many_attempts' || tries >= MAX_TRIES;
  if (spent && bill.newCodes >= MAX_NEW_CODES) {
    const failure = { bill, transition: 'refused', reason: code, cause: 'system', at } as const;
    return await settleFailed(deps, tx, failure);
  }
  return await transitionBill(tx, {
    id: bill.id,
    transition: 'codeRefused',
    ...(bill.transactionId === null ? {} : { transactionId: bill.transactionId }),
    cause: 'system',
    at,
    set: {
      reason: code,
      otpTries: spent ? MAX_TRIES : tries,
      unknownSince: null,
      dueAt: at + CODE_LIFE_MS,
    },
    note: code,
  });
}

/** Begins a try. Null when the code's tries are used up, the bill waits for no code, or somebody else was quicker. */
export async function beginTry(
  tx: Tx,
  { bill, at, lease }: { bill: Bill; at: number; lease: StepLease },
): Promise<Bill | null> {
  if (bill.otpTries >= MAX_TRIES || bill.transactionId === null) return null;
  return await transitionBill(tx, {
    id: bill.id,
    transition: 'payBegunWithCode',
    transactionId: bill.transactionId,
    cause: 'user',
    at,
    where: eq(bills.otpTries, bill.otpTries),
    set: { otpTries: bill.otpTries + 1, reason: null, dueAt: null, ...lease },
  });
}

/**
 * Begins another transaction with another code; the old one is never paid. Null as above, or when there are no more.
 */
export async function beginNewCode(
  tx: Tx,
  { bill, at, lease }: { bill: Bill; at: number; lease: StepLease },
): Promise<Bill | null> {
  if (bill.newCodes >= MAX_NEW_CODES || bill.transactionId === null) return null;
  return await transitionBill(tx, {
    id: bill.id,
    transition: 'codeAskedAgain',
    transactionId: bill.transactionId,
    cause: 'user',
    at,
    set: {
      transactionId: null,
      newCodes: bill.newCodes + 1,
      otpPhone: null,
      reason: null,
      dueAt: null,
      ...lease,
    },
  });
}
