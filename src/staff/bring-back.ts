/** Questions to the staff from a time which was never to come: written while the clock was ahead. */
import { and, gt, inArray } from 'drizzle-orm';
import { AHEAD_MS, type BringBack } from '../core/clock/ahead.ts';
import type { Tx } from '../db/database.ts';
import { adminActions } from '../db/tables.ts';

/** Dates such questions now, so that they stay open for no longer than others. */
export async function bringQuestionsBack(tx: Tx, { now }: BringBack): Promise<void> {
  const ahead = now + AHEAD_MS;
  const { state, createdAt, pendingAt } = adminActions;
  const isOpen = inArray(state, ['asked', 'pending']);
  await tx
    .update(adminActions)
    .set({ createdAt: now })
    .where(and(isOpen, gt(createdAt, ahead)));
  await tx
    .update(adminActions)
    .set({ pendingAt: now })
    .where(and(isOpen, gt(pendingAt, ahead)));
}
