/** Bills from a user's own card, while they wait for the code. */
import type { Tx } from '../db/database.ts';
import { noteUse, quotaSpent, type QuotaSpent } from '../quotas/quotas.ts';
import { type Bill, TRANSITIONS } from './bill.ts';
import type { CancelOutcome, NewCodeOutcome, Reached, SubmitCodeOutcome } from './outcomes.ts';
import { beginNewCode, beginTry, MAX_NEW_CODES, MAX_TRIES } from './code-tries.ts';
import { CODE_PATTERN } from './paylov/masks.ts';
import { beginGuess, type CardOfPerson, codesLocked, endGuess } from './code-guesses.ts';
import { type BillDeps, stepLease } from './deps.ts';
import { billById, mustFind } from './transitions.ts';
import { openTransaction, sendPay } from './pay.ts';
import type { PaylovProblemCode } from './paylov/errors.ts';
import { settleFailed } from './settle.ts';

interface OfUser {
  id: string;
  userId: number;
}

async function awaiting(
  deps: BillDeps,
  { id, userId }: OfUser,
): Promise<
  { kind: 'awaiting'; bill: Bill } | { kind: 'not_awaiting'; bill: Bill } | { kind: 'not_found' }
> {
  const bill = await billById(deps.db.read, id);
  if (bill?.userId !== userId) return { kind: 'not_found' };
  const isAwaiting = bill.state === TRANSITIONS.codeSent.to;
  return { kind: isAwaiting ? 'awaiting' : 'not_awaiting', bill };
}

/** The code is kept nowhere. */
export async function submitCode(
  deps: BillDeps,
  { code, reached, ...who }: OfUser & { code: string; reached?: Reached },
): Promise<SubmitCodeOutcome> {
  const otp = code.replace(/[\s-]/g, '');
  if (!CODE_PATTERN.test(otp)) return { kind: 'bad_code' };
  const found = await awaiting(deps, who);
  if (found.kind !== 'awaiting') return found;
  if (found.bill.otpTries >= MAX_TRIES) return codeSpent(found.bill);
  const { bill } = found;
  const paying = await deps.write((tx) => beginGuessedTry(deps, tx, bill));
  if (!paying) return { kind: 'not_awaiting', bill: await mustFind(deps.db.read, who.id) };
  if ('kind' in paying) return { ...paying, bill };
  reached?.(paying);
  return await afterTry(deps, await sendPay(deps, paying, otp));
}

/** Begins a try and counts the guess. Null: nothing was begun, and no guess counts. */
async function beginGuessedTry(
  deps: BillDeps,
  tx: Tx,
  bill: Bill,
): Promise<Bill | QuotaSpent | null> {
  const locked = await codesLocked(tx, deps, cardOf(bill));
  if (locked) return locked;
  const at = deps.clock.now();
  const paying = await beginTry(tx, { bill, at, lease: stepLease(deps, at) });
  if (paying) await beginGuess(tx, deps, cardOf(bill));
  return paying;
}

async function afterTry(deps: BillDeps, bill: Bill): Promise<SubmitCodeOutcome> {
  const card = cardOf(bill);
  const said = bill.state === 'paid' ? 'right' : (bill.reason as PaylovProblemCode | null);
  // A bill nobody is sure about may have had a wrong code, so the guess stays counted.
  if (bill.state !== 'unknown' && said !== null) {
    await deps.db.tx((tx) => endGuess(tx, card, said));
  }
  if (bill.state !== 'awaiting_code') return { kind: 'bill', bill };
  const locked = await codesLocked(deps.db.read, deps, card);
  return locked ? { ...locked, bill } : outcomeOf(bill);
}

function cardOf({ userId, cardMask }: Bill): CardOfPerson {
  return { userId, mask: cardMask ?? '' };
}

/** What to tell somebody whose code was not taken while the bill still waits for one. */
function outcomeOf(bill: Bill): SubmitCodeOutcome {
  if (bill.otpTries >= MAX_TRIES) return codeSpent(bill);
  if (bill.reason === 'invalid_otp' || bill.reason === 'otp_code_already_sent') {
    return { kind: 'wrong_code', bill, triesLeft: MAX_TRIES - bill.otpTries };
  }
  return { kind: 'not_sent', bill, code: bill.reason as PaylovProblemCode };
}

function codeSpent(bill: Bill): SubmitCodeOutcome {
  const why = bill.reason === 'otp_expired' ? 'expired' : 'tries';
  return { kind: 'code_spent', bill, why, newCodesLeft: MAX_NEW_CODES - bill.newCodes };
}

/** Paylov sends no code again: another transaction is made. The old one stays unpaid for ever. */
export async function newCode(deps: BillDeps, who: OfUser): Promise<NewCodeOutcome> {
  const found = await awaiting(deps, who);
  if (found.kind !== 'awaiting') return found;
  if (found.bill.newCodes >= MAX_NEW_CODES) return { kind: 'no_more', bill: found.bill };
  const { bill } = found;
  const drafting = await deps.write((tx) => beginCountedNewCode(deps, tx, bill));
  if (!drafting) return { kind: 'not_awaiting', bill: await mustFind(deps.db.read, who.id) };
  if ('kind' in drafting) return { ...drafting, bill };
  return { kind: 'bill', bill: await openTransaction(deps, drafting) };
}

/** Begins another code and counts it, since it is another SMS. None is sent that may not be tried. */
async function beginCountedNewCode(
  deps: BillDeps,
  tx: Tx,
  bill: Bill,
): Promise<Bill | QuotaSpent | null> {
  const at = deps.clock.now();
  const use = { userId: bill.userId, action: 'new_code', at } as const;
  const spent =
    (await codesLocked(tx, deps, cardOf(bill))) ?? (await quotaSpent(tx, deps.quotas, use));
  if (spent) return spent;
  const drafting = await beginNewCode(tx, { bill, at, lease: stepLease(deps, at) });
  if (drafting) await noteUse(tx, deps.quotas, use);
  return drafting;
}

export async function cancelBill(deps: BillDeps, who: OfUser): Promise<CancelOutcome> {
  const found = await awaiting(deps, who);
  if (found.kind !== 'awaiting') return found;
  const { bill } = found;
  const at = deps.clock.now();
  const failure = { bill, transition: 'givenUp', reason: 'cancelled', cause: 'user', at } as const;
  const cancelled = await deps.write((tx) => settleFailed(deps, tx, failure));
  if (cancelled) return { kind: 'cancelled', bill: cancelled };
  return { kind: 'not_awaiting', bill: await mustFind(deps.db.read, who.id) };
}
