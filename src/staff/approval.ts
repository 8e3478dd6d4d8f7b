/** What somebody of the staff asks to have done to money, and what can come of it: see approvals.ts. */
import type { Database, Tx } from '../db/database.ts';
import type { adminActions } from '../db/tables.ts';
import type { Clock } from '../core/deps.ts';
import { reasonWithSecond } from './adjustments.ts';
import type { Tiyin } from '../core/money.ts';
import type { AlarmParams } from '../outbox/kinds.ts';
import type { ApprovalKind, Need } from './approval-rules.ts';
import type { Staff } from './staff.ts';

/** `ownerId` is who asked; `secondId` who agreed, or refused. */
export type Approval = typeof adminActions.$inferSelect;

export type ApprovalState = Approval['state'];

export interface ApprovalAction {
  /**
   * Moves the money, in the transaction that ends the request: all of it or nothing. `overtaken`: the order, bill or
   * item is not there to be decided any more, and nothing was written. May throw InsufficientBalanceError. Entries
   * keep `actorOf(row)` and `bookedReason(row)`, so that the books name both persons.
   */
  perform?: (tx: Tx, row: Approval, at: number) => Promise<'done' | 'overtaken'>;
  /**
   * For what can't take part in a transaction: runs after it, once more when a crash came between or somebody taps
   * again. It must be harmless to repeat, and say `done` when it finds its own work.
   */
  after?: (row: Approval) => Promise<'done' | 'overtaken'>;
}

export type ApprovalActions = Partial<Record<ApprovalKind, ApprovalAction>>;

export interface ApprovalRequest {
  /** The id of the message or tap that asks, so that handling it twice makes one question. See `approvalId`. */
  id: string;
  kind: ApprovalKind;
  askerId: number;
  /** The person whose balance it changes. */
  userId: number;
  subject?: string;
  amountTiyin: Tiyin;
  reason: string;
}

export type AskOutcome =
  /** Written down, or found: `row.state` says what became of it. `need` is what confirming will take. */
  | { kind: 'asked'; row: Approval; need: Need }
  /** A second owner would have to agree, and there is none. */
  | { kind: 'no_second' }
  /** Somebody of this role may not ask for it. */
  | { kind: 'forbidden' };

export type ApprovalOutcome =
  /** `beforeTiyin`: what the user had available before. */
  | { kind: 'done'; row: Approval; beforeTiyin: Tiyin }
  | { kind: 'pending' | 'dropped'; row: Approval }
  /** It would take more than the user has. It can be tried again. */
  | { kind: 'insufficient'; row: Approval; availableTiyin: Tiyin }
  /** The balance is not what the question showed: nothing was done, and `row` asks with what it is now. */
  | { kind: 'asked_anew'; row: Approval; need: Need }
  /**
   * The same for the second person: the request waits as before, for somebody who agrees to what the balance is now.
   */
  | { kind: 'changed'; row: Approval }
  /** What it is about was decided another way meanwhile; the request is over. */
  | { kind: 'overtaken'; row: Approval }
  | { kind: 'no_second'; row: Approval }
  /** It was over, or pending, before this tap. */
  | { kind: 'over'; row: Approval }
  /** Unknown, or not this person's to decide. */
  | { kind: 'old' };

export interface Approvals {
  /** Says what each kind of approval does. Each kind once. */
  register(approvalActions: ApprovalActions): void;
  ask(request: ApprovalRequest): Promise<AskOutcome>;
  /** The person who asked confirms. */
  confirm(id: string, askerId: number): Promise<ApprovalOutcome>;
  /** The person who asked calls it off, also while it waits for a second person. */
  drop(id: string, askerId: number): Promise<ApprovalOutcome>;
  /** Another owner agrees, who saw `seenTiyin` as the balance before; null where none is shown. */
  agree(id: string, by: { secondId: number; seenTiyin: Tiyin | null }): Promise<ApprovalOutcome>;
  refuse(id: string, secondId: number): Promise<ApprovalOutcome>;
  get(id: string): Promise<Approval | null>;
  /** Those that wait for a second person, latest first. */
  pending(): Promise<Approval[]>;
  /** The approvals about one user, latest first. */
  ofUser(userId: number, page: { offset: number; limit: number }): Promise<Approval[]>;
  /** Ends what waited too long, and tells who asked. */
  expire(): Promise<void>;
}

export interface ApprovalDeps {
  db: Database;
  clock: Clock;
  staff: Staff;
  alarm: (tx: Tx, alarm: AlarmParams, at: number) => Promise<void>;
  notifyOutbox: () => void;
}

/** The person whom an entry is by: the one who asked for it. */
export function actorOf({ ownerId }: Approval): string {
  return `user:${ownerId}`;
}

/** The reason as the books keep it: with the second person, where there was one. */
export function bookedReason({ reason, secondId }: Approval): string {
  return reasonWithSecond(reason, secondId);
}
