/**
 * What a button carries. The data only names things: whoever handles a tap looks them up and checks that they
 * belong to the sender, because anybody can send any data. Telegram allows 64 bytes.
 */
import { isLanguage, type Language } from '../language.ts';
import type { Tiyin } from '../money.ts';
import type { PayMethod, ProviderId } from '../topups/provider.ts';

export const ORDER_ACTIONS = ['show', 'check', 'ask_cancel', 'cancel'] as const;
export const OWNER_USER_ACTIONS = ['show', 'block', 'unblock'] as const;
export const OWNER_MONEY_ACTIONS = ['confirm', 'drop'] as const;
export const OWNER_ORDER_ACTIONS = [
  'show',
  'check',
  'ask_approve',
  'approve',
  'ask_credit',
  'credit',
  'ask_refuse',
  'refuse',
] as const;
export const PROVIDER_IDS = ['inpay', 'payfer', 'rasmiypay', 'autopaycard'] as const;
export const PAY_METHODS = ['click', 'payme', 'any'] as const;

export type OrderAction = (typeof ORDER_ACTIONS)[number];
export type OwnerUserAction = (typeof OWNER_USER_ACTIONS)[number];
export type OwnerMoneyAction = (typeof OWNER_MONEY_ACTIONS)[number];
export type OwnerOrderAction = (typeof OWNER_ORDER_ACTIONS)[number];

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
  | { kind: 'owner_user'; action: OwnerUserAction; userId: number }
  | { kind: 'owner_money'; action: OwnerMoneyAction; actionId: string }
  | { kind: 'owner_orders' }
  | { kind: 'owner_order'; action: OwnerOrderAction; topupId: string };

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
  owner_orders: [],
  language: ['language'],
  provider: ['provider'],
  sum: ['provider', 'sumTiyin'],
  method: ['provider', 'sumTiyin', 'method'],
  history: ['offset'],
  entry: ['topupId', 'offset'],
  order: ['action', 'topupId'],
  owner_user: ['action', 'userId'],
  owner_money: ['action', 'actionId'],
  owner_order: ['action', 'topupId'],
};

function argumentsOf<K extends TapKind>(tap: TapOf<K> & { kind: K }): string[] {
  return FIELDS[tap.kind].map((field) => String(tap[field]));
}

type Arguments = readonly (string | undefined)[];

/** Reads what comes after the kind; null when it is not what `tapData` writes. */
const READERS: { [K in TapKind]: (parts: Arguments) => Omit<TapOf<K>, 'kind'> | null } = {
  menu: () => ({}),
  balance: () => ({}),
  languages: () => ({}),
  providers: () => ({}),
  owner_orders: () => ({}),
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
  owner_user: ([action, userId]) =>
    complete({ action: oneOf(OWNER_USER_ACTIONS, action), userId: positive(userId) }),
  owner_money: ([action, actionId]) =>
    complete({ action: oneOf(OWNER_MONEY_ACTIONS, action), actionId: id(actionId) }),
  owner_order: ([action, topupId]) =>
    complete({ action: oneOf(OWNER_ORDER_ACTIONS, action), topupId: id(topupId) }),
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

function id(text: string | undefined): string | null {
  return text !== undefined && /^[\w-]{1,40}$/.test(text) ? text : null;
}
