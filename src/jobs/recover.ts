/** The start after a crash. */
import { and, eq, gt, isNull, ne } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { inbox, outbox, topups } from '../db/tables.ts';

/**
 * Frees what a dead process had claimed, so that nobody waits for its leases to run out. Only right while this is
 * the only process on the database, as it is with SQLite. Orders that were being opened are not touched: they have
 * to end, not to go on.
 */
export async function freeLeases(db: Database): Promise<void> {
  await db.tx(async (tx) => {
    const free = { leaseUntil: 0 };
    await tx
      .update(inbox)
      .set(free)
      .where(and(isNull(inbox.doneAt), gt(inbox.leaseUntil, 0)));
    await tx
      .update(outbox)
      .set(free)
      .where(and(eq(outbox.state, 'waiting'), gt(outbox.leaseUntil, 0)));
    await tx
      .update(topups)
      .set(free)
      .where(and(gt(topups.leaseUntil, 0), ne(topups.state, 'creating')));
  });
}
