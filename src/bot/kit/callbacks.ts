/**
 * What a button carries. The data only names things: whoever handles a tap looks them up and checks that they
 * belong to the sender, because anybody can send any data. Telegram allows 64 bytes.
 */
import { z } from 'zod';
import { LANGUAGES } from '../../core/language.ts';
import { NAMED_WAYS, type Way } from '../../core/payment-systems.ts';
import { STATEMENT_FILTERS } from '../../ledger/statement.ts';
import { ABOUT_KINDS } from '../../support/about.ts';
import { STATEMENT_FORMATS } from '../../receipts/statement-sheet.ts';
import { RECEIPT_KINDS } from '../../receipts/receipt.ts';
import {
  anId,
  anOrigin,
  type Fields,
  orNone,
  pack,
  positive,
  unpack,
  type Values,
  whole,
} from './tap-fields.ts';

export const ORDER_ACTIONS = ['show', 'check', 'ask_cancel', 'cancel'] as const;
/** What a button of a payment that is being put together does. */
export const PAY_ACTIONS = [
  'home',
  'category',
  'service',
  'page',
  'option',
  'keep',
  'skip',
  'back',
  'next',
  'sum',
  'balance',
  'card',
  'link',
  'confirm',
  'again',
  'ask',
  'stop',
] as const;
export const BILL_ACTIONS = [
  'show',
  'code',
  'new_code',
  'ask_cancel',
  'cancel',
  'repeat',
  'save',
] as const;
export const SAVED_ACTIONS = ['pay', 'show', 'rename', 'ask_remove', 'remove'] as const;
export const WATCH_ACTIONS = [
  'list',
  'show',
  'days',
  'day',
  'limits',
  'limit',
  'paid',
  'snooze',
  'stop',
  'all',
  'all_yes',
  'off',
  'off_yes',
  'bill',
  'caps',
  'cap',
  'auto_off',
] as const;
export const CARD_ACTIONS = ['ask_remove', 'remove'] as const;
const HOME_ACTIONS = [
  'show',
  'invite',
  'people',
  'rename',
  'tell',
  'ask_end',
  'end',
  'ask_leave',
  'leave',
] as const;
/** Names that are offered for a home. */
export const HOME_NAMES = ['home', 'parents'] as const;
const REQUEST_ACTIONS = ['show', 'withdraw', 'give'] as const;
const HELP_ABOUT = [...ABOUT_KINDS, 'any'] as const;
export const PAID_TIMES = ['now', 'today', 'yesterday', 'earlier'] as const;
const TICKET_ACTIONS = ['show', 'write', 'close'] as const;
export const PROVIDER_IDS = ['inpay', 'payfer', 'rasmiypay', 'autopaycard'] as const;
export const WAYS = [...NAMED_WAYS, 'transfer'] as const satisfies readonly Way[];
export const PAY_METHODS = ['click', 'payme', 'any'] as const;

export type PayAction = (typeof PAY_ACTIONS)[number];

/** See `account/statement-spans.ts`. */
export const STATEMENT_SPANS = ['month', 'before', 'quarter', 'year', 'all'] as const;

const provider = z.enum(PROVIDER_IDS);
/** A way to top up by its name; a system's own name means what it always has. */
const way = z.enum(WAYS);

