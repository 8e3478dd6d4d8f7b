/** Messages and alarms that wait for a time which was never to come: written while the clock was ahead. */
import { and, gt, ne, sql } from 'drizzle-orm';
import { AHEAD_MS, type BringBack, LONGEST_WAIT_MS } from '../core/clock/ahead.ts';
import type { Tx } from '../db/database.ts';
import { alarms, outbox } from '../db/tables.ts';
import { HELD } from './alarms.ts';
import { lease } from './park.ts';
import { LEASE_MS } from './sender.ts';

/**
 * Messages become due now at the latest. An alarm counts as told now at the latest, so that its silence ends in time.
 */
export async function bringOutboxBack(tx: Tx, { now }: BringBack): Promise<void> {
  const isWaiting = sql`${outbox.state} = 'waiting'`;
  const latest = { dueAt: now + LONGEST_WAIT_MS + AHEAD_MS, leaseUntil: now + LEASE_MS + AHEAD_MS };
  await lease.bringBack(tx, isWaiting, { now, latest });
  const isAhead = and(gt(alarms.toldAt, now + AHEAD_MS), ne(alarms.toldAt, HELD));
  await tx.update(alarms).set({ toldAt: now, lastAt: now }).where(isAhead);
}
