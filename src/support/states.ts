/** What a ticket can be, and what can be written in one. The schema knows this file. */

/** `open`: the staff's turn; `answered`: the person's; `closed`: over, until somebody writes again. */
const TICKET_STATES = ['open', 'answered', 'closed'] as const;

export type TicketState = (typeof TICKET_STATES)[number];

export type TicketMessageKind = 'text' | 'photo' | 'document';