/** Every button's kind, and what follows it, in this order. */
const TAPS = {
  menu: {},
  balance: {},
  languages: {},
  language: { language: z.enum(LANGUAGES) },
  providers: {},
  provider: { way },
  sum: { way, sumTiyin: positive },
  method: { provider, sumTiyin: positive, method: z.enum(PAY_METHODS) },
  history: { offset: whole },
  statement: { filter: z.enum(STATEMENT_FILTERS), offset: whole },
  /** The same as a table, of longer pages. */
  statement_table: { filter: z.enum(STATEMENT_FILTERS), offset: whole },
  /** Offers the statement as a file: for which time, and of which kind. */
  statement_files: {},
  statement_file: { span: z.enum(STATEMENT_SPANS), format: z.enum(STATEMENT_FORMATS) },
  /** Opens a payment of a list; its screen leads back there. */
  topup_at: { topupId: anId, from: anOrigin },
  bill_at: { billId: anId, from: anOrigin },
  /** Tells the same payment step by step. */
  topup_steps: { topupId: anId, from: anOrigin },
  bill_steps: { billId: anId, from: anOrigin },
  order: { action: z.enum(ORDER_ACTIONS), topupId: anId },
  /** Gives the receipt of what was paid. */
  receipt: { of: z.enum(RECEIPT_KINDS), id: anId },
  /** Asks a person for help, about a payment or, with the id `-`, about none. */
  help: { of: z.enum(HELP_ABOUT), id: anId },
  ticket: { action: z.enum(TICKET_ACTIONS), ticketId: anId },
  /** About the picture in this message: which payment it is the cheque of, which sum was paid, and when. */
  cheque: { topupId: anId, messageId: positive },
  cheque_help: { messageId: positive },
  cheque_other: { topupId: anId, messageId: positive },
  cheque_sum: { topupId: anId, messageId: positive, sumTiyin: positive },
  cheque_paid: {
    topupId: anId,
    messageId: positive,
    sumTiyin: positive,
    paid: z.enum(PAID_TIMES),
  },
  /** A button of the owner's desk; `arg` is what the action needs, or `-`. */
  desk: { area: anId, action: anId, arg: z.string().regex(/^[\w.-]{1,50}$/) },
  topup_for: { sumTiyin: positive },
  /** Tops up, and has the bill that waits for the money paid by itself once it is credited. */
  topup_pay: { sumTiyin: positive },
  /** Goes on with a bill that did not go on by itself. */
  waiting: { waitingId: anId },
  /** Skips this month for a bill that pays itself tomorrow. */
  auto_skip: { key: anId, period: anId },
  /** About accounts that are watched; `savedId` is 0 where it is about none, `arg` is what the action needs, or `-`. */
  watch: { action: z.enum(WATCH_ACTIONS), savedId: whole, arg: anId },
  /** Shows all ways to top up by name; the sum may be known. */
  ways: { sumTiyin: orNone(positive) },
  pay: {},
  /** A button of a story's question; `arg` is what the action needs, or `-`. */
  pay_step: { storyId: anId, seq: whole, action: z.enum(PAY_ACTIONS), arg: anId },
  /** Pays for a phone number that was typed; `service` is a short key of its id. */
  pay_phone: { service: anId, digits: z.string().regex(/^\d{12}$/) },
  /** Goes on with the story that was left, whichever it is. */
  pay_continue: {},
  bills: { offset: whole },
  bill: { action: z.enum(BILL_ACTIONS), billId: anId },
  saved_list: { offset: whole },
  saved: { action: z.enum(SAVED_ACTIONS), savedId: positive },
  homes: {},
  home: { action: z.enum(HOME_ACTIONS), id: anId },
  /** Shows further accounts of a home. */
  home_page: { id: anId, offset: whole },
  /** Asks for the name of a new home, into which an account is to go; 0 is none. */
  home_new: { savedId: whole },
  home_named: { name: z.enum(HOME_NAMES), savedId: whole },
  home_member: { action: z.enum(CARD_ACTIONS), id: anId, userId: positive },
  /** Asks in which home an account is to lie. */
  home_choose: { savedId: positive },
  home_put: { savedId: positive, id: orNone(anId) },
  /** Joins by what stands in the link, since an id alone would be easier to guess. */
  home_join: { payload: anId },
  /** Asks how much others are to be asked for. */
  request_ask: {},
  request_sum: { sumTiyin: positive },
  request: { action: z.enum(REQUEST_ACTIONS), id: anId },
  /** Begins the payment of the bill that is asked for. */
  request_pay: { id: anId },
  cards: {},
  card_link: {},
  /** `card` is a short key of its id. */
  card: { action: z.enum(CARD_ACTIONS), card: anId },
} as const satisfies Record<string, Fields>;

export type TapKind = keyof typeof TAPS;
export type TapOf<K extends TapKind> = { kind: K } & Values<(typeof TAPS)[K]>;
export type Tap = { [K in TapKind]: TapOf<K> }[TapKind];

const MAX_BYTES = 64;

/** The data of a button. Throws when it would be longer than Telegram allows. */
export function tapData({ kind, ...values }: Tap): string {
  const fields: Fields = TAPS[kind];
  const data = Object.keys(fields).length === 0 ? kind : `${kind}:${pack(fields, values, ':')}`;
  if (Buffer.byteLength(data) > MAX_BYTES) {
    throw new RangeError(`callback data "${data}" is longer than ${MAX_BYTES} bytes`);
  }
  return data;
}

/** What a tap means; null for data of another version or somebody's invention. */
export function parseTap(data: string): Tap | null {
  const [kind = '', ...parts] = data.split(':');
  if (!Object.hasOwn(TAPS, kind)) return null;
  const fields: Fields = TAPS[kind as TapKind];
  const values = unpack(fields, parts);
  return values === null ? null : ({ kind, ...values } as Tap);
}
