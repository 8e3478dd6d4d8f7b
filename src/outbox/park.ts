/** Messages for people who blocked the bot wait for their return; messages that arrived are forgotten in time. */
import { and, eq, inArray, lt, lte, notInArray, type SQL } from 'drizzle-orm';
import type { Database, Tx } from '../db/database.ts';
import { deleteInBatches } from '../db/batches.ts';
import { leases } from '../db/lease.ts';
import { outbox } from '../db/tables.ts';
import { setUnreachable, unreachableUsers } from '../users/users.ts';

export const lease = leases(outbox, outbox.id);

/** After this nobody asks again for the key of a message, so that forgetting it cannot send it twice. */
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

const KEEP_ALARM_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * The person is reachable again: what was parked is due at `at` (milliseconds since 1970), in its old order.
 * Returns how many messages that are. Wake the sender after the commit.
 */
export async function unpark(
  tx: Tx,
  { chatId, at }: { chatId: number; at: number },
): Promise<number> {
  await setUnreachable(tx, { userId: chatId, unreachableAt: null });
  const back = await tx
    .update(outbox)
    .set({ state: 'waiting', dueAt: at, leaseUntil: 0, attempts: 0 })
    .where(and(eq(outbox.chatId, chatId), eq(outbox.state, 'parked')))
    .returning({ id: outbox.id });
  return back.length;
}

/**
 * Telegram says this chat cannot be reached: everything that waits for it is parked. A person who is known is waited for;
 * any other chat is tried again by `unparkDue`. Returns how many messages that are.
 */
export async function park(
  tx: Tx,
  { chatId, at, reason }: { chatId: number; at: number; reason: string },
): Promise<number> {
  await setUnreachable(tx, { userId: chatId, unreachableAt: at });
  const parked = await tx
    .update(outbox)
    .set({ state: 'parked', leaseUntil: 0, lastError: reason, dueAt: at + RETRY_PARKED_MS })
    .where(and(eq(outbox.chatId, chatId), eq(outbox.state, 'waiting')))
    .returning({ id: outbox.id });
  return parked.length;
}

/** Nothing says when a group may be written to again. */
const RETRY_PARKED_MS = 30 * 60 * 1000;

/** A message that Telegram refused so often, however it was written, is looked at by a person. */
const MAX_TRIES_OF_ONE = 10;

/**
 * Puts one message aside that could not be sent, so that those after it go on; it is kept, and tried again in half an hour
 * unless it was tried (`attempts`) ten times. Nothing happens when somebody else has it by now.
 */
export async function parkOne(
  tx: Tx,
  { id, leaseUntil }: { id: number; leaseUntil: number },
  { at, reason, attempts }: { at: number; reason: string; attempts: number },
): Promise<void> {
  await tx
    .update(outbox)
    .set({
      state: 'parked',
      leaseUntil: 0,
      lastError: reason,
      dueAt: at + RETRY_PARKED_MS,
      attempts,
    })
    .where(and(lease.isHeld(id, leaseUntil), eq(outbox.state, 'waiting')));
}

/**
 * Parked messages whose time has come wait again, but for people known to be away: those come back by themselves. Returns
 * how many. Wake the sender after the commit.
 */
export async function unparkDue(tx: Tx, at: number): Promise<number> {
  const back = await tx
    .update(outbox)
    .set({ state: 'waiting', dueAt: at, leaseUntil: 0 })
    .where(
      and(
        eq(outbox.state, 'parked'),
        lte(outbox.dueAt, at),
        lt(outbox.attempts, MAX_TRIES_OF_ONE),
        notInArray(outbox.chatId, unreachableUsers(tx)),
      ),
    )
    .returning({ id: outbox.id });
  return back.length;
}

/**
 * Removes what was sent or dropped and is older than 30 days; returns how many. Parked messages stay, but for alarms:
 * an owner who comes back after weeks is not buried under troubles long over.
 */
export async function pruneOutbox(db: Database, now: number): Promise<number> {
  const key = outbox.id;
  await deleteInBatches(db, outbox, { key, old: parkedAlarm(now) });
  return await deleteInBatches(db, outbox, { key, old: overAndOld(now) });
}

function overAndOld(now: number): SQL | undefined {
  return and(inArray(outbox.state, ['sent', 'dropped']), lt(outbox.createdAt, now - KEEP_MS));
}

function parkedAlarm(now: number): SQL | undefined {
  return and(
    eq(outbox.state, 'parked'),
    eq(outbox.kind, 'owner_alarm'),
    lt(outbox.createdAt, now - KEEP_ALARM_MS),
  );
}
