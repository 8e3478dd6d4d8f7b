/** What the rest of the program may ask of top-ups. */
import type { Tx } from '../db/database.ts';
import type { Tiyin } from '../core/money.ts';
import type { QuotaSpent } from '../quotas/quotas.ts';
import type { StaffDecision } from './decide.ts';
import type { PayMethod, ProblemCode } from './provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import type { SuspenseItem } from './suspense.ts';
import type { Topup } from './topup.ts';
import type { Offer, TopupWays } from './ways.ts';

export interface CreateTopup {
  userId: number;
  provider: ProviderId;
  baseTiyin: Tiyin;
  method?: PayMethod;
}

export type CreateTopupOutcome =
  | { kind: 'created'; topup: Topup }
  /** The user has a live order with this provider already: show it. */
  | { kind: 'live'; topup: Topup }
  | { kind: 'too_many'; live: number }
  | { kind: 'out_of_limits'; minTiyin: Tiyin; maxTiyin: Tiyin }
  /** No unique sum is free near this one: another sum, or later. */
  | { kind: 'busy' }
  /** The person has opened many, or holds all they may of the sums near this one. */
  | QuotaSpent
  /** `slow`: so many wait for it that one more would wait in vain. Nothing was done. */
  | { kind: 'unavailable'; reason: 'paused' | 'absent' | 'slow' }
  /** The provider refused or did not answer; nothing was charged. */
  | { kind: 'failed'; topup: Topup; problem: ProblemCode };

export type CheckNowOutcome =
  /** As it stands after asking the provider, whatever the state. */
  | { kind: 'checked'; topup: Topup }
  /** It was asked about a moment ago, or somebody else is asking: this is the stored state. */
  | { kind: 'too_soon'; topup: Topup }
  /** The provider did not answer properly: the stored state. */
  | { kind: 'unknown'; topup: Topup; problem: ProblemCode }
  /** The person has checked often: this is the stored state. It is looked at by itself all the same. */
  | (QuotaSpent & { topup: Topup })
  | { kind: 'not_found' };

export type CancelTopupOutcome =
  | { kind: 'cancelled'; topup: Topup }
  /** It had ended (or was paid) before. */
  | { kind: 'not_live'; topup: Topup }
  /** The person has cancelled often: the order stays, and ends by itself. */
  | (QuotaSpent & { topup: Topup })
  | { kind: 'not_found' };

/**
 * What somebody of the staff decided, carried out in the caller's transaction. Each works once: afterwards, and for
 * an order in another state, it is null and nothing was written.
 */
export interface TopupDecisions {
  /** Money in suspense goes to the order's user. */
  creditReview(tx: Tx, decision: StaffDecision): Promise<Topup | null>;
  /** The money is to be given back outside the program. */
  refuseReview(tx: Tx, decision: StaffDecision): Promise<Topup | null>;
  /** The money is somebody else's: it becomes an item of suspense. */
  redirectReview(tx: Tx, decision: StaffDecision): Promise<SuspenseItem | null>;
  /**
   * It was credited by hand before, as `hand`: the order ends, and only `restTiyin`, what came beyond that, goes to its user.
   * `taken`: how many debits there were since, as whoever decides read.
   * Null when that is not what there is to decide any more.
   */
  closeAsSame(
    tx: Tx,
    decision: StaffDecision & { hand: string; restTiyin: Tiyin; taken: number },
  ): Promise<Topup | null>;
  /** Somebody vouches for the payment of the exact sum although the provider does not report it. */
  approve(tx: Tx, decision: StaffDecision): Promise<Topup | null>;
  /**
   * The provider took the payment of a credited order back: so much of it leaves the user's balance. Throws
   * InsufficientBalanceError where that has less.
   */
  debitTakenBack(tx: Tx, decision: StaffDecision & { amountTiyin: Tiyin }): Promise<Topup | null>;
  /** The payment was taken back, and the user keeps the money. */
  leaveTakenBack(tx: Tx, decision: Omit<StaffDecision, 'reason'>): Promise<Topup | null>;
  /** Ends it for the payer. A late payment still counts. */
  close(tx: Tx, decision: Omit<StaffDecision, 'reason'>): Promise<Topup | null>;
}

export interface Topups {
  /** Every payment system, whether people are offered it or not. */
  offers(): Promise<Offer[]>;
  /** What people are offered. */
  ways(): Promise<TopupWays>;
  create(request: CreateTopup): Promise<CreateTopupOutcome>;
  /** Asks the provider now. `userId` limits it to the user's own orders; owners leave it out. */
  checkNow(topupId: string, options: { userId?: number }): Promise<CheckNowOutcome>;
  cancel(topupId: string, options: { userId: number }): Promise<CancelTopupOutcome>;
  get(topupId: string): Promise<Topup | null>;
  /** An order of this user; null: there is none of this id. */
  ofUser(topupId: string, userId: number): Promise<Topup | null>;
  /** Newest first. */
  history(userId: number, page: { offset: number; limit: number }): Promise<Topup[]>;
  /** Live orders of the user, newest first. */
  live(userId: number): Promise<Topup[]>;
  /** Until when a payment of an order that ended is still found by itself; null: it is not looked at any more. */
  watchedUntil(topup: Topup): number | null;
  /** Remembers where the order's screen stands, so that it can turn into a receipt. */
  rememberScreen(topupId: string, messageId: number): Promise<void>;
  decisions: TopupDecisions;
}
