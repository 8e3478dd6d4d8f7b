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
