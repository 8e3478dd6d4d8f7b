/** Tickets as the rest of the program sees them: what people ask of the staff, and what they are answered. */
import type { Clock, Random } from '../core/deps.ts';
import type { Database, Tx } from '../db/database.ts';
import type { ticketMessages, tickets } from '../db/tables.ts';
import type { AlarmParams } from '../outbox/kinds.ts';
import type { Place } from '../outbox/places.ts';
import type { QuotaLimits } from '../quotas/limits.ts';
import type { QuotaSpent } from '../quotas/quotas.ts';
import type { About } from './about.ts';
import type { SupportFigures } from './figures.ts';
import type { TicketMessageKind } from './states.ts';

export type Ticket = typeof tickets.$inferSelect;
export type TicketMessage = typeof ticketMessages.$inferSelect;

/** What somebody wrote, and where: the same message taken twice is one. */
export interface Written extends Place {
  kind: TicketMessageKind;
  text: string;
}

/** A ticket by its id, or the open one of this person about this payment; there is one at most, and one is made. */
export type WriteTo = { ticketId: string } | { about: About | null };

export type WriteOutcome =
  /** `isNew`: the ticket was opened with it. */
  | { kind: 'written'; ticket: Ticket; isNew: boolean }
  /** No ticket of this person's. */
  | { kind: 'not_found' }
  | QuotaSpent;

export type AnswerOutcome =
  /** On its way. `before`: what a colleague answered to the same question. */
  { kind: 'answered'; ticket: Ticket; before: TicketMessage | null } | { kind: 'not_found' };

export type CloseOutcome =
  { kind: 'closed' | 'was_closed'; ticket: Ticket } | { kind: 'not_found' };

export interface Support {
  /** The person writes. A closed ticket is opened again by that. */
  write(to: WriteTo, by: { userId: number; written: Written }): Promise<WriteOutcome>;
  /** The staff answers the ticket's person, in a closed ticket as well. */
  answer(ticketId: string, by: { staffId: number; written: Written }): Promise<AnswerOutcome>;
  /** Answers and closes at once. Nothing happens to a ticket that was closed. */
  refuse(ticketId: string, by: { staffId: number; written: Written }): Promise<CloseOutcome>;
  /** `byStaff`: its person is told. */
  close(ticketId: string, by: { personId: number; byStaff: boolean }): Promise<CloseOutcome>;
  get(ticketId: string): Promise<Ticket | null>;
  ofUser(ticketId: string, userId: number): Promise<Ticket | null>;
  /** Of one person, the latest first; closed ones, too. */
  listOf(userId: number, limit: number): Promise<Ticket[]>;
  /** Those that are not closed: who waits longest comes first, then those that were answered. */
  open(page: { offset: number; limit: number }): Promise<Ticket[]>;
  message(id: number): Promise<TicketMessage | null>;
  /** The latest `limit` of a ticket, the oldest of them first. */
  messages(ticketId: string, limit: number): Promise<TicketMessage[]>;
  figures(): Promise<SupportFigures>;
  /** Reminds the staff, once for each, of who has waited longer than was promised. */
  remind(): Promise<void>;
  /** How long an answer takes at most, as people are told. */
  readonly answerWithinMs: number;
}

export interface SupportDeps {
  db: Database;
  clock: Clock;
  random: Random;
  quotas: QuotaLimits;
  /** Where the staff reads tickets: their group, or the chat of each owner. */
  staffChats: readonly number[];
  answerWithinMs: number;
  alarm: (tx: Tx, alarm: AlarmParams, at: number) => Promise<void>;
  notifyOutbox: () => void;
  log: { info(data: object, message: string): void };
  metrics?: SupportMetrics;
}

interface SupportMetrics {
  ticket(outcome: 'opened' | 'answered' | 'closed'): void;
  /** Told how long it took from a ticket's first message to its first answer. */
  firstAnswer(tookMs: number): void;
}
