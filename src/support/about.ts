/** The payment a ticket is about, and how that is written down. */

export const ABOUT_KINDS = ['topup', 'bill'] as const;

export interface About {
  kind: (typeof ABOUT_KINDS)[number];
  /** The id of the order or the bill. */
  id: string;
}

/** As one word, empty for no payment at all. */
export function writtenAbout(about: About | null): string {
  return about === null ? '' : `${about.kind}:${about.id}`;
}

/** Null for what is about no payment. */
export function readAbout(text: string): About | null {
  const [first = '', id = ''] = text.split(':');
  const kind = ABOUT_KINDS.find((each) => each === first);
  return kind === undefined || id === '' ? null : { kind, id };
}

/** What a message in a chat is about, for `outbox/places.ts`: an answer to it goes into that ticket. */
export function ticketSubject(ticketId: string, side: TicketSide): string {
  return `ticket:${ticketId}:${side}`;
}

export type TicketSide = 'user' | 'staff';

const SUBJECT = /^ticket:([\w-]+):(user|staff)$/;

/** Null for a message that is about something else. */
export function readSubject(subject: string | null): { ticketId: string; side: TicketSide } | null {
  const [, ticketId, side] = SUBJECT.exec(subject ?? '') ?? [];
  return ticketId === undefined ? null : { ticketId, side: side as TicketSide };
}
