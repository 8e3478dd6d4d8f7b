/** Retention: what served its purpose goes. Orders and their history stay for ever. */
import { lt } from 'drizzle-orm';
import { DAY_MS } from '../core/calendar.ts';
import { deleteInBatches } from '../db/batches.ts';
import type { Database } from '../db/database.ts';
import { providerEvents, providerRequests, reservedSums } from '../db/tables.ts';

/** Payment systems' raw words, sent to us or asked for. */
const EVENTS_KEPT_MS = 30 * DAY_MS;

/** No provider rations by more than a day. Those of providers in use go with each new one. */
const REQUESTS_KEPT_MS = 2 * DAY_MS;

/** Nobody watches an order longer than twice the most that LATE_PAYMENT_HOURS may be. */
const SUMS_KEPT_MS = 60 * DAY_MS;

export async function pruneTopups(db: Database, now: number): Promise<void> {
  const { receivedAt } = providerEvents;
  const { sentAt } = providerRequests;
  const { freeAt } = reservedSums;
  await deleteInBatches(db, providerEvents, {
    key: providerEvents.id,
    old: lt(receivedAt, now - EVENTS_KEPT_MS),
  });
  await deleteInBatches(db, providerRequests, {
    key: providerRequests.id,
    old: lt(sentAt, now - REQUESTS_KEPT_MS),
  });
  await deleteInBatches(db, reservedSums, {
    key: reservedSums.topupId,
    old: lt(freeAt, now - SUMS_KEPT_MS),
  });
}
