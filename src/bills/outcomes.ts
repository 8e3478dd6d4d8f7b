/** What is asked of bills, and what can come of it. */
import type { Tiyin } from '../core/money.ts';
import type { Tx } from '../db/database.ts';
import type { BillSource } from './states.ts';
import type { Bill, BillHistoryRow } from './bill.ts';
import type { QuotaSpent } from '../quotas/quotas.ts';
import type { Standing } from '../requests/request.ts';
import type { PaylovProblemCode } from './paylov/errors.ts';
import type { Account, Detail } from './paylov/types.ts';

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
  /** What the user saw and agreed to. When it is not true any more, nothing is taken. */
  shown: Shown;
  /** A linked card of this user; only with the source `card`. */
  cardId?: string;
  /** Made once for each confirmation screen: however often it comes, there is one bill. */
  confirmationId: string;
  /** The user was asked, and does want to pay the same again. */
  repeatAllowed?: boolean;
  /** The request of somebody else that this pays: for the same service, account and sum. */
  requestId?: string;
  /**
   * Asked in the transaction that writes the bill down, once the money is held. False, and nothing was done; what it writes is
   * there together with the bill or not at all.
   */
  begin?: (tx: Tx) => Promise<boolean>;
  reached?: Reached;
}

/**
 * Hears of each stage that is written down while somebody waits for the end: `held`, then `paying`. Is not waited for and
 * must not throw; whether anybody hears it changes nothing.
 */
export type Reached = (bill: Bill) => void;

/** The figures of a confirmation screen. */
interface Shown extends Quote {
  /** The masked number of the card that pays; absent when the balance does. */
  cardMask?: string;
}

export type ConfirmOutcome =
  /** Its `state` says how far it came. `repeated`: this confirmation was made before, nothing was done now. */
  | { kind: 'bill'; bill: Bill; repeated: boolean }
  /**
   * The same service, account and sum is still open, or was paid within 10 minutes: ask, then send `repeatAllowed`. Or
   * somebody else of a home has such a bill for this account, whatever the sum, within a day.
   */
  | { kind: 'repeated_within'; bill: Bill }
  /** The fee, or the card's mask, is not what was shown: nothing was done. Ask again with what is true now. */
  | { kind: 'changed'; what: 'fee' | 'card' }
  | { kind: 'insufficient'; availableTiyin: Tiyin; totalTiyin: Tiyin; missingTiyin: Tiyin }
  | { kind: 'out_of_limits'; minTiyin: Tiyin; maxTiyin: Tiyin }
  /** The card is not the user's, or not linked any more. */
  | { kind: 'unknown_card' }
  /** The request it was for is paid, being paid, withdrawn or too old: nothing was done. */
  | { kind: 'request_over'; standing: Exclude<Standing, 'open'> }
  /** `begin` said no: nothing was done. */
  | { kind: 'called_off' }
  /** The user has too many open bills: so many. */
  | { kind: 'too_many'; open: number }
  /** The person has paid many, or the card's codes were wrong too often. */
  | QuotaSpent
  | Unavailable;

export interface Unavailable {
  kind: 'unavailable';
  /**
   * `paused`, `no_operator_card`, `float`: not from the balance, a card may do. `service`: not payable now. `provider`: Paylov
   * does not say what can be paid. `busy`: too much at once.
   */
  reason: 'paused' | 'no_operator_card' | 'float' | 'service' | 'provider' | 'busy';
}

export type SubmitCodeOutcome =
  /** Paid, failed or unknown: `bill.state`. */
  | { kind: 'bill'; bill: Bill }
  | { kind: 'wrong_code'; bill: Bill; triesLeft: number }
  /** Expired, or tried too often; with `newCodesLeft` above zero `newCode` makes another. */
  | { kind: 'code_spent'; bill: Bill; why: 'expired' | 'tries'; newCodesLeft: number }
  /** The codes for this card were wrong too often: none is tried before `until`. */
  | (QuotaSpent & { bill: Bill })
  /** Paylov was not reached, the try does not count: the same code may be sent again. */
  | { kind: 'not_sent'; bill: Bill; code: PaylovProblemCode }
  /** Not 4 to 8 digits. */
  | { kind: 'bad_code' }
  /** The bill waits for no code: it is paid or ended, or the same code is being tried at this moment. */
  | { kind: 'not_awaiting'; bill: Bill }
  | { kind: 'not_found' }
  | Unavailable;

export type NewCodeOutcome =
  /** `awaiting_code`, or failed. */
  | { kind: 'bill'; bill: Bill }
  | { kind: 'no_more'; bill: Bill }
  /** The person has asked for many, or the card's codes were wrong too often. */
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
  /** The bill is in no state in which this can be decided: it was decided before, or never can be. */
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

export interface BillDecision {
  /** The id of the bill. */
  id: string;
  /** The Telegram id of the member of the staff who decides. */
  staffId: number;
  reason: string;
  /** Milliseconds since 1970. */
  at: number;
}
