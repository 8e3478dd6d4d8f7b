/** What is written down of an order in words: its states, and who or what made it change. */

export type TopupState =
  /** Written down; the provider is being asked. */
  | 'creating'
  /** The payer can pay. */
  | 'waiting'
  /** Credited. Never changes again. */
  | 'paid'
  /** The deadline passed. */
  | 'expired'
  /** The user, or the provider, called it off. */
  | 'cancelled'
  /** It never came to be, or the provider says the payment failed. */
  | 'failed'
  /** Paid with another sum, or with one that may be another order's: the money is in suspense, an owner decides. */
  | 'review'
  /** An owner decided not to credit it. */
  | 'refused';

/** What an order's history has beside its states: what was said about it and moved nothing. */
export type HistoryMark =
  /** Called paid, with a sum or a number that can't be read. */
  | 'unreadable_payment'
  /** In a word of no document that sounds paid. */
  | 'unknown_word'
  /** Called paid only after an owner had vouched for it. */
  | 'called_paid';

/** Who or what made an order change: kept in its history. */
export type Cause =
  'user' | 'poll' | 'webhook' | 'button' | 'system' | `owner:${number}` | `staff:${number}`;
