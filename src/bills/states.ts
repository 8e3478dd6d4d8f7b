/** What is written down of a bill in words: its states, why it is in them, and who or what made it change. */
import type { PaylovProblemCode } from './paylov/errors.ts';
import type { PaylovTransaction, StatusOutcome } from './paylov/types.ts';

export type BillState =
  /** From the balance: the money is held, Paylov is being asked for a transaction. */
  | 'held'
  /** From the balance: the transaction is stored, `pay` was not sent. */
  | 'created'
  /** From a card: Paylov is being asked for a transaction, and a code. */
  | 'drafting'
  /** From a card: the transaction is stored, its code is asked for, `pay` is not under way. */
  | 'awaiting_code'
  /** Written down before `pay` is sent: from here on it may be paid. */
  | 'paying'
  /** Paid or not, nobody knows: Paylov is asked for the status until it is clear. */
  | 'unknown'
  /** It did not become clear in time, or another sum was paid: an owner decides. */
  | 'stuck'
  /** Paid; money held for it is captured. */
  | 'paid'
  /** Not paid; money held for it is released. */
  | 'failed'
  /** Paid from the balance, and given back later by an owner. */
  | 'refunded';

export type BillSource = 'balance' | 'card';

/** Why a bill failed or is unclear, beyond what Paylov says. */
export const OWN_REASONS = [
  /** `create` had no answer: nothing was paid. */
  'no_answer',
  /** The program stopped before `pay` was sent. */
  'interrupted',
  /** Paying from the balance was paused meanwhile. */
  'paused',
  /** The user called it off. */
  'cancelled',
  /** The code was not entered in time. */
  'no_code',
  'cancelled_at_paylov',
  /** An owner said so. */
  'owner',
  /** Paylov took another sum. */
  'other_amount',
  'unclear',
] as const;

export type OwnReason = (typeof OWN_REASONS)[number];

/** Which sign of a service's `saldo` says that the account owes; Paylov's document leaves it open. */
export const DEBT_SIGNS = ['negative', 'positive', 'unknown'] as const;

export type DebtSign = (typeof DEBT_SIGNS)[number];

/** What a service said of some account, without anything that says whose it is. */
export interface SeenBalance {
  /** As it came, with its unit. */
  saldo: string;
  /** What was paid last, where it says so. */
  lastPaid?: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Who or what made a bill change: kept in its history. */
export type Cause = 'user' | 'poll' | 'system' | `owner:${number}`;

/** All that is known of a payment nobody is sure about, for an owner's decision. */
export interface Evidence {
  /** Paylov's last answer about the transaction. */
  status: StatusOutcome;
  /** How often it was asked. */
  checks: number;
  /** What Paylov lists as paid with this transaction's id, or by this user for this service and sum. */
  listed: readonly PaylovTransaction[] | { problem: PaylovProblemCode };
  /** False: Paylov did not list everything. */
  complete: boolean;
}
