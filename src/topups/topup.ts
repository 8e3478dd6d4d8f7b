/** What a top-up is: the only ways from one of its states to another, as data. */
import type { topups } from '../db/tables.ts';
import type { TopupState } from './states.ts';

export type Topup = typeof topups.$inferSelect;

/** A live order holds its place: a user has one with each provider. */
export const LIVE_STATES = ['creating', 'waiting'] as const satisfies readonly TopupState[];

/** States that are over for the payer, though a payment still counts. */
export const ENDED_STATES = [
  'expired',
  'cancelled',
  'failed',
] as const satisfies readonly TopupState[];

/** Most live orders of one user, over all providers. */
export const MAX_LIVE_TOPUPS = 5;

/**
 * States in which a payment still counts. Final for the payer does not mean blind: an order that ended is watched
 * for LATE_PAYMENT_HOURS.
 */
export const PAYABLE_STATES = [
  'waiting',
  'expired',
  'cancelled',
  'failed',
] as const satisfies readonly TopupState[];

/** States after money arrived: it was decided, or is to be decided, whose it is. */
export const SETTLED_STATES = [
  'paid',
  'review',
  'refused',
] as const satisfies readonly TopupState[];

export function isSettled(state: TopupState): boolean {
  return SETTLED_STATES.some((each) => each === state);
}

interface Transition {
  from: readonly TopupState[];
  to: TopupState;
}

export const TRANSITIONS = {
  opened: { from: ['creating'], to: 'waiting' },
  notOpened: { from: ['creating'], to: 'failed' },
  paid: { from: PAYABLE_STATES, to: 'paid' },
  paidOtherSum: { from: PAYABLE_STATES, to: 'review' },
  /** Paid with its very sum, which another order on the card was paid with at about that time: see twins.ts. */
  paidAsTwin: { from: PAYABLE_STATES, to: 'review' },
  /** When an owner had credited by hand what may be its money: see by-hand.ts. */
  paidAfterHand: { from: PAYABLE_STATES, to: 'review' },
  deadlinePassed: { from: ['waiting'], to: 'expired' },
  cancelledByUser: { from: ['waiting'], to: 'cancelled' },
  /** Somebody of the staff ends it for the payer. A payment still counts, as of any order that ended. */
  closedByStaff: { from: ['waiting'], to: 'cancelled' },
  expiredAtProvider: { from: ['waiting'], to: 'expired' },
  cancelledAtProvider: { from: ['waiting'], to: 'cancelled' },
  failedAtProvider: { from: ['waiting'], to: 'failed' },
  credited: { from: ['review'], to: 'paid' },
  /** Its money was on its person's balance before, by hand. */
  sameMoney: { from: ['review'], to: 'paid' },
  /** Its money went to somebody else, or back, before, by hand. */
  sameMoneyElsewhere: { from: ['review'], to: 'refused' },
  refused: { from: ['review'], to: 'refused' },
  /** The money is somebody else's: it went on into an item of suspense. */
  redirected: { from: ['review'], to: 'refused' },
  /** An owner vouches for a payment the provider does not report. */
  approved: { from: PAYABLE_STATES, to: 'paid' },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof TRANSITIONS;
