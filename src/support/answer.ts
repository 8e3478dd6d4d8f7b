/** What the staff makes of a ticket: an answer, an end. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { tickets } from '../db/tables.ts';
import { enqueue } from '../outbox/messages.ts';
import { userSubject, writeAuditLog } from '../staff/audit-log.ts';
import {
  answerBefore,
  changed,
  messageWrittenAt,
  noteMessage,
  openTicket,
  ticketById,
} from './rows.ts';
import type {
  AnswerOutcome,
  CloseOutcome,
  SupportDeps,
  Ticket,
  TicketMessage,
  Written,
} from './support.ts';

/** Writes the answer and what tells of it, in the caller's transaction. */
export async function answer(
  deps: SupportDeps,
  tx: Tx,
  { ticketId, staffId, written }: { ticketId: string; staffId: number; written: Written },
): Promise<AnswerOutcome> {
  const at = deps.clock.now();
  const found = await ticketById(tx, ticketId);
  if (!found) return { kind: 'not_found' };
  const before = await answerBefore(tx, { ticketId, staffId });
  if (await messageWrittenAt(tx, written)) return { kind: 'answered', ticket: found, before };
  const ticket = await answeredTicket(tx, found, at);
  const message = await noteMessage(tx, { ticket, staffId, written, at });
  await tellOf(tx, deps, { ticket, message, at });
  const subject = userSubject(ticket.userId);
  await writeAuditLog(tx, { staffId, action: 'message', subject, note: message.text, at });
  tx.afterCommit(() => {
    deps.metrics?.ticket('answered');
    if (found.answeredAt === null) deps.metrics?.firstAnswer(at - found.createdAt);
  });
  return { kind: 'answered', ticket, before };
}

/** A closed ticket stays closed when another one about the same payment is open by now. */
async function answeredTicket(tx: Tx, found: Ticket, at: number): Promise<Ticket> {
  const answeredAt = found.answeredAt ?? at;
  const staysClosed = found.state === 'closed' && (await openTicket(tx, found)) !== null;
  if (staysClosed) return await changed(tx, found.id, { answeredAt });
  const over = { waitingSince: null, closedAt: null, closedBy: null };
  return await changed(tx, found.id, { state: 'answered', answeredAt, ...over });
}

/** Tells the ticket's person the answer, and those of the staff who did not see it that there is one. */
async function tellOf(
  tx: Tx,
  { staffChats }: SupportDeps,
  { ticket, message, at }: { ticket: Ticket; message: TicketMessage; at: number },
): Promise<void> {
  const params = { messageId: message.id };
  const { userId: chatId } = ticket;
  const key = `ticket:${message.id}:answer`;
  await enqueue(tx, { key, chatId, kind: 'ticket_answer', params, at });
  for (const each of staffChats) {
    if (each === message.chatId) continue;
    const told = { key: `ticket:${message.id}:answered:${each}`, chatId: each, params, at };
    await enqueue(tx, { ...told, kind: 'ticket_answered' });
  }
}

/**
 * The answer and the end at once, in the caller's transaction: none without the other, and nothing to a ticket that is over,
 * by whomever it was ended.
 */
export async function refuse(
  deps: SupportDeps,
  tx: Tx,
  { ticketId, staffId, written }: { ticketId: string; staffId: number; written: Written },
): Promise<CloseOutcome> {
  const found = await ticketById(tx, ticketId);
  if (!found) return { kind: 'not_found' };
  if (found.state === 'closed') return { kind: 'was_closed', ticket: found };
  await answer(deps, tx, { ticketId, staffId, written });
  return await close(deps, tx, { ticketId, personId: staffId, byStaff: true });
}

/** Closes the ticket, in the caller's transaction as well. Closing it a second time changes nothing. */
export async function close(
  { clock, metrics }: SupportDeps,
  tx: Tx,
  { ticketId, personId, byStaff }: { ticketId: string; personId: number; byStaff: boolean },
): Promise<CloseOutcome> {
  const at = clock.now();
  const [ticket] = await tx
    .update(tickets)
    .set({ state: 'closed', waitingSince: null, closedAt: at, closedBy: personId })
    .where(and(eq(tickets.id, ticketId), inArray(tickets.state, ['open', 'answered'])))
    .returning();
  if (!ticket) {
    const known = await ticketById(tx, ticketId);
    return known ? { kind: 'was_closed', ticket: known } : { kind: 'not_found' };
  }
  if (byStaff) {
    const { userId: chatId } = ticket;
    const key = `ticket:${ticketId}:closed:${at}`;
    await enqueue(tx, { key, chatId, kind: 'ticket_closed', params: { ticketId }, at });
  }
  tx.afterCommit(() => metrics?.ticket('closed'));
  return { kind: 'closed', ticket };
}
