/** Deleting much at once, without holding up everybody else. */
import { and, inArray, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Database, Tx } from './database.ts';

/** How many rows one transaction deletes. */
export const BATCH = 500;

/** Calls `batch` until it says that it was not full; others' transactions come in between. Returns how many in all. */
export async function inBatches(db: Database, batch: (tx: Tx) => Promise<number>): Promise<number> {
  for (let total = 0; ;) {
    const done = await db.tx(batch);
    total += done;
    if (done < BATCH) return total;
  }
}

/** Deletes the rows that are `old`, found by `key`. Returns how many. */
export async function deleteInBatches(
  db: Database,
  table: SQLiteTable,
  { key, old }: { key: SQLiteColumn; old: SQL | undefined },
): Promise<number> {
  return await inBatches(db, async (tx) => {
    const batch = tx.select({ key }).from(table).where(old).limit(BATCH);
    const gone = await tx
      .delete(table)
      .where(and(inArray(key, batch), old))
      .returning({ key });
    return gone.length;
  });
}
