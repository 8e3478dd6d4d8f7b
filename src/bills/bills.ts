/** Bills as the rest of the program sees them. */
import type { Tx } from '../db/database.ts';
import type { Tiyin } from '../core/money.ts';
import type { BillSource, DebtSign } from './states.ts';
import type { Bill } from './bill.ts';
import type { Catalog } from './catalog.ts';
import type { Cards } from './cards.ts';
import type { QuotaSpent } from '../quotas/quotas.ts';
import type { PaylovProblem } from './paylov/errors.ts';
import type { Account, Detail } from './paylov/types.ts';
import type { ReconcileOutcome } from './reconcile.ts';
import type { SavedAccounts } from './saved.ts';
import type {
  ConfirmRequest,
  ConfirmOutcome,
  Reached,
  SubmitCodeOutcome,
  NewCodeOutcome,
  CancelOutcome,
  DecideOutcome,
  Quote,
  BillDecision,
  BillDetails,
} from './outcomes.ts';

export type AccountOutcome =
  /** `debtTiyin`: what is owed, above zero; null where nothing is, or where nobody has said which `sign` is a debt. */
  { kind: 'info'; details: Detail[]; sign: DebtSign; debtTiyin: Tiyin | null } | PaylovProblem;

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
    /** Which quota the look counts to: one that nobody tapped for counts apart. */
    use?: 'account_info' | 'watch_look';
  }): Promise<AccountOutcome | QuotaSpent>;
  /** For the confirmation screen. */
  quote(bill: { serviceId: string; amountTiyin: Tiyin; source: BillSource }): Promise<Quote>;
  /**
   * Writes the bill down and goes as far as it can: to its end from a balance (which may take a minute), to the
   * question for the code from a card.
   */
  confirm(request: ConfirmRequest): Promise<ConfirmOutcome>;
  submitCode(
    id: string,
    request: { userId: number; code: string; reached?: Reached },
  ): Promise<SubmitCodeOutcome>;
  newCode(id: string, request: { userId: number }): Promise<NewCodeOutcome>;
  cancel(id: string, request: { userId: number }): Promise<CancelOutcome>;
  get(id: string): Promise<Bill | null>;
  ofUser(id: string, userId: number): Promise<Bill | null>;
  /** Latest first. */
  history(userId: number, page: { offset: number; limit: number }): Promise<Bill[]>;
}

/**
 * Decisions of an owner, carried out in the caller's transaction. Each works once; a second time it is null and nothing
 * was written.
 */
interface BillDecisions {
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
   * Asks Paylov now about a bill nobody is sure about, or about one that is paid here and may be cancelled there.
   * Returns the bill as it is afterwards; any other bill stays as it is.
   */
  checkNow(id: string): Promise<Bill | null>;
  /** Bills that wait for a decision, oldest first. */
  stuck(limit: number): Promise<Bill[]>;
  decide(id: string, decision: { paid: boolean; ownerId: number }): Promise<DecideOutcome>;
  /** Gives sum and fee of a bill that was paid from a balance back to it, once. `reason` is written into the books. */
  refund(id: string, request: { ownerId: number; reason: string }): Promise<DecideOutcome>;
  decisions: BillDecisions;
  /** Why paying from balances is paused, or null. */
  paused(): Promise<string | null>;
  pause(ownerId: number): Promise<boolean>;
  /** Resumes paying from balances. False when it was not paused. */
  resume(ownerId: number): Promise<boolean>;
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
