/** What the dialogs of bills ask for: the core of bills as they see it. Sums are tiyin, times milliseconds. */
import type { PaylovProblem, PaylovProblemCode } from '../../bills/paylov/errors.ts';
import type {
  Account,
  FieldsOutcome,
  InfoOutcome,
  InfoRequest,
  LinkedCard,
  Service,
  StartLinkingOutcome,
} from '../../bills/paylov/types.ts';
import type { Tiyin } from '../../money.ts';

export type BillState =
  | 'held'
  | 'created'
  | 'drafting'
  /** From a card: the code is asked for. */
  | 'awaiting_code'
  | 'paying'
  /** Paid or not, nobody knows yet. */
  | 'unknown'
  /** An owner decides. */
  | 'stuck'
  | 'paid'
  | 'failed'
  | 'refunded';

export type BillSource = 'balance' | 'card';

/** Why a bill failed or is unclear, beyond what Paylov says. */
export const OWN_REASONS = [
  'no_answer',
  'interrupted',
  'paused',
  'busy',
  'cancelled',
  'no_code',
  'cancelled_at_paylov',
  'owner',
  'other_amount',
  'unclear',
] as const;

export type OwnReason = (typeof OWN_REASONS)[number];

/** What is shown of a bill. */
export interface BillView {
  /** Short, for people. */
  id: string;
  userId: number;
  serviceId: string;
  serviceName: string;
  account: Account;
  amountTiyin: Tiyin;
  /** On top of the amount. */
  feeTiyin: Tiyin;
  source: BillSource;
  cardId: string | null;
  cardMask: string | null;
  state: BillState;
  reason: PaylovProblemCode | OwnReason | null;
  hint: 'waste_unpaid' | null;
  /** The masked phone the code went to. */
  otpPhone: string | null;
  paymentRef: string | null;
  paidAt: number | null;
  createdAt: number;
  endedAt: number | null;
}

/** `stale`: Paylov is down, this is what it said at `asOf`. */
export type CatalogServices =
  { kind: 'services'; services: Service[]; stale: boolean; asOf: number } | PaylovProblem;

export type CatalogForm =
  | (Extract<FieldsOutcome, { kind: 'form' }> & { stale: boolean; asOf: number })
  | { kind: 'unavailable' }
  | PaylovProblem;

export interface ConfirmRequest {
  userId: number;
  serviceId: string;
  serviceName: string;
  account: Account;
  /** Whole so'm, without the fee. */
  amountTiyin: Tiyin;
  source: BillSource;
  /** A linked card of this user; only with the source `card`. */
  cardId?: string;
  /** Made once for each confirmation screen: however often it comes, there is one bill. */
  confirmationId: string;
  /** The user was asked, and does want to pay the same again. */
  repeatAllowed?: boolean;
}

export interface Unavailable {
  kind: 'unavailable';
  reason: 'paused' | 'no_operator_card' | 'service' | 'provider' | 'busy';
}

export type ConfirmOutcome =
  | { kind: 'bill'; bill: BillView; repeated: boolean }
  /** Same service, account and sum within 10 minutes: ask, then send `repeatAllowed`. */
  | { kind: 'repeated_within'; bill: BillView }
  | { kind: 'insufficient'; availableTiyin: Tiyin; totalTiyin: Tiyin; missingTiyin: Tiyin }
  | { kind: 'out_of_limits'; minTiyin: Tiyin; maxTiyin: Tiyin }
  | { kind: 'unknown_card' }
  | { kind: 'too_many'; open: number }
  | Unavailable;

export type SubmitCodeOutcome =
  | { kind: 'bill'; bill: BillView }
  | { kind: 'wrong_code'; bill: BillView; triesLeft: number }
  /** With `newCodesLeft` above zero `newCode` makes another. */
  | { kind: 'code_spent'; bill: BillView; why: 'expired' | 'tries'; newCodesLeft: number }
  /** The try does not count: the same code may be sent again. */
  | { kind: 'not_sent'; bill: BillView; code: PaylovProblemCode }
  | { kind: 'bad_code' }
  | { kind: 'not_awaiting'; bill: BillView }
  | { kind: 'not_found' }
  | Unavailable;

export type NewCodeOutcome =
  | { kind: 'bill'; bill: BillView }
  | { kind: 'no_more'; bill: BillView }
  | { kind: 'not_awaiting'; bill: BillView }
  | { kind: 'not_found' }
  | Unavailable;

export type CancelOutcome =
  | { kind: 'cancelled'; bill: BillView }
  | { kind: 'not_awaiting'; bill: BillView }
  | { kind: 'not_found' };

export interface Quote {
  feeTiyin: Tiyin;
  totalTiyin: Tiyin;
}

/** An account somebody pays again. */
export interface SavedAccount {
  id: number;
  serviceId: string;
  serviceName: string;
  name: string;
  account: Account;
}

export interface SaveAccountRequest {
  userId: number;
  serviceId: string;
  serviceName: string;
  account: Account;
  name: string;
}

export interface BillsPort {
  catalog: {
    services(): Promise<CatalogServices>;
    fields(serviceId: string): Promise<CatalogForm>;
  };
  info(request: InfoRequest): Promise<InfoOutcome>;
  quote(bill: { serviceId: string; amountTiyin: Tiyin; source: BillSource }): Quote;
  /** May take as long as Paylov does. */
  confirm(request: ConfirmRequest): Promise<ConfirmOutcome>;
  submitCode(id: string, request: { userId: number; code: string }): Promise<SubmitCodeOutcome>;
  newCode(id: string, request: { userId: number }): Promise<NewCodeOutcome>;
  /** Only a bill that waits for its code can be called off. */
  cancel(id: string, request: { userId: number }): Promise<CancelOutcome>;
  /** Null also for somebody else's. */
  ofUser(id: string, userId: number): Promise<BillView | null>;
  /** Latest first. */
  history(userId: number, page: { offset: number; limit: number }): Promise<BillView[]>;
  cards: {
    /** Oldest first. */
    list(userId: number): Promise<LinkedCard[]>;
    /** The number is kept nowhere. */
    startLinking(request: {
      userId: number;
      number: string;
      expiry: string;
    }): Promise<StartLinkingOutcome | { kind: 'too_many' }>;
    confirmLinking(request: {
      userId: number;
      linkId: string;
      mask: string;
      code: string;
    }): Promise<{ kind: 'linked'; card: LinkedCard } | { kind: 'bad_code' } | PaylovProblem>;
    remove(
      cardId: string,
      request: { userId: number },
    ): Promise<{ kind: 'removed' } | { kind: 'not_found' } | PaylovProblem>;
  };
  saved: {
    list(userId: number): Promise<SavedAccount[]>;
    /** The same account again only gets another name. */
    save(
      request: SaveAccountRequest,
    ): Promise<{ kind: 'saved' } | { kind: 'bad_name' } | { kind: 'too_many' }>;
    /** False when there is none. */
    remove(id: number, userId: number): Promise<boolean>;
  };
}
