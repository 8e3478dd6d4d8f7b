/** Which messages are about a ticket: an answer to one of them goes into it. */
import { notePlace, subjectAt } from '../../outbox/places.ts';
import { readSubject, ticketSubject, type TicketSide } from '../../support/about.ts';
import type { BotContext, Parts } from './context.ts';

/** The ticket whose message this one answers, on this side of it; null where it answers none. */
export async function repliedTicket(
  ctx: BotContext,
  { db }: Parts,
  side: TicketSide,
): Promise<string | null> {
  const replied = ctx.message?.reply_to_message;
  if (!replied || ctx.chatId === undefined || ctx.typed.startsWith('/')) return null;
  const place = { chatId: ctx.chatId, messageId: replied.message_id };
  const subject = readSubject(await subjectAt(db.read, place));
  return subject?.side === side ? subject.ticketId : null;
}

/** Notes that a message in this chat is about the ticket. */
export async function noteTicket(
  ctx: BotContext,
  { db, clock }: Parts,
  { messageId, ticketId, side }: { messageId: number; ticketId: string; side: TicketSide },
): Promise<void> {
  if (ctx.chatId === undefined) return;
  const subject = ticketSubject(ticketId, side);
  const place = { chatId: ctx.chatId, messageId, subject, at: clock.now() };
  await db.tx((tx) => notePlace(tx, place));
}
