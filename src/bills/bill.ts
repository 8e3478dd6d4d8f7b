/** What a bill is: its states and the only ways from one to another, as data. */
import type { billHistory, bills } from '../db/tables.ts';
import type { PaylovProblemCode } from './paylov/errors.ts';
import type { Detail, PaylovTransaction, StatusOutcome } from './paylov/types.ts';

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

type Row = typeof bills.$inferSelect;

type Told = 'state' | 'source' | 'reason' | 'hint' | 'evidence' | 'accountLabels' | 'details';

export type Bill = Omit<Row, Told> & {
  state: BillState;
  source: BillSource;
  /**
   * The answers as the user saw them at the confirmation: field, its title, and what the value means. Null for older
   * bills, which have only their `account`.
   */
  accountLabels: Detail[] | null;
  /** What Paylov said of the account when the transaction was made; null until then, and where it said nothing. */
  details: Detail[] | null;
  reason: PaylovProblemCode | OwnReason | null;
  /** `waste_unpaid`: Paylov says that a waste bill has to be paid before. */
  hint: 'waste_unpaid' | null;
  evidence: Evidence | null;
};

export type BillHistoryRow = typeof billHistory.$inferSelect;

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

/** Not over: money is held, or Paylov may be paid. */
export const OPEN_STATES = [
  'held',
  'created',
  'drafting',
  'awaiting_code',
  'paying',
  'unknown',
  'stuck',
] as const satisfies readonly BillState[];

/** A crash here leaves a bill that was certainly not paid. */
export const UNPAID_STATES = [
  'held',
  'created',
  'drafting',
] as const satisfies readonly BillState[];

/** Paylov may have been paid; its transaction is known. */
const MAYBE_PAID = ['paying', 'unknown', 'stuck'] as const satisfies readonly BillState[];

export interface Transition {
  from: readonly BillState[];
  to: BillState;
}

export const TRANSITIONS = {
  transactionMade: { from: ['held'], to: 'created' },
  codeSent: { from: ['drafting'], to: 'awaiting_code' },
  codeAskedAgain: { from: ['awaiting_code'], to: 'drafting' },
  payBegun: { from: ['created'], to: 'paying' },
  payBegunWithCode: { from: ['awaiting_code'], to: 'paying' },
  /** Also when so much time passed that it counted as unknown: the refusal is of the only `pay` there was. */
  codeRefused: { from: ['paying', 'unknown'], to: 'awaiting_code' },
  notOpened: { from: UNPAID_STATES, to: 'failed' },
  givenUp: { from: ['awaiting_code'], to: 'failed' },
  paid: { from: MAYBE_PAID, to: 'paid' },
  refused: { from: MAYBE_PAID, to: 'failed' },
  unclear: { from: ['paying'], to: 'unknown' },
  handedOver: { from: ['paying', 'unknown'], to: 'stuck' },
  decidedPaid: { from: ['stuck'], to: 'paid' },
  decidedUnpaid: { from: ['stuck'], to: 'failed' },
  refunded: { from: ['paid'], to: 'refunded' },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof TRANSITIONS;

/** Who or what made a bill change: kept in its history. */
export type Cause = 'user' | 'poll' | 'system' | `owner:${number}`;

/** The hold of a bill in the ledger, and the beginning of its entries' keys. */
export function holdId(billId: string): string {
  return `bill:${billId}`;
}

/** What the balance pays. */
export function totalTiyin(bill: Pick<Bill, 'amountTiyin' | 'feeTiyin'>): number {
  return bill.amountTiyin + bill.feeTiyin;
}
