/** Bills as the rest of the program sees them. */
import type { Tx } from '../db/database.ts';
import type { Tiyin } from '../money.ts';
import type { Bill, BillHistoryRow, BillSource } from './bill.ts';
import type { Catalog } from './catalog.ts';
import type { Cards } from './cards.ts';
import type { QuotaSpent } from '../quotas/quotas.ts';
import type { PaylovProblemCode } from './paylov/errors.ts';
import type { Account, Detail, InfoOutcome } from './paylov/types.ts';
import type { ReconcileOutcome } from './reconcile.ts';
import type { SavedAccounts } from './saved.ts';

export interface ConfirmRequest {
  userId: number;
  serviceId: string;
  serviceName: string;
  account: Account;
  /** The answers as the user sees them, for receipts: those of `account`, clipped where they are long. */
  labels?: readonly Detail[];
  /** Whole so'm, without the fee. */
  amountTiyin: Tiyin;
  source: BillSource;
  /** What the user saw and agreed to. Where it is not true any more, nothing is taken. */
  shown: Shown;
  /** A linked card of this user; only with the source `card`. */
  cardId?: string;
  /** Made once for each confirmation screen: however often it comes, there is one bill. */
  confirmationId: string;
  /** The user was asked, and does want to pay the same again. */
  repeatAllowed?: boolean;
}

/** The numbers of a confirmation screen. */
export interface Shown extends Quote {
  /** Of the card that pays. */
  cardMask?: string;
}

export type ConfirmOutcome =
  /** Its `state` says how far it came. `repeated`: this confirmation was made before, nothing was done now. */
  | { kind: 'bill'; bill: Bill; repeated: boolean }
  /** Same service, account and sum, still open or paid within 10 minutes: ask, then send `repeatAllowed`. */
  | { kind: 'repeated_within'; bill: Bill }
  /** The fee, or the card's mask, is not what was shown: nothing was done. Ask again with what is true now. */
  | { kind: 'changed'; what: 'fee' | 'card' }
  | { kind: 'insufficient'; availableTiyin: Tiyin; totalTiyin: Tiyin; missingTiyin: Tiyin }
  | { kind: 'out_of_limits'; minTiyin: Tiyin; maxTiyin: Tiyin }
  /** Not the user's, or not linked any more. */
  | { kind: 'unknown_card' }
  /** So many bills of this user are open. */
  | { kind: 'too_many'; open: number }
  /** They paid many, or the card's codes were wrong too often. */
  | QuotaSpent
  | Unavailable;

export interface Unavailable {
  kind: 'unavailable';
  /**
   * `paused`, `no_operator_card`: not from the balance, a card may do. `service`: not payable now. `provider`: Paylov
   * does not say what can be paid. `busy`: too much at once.
   */
  reason: 'paused' | 'no_operator_card' | 'service' | 'provider' | 'busy';
}

export type SubmitCodeOutcome =
  /** Paid, failed or unknown: `bill.state`. */
  | { kind: 'bill'; bill: Bill }
  | { kind: 'wrong_code'; bill: Bill; triesLeft: number }
  /** Expired, or tried too often; with `newCodesLeft` above zero `newCode` makes another. */
  | { kind: 'code_spent'; bill: Bill; why: 'expired' | 'tries'; newCodesLeft: number }
  /** Wrong too often, for this card: no code is tried before `until`. */
  | (QuotaSpent & { bill: Bill })
  /** Paylov was not reached, the try does not count: the same code may be sent again. */
  | { kind: 'not_sent'; bill: Bill; code: PaylovProblemCode }
  /** Not 4 to 8 digits. */
  | { kind: 'bad_code' }
  /** It waits for no code: paid, ended, or the same code is just being tried. */
  | { kind: 'not_awaiting'; bill: Bill }
  | { kind: 'not_found' }
  | Unavailable;

export type NewCodeOutcome =
  /** `awaiting_code`, or failed. */
  | { kind: 'bill'; bill: Bill }
  | { kind: 'no_more'; bill: Bill }
  /** They asked for many, or the card's codes were wrong too often. */
  | (QuotaSpent & { bill: Bill })
  | { kind: 'not_awaiting'; bill: Bill }
  | { kind: 'not_found' }
  | Unavailable;

