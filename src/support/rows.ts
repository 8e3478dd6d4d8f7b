/** The rows of tickets and of what was written in them. */
import { and, asc, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { ticketMessages, tickets } from '../db/tables.ts';
import type { Place } from '../outbox/places.ts';
import type { Ticket, TicketMessage, Written } from './support.ts';

export async function ticketById(queries: Queries, id: string): Promise<Ticket | null> {
  const [row] = await queries.select().from(tickets).where(eq(tickets.id, id));
  return row ?? null;
}

/** The ticket of a person about a payment that is not closed. */
export async function openTicket(
  queries: Queries,
  { userId, about }: { userId: number; about: string },
): Promise<Ticket | null> {
  const [row] = await queries
    .select()
    .from(tickets)
    .where(
      and(
        eq(tickets.userId, userId),
        eq(tickets.about, about),
        // As a literal: the index is not found by bound parameters.
        sql`${tickets.state} in ('open', 'answered')`,
      ),
    );
  return row ?? null;
}

export async function ticketsOf(
  queries: Queries,
  userId: number,
  limit: number,
): Promise<Ticket[]> {
  return await queries
    .select()
    .from(tickets)
    .where(eq(tickets.userId, userId))
    .orderBy(desc(tickets.createdAt), desc(tickets.id))
    .limit(limit);
}

/** Who waits longest comes first; then those that were answered, the latest first. */
export async function openTickets(
  queries: Queries,
  { offset, limit }: { offset: number; limit: number },
): Promise<Ticket[]> {
  return await queries
    .select()
    .from(tickets)
    .where(inArray(tickets.state, ['open', 'answered']))
    .orderBy(
      sql`${tickets.waitingSince} is null`,
      asc(tickets.waitingSince),
      desc(tickets.createdAt),
    )
    .limit(limit)
    .offset(offset);
}

export async function messageById(queries: Queries, id: number): Promise<TicketMessage | null> {
  const [row] = await queries.select().from(ticketMessages).where(eq(ticketMessages.id, id));
  return row ?? null;
}

export async function messageWrittenAt(
  queries: Queries,
  { chatId, messageId }: Place,
): Promise<TicketMessage | null> {
  const [row] = await queries
    .select()
    .from(ticketMessages)
    .where(and(eq(ticketMessages.chatId, chatId), eq(ticketMessages.messageId, messageId)));
  return row ?? null;
}

export async function latestMessages(
  queries: Queries,
  ticketId: string,
  limit: number,
): Promise<TicketMessage[]> {
  const rows = await queries
    .select()
    .from(ticketMessages)
    .where(eq(ticketMessages.ticketId, ticketId))
    .orderBy(desc(ticketMessages.id))
    .limit(limit);
  return rows.toReversed();
}

/** What somebody of the staff other than `staffId` answered since the person wrote last. */
export async function answerBefore(
  queries: Queries,
  { ticketId, staffId }: { ticketId: string; staffId: number },
): Promise<TicketMessage | null> {
  const [question] = await queries
    .select({ id: ticketMessages.id })
    .from(ticketMessages)
    .where(and(eq(ticketMessages.ticketId, ticketId), isNull(ticketMessages.staffId)))
    .orderBy(desc(ticketMessages.id))
    .limit(1);
  const [answer] = await queries
    .select()
    .from(ticketMessages)
    .where(
      and(
        eq(ticketMessages.ticketId, ticketId),
        ne(ticketMessages.staffId, staffId),
        sql`${ticketMessages.id} > ${question?.id ?? 0}`,
      ),
    )
    .orderBy(desc(ticketMessages.id))
    .limit(1);
  return answer ?? null;
}

export async function changed(
  tx: Tx,
  id: string,
  set: Parameters<ReturnType<typeof tx.update<typeof tickets>>['set']>[0],
): Promise<Ticket> {
  const [ticket] = await tx.update(tickets).set(set).where(eq(tickets.id, id)).returning();
  if (!ticket) throw new Error(`the ticket ${id} was read and is not there`);
  return ticket;
}

/** What is kept of one message; what does not fit is read where it was written. */
const MAX_TEXT = 2000;

export async function noteMessage(
  tx: Tx,
  {
    ticket,
    staffId,
    written,
    at,
  }: { ticket: Ticket; staffId: number | null; written: Written; at: number },
): Promise<TicketMessage> {
  const { chatId, messageId, kind } = written;
  const text = written.text.slice(0, MAX_TEXT).toWellFormed();
  const [message] = await tx
    .insert(ticketMessages)
    .values({ ticketId: ticket.id, staffId, chatId, messageId, kind, text, at })
    .returning();
  if (!message) throw new Error(`a message of ${ticket.id} was written and is not there`);
  return message;
}
