/**
 * The way of a bill through Paylov: `create`, then `pay`, each written down before it begins. What is thrown in
 * between, or lost with the process, is picked up by the resolver from the state that was stored last.
 */
import { eq } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { billHistory } from '../db/tables.ts';
import { type Bill, holdId } from './bill.ts';
import { CODE_LIFE_MS, noteCodeRefused } from './code-tries.ts';
import { type BillDeps, hearingOf, stepLease } from './deps.ts';
import type { Reached } from './outcomes.ts';
import { mustFind, transitionBill } from './transitions.ts';
import { PAYLOV_PROBLEMS, type PaylovProblem } from './paylov/errors.ts';
import { boundedDetails, shownDetails } from './paylov/details.ts';
import { paylovUserId } from './paylov/paylov.ts';
import type { CreateBillOutcome, PayBillOutcome, StatusOutcome } from './paylov/types.ts';
import { pausedBy } from './pause.ts';
import { askWithPhone, sharedPhone } from './phones.ts';
import { noteCardTrouble, settleFailed, settlePaid, settleUnknown } from './settle.ts';

/** Asks for a transaction of a bill that is `held` or `drafting`, and stores it. Returns the bill as it is then. */
export async function openTransaction(deps: BillDeps, bill: Bill): Promise<Bill> {
  const { cardId } = bill;
  const request = {
    serviceId: bill.serviceId,
    account: bill.account,
    amountTiyin: bill.amountTiyin,
    userId: paylovUserId(bill.userId),
    ...(cardId === null ? {} : { cardId }),
  };
  // Paylov compares the phone with the card's; the operator's card belongs to nobody who pays.
  const phone = cardId === null ? undefined : await sharedPhone(deps.db.read, bill.userId);
  const hearing = hearingOf(deps, bill);
  const outcome = await askWithPhone(phone, (own) =>
    deps.paylov.create({ ...request, ...own }, hearing.listen),
  );
  return await deps.write(async (tx) => {
    await hearing.keep(tx);
    return await noteOpened(deps, tx, bill, outcome);
  });
}

async function noteOpened(
  deps: BillDeps,
  tx: Tx,
  bill: Bill,
  answer: CreateBillOutcome,
): Promise<Bill> {
  const at = deps.clock.now();
  const outcome = await believable(tx, answer);
  if (outcome.kind === 'created') return await opened(deps, tx, bill, outcome, at);
  const failure = { bill, transition: 'notOpened', cause: 'system', at } as const;
  if (outcome.kind === 'no_answer') {
    const note = `${outcome.cause} ${outcome.detail ?? ''}`.trim();
    const failed = await settleFailed(deps, tx, { ...failure, reason: 'no_answer', note });
    return failed ?? (await mustFind(tx, bill.id));
  }
  const { code, detail, hint } = outcome;
  const failed = await settleFailed(deps, tx, { ...failure, reason: code, note: detail, hint });
  return failed ?? (await mustFind(tx, bill.id));
}

type Created = Extract<CreateBillOutcome, { kind: 'created' }>;

async function opened(
  deps: BillDeps,
  tx: Tx,
  bill: Bill,
  created: Created,
  at: number,
): Promise<Bill> {
  const { transactionId, otpPhone } = created;
  const isCard = bill.source === 'card';
  const told = boundedDetails(shownDetails(created.details));
  const details = told.length === 0 ? {} : { details: told };
  const moved = await transitionBill(tx, {
    id: bill.id,
    transition: isCard ? 'codeSent' : 'transactionMade',
    cause: 'system',
    at,
    set: isCard
      ? {
          transactionId,
          otpPhone: otpPhone ?? null,
          otpTries: 0,
          dueAt: at + CODE_LIFE_MS,
          ...details,
        }
      : { transactionId, ...stepLease(deps, at), ...details },
  });
  // Paylov took so long that the bill was given up; nobody will pay that transaction.
  return moved ?? (await mustFind(tx, bill.id));
}

/** The outcome, unless it names a transaction that another bill has or had: paying that would count for both. */
async function believable(tx: Tx, outcome: CreateBillOutcome): Promise<CreateBillOutcome> {
  if (outcome.kind !== 'created') return outcome;
  const [other] = await tx
    .select({ id: billHistory.billId })
    .from(billHistory)
    .where(eq(billHistory.transactionId, outcome.transactionId))
    .limit(1);
  if (!other) return outcome;
  return { kind: 'problem', code: 'bad_answer', detail: `the transaction of ${other.id} again` };
}

/** Takes a bill from `held` to its end, or to `unknown`. Never throws for what Paylov answers. */
export async function payFromBalance(deps: BillDeps, held: Bill, reached?: Reached): Promise<Bill> {
  const created = await openTransaction(deps, held);
  if (created.state !== 'created') return created;
  const paying = await deps.write((tx) => beginPaying(deps, tx, created));
  if (paying.state !== 'paying') return paying;
  reached?.(paying);
  return await sendPay(deps, paying);
}

