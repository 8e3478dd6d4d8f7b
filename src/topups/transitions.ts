/** The only place that changes an order's state: by compare-and-set, with its history. */
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { topupHistory, topups } from '../db/tables.ts';
import type { Cause, HistoryMark, TopupState } from './states.ts';
import { type Topup, TRANSITIONS, type TransitionName } from './topup.ts';

/**
 * Beside a condition on the state: the engine uses the index of live orders only where it reads that they are live,
 * and it does not look into parameters.
 */
export const inLiveIndex: SQL = sql`${topups.state} in ('creating', 'waiting', 'review')`;

export interface Move {
  id: string;
  transition: TransitionName;
  cause: Cause;
  /** Milliseconds since 1970. */
  at: number;
  /** What changes besides the state. */
  set?: Omit<Partial<typeof topups.$inferInsert>, 'urgency'> & {
    urgency?: Topup['urgency'] | SQL<Topup['urgency']>;
  };
  note?: string;
}

/** Null when the order is not in a state this transition starts from; then nothing is written. */
export async function transitionTopup(tx: Tx, move: Move): Promise<Topup | null> {
  const { from, to } = TRANSITIONS[move.transition];
  const [row] = await tx
    .update(topups)
    .set({ ...move.set, state: to })
    .where(and(eq(topups.id, move.id), inArray(topups.state, [...from])))
    .returning();
  if (!row) return null;
  await writeHistory(tx, { ...move, toState: to });
  return row;
}

export async function writeHistory(
  tx: Tx,
  entry: { id: string; toState: TopupState | HistoryMark; cause: Cause; at: number; note?: string },
): Promise<void> {
  await tx.insert(topupHistory).values({
    topupId: entry.id,
    at: entry.at,
    toState: entry.toState,
    cause: entry.cause,
    note: entry.note ?? null,
  });
}

export async function topupById(queries: Queries, id: string): Promise<Topup | null> {
  const [row] = await queries.select().from(topups).where(eq(topups.id, id));
  return row ?? null;
}
