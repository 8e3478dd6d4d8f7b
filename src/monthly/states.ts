/** What is written down of bills that are paid without a tap. */

export type WaitingState = 'open' | 'paid' | 'asks' | 'dropped';

/** Why the payer of a bill that waited for money is asked after all. */
export const ASK_REASONS = [
  /** The top-up came and is not enough. */
  'short',
  /** The total is not the one that was agreed to. */
  'changed',
  /** It was paid otherwise meanwhile, or is being paid. */
  'repeated',
  /** The money came so late that the person may not remember. */
  'late',
  /** It can't be paid now. */
  'unavailable',
] as const;

export type AskReason = (typeof ASK_REASONS)[number];

/** How an account's attempt to pay itself goes on. */
export type AutoState = 'announced' | 'going' | AutoEnd;
export type AutoEnd = 'paid' | 'failed' | 'skipped';

/** How it ended. */
export const AUTO_REASONS = [
  'paid',
  /** Its payer skipped this month. */
  'skipped',
  /** Its payer turned it off meanwhile. */
  'off',
  'paid_otherwise',
  'nothing_owed',
  /** The sum, with the fee, is more than was agreed to. */
  'above_cap',
  /** The balance is too small. */
  'short',
  /** The service, or Paylov, did not take it. */
  'refused',
  /** The day went by: nobody answered, another payment of it was unclear, or the program was down. */
  'late',
  /** The notice of the day before did not arrive in time. */
  'untold',
  /** Nobody knows any more which sign of the balance is a debt. */
  'unknown_sign',
  /** The account's owner or address is not what it was when its payer agreed. */
  'other_owner',
] as const;

export type AutoReason = (typeof AUTO_REASONS)[number];
