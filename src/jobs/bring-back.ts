/** Hours and days of jobs which were never to come: written while the clock was ahead. */
import { gt } from 'drizzle-orm';
import { AHEAD_MS, type BringBack } from '../core/clock/ahead.ts';
import type { Tx } from '../db/database.ts';
import { duties, reports } from '../db/tables.ts';

/** A job did its last hour now at the latest; what was reported of days that have not been was not so. */
export async function bringJobsBack(tx: Tx, { now, isSure }: BringBack): Promise<void> {
  await tx
    .update(duties)
    .set({ slot: now })
    .where(gt(duties.slot, now + AHEAD_MS));
  if (isSure) await tx.delete(reports).where(gt(reports.createdAt, now + AHEAD_MS));
}
