/**
 * Where the messages about a subject stand, such as a ticket or a bill. Telegram gives a message its id only when it
 * takes it; from then on an answer to that message is known to be about the subject, and the message can be changed
 * when it is not true any more.
 */
import { and, asc, eq, lt } from 'drizzle-orm';
import { DAY_MS } from '../core/calendar.ts';
import { deleteInBatches } from '../db/batches.ts';
import type { Database, Queries, Tx } from '../db/database.ts';
import { messagePlaces } from '../db/tables.ts';

export interface Place {
  chatId: number;
  messageId: number;
}

/** An older message is answered by nobody and followed by nobody. */
const KEEP_MS = 180 * DAY_MS;

/** `at`: milliseconds since 1970. A message that is about something already stays so. */
export async function notePlace(
  tx: Tx,
  { chatId, messageId, subject, at }: Place & { subject: string; at: number },
): Promise<void> {
  await tx
    .insert(messagePlaces)
    .values({ chatId, messageId, subject, at })
    .onConflictDoNothing({ target: [messagePlaces.chatId, messagePlaces.messageId] });
}

/** What the message is about; null for one that nobody noted. */
export async function subjectAt(
  queries: Queries,
  { chatId, messageId }: Place,
): Promise<string | null> {
  const [row] = await queries
    .select({ subject: messagePlaces.subject })
    .from(messagePlaces)
    .where(and(eq(messagePlaces.chatId, chatId), eq(messagePlaces.messageId, messageId)));
  return row?.subject ?? null;
}

/** The oldest first. */
export async function placesOf(queries: Queries, subject: string): Promise<Place[]> {
  return await queries
    .select({ chatId: messagePlaces.chatId, messageId: messagePlaces.messageId })
    .from(messagePlaces)
    .where(eq(messagePlaces.subject, subject))
    .orderBy(asc(messagePlaces.id));
}

/** Where it stands in this chat, the oldest one, and when that was noted or last kept. */
export async function placeIn(
  queries: Queries,
  { chatId, subject }: { chatId: number; subject: string },
): Promise<{ messageId: number; at: number } | null> {
  const [row] = await queries
    .select({ messageId: messagePlaces.messageId, at: messagePlaces.at })
    .from(messagePlaces)
    .where(and(eq(messagePlaces.subject, subject), eq(messagePlaces.chatId, chatId)))
    .orderBy(asc(messagePlaces.id))
    .limit(1);
  return row ?? null;
}

/** Notes that a place is still used, so that it is not forgotten. */
export async function keepPlace(tx: Tx, { chatId, messageId, at }: Place & { at: number }) {
  await tx
    .update(messagePlaces)
    .set({ at })
    .where(and(eq(messagePlaces.chatId, chatId), eq(messagePlaces.messageId, messageId)));
}

export async function forgetPlace(tx: Tx, { chatId, messageId }: Place): Promise<void> {
  await tx
    .delete(messagePlaces)
    .where(and(eq(messagePlaces.chatId, chatId), eq(messagePlaces.messageId, messageId)));
}

export async function prunePlaces(db: Database, now: number): Promise<void> {
  const old = lt(messagePlaces.at, now - KEEP_MS);
  await deleteInBatches(db, messagePlaces, { key: messagePlaces.id, old });
}
