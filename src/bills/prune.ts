/** Retention: bills and their history stay for ever, what was known of an unclear one does not. */
import { and, asc, eq, gt, isNotNull, lt, lte } from 'drizzle-orm';
import { DAY_MS } from '../core/calendar.ts';
import { BATCH, inBatches } from '../db/batches.ts';
import type { Database, Tx } from '../db/database.ts';
import { readMeta, writeMeta } from '../db/meta.ts';
import { bills } from '../db/tables.ts';
import type { BillState } from './states.ts';

const KEPT_MS = 30 * DAY_MS;

const DECIDED = ['paid', 'failed', 'refunded'] as const satisfies readonly BillState[];

/**
 * What was known of an unclear bill, once it has been decided for 30 days: Paylov's list names other people's payments.
 * Ended bills are never looked at twice: how far this came is kept.
 */
export async function pruneBills(db: Database, now: number): Promise<void> {
  const before = now - KEPT_MS;
  for (const state of DECIDED) await inBatches(db, (tx) => pruneEvidence(tx, { state, before }));
}

async function pruneEvidence(
  tx: Tx,
  { state, before }: { state: BillState; before: number },
): Promise<number> {
  const key = `evidence_pruned:${state}`;
  const isNew = and(eq(bills.state, state), gt(bills.endedAt, Number(await readMeta(tx, key))));
  const ended = await tx
    .select({ endedAt: bills.endedAt })
    .from(bills)
    .where(and(isNew, lt(bills.endedAt, before)))
    .orderBy(asc(bills.endedAt))
    .limit(BATCH);
  const upTo = ended.at(-1)?.endedAt ?? null;
  if (upTo === null) return 0;
  await tx
    .update(bills)
    .set({ evidence: null })
    .where(and(isNew, lte(bills.endedAt, upTo), isNotNull(bills.evidence)));
  await writeMeta(tx, key, String(upTo));
  return ended.length;
}
