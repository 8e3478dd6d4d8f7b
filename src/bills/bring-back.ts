/** Bills that wait for a time which was never to come: written while the clock was ahead. */
import { and, eq, gt, inArray, isNotNull, isNull } from 'drizzle-orm';
import { AHEAD_MS, type BringBack } from '../core/clock/ahead.ts';
import type { Tx } from '../db/database.ts';
import { bills } from '../db/tables.ts';
import { CODE_LIFE_MS } from './code-tries.ts';
import { STEP_LEASE_MS } from './deps.ts';
import { inOpenIndex, lease, STUCK_EVERY_MS, STUCK_FOR_MS } from './resolve.ts';

const isAsked = inArray(bills.state, ['unknown', 'stuck']);

/** An unclear bill is asked about now at the latest; a step that is under way gets the time that steps take. */
export async function bringBillsBack(tx: Tx, { now }: BringBack): Promise<void> {
  const leaseUntil = now + STEP_LEASE_MS;
  const isLeased = gt(bills.leaseUntil, leaseUntil + AHEAD_MS);
  await tx
    .update(bills)
    .set({ unknownSince: now })
    .where(and(isAsked, gt(bills.unknownSince, now + AHEAD_MS)));
  const latest = { dueAt: now + STUCK_EVERY_MS + AHEAD_MS, leaseUntil: leaseUntil + AHEAD_MS };
  await lease.bringBack(tx, isAsked, { now, latest });
  await tx.update(bills).set({ leaseUntil }).where(and(inOpenIndex, isLeased));
  await keepCodesWaiting(tx, now);
  await askAgain(tx, now);
}

async function keepCodesWaiting(tx: Tx, now: number): Promise<void> {
  const dueAt = now + CODE_LIFE_MS;
  const isAwaiting = and(isNotNull(bills.dueAt), eq(bills.state, 'awaiting_code'));
  await tx
    .update(bills)
    .set({ dueAt })
    .where(and(isAwaiting, gt(bills.dueAt, dueAt + AHEAD_MS)));
}

/** Asks again about bills that were handed to an owner too soon, by a clock that was ahead. */
async function askAgain(tx: Tx, now: number): Promise<void> {
  const isForgotten = and(eq(bills.state, 'stuck'), isNull(bills.dueAt));
  await tx
    .update(bills)
    .set({ dueAt: now })
    .where(and(isForgotten, gt(bills.unknownSince, now - STUCK_FOR_MS)));
}
