/**
 * What is kept between two updates, each by its key: the stories of a chat, a question of the staff whose button stands for
 * more than it can carry, the file that somebody waits for.
 */
import { eq, gt, lt, sql } from 'drizzle-orm';
import { DAY_MS } from '../../core/calendar.ts';
import { AHEAD_MS, type BringBack } from '../../core/clock/ahead.ts';
import { deleteInBatches } from '../../db/batches.ts';
import { type Database, prepared, type Queries, type Tx } from '../../db/database.ts';
import { conversationStates as kept } from '../../db/tables.ts';

interface Kept {
  key: string;
  state: unknown;
  /** Milliseconds since 1970. */
  updatedAt: number;
}

/** How long it is kept when nobody comes back to it. */
const KEPT_MS = 30 * DAY_MS;

const byKey = prepared((q) =>
  q
    .select()
    .from(kept)
    .where(eq(kept.key, sql.placeholder('key'))),
);

export async function keptUnder(queries: Queries, key: string): Promise<Kept | null> {
  const [row] = await byKey(queries).execute({ key });
  return row ?? null;
}

const write = prepared((q) =>
  q
    .insert(kept)
    .values({
      key: sql.placeholder('key'),
      state: sql.placeholder('state'),
      updatedAt: sql.placeholder('updatedAt'),
    })
    .onConflictDoUpdate({
      target: kept.key,
      set: { state: sql`excluded.state`, updatedAt: sql`excluded.updated_at` },
    }),
);

export async function keep(tx: Tx, { key, state, updatedAt }: Kept): Promise<void> {
  await write(tx).execute({ key, state, updatedAt });
}

/** Keeps it unless there is something under this key already. False: there was, and it stays as it is. */
export async function keepFirst(tx: Tx, row: Kept): Promise<boolean> {
  const written = await tx.insert(kept).values(row).onConflictDoNothing().returning();
  return written.length > 0;
}

const remove = prepared((q) => q.delete(kept).where(eq(kept.key, sql.placeholder('key'))));

export async function forget(tx: Tx, key: string): Promise<void> {
  await remove(tx).execute({ key });
}

export async function pruneKept(db: Database, now: number): Promise<void> {
  await deleteInBatches(db, kept, { key: kept.key, old: lt(kept.updatedAt, now - KEPT_MS) });
}

/** Dates what was written while the clock was ahead now, so that it is kept for no longer than the rest. */
export async function bringKeptBack(tx: Tx, { now }: BringBack): Promise<void> {
  const updatedAt = now;
  await tx
    .update(kept)
    .set({ updatedAt })
    .where(gt(kept.updatedAt, now + AHEAD_MS));
}
