/** The only place that changes a bill's state: by compare-and-set, with its history. */
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { billHistory, bills } from '../db/tables.ts';
import { endClaim } from '../requests/claims.ts';
import type { BillState, Cause } from './states.ts';
import { type Bill, TRANSITIONS, type TransitionName } from './bill.ts';

export interface Move {
  id: string;
  transition: TransitionName;
  cause: Cause;
  /** Milliseconds since 1970. */
  at: number;
  /** The transaction this is about: nothing happens when the bill has another one by now. */
  transactionId?: string;
  /** A further condition. */
  where?: SQL;
  /** What changes besides the state. */
  set?: Partial<typeof bills.$inferInsert>;
  note?: string;
}

const MAX_NOTE = 500;

/** Null when the bill is not in a state this transition starts from; then nothing is written. */
export async function transitionBill(tx: Tx, move: Move): Promise<Bill | null> {
  const { from, to } = TRANSITIONS[move.transition];
  const sameTransaction =
    move.transactionId === undefined ? undefined : eq(bills.transactionId, move.transactionId);
  const [row] = await tx
    .update(bills)
    .set({ leaseUntil: 0, ...move.set, state: to })
    .where(and(eq(bills.id, move.id), inArray(bills.state, [...from]), sameTransaction, move.where))
    .returning();
  if (!row) return null;
  const { transactionId } = row;
  await writeHistory(tx, { ...move, toState: to, transactionId });
  if (row.requestId !== null && (to === 'paid' || to === 'failed')) {
    const claim = { id: row.requestId, billId: row.id, isPaid: to === 'paid', at: move.at };
    await endClaim(tx, claim);
  }
  return row;
}

export async function writeHistory(
  tx: Tx,
  entry: {
    id: string;
    toState: BillState;
    cause: Cause;
    at: number;
    transactionId: string | null;
    note?: string;
  },
): Promise<void> {
  await tx.insert(billHistory).values({
    billId: entry.id,
    at: entry.at,
    toState: entry.toState,
    cause: entry.cause,
    transactionId: entry.transactionId,
    note: entry.note?.slice(0, MAX_NOTE) ?? null,
  });
}

export async function billById(queries: Queries, id: string): Promise<Bill | null> {
  const [row] = await queries.select().from(bills).where(eq(bills.id, id));
  return row ?? null;
}

/** Reads a bill that is known to be there: bills are never deleted. */
export async function mustFind(queries: Queries, id: string): Promise<Bill> {
  const bill = await billById(queries, id);
  if (!bill) throw new Error(`there is no bill ${id}`);
  return bill;
}