async function beginPaying(deps: BillDeps, tx: Tx, bill: Bill): Promise<Bill> {
  const at = deps.clock.now();
  const cause = 'system';
  if ((await pausedBy(tx)) !== null) {
    const failure = { bill, transition: 'notOpened', reason: 'paused', cause, at } as const;
    return (await settleFailed(deps, tx, failure)) ?? (await mustFind(tx, bill.id));
  }
  const set = stepLease(deps, at);
  const paying = await transitionBill(tx, { id: bill.id, transition: 'payBegun', cause, at, set });
  return paying ?? (await mustFind(tx, bill.id));
}

/**
 * The one `pay` of a bill that was just brought into `paying`, and what follows from its answer. Whoever calls this
 * must have made that step itself.
 */
export async function sendPay(deps: BillDeps, bill: Bill, otp?: string): Promise<Bill> {
  const { transactionId } = bill;
  const cardId = bill.cardId ?? deps.operatorCardId;
  if (bill.state !== 'paying' || transactionId === null || cardId === null) {
    throw new Error(`bill ${bill.id} (${holdId(bill.id)}) is not ready to be paid`);
  }
  const userId = paylovUserId(bill.userId);
  const code = otp === undefined ? {} : { otp };
  const hearing = hearingOf(deps, bill);
  const request = { transactionId, cardId, userId, ...code };
  const outcome = await deps.paylov.pay(request, hearing.listen);
  const status =
    outcome.kind === 'already_paid'
      ? await deps.paylov.status(transactionId, hearing.listen)
      : undefined;
  return await deps.write(async (tx) => {
    await hearing.keep(tx);
    const noted = await notePaid(deps, tx, { bill, outcome, status });
    return noted ?? (await mustFind(tx, bill.id));
  });
}

async function notePaid(
  deps: BillDeps,
  tx: Tx,
  answered: { bill: Bill; outcome: PayBillOutcome; status?: StatusOutcome | undefined },
): Promise<Bill | null> {
  const { bill, outcome, status } = answered;
  const base = { bill, cause: 'system', at: deps.clock.now() } as const;
  if (outcome.kind === 'paid') {
    const { kind: _, paidAt, ...names } = outcome;
    return await settlePaid(deps, tx, { ...base, paidAt, names });
  }
  if (outcome.kind === 'refused') return await noteRefused(deps, tx, bill, outcome);
  if (outcome.kind === 'not_sent') return await noteNotSent(deps, tx, bill, outcome.problem);
  if (outcome.kind === 'already_paid') {
    if (status && isPaidAsAsked(status, bill)) {
      return await settlePaid(deps, tx, { ...base, paidAt: status.paidAt });
    }
    return await settleUnknown(deps, tx, { ...base, note: outcome.kind });
  }
  const words = [outcome.cause, outcome.code, outcome.detail].filter(Boolean);
  return await settleUnknown(deps, tx, { ...base, note: words.join(' ') });
}

/** True when it is paid with exactly the bill's sum. */
export function isPaidAsAsked(
  status: StatusOutcome,
  bill: Bill,
): status is Extract<StatusOutcome, { status: 'paid' }> {
  return (
    status.kind === 'status' && status.status === 'paid' && status.amountTiyin === bill.amountTiyin
  );
}

async function noteRefused(
  deps: BillDeps,
  tx: Tx,
  bill: Bill,
  { code, detail, hint }: Extract<PayBillOutcome, { kind: 'refused' }>,
): Promise<Bill | null> {
  const at = deps.clock.now();
  const aboutCode = bill.source === 'card' && PAYLOV_PROBLEMS[code].concerns === 'code';
  if (aboutCode) return await noteCodeRefused(deps, tx, { bill, code, at });
  await noteCardTrouble(deps, tx, { bill, code, at });
  const failure = { bill, transition: 'refused', reason: code, cause: 'system', at } as const;
  return await settleFailed(deps, tx, { ...failure, hint, note: detail });
}

/** Notes that `pay` never left: the balance gets its money back, a code may be entered again. */
async function noteNotSent(
  deps: BillDeps,
  tx: Tx,
  bill: Bill,
  problem: PaylovProblem,
): Promise<Bill | null> {
  const at = deps.clock.now();
  const { code: reason, detail: note } = problem;
  if (bill.source === 'card') {
    return await noteCodeRefused(deps, tx, { bill, code: reason, at, tryCounts: false });
  }
  const failure = { bill, transition: 'refused', reason, cause: 'system', at } as const;
  return await settleFailed(deps, tx, { ...failure, note });
}
