/**
 * Bills that Paylov called paid and cancelled afterwards. Nothing is given back by that alone: owners hear of it once and
 * decide. It is heard by the staff's check, and each day among the bills of the last week.
 */
import { and, desc, eq, gte, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { billHistory, bills } from '../db/tables.ts';
import type { Cause } from './states.ts';
import type { Bill } from './bill.ts';
import { type BillDeps, hearingOf } from './deps.ts';
import { writeHistory } from './transitions.ts';
import { dayOf, DAY_MS } from '../core/calendar.ts';

/** Payments are cancelled within days; older bills are asked about only by the staff. */
const LOOKED_BACK_MS = 7 * DAY_MS;

/**
 * How many bills are asked about one by one in a day: more than these are a trouble of its own, which the comparison
 * tells of.
 */
const MAX_ASKED = 50;

/** Asks Paylov about a bill that is paid here. */
export async function lookAtPaid(deps: BillDeps, bill: Bill, cause: Cause): Promise<void> {
  if (bill.transactionId === null) return;
  const hearing = hearingOf(deps, bill);
  const status = await deps.paylov.status(bill.transactionId, hearing.listen);
  const at = deps.clock.now();
  await deps.write(async (tx) => {
    await hearing.keep(tx);
    if (status.kind !== 'status') return;
    if (status.status === 'cancelled') await noteTakenBack(deps, tx, { bill, cause, at });
    if (status.status === 'paid') await notePaidAgain(deps, tx, { bill, cause, at });
  });
}

/**
 * Asks about the last week's bills whose payment Paylov does not list any more, and those it had cancelled. Nothing
 * when it does not give its list, or not all of it.
 */
export async function lookBack(deps: BillDeps): Promise<void> {
  const at = deps.clock.now();
  const fromAt = at - LOOKED_BACK_MS;
  const rows = await deps.db.read
    .select()
    .from(bills)
    .where(and(eq(bills.state, 'paid'), gte(bills.endedAt, fromAt)));
  const paid = rows;
  if (paid.length === 0) return;
  const begin = Math.min(...paid.map(({ createdAt }) => createdAt));
  const answer = await deps.paylov.transactions({
    beginDate: dayOf(begin - DAY_MS),
    endDate: dayOf(at + DAY_MS),
  });
  if (answer.kind === 'problem' || !answer.complete) return;
  const listed = new Set(answer.transactions.map(({ id }) => id));
  const changed = paid.filter(({ transactionId, takenBackAt }) => {
    const isListed = listed.has(transactionId ?? '');
    return takenBackAt === null ? !isListed : isListed;
  });
  for (const bill of changed.slice(0, MAX_ASKED)) await lookAtPaid(deps, bill, 'poll');
}

interface Heard {
  bill: Bill;
  cause: Cause;
  at: number;
}

async function noteTakenBack(
  deps: BillDeps,
  tx: Tx,
  { bill: { id }, cause, at }: Heard,
): Promise<void> {
  const [row] = await tx
    .update(bills)
    .set({ takenBackAt: at })
    .where(and(eq(bills.id, id), eq(bills.state, 'paid'), isNull(bills.takenBackAt)))
    .returning();
  if (!row) return;
  const bill = row;
  const note = 'cancelled at Paylov after it was paid';
  await writeStep(tx, bill, { cause, at, note });
  await deps.tell(tx, { kind: 'bill_taken_back', bill, at });
  const facts = { event: 'bill_taken_back', bill: id, amountTiyin: bill.amountTiyin };
  tx.afterCommit(() => deps.log.warn(facts, 'Paylov cancelled a paid bill'));
}

const PAID_AGAIN = 'paid at Paylov again';

async function notePaidAgain(
  deps: BillDeps,
  tx: Tx,
  { bill: { id }, cause, at }: Heard,
): Promise<void> {
  const [row] = await tx
    .update(bills)
    .set({ takenBackAt: null })
    .where(and(eq(bills.id, id), eq(bills.state, 'paid'), isNotNull(bills.takenBackAt)))
    .returning();
  if (!row) return;
  const bill = row;
  await writeStep(tx, bill, { cause, at, note: PAID_AGAIN });
  await deps.tell(tx, { kind: 'bill_paid_again', bill, at });
}

const LEFT = 'left as it is, although Paylov cancelled it';

/**
 * Writes down that an owner gives nothing back. Null when that was said before of this cancelling, or Paylov has not cancelled
 * it: what it cancels again, after it called it paid again, is decided anew.
 */
export async function leaveTakenBack(
  tx: Tx,
  { id, staffId, at }: { id: string; staffId: number; at: number },
): Promise<Bill | null> {
  const [row] = await tx
    .select()
    .from(bills)
    .where(and(eq(bills.id, id), eq(bills.state, 'paid'), isNotNull(bills.takenBackAt)));
  if (!row) return null;
  const [last] = await tx
    .select({ note: billHistory.note })
    .from(billHistory)
    .where(and(eq(billHistory.billId, id), inArray(billHistory.note, [LEFT, PAID_AGAIN])))
    .orderBy(desc(billHistory.id))
    .limit(1);
  if (last?.note === LEFT) return null;
  const bill = row;
  await writeStep(tx, bill, { cause: `owner:${staffId}`, at, note: LEFT });
  return bill;
}

async function writeStep(
  tx: Tx,
  { id, state, transactionId }: Bill,
  step: { cause: Cause; at: number; note: string },
): Promise<void> {
  await writeHistory(tx, { id, toState: state, transactionId, ...step });
}
