/** The rows of requests: read by their id, moved from the state that was read. */
import { and, eq, sql } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { countOf } from '../db/exact.ts';
import { adminActions } from '../db/tables.ts';
import type { Approval, ApprovalState } from './approval.ts';

/** Changes the request's state by compare-and-set on the state that was read. */
export async function move(
  tx: Tx,
  row: Approval,
  set: { state: ApprovalState; secondId?: number | null; pendingAt?: number; endedAt?: number },
): Promise<Approval> {
  const [moved] = await tx
    .update(adminActions)
    .set(set)
    .where(and(eq(adminActions.id, row.id), eq(adminActions.state, row.state)))
    .returning();
  if (!moved) throw new Error(`the approval ${row.id} changed while it was being decided`);
  return moved;
}

/** Writes down what one person has just done alone, without a question of its own, so that it counts to what they may do. */
export async function writeDone(
  tx: Tx,
  { at, ...done }: Omit<typeof adminActions.$inferInsert, 'state' | 'createdAt'> & { at: number },
): Promise<void> {
  await tx.insert(adminActions).values({ ...done, state: 'done', createdAt: at, endedAt: at });
}

export async function approvalById(queries: Queries, id: string): Promise<Approval | null> {
  const [row] = await queries.select().from(adminActions).where(eq(adminActions.id, id));
  return row ?? null;
}

/** How many wait for a second person. As a literal: the index of those is not found by a bound parameter. */
export async function countPending(queries: Queries): Promise<number> {
  const isPending = sql`${adminActions.state} = 'pending'`;
  const [row] = await queries.select({ n: countOf() }).from(adminActions).where(isPending);
  return row?.n ?? 0;
}
