/**
 * What a button carries. The data only names things: whoever handles a tap looks them up and checks that they
 * belong to the sender, because anybody can send any data. Telegram allows 64 bytes.
 */
import { isLanguage, type Language } from '../../core/language.ts';
import type { Tiyin } from '../../core/money.ts';
import type { PayMethod } from '../../topups/provider.ts';
import type { ProviderId } from '../../core/payment-systems.ts';

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
export const CARD_ACTIONS = ['ask_remove', 'remove'] as const;
export const PROVIDER_IDS = ['inpay', 'payfer', 'rasmiypay', 'autopaycard'] as const;
export const PAY_METHODS = ['click', 'payme', 'any'] as const;

export type OrderAction = (typeof ORDER_ACTIONS)[number];
export type PayAction = (typeof PAY_ACTIONS)[number];
export type BillAction = (typeof BILL_ACTIONS)[number];
export type SavedAction = (typeof SAVED_ACTIONS)[number];
export type CardAction = (typeof CARD_ACTIONS)[number];

export type Tap =
  | { kind: 'menu' }
  | { kind: 'balance' }
  | { kind: 'languages' }
  | { kind: 'language'; language: Language }
  | { kind: 'providers' }
  | { kind: 'provider'; provider: ProviderId }
  | { kind: 'sum'; provider: ProviderId; sumTiyin: Tiyin }
  | { kind: 'method'; provider: ProviderId; sumTiyin: Tiyin; method: PayMethod }
  | { kind: 'history'; offset: number }
  | { kind: 'entry'; topupId: string; offset: number }
  | { kind: 'order'; action: OrderAction; topupId: string }
  /** Of the owner's desk; `arg` is what the action needs, or `-`. */
  | { kind: 'desk'; area: string; action: string; arg: string }
  | { kind: 'topup_for'; sumTiyin: Tiyin }
  | { kind: 'pay' }
  /** A button of a story's question; `arg` is what the action needs, or `-`. */
  | { kind: 'pay_step'; storyId: string; seq: number; action: PayAction; arg: string }
  /** Goes on with the story that was left, whichever it is. */
  | { kind: 'pay_continue' }
  | { kind: 'bills'; offset: number }
  | { kind: 'bill'; action: BillAction; billId: string }
  | { kind: 'saved_list'; offset: number }
  | { kind: 'saved'; action: SavedAction; savedId: number }
  | { kind: 'cards' }
  | { kind: 'card_link' }
  /** `card` is a short key of its id. */
  | { kind: 'card'; action: CardAction; card: string };

export type TapKind = Tap['kind'];
export type TapOf<K extends TapKind> = Extract<Tap, { kind: K }>;

const MAX_BYTES = 64;

/** The data of a button. Throws when it would be longer than Telegram allows. */
export function tapData(tap: Tap): string {
  const data = [tap.kind, ...argumentsOf(tap)].join(':');
  if (Buffer.byteLength(data) > MAX_BYTES) {
    throw new RangeError(`callback data "${data}" is longer than ${MAX_BYTES} bytes`);
  }
  return data;
}

/** What follows the kind, in this order. */
const FIELDS: { [K in TapKind]: readonly Exclude<keyof TapOf<K>, 'kind'>[] } = {
  menu: [],
  balance: [],
  languages: [],
  providers: [],
  language: ['language'],
  provider: ['provider'],
  sum: ['provider', 'sumTiyin'],
  method: ['provider', 'sumTiyin', 'method'],
  history: ['offset'],
  entry: ['topupId', 'offset'],
  order: ['action', 'topupId'],
  desk: ['area', 'action', 'arg'],
  topup_for: ['sumTiyin'],
  pay: [],
  pay_step: ['storyId', 'seq', 'action', 'arg'],
  pay_continue: [],
  bills: ['offset'],
  bill: ['action', 'billId'],
  saved_list: ['offset'],
  saved: ['action', 'savedId'],
  cards: [],
  card_link: [],
  card: ['action', 'card'],
};

