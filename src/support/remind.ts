/** What becomes of tickets as time passes. */
import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import { DAY_MS } from '../core/calendar.ts';
import { AHEAD_MS, type BringBack } from '../core/clock/ahead.ts';
import { BATCH, deleteInBatches, inBatches } from '../db/batches.ts';
import type { Database, Tx } from '../db/database.ts';
import { ticketMessages, tickets } from '../db/tables.ts';
import { isWaiting } from './figures.ts';
import type { SupportDeps } from './support.ts';

/** Whoever has so many waiting needs no reminder of the others. */
const REMINDED = 20;

/** An alarm for each who has waited longer than was promised; it is told once. */
export async function remind({ clock, answerWithinMs, alarm }: SupportDeps, tx: Tx): Promise<void> {
  const at = clock.now();
  const late = await tx
    .select({ ticketId: tickets.id, waitingSince: tickets.waitingSince })
    .from(tickets)
    .where(and(isWaiting, lt(tickets.waitingSince, at - answerWithinMs)))
    .orderBy(asc(tickets.waitingSince))
    .limit(REMINDED);
  for (const { ticketId, waitingSince } of late) {
    if (waitingSince !== null)
      await alarm(tx, { kind: 'ticket_waits', ticketId, waitingSince }, at);
  }
}

/** Nobody asks about a ticket that was closed so long ago. */
const KEEP_MS = 365 * DAY_MS;

export async function pruneTickets(db: Database, now: number): Promise<void> {
  const old = and(eq(tickets.state, 'closed'), lt(tickets.closedAt, now - KEEP_MS));
  await inBatches(db, async (tx) => {
    const gone = tx.select({ id: tickets.id }).from(tickets).where(old);
    const batch = tx
      .select({ id: ticketMessages.id })
      .from(ticketMessages)
      .where(inArray(ticketMessages.ticketId, gone))
      .limit(BATCH);
    const deleted = await tx
      .delete(ticketMessages)
      .where(inArray(ticketMessages.id, batch))
      .returning({ id: ticketMessages.id });
    return deleted.length;
  });
  await deleteInBatches(db, tickets, { key: tickets.id, old });
}

/** Somebody who wrote while the clock was ahead has waited since now at the latest. */
export async function bringTicketsBack(tx: Tx, { now }: BringBack): Promise<void> {
  await tx
    .update(tickets)
    .set({ waitingSince: now })
    .where(and(isWaiting, sql`${tickets.waitingSince} > ${now + AHEAD_MS}`));
}
