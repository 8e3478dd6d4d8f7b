/** Bills from a user's own card, while they wait for the code. */
import { type Bill, TRANSITIONS } from './bill.ts';
import type { CancelOutcome, NewCodeOutcome, SubmitCodeOutcome } from './bills.ts';
import { beginNewCode, beginTry, CODE_PATTERN, MAX_NEW_CODES, MAX_TRIES } from './code-tries.ts';
import { type BillDeps, stepLease } from './deps.ts';
import { billById, mustFind } from './moves.ts';
import { openTransaction, sendPay } from './pay.ts';
import type { PaylovProblemCode } from './paylov/errors.ts';
import { settleFailed } from './settle.ts';

export interface OfUser {
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
  { code, ...who }: OfUser & { code: string },
): Promise<SubmitCodeOutcome> {
  const otp = code.replace(/[\s-]/g, '');
  if (!CODE_PATTERN.test(otp)) return { kind: 'bad_code' };
  const found = await awaiting(deps, who);
  if (found.kind !== 'awaiting') return found;
  if (found.bill.otpTries >= MAX_TRIES) return spent(found.bill);
  const at = deps.clock.now();
  const paying = await deps.write((tx) =>
    beginTry(tx, { bill: found.bill, at, lease: stepLease(deps, at) }),
  );
  if (!paying) return { kind: 'not_awaiting', bill: await mustFind(deps.db.read, who.id) };
  return outcomeOf(await sendPay(deps, paying, otp));
}

function outcomeOf(bill: Bill): SubmitCodeOutcome {
  if (bill.state !== 'awaiting_code') return { kind: 'bill', bill };
  if (bill.otpTries >= MAX_TRIES) return spent(bill);
  if (bill.reason === 'invalid_otp' || bill.reason === 'otp_code_already_sent') {
    return { kind: 'wrong_code', bill, triesLeft: MAX_TRIES - bill.otpTries };
  }
  return { kind: 'not_sent', bill, code: bill.reason as PaylovProblemCode };
}

function spent(bill: Bill): SubmitCodeOutcome {
  const why = bill.reason === 'otp_expired' ? 'expired' : 'tries';
  return { kind: 'code_spent', bill, why, newCodesLeft: MAX_NEW_CODES - bill.newCodes };
}

/** Paylov sends no code again: another transaction is made. The old one stays unpaid for ever. */
export async function newCode(deps: BillDeps, who: OfUser): Promise<NewCodeOutcome> {
  const found = await awaiting(deps, who);
  if (found.kind !== 'awaiting') return found;
  if (found.bill.newCodes >= MAX_NEW_CODES) return { kind: 'no_more', bill: found.bill };
  const at = deps.clock.now();
  const drafting = await deps.write((tx) =>
    beginNewCode(tx, { bill: found.bill, at, lease: stepLease(deps, at) }),
  );
  if (!drafting) return { kind: 'not_awaiting', bill: await mustFind(deps.db.read, who.id) };
  return { kind: 'bill', bill: await openTransaction(deps, drafting) };
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
