/** What the program sees of Paylov: seven methods of paylov.txt and the linking of cards. Sums are tiyin. */
import type { Tiyin } from '../../core/money.ts';
import type { Heard } from '../../client/hear.ts';
import type { PaylovErrorCode, PaylovProblem, PaylovProblemCode } from './errors.ts';

export interface Service {
  id: string;
  name: string;
  category: ServiceCategory;
  minTiyin: Tiyin;
  maxTiyin: Tiyin;
  /** `info` can be asked about an account. */
  hasInfo: boolean;
  /** False: a payment cannot be undone, and the user must be told. */
  canCancel: boolean;
  /** Active and payable now. */
  available: boolean;
  /** A web address. */
  logo?: string;
}

/** `{ id: '0', name: '' }` when Paylov names none. */
export interface ServiceCategory {
  id: string;
  name: string;
}

export interface FieldOption {
  value: string;
  title: string;
  /** Offered only when the parent's chosen value equals it; null: always. */
  filter: string | null;
}

/** One question to the user. In a form, parents come before their children. */
export interface Field {
  /** The key in `account`. */
  name: string;
  title: string;
  /** `select`: one of `options`. */
  type: 'select' | 'text';
  /** `number`: digits only, kept as text with leading zeros. */
  content: 'text' | 'number';
  /** A regular expression that compiles and cannot take long on a short text. */
  pattern?: string;
  /** In characters. */
  maxLength?: number;
  /** False: may be skipped. */
  required: boolean;
  /** The name of the field whose value chooses among `options`. */
  parent: string | null;
  options: FieldOption[];
}

/** What `info`, `create` and `pay` may tell about an account. */
export interface ResponseField {
  name: string;
  title: string;
  /** A unit for the value, such as `UZS`. */
  postfix: string | null;
}

/** As Paylov gave it; `shownDetails` makes it fit to be shown. */
export interface Detail {
  name: string;
  title: string;
  value: string;
}

/** The user's answers by field name. */
export type Account = Readonly<Record<string, string>>;

export type ServicesOutcome = { kind: 'services'; services: Service[] } | PaylovProblem;

export type FieldsOutcome =
  | { kind: 'form'; service: Service; fields: Field[]; responseFields: ResponseField[] }
  /** Paylov knows no form of it: it can't be paid now. */
  | { kind: 'unavailable' }
  | PaylovProblem;

export interface InfoRequest {
  serviceId: string;
  account: Account;
}

export type InfoOutcome = { kind: 'info'; details: Detail[] } | PaylovProblem;

export interface CreateBillRequest {
  serviceId: string;
  account: Account;
  /** Whole so'm, within the service's limits. */
  amountTiyin: Tiyin;
  /** `paylovUserId` of the payer. */
  userId: string;
  /** The card of a payer who confirms by a code: Paylov sends the code at once. */
  cardId?: string;
  /** `+998901234567`; checked by Paylov against the card's. Only with a card. */
  phone?: string;
}

/** In every case nothing is paid yet. */
export type CreateBillOutcome =
  /** `otpPhone`: the masked phone that the code was sent to. */
  | { kind: 'created'; transactionId: string; details: Detail[]; otpPhone?: string }
  /** No transaction was made. */
  | PaylovProblem
  /** A transaction may exist that nobody knows the id of: harmless. */
  | { kind: 'no_answer'; cause: NoAnswerCause; detail?: string };

type NoAnswerCause = 'timeout' | 'network' | 'bad_answer' | 'server_error';

export interface PayBillRequest {
  transactionId: string;
  /** The same in `create` and here when the payer's own card pays. */
  cardId: string;
  userId: string;
  /** The code of a transaction created with a card. */
  otp?: string;
}

/** What a payment is called at Paylov and at the bank: for receipts, and for whoever looks for it there. */
export interface PaymentNames {
  paymentRef?: string;
  terminal?: string;
  merchant?: string;
}

export type PayBillOutcome =
  /** `paidAt` is Paylov's clock: for display only. */
  | ({ kind: 'paid'; paidAt?: number } & PaymentNames)
  /** Paylov says clearly that nothing was paid. */
  | { kind: 'refused'; code: PaylovErrorCode; detail?: string; hint?: 'waste_unpaid' }
  /** It did not get past the door (no token, or 401 twice): nothing was paid, `pay` may be called again. */
  | { kind: 'not_sent'; problem: PaylovProblem }
  /** It was paid before: ask the status. */
  | { kind: 'already_paid' }
  /** Paid or not, nobody knows: never pay again, never give back, ask the status. */
  | { kind: 'unknown'; cause: UnknownCause; code?: PaylovProblemCode; detail?: string };

