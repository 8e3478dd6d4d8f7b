/** What is told of tickets. */
import type { TicketMessage } from './support.ts';

declare module '../outbox/kinds.ts' {
  interface OutboxParams {
    /** To the staff: somebody wrote. */
    ticket_question: { messageId: TicketMessage['id'] };
    /** To its person: the staff wrote. */
    ticket_answer: { messageId: TicketMessage['id'] };
    /** To those of the staff who did not see it: what a colleague answered. */
    ticket_answered: { messageId: TicketMessage['id'] };
    /** To its person: the staff closed it. */
    ticket_closed: { ticketId: string };
  }

  interface Alarms {
    /** Nobody has answered within the promised time. */
    ticket_waits: { ticketId: string; waitingSince: number };
  }
}