export type CancelOutcome =
  | { kind: 'cancelled'; bill: Bill }
  /** Only a bill that waits for its code can be called off. */
  | { kind: 'not_awaiting'; bill: Bill }
  | { kind: 'not_found' };

export type DecideOutcome =
  | { kind: 'done'; bill: Bill }
  /** It is not in a state this can be decided in: decided before, or never to be decided. */
  | { kind: 'decided'; bill: Bill }
  | { kind: 'not_found' };

export interface Quote {
  feeTiyin: Tiyin;
  totalTiyin: Tiyin;
}

export interface BillDetails {
  bill: Bill;
  history: BillHistoryRow[];
}

/** What the bot asks for. Sums are tiyin; a bill of somebody else is not found. */
export interface Bills {
  catalog: Catalog;
  saved: SavedAccounts;
  cards: Cards;
  /** Whose account it is and what is owed, as far as the service tells. */
  info(request: {
    userId: number;
    serviceId: string;
    account: Account;
  }): Promise<InfoOutcome | QuotaSpent>;
  /** For the confirmation screen. */
  quote(bill: { serviceId: string; amountTiyin: Tiyin; source: BillSource }): Quote;
  /**
   * Writes the bill down and goes as far as it can: to its end from a balance (which may take a minute), to the
   * question for the code from a card.
   */
  confirm(request: ConfirmRequest): Promise<ConfirmOutcome>;
  submitCode(id: string, request: { userId: number; code: string }): Promise<SubmitCodeOutcome>;
  newCode(id: string, request: { userId: number }): Promise<NewCodeOutcome>;
  cancel(id: string, request: { userId: number }): Promise<CancelOutcome>;
  get(id: string): Promise<Bill | null>;
  ofUser(id: string, userId: number): Promise<Bill | null>;
  /** Latest first. */
  history(userId: number, page: { offset: number; limit: number }): Promise<Bill[]>;
}

export interface BillDecision {
  /** The bill. */
  id: string;
  /** Whose decision it is: a Telegram id. */
  staffId: number;
  reason: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Carried out in the caller's transaction. Each works once: else it is null and nothing was written. */
export interface BillDecisions {
  decide(tx: Tx, decision: BillDecision & { paid: boolean }): Promise<Bill | null>;
  refund(tx: Tx, decision: BillDecision): Promise<Bill | null>;
  /** Paylov cancelled it after it was paid, and the user gets nothing back. */
  leave(tx: Tx, decision: Omit<BillDecision, 'reason'>): Promise<Bill | null>;
}

/** What owners ask for. */
export interface BillsForOwners {
  get(id: string): Promise<Bill | null>;
  details(id: string): Promise<BillDetails | null>;
  /**
   * Asks Paylov now about a bill nobody is sure about, or one that is paid here and may be cancelled there; as it is then.
   * Others stay as they are.
   */
  checkNow(id: string): Promise<Bill | null>;
  /** Those that wait for a decision, oldest first. */
  stuck(limit: number): Promise<Bill[]>;
  decide(id: string, decision: { paid: boolean; ownerId: number }): Promise<DecideOutcome>;
  /** Gives sum and fee of a bill that was paid from a balance back to it, once. `reason` is written into the books. */
  refund(id: string, request: { ownerId: number; reason: string }): Promise<DecideOutcome>;
  decisions: BillDecisions;
  /** Why paying from balances is paused, or null. */
  paused(): Promise<string | null>;
  pause(ownerId: number): Promise<boolean>;
  /** False when it was not paused. */
  resume(ownerId: number): Promise<boolean>;
  /** What the operator's card has spent on bills, less what was refunded. */
  floatSpent(): Promise<Tiyin>;
}

/** What drives bills from outside: the clock, start and stop. */
export interface BillWork {
  /** One round: what is due is asked about, what was cut off is ended. Overlapping calls are one. */
  tick(): Promise<void>;
  /** After a start, before anything else, when this is the only process: what a crash left half done. */
  recover(): Promise<void>;
  /** Compares a day in Tashkent (`YYYY-MM-DD`) with Paylov's list of paid transactions. Changes nothing. */
  reconcile(day: string): Promise<ReconcileOutcome>;
  /** Asks about bills of the last week whose payment Paylov does not list any more: owners hear of cancelled ones. */
  lookBack(): Promise<void>;
  /** Starts nothing new; resolves when what runs is over. */
  stop(): Promise<void>;
}