function argumentsOf(tap: Tap): string[] {
  const values: Readonly<Record<string, string | number>> = tap;
  const fields: readonly string[] = FIELDS[tap.kind];
  return fields.map((field) => String(values[field]));
}

type Arguments = readonly (string | undefined)[];

/** Reads what comes after the kind; null when it is not what `tapData` writes. */
const READERS: { [K in TapKind]: (parts: Arguments) => Omit<TapOf<K>, 'kind'> | null } = {
  menu: () => ({}),
  balance: () => ({}),
  languages: () => ({}),
  providers: () => ({}),
  desk: ([area, action, arg]) =>
    complete({ area: id(area), action: id(action), arg: deskArgument(arg) }),
  language: ([language]) => (isLanguage(language) ? { language } : null),
  provider: ([provider]) => complete({ provider: oneOf(PROVIDER_IDS, provider) }),
  sum: ([provider, sum]) =>
    complete({ provider: oneOf(PROVIDER_IDS, provider), sumTiyin: positive(sum) }),
  method: ([provider, sum, method]) =>
    complete({
      provider: oneOf(PROVIDER_IDS, provider),
      sumTiyin: positive(sum),
      method: oneOf(PAY_METHODS, method),
    }),
  history: ([offset]) => complete({ offset: whole(offset) }),
  entry: ([topupId, offset]) => complete({ topupId: id(topupId), offset: whole(offset) }),
  order: ([action, topupId]) =>
    complete({ action: oneOf(ORDER_ACTIONS, action), topupId: id(topupId) }),
  topup_for: ([sum]) => complete({ sumTiyin: positive(sum) }),
  pay: () => ({}),
  pay_step: ([storyId, seq, action, arg]) =>
    complete({
      storyId: id(storyId),
      seq: whole(seq),
      action: oneOf(PAY_ACTIONS, action),
      arg: id(arg),
    }),
  pay_continue: () => ({}),
  bills: ([offset]) => complete({ offset: whole(offset) }),
  bill: ([action, billId]) => complete({ action: oneOf(BILL_ACTIONS, action), billId: id(billId) }),
  saved_list: ([offset]) => complete({ offset: whole(offset) }),
  saved: ([action, savedId]) =>
    complete({ action: oneOf(SAVED_ACTIONS, action), savedId: positive(savedId) }),
  cards: () => ({}),
  card_link: () => ({}),
  card: ([action, card]) => complete({ action: oneOf(CARD_ACTIONS, action), card: id(card) }),
};

/** What a tap means; null for data of another version or somebody's invention. */
export function parseTap(data: string): Tap | null {
  const [kind, ...parts] = data.split(':');
  if (kind === undefined || !Object.hasOwn(READERS, kind)) return null;
  const known = kind as TapKind;
  const fields = READERS[known](parts);
  if (fields === null) return null;
  const tap = { kind: known, ...fields } as Tap;
  // Anything but the one spelling that buttons have is not from a button of ours.
  return tapData(tap) === data ? tap : null;
}

type Complete<T> = { [K in keyof T]: Exclude<T[K], null> };

function complete<T extends Record<string, unknown>>(fields: T): Complete<T> | null {
  return Object.values(fields).includes(null) ? null : (fields as Complete<T>);
}

function oneOf<T extends string>(known: readonly T[], text: string | undefined): T | null {
  return known.find((each) => each === text) ?? null;
}

function whole(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text))
    ? Number(text)
    : null;
}

function positive(text: string | undefined): number | null {
  const number = whole(text);
  return number !== null && number > 0 ? number : null;
}

function deskArgument(text: string | undefined): string | null {
  return text !== undefined && /^[\w.-]{1,50}$/.test(text) ? text : null;
}

function id(text: string | undefined): string | null {
  return text !== undefined && /^[\w-]{1,40}$/.test(text) ? text : null;
}
