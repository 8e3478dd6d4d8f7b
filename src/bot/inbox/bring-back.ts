/** Updates that wait for a time which was never to come: written while the clock was ahead. */
import { AHEAD_MS, type BringBack, LONGEST_WAIT_MS } from '../../core/clock/ahead.ts';
import type { Tx } from '../../db/database.ts';
import { LEASE_MS } from './inbox.ts';
import { isWaiting, lease } from './store.ts';

/** Makes them due now at the latest. */
export async function bringInboxBack(tx: Tx, { now }: BringBack): Promise<void> {
  const latest = { dueAt: now + LONGEST_WAIT_MS + AHEAD_MS, leaseUntil: now + LEASE_MS + AHEAD_MS };
  await lease.bringBack(tx, isWaiting, { now, latest });
}
