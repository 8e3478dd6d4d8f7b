/** What is known of a payment while its story is told. */
import type { BillSource } from '../../bills/states.ts';
import type { Quote } from '../../bills/outcomes.ts';
import type { Account, Detail } from '../../bills/paylov/types.ts';
import type { Tiyin } from '../../core/money.ts';
import type { Linking } from '../cards/known.ts';

/** What is known of a payment. Once a bill was made, `billId` alone is of use. */
export interface Paying {
  /** Where the person is among the services to choose from. */
  place: Place;
  isChoosing: boolean;
  serviceId: string | null;
  /** The answers so far, also to questions that are asked once more. */
  account: Account;
  /** Which of Paylov's questions is asked; null when none is left. */
  field: AskedField | null;
  whose: Whose | null;
  isTheirs: boolean;
  sumTiyin: Tiyin | null;
  source: { kind: BillSource; cardId?: string; mask?: string } | null;
  /** The source is asked for, although the balance may cover it. */
  picksSource: boolean;
  card: Linking | null;
  offer: Offer | null;
  /** When the same was paid before, and whether somebody else of its home did; null: it was not. */
  repeatOf: { at: number; byOther: boolean } | null;
  billId: string | null;
  /** The code of the SMS is spent. */
  isCodeSpent: boolean;
  /** The right code was entered, or one came too late: no other is waited for. */
  isCodeTaken: boolean;
  /** What a saved account or an earlier bill asks for. */
  wish: Wish | null;
  /** Somebody else's request that is being paid. */
  asked: AskedFor | null;
}

export const NO_PAYMENT: Paying = {
  place: { name: 'home', page: 0 },
  isChoosing: true,
  serviceId: null,
  account: {},
  field: null,
  whose: null,
  isTheirs: false,
  sumTiyin: null,
  source: null,
  picksSource: false,
  card: null,
  offer: null,
  repeatOf: null,
  billId: null,
  isCodeSpent: false,
  isCodeTaken: false,
  wish: null,
  asked: null,
};

export type Place =
  | { name: 'home'; page: number }
  | { name: 'category'; key: string; page: number }
  | { name: 'search'; query: string; page: number };

/** A question of the form, and which of its choices are shown. */
export interface AskedField {
  index: number;
  page: number;
  query: string;
}

export interface Whose {
  /** Null where the service can't say. */
  details: Detail[] | null;
  debtTiyin: Tiyin | null;
}

/** What the confirmation says, and so the most that is taken; or that the balance is too small for it. */
type Offer = Offered | 'short';

export interface Offered extends Quote {
  /** The name of the confirmation: however often it is tapped, it makes one bill. */
  confirmationId: string;
  /** A digest of how the service and its answers are named at Paylov: when it differs, the form has changed. */
  wording: string;
}

/** What somebody else asks for: a payment of exactly this account and sum is theirs. */
interface AskedFor {
  requestId: string;
  /** Who asks; as HTML. */
  name: string;
  account: Account;
  sumTiyin: Tiyin;
}

/** What is wanted besides the account itself. */
export interface Wish {
  /** The sum to pay where nothing is owed. */
  sumTiyin: Tiyin | null;
  /** Pays what is owed rather than `sumTiyin`. */
  preferDebt: boolean;
  /** The person knows the account; otherwise they are asked whether it is the one. */
  isPaidBefore: boolean;
}

/** The request that a payment of this account pays; null where it is another one, or another sum. */
export function requestPaid({ asked, sumTiyin }: Paying, account: Account): AskedFor | null {
  return asked && asked.sumTiyin === sumTiyin && isSame(asked.account, account) ? asked : null;
}

/** True when all answers are the same. */
export function isSame(a: Account, b: Account): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
