/** Uses that were noted while the clock was ahead: counted from then on, they would keep a person waiting until then. */
import { gt } from 'drizzle-orm';
import { AHEAD_MS, type BringBack } from '../core/clock/ahead.ts';
import type { Tx } from '../db/database.ts';
import { quotaUses } from '../db/tables.ts';

/** Dates such uses now. */
export async function bringQuotasBack(tx: Tx, { now, isSure }: BringBack): Promise<void> {
  if (!isSure) return;
  await tx
    .update(quotaUses)
    .set({ at: now })
    .where(gt(quotaUses.at, now + AHEAD_MS));
}
