/**
 * After a copy took the place of the database: what was to be paid without a tap may have been paid since the copy was made,
 * and these books do not know. So nothing is paid on the word of an agreement from before; its payer is asked.
 */
import { count, eq, max } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { noteRestored } from '../db/restored.ts';
import { autoPayments, waitingBills } from '../db/tables.ts';
import { enqueue } from '../outbox/messages.ts';
import { nameOf } from './announce.ts';

/**
 * Bills that wait for money are asked about when it comes, as after too long a time. What was announced to pay itself is skipped,
 * and its payer told to look; for a while nothing is announced. Returns how many bills wait or were skipped. For PostgreSQL
 * docs/scaling.md says the same in SQL.
 */
export async function askAfterRestore(tx: Tx, at: number): Promise<number> {
  const isOpen = eq(waitingBills.state, 'open');
  const [waiting] = await tx
    .select({ n: count(), latest: max(waitingBills.createdAt) })
    .from(waitingBills)
    .where(isOpen);
  // The clock of this machine may be behind that of the one that is lost.
  await noteRestored(tx, Math.max(at, waiting?.latest ?? at));
  const skipped = await tx
    .update(autoPayments)
    .set({ state: 'skipped', reason: 'paid_otherwise', endedAt: at, leaseUntil: 0 })
    .where(eq(autoPayments.state, 'announced'))
    .returning();
  for (const over of skipped) {
    const { accountKey, period, userId: chatId } = over;
    const params = { accountKey, period };
    await enqueue(tx, { key: `${nameOf(over)}:over`, chatId, kind: 'auto_over', params, at });
  }
  return (waiting?.n ?? 0) + skipped.length;
}
