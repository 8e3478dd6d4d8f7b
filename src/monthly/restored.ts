/**
 * After a copy took the place of the database: what was to be paid without a tap may have been paid since the copy was made,
 * and these books do not know. So nothing is paid on the word of an agreement from before; its payer is asked.
 */
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { autoPayments, waitingBills } from '../db/tables.ts';
import { enqueue } from '../outbox/messages.ts';
import { nameOf } from './announce.ts';
import { AGREED_FOR_MS } from './waiting.ts';

/**
 * Bills that wait for money are asked about when it comes, as after too long a time. What was announced to pay itself is skipped,
 * and its payer told to look. Returns how many they are.
 */
export async function askAfterRestore(tx: Tx, at: number): Promise<number> {
  const waiting = await tx
    .update(waitingBills)
    .set({ createdAt: sql`${waitingBills.createdAt} - ${AGREED_FOR_MS}` })
    .where(eq(waitingBills.state, 'open'))
    .returning({ id: waitingBills.id });
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
  return waiting.length + skipped.length;
}
