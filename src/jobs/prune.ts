/** Retention: what served its purpose goes; entries, orders, bills and their history stay for ever. */
import { and, asc, eq, gt, inArray, isNotNull, lt, lte } from 'drizzle-orm';
import type { BillState } from '../bills/states.ts';
import type { Database, Tx } from '../db/database.ts';
import {
  bills,
  conversationStates,
  meta,
  providerEvents,
  providerRequests,
  quotaUses,
  reservedSums,
} from '../db/tables.ts';
import { DAY_MS } from '../core/calendar.ts';

/** Providers' raw words, what owners decided bills on, and dialogs nobody came back to: older than this they go. */
const KEPT_MS = 30 * DAY_MS;

/** No provider rations by more than a day. */
const REQUESTS_KEPT_MS = 2 * DAY_MS;

/** No quota looks back further than a day. */
const USES_KEPT_MS = 2 * DAY_MS;

/** Nobody watches an order longer than twice the most that LATE_PAYMENT_HOURS may be. */
const SUMS_KEPT_MS = 60 * DAY_MS;

/** Rows of one transaction: a transaction holds up everybody else's. */
const BATCH = 500;

export async function pruneOld(db: Database, at: number): Promise<void> {
  const before = at - KEPT_MS;
  await inBatches(db, (tx) => pruneEvents(tx, before));
  await inBatches(db, (tx) => pruneConversations(tx, before));
  await inBatches(db, (tx) => pruneRequests(tx, at - REQUESTS_KEPT_MS));
  await inBatches(db, (tx) => pruneUses(tx, at - USES_KEPT_MS));
  await inBatches(db, (tx) => pruneSums(tx, at - SUMS_KEPT_MS));
  await pruneEvidence(db, before);
}

/** Until a batch is not full. Others' transactions come in between. */
async function inBatches(db: Database, batch: (tx: Tx) => Promise<number>): Promise<void> {
  for (;;) {
    if ((await db.tx(batch)) < BATCH) return;
  }
}

/** Webhooks and answers alike. */
async function pruneEvents(tx: Tx, before: number): Promise<number> {
  const { id, receivedAt } = providerEvents;
  const old = tx.select({ id }).from(providerEvents).where(lt(receivedAt, before)).limit(BATCH);
  const gone = await tx.delete(providerEvents).where(inArray(id, old)).returning({ id });
  return gone.length;
}

async function pruneConversations(tx: Tx, before: number): Promise<number> {
  const { key, updatedAt } = conversationStates;
  const old = tx.select({ key }).from(conversationStates).where(lt(updatedAt, before)).limit(BATCH);
  const gone = await tx.delete(conversationStates).where(inArray(key, old)).returning({ key });
  return gone.length;
}

/** Those of providers that are still used go with each new one; these belong to providers that are not. */
async function pruneRequests(tx: Tx, before: number): Promise<number> {
  const { id, sentAt } = providerRequests;
  const old = tx.select({ id }).from(providerRequests).where(lt(sentAt, before)).limit(BATCH);
  const gone = await tx.delete(providerRequests).where(inArray(id, old)).returning({ id });
  return gone.length;
}

async function pruneUses(tx: Tx, before: number): Promise<number> {
  const { id, at } = quotaUses;
  const old = tx.select({ id }).from(quotaUses).where(lt(at, before)).limit(BATCH);
  const gone = await tx.delete(quotaUses).where(inArray(id, old)).returning({ id });
  return gone.length;
}

/** Sums that are free, and whose last order nobody watches any more. */
async function pruneSums(tx: Tx, before: number): Promise<number> {
  const { topupId, freeAt } = reservedSums;
  const old = tx.select({ topupId }).from(reservedSums).where(lt(freeAt, before)).limit(BATCH);
  const gone = await tx
    .delete(reservedSums)
    .where(and(inArray(topupId, old), lt(freeAt, before)))
    .returning({ topupId });
  return gone.length;
}

const DECIDED = ['paid', 'failed', 'refunded'] as const satisfies readonly BillState[];

/**
 * What was known of an unclear bill, once it has been decided for 30 days: Paylov's list names other people's payments.
 * The bill and its history stay. Ended bills are never looked at twice: how far this came is kept in `meta`.
 */
async function pruneEvidence(db: Database, before: number): Promise<void> {
  for (const state of DECIDED) await inBatches(db, (tx) => pruneEvidenceOf(tx, { state, before }));
}

async function pruneEvidenceOf(
  tx: Tx,
  { state, before }: { state: BillState; before: number },
): Promise<number> {
  const key = `evidence_pruned:${state}`;
  const [mark] = await tx.select().from(meta).where(eq(meta.key, key));
  const ended = await tx
    .select({ endedAt: bills.endedAt })
    .from(bills)
    .where(
      and(
        eq(bills.state, state),
        gt(bills.endedAt, Number(mark?.value ?? 0)),
        lt(bills.endedAt, before),
      ),
    )
    .orderBy(asc(bills.endedAt))
    .limit(BATCH);
  const upTo = ended.at(-1)?.endedAt ?? null;
  if (upTo === null) return 0;
  const span = and(gt(bills.endedAt, Number(mark?.value ?? 0)), lte(bills.endedAt, upTo));
  await tx
    .update(bills)
    .set({ evidence: null })
    .where(and(eq(bills.state, state), span, isNotNull(bills.evidence)));
  const value = String(upTo);
  await tx
    .insert(meta)
    .values({ key, value })
    .onConflictDoUpdate({ target: meta.key, set: { value } });
  return ended.length;
}
