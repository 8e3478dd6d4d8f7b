/** Retention: what served its purpose goes; entries, orders and their history stay for ever. */
import { lt } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { conversationStates, providerEvents } from '../db/tables.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Providers' raw messages and dialogs nobody came back to: older than this they are removed. */
const KEPT_MS = 30 * DAY_MS;

export async function pruneOld(db: Database, at: number): Promise<void> {
  const before = at - KEPT_MS;
  await db.tx(async (tx) => {
    await tx.delete(providerEvents).where(lt(providerEvents.receivedAt, before));
    await tx.delete(conversationStates).where(lt(conversationStates.updatedAt, before));
  });
}
