/** Updates that wait for a time which was never to come: written while the clock was ahead. */
import { and, gt, isNull } from 'drizzle-orm';
import { AHEAD_MS, type BringBack, LONGEST_WAIT_MS } from '../../core/clock/ahead.ts';
import type { Tx } from '../../db/database.ts';
import { inbox } from '../../db/tables.ts';
import { LEASE_MS } from './inbox.ts';

/** They are due now at the latest. */
export async function bringInboxBack(tx: Tx, { now }: BringBack): Promise<void> {
  const isWaiting = isNull(inbox.doneAt);
  await tx
    .update(inbox)
    .set({ dueAt: now })
    .where(and(isWaiting, gt(inbox.dueAt, now + LONGEST_WAIT_MS + AHEAD_MS)));
  await tx
    .update(inbox)
    .set({ leaseUntil: 0 })
    .where(and(isWaiting, gt(inbox.leaseUntil, now + LEASE_MS + AHEAD_MS)));
}