type UnknownCause = 'timeout' | 'network' | 'server_error' | 'bad_answer' | 'unclear_error';

export type StatusOutcome =
  /** `amountTiyin` null: paid, and how much can't be read. An owner looks. */
  | { kind: 'status'; status: 'paid'; amountTiyin: Tiyin | null; paidAt?: number }
  /** `other`: a word that no document has. */
  | { kind: 'status'; status: 'cancelled' | 'created' | 'other'; amountTiyin?: Tiyin }
  | PaylovProblem;

export interface TransactionsRequest {
  /** `YYYY-MM-DD` in Tashkent, both included: see `dayOf`. */
  beginDate: string;
  endDate: string;
  userId?: string;
  serviceId?: string;
}

/** A paid one: the method lists no others. */
export interface PaylovTransaction {
  id: string;
  amountTiyin: Tiyin;
  userId?: string;
  serviceId?: string;
  /** By Paylov's clock. */
  paidAt?: number;
  /** `9860 **** **** 8885` */
  cardMask?: string;
}

export interface UnreadableTransaction {
  /** Null where not even that can be read. */
  id: string | null;
}

export type TransactionsOutcome =
  | {
      kind: 'transactions';
      transactions: PaylovTransaction[];
      /**
       * Transactions that are listed without a sum or an id that can be read: they are paid, and nobody knows more.
       * Absent: none.
       */
      unreadable?: UnreadableTransaction[];
      /** False: Paylov counts more of them than it lists, or one of the unreadable might be any. */
      complete: boolean;
    }
  | PaylovProblem;

export interface StartLinkingRequest {
  userId: string;
  /** 16 digits as typed, spaces allowed. Kept nowhere. */
  number: string;
  /** As typed: `MM/YY`, `MMYY`. */
  expiry: string;
  /** `+998901234567`; checked by Paylov against the card's. */
  phone?: string;
}

export type StartLinkingOutcome =
  /** `mask` is made of the typed number; give it back to `confirmLinking`. */
  | { kind: 'code_sent'; linkId: string; mask: string; phoneMask?: string }
  /** Paylov has it already as this person's: there is nothing to confirm. */
  | ({ kind: 'linked' } & LinkedCard)
  | PaylovProblem;

export interface ConfirmLinkingRequest {
  userId: string;
  linkId: string;
  code: string;
  mask?: string;
}

export type ConfirmLinkingOutcome =
  { kind: 'linked'; cardId: string; mask: string } | PaylovProblem;

export interface LinkedCard {
  cardId: string;
  /** `8600 **** **** 6412` */
  mask: string;
}

export type ListCardsOutcome = { kind: 'cards'; cards: LinkedCard[] } | PaylovProblem;

/** A card that Paylov does not know counts as removed. */
export type RemoveCardOutcome = { kind: 'removed' } | PaylovProblem;

/**
 * Nothing here throws for what Paylov answers or fails to answer. No call is repeated, but once after a 401, with a
 * new token.
 */
export interface Paylov {
  services(): Promise<ServicesOutcome>;
  fields(serviceId: string): Promise<FieldsOutcome>;
  info(request: InfoRequest): Promise<InfoOutcome>;
  /** Throws for a sum with tiyin. */
  create(request: CreateBillRequest, heard?: Heard): Promise<CreateBillOutcome>;
  /** At most 30 seconds, and those for a token. */
  pay(request: PayBillRequest, heard?: Heard): Promise<PayBillOutcome>;
  status(transactionId: string, heard?: Heard): Promise<StatusOutcome>;
  transactions(request: TransactionsRequest): Promise<TransactionsOutcome>;
  startLinking(request: StartLinkingRequest): Promise<StartLinkingOutcome>;
  confirmLinking(request: ConfirmLinkingRequest): Promise<ConfirmLinkingOutcome>;
  listCards(userId: string): Promise<ListCardsOutcome>;
  removeCard(cardId: string): Promise<RemoveCardOutcome>;
}
