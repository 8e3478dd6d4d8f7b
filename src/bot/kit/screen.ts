/** A screen is a text and its buttons; views build screens and do nothing else. */
import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types';
import { type Tap, tapData } from './callbacks.ts';
import type { About } from '../../support/about.ts';
import type { ReceiptRef } from '../../receipts/receipt.ts';
import type { Translate } from '../locales/texts.ts';

/** May stand in the place of another screen. */
export interface Screen {
  /** Telegram's HTML. */
  text: string;
  keyboard?: InlineKeyboardMarkup;
}

/** A new message; only these can bring the main menu's keyboard. */
export interface Message {
  text: string;
  keyboard?: InlineKeyboardMarkup | ReplyKeyboardMarkup;
}

type Row = readonly (InlineKeyboardButton | null)[];

/** A screen of lines and rows; empty lines collapse at the ends, `null` drops a line or a button. */
export function screen(lines: readonly (string | null)[], rows: readonly Row[] = []): Screen {
  const text = lines
    .filter((line) => line !== null)
    .join('\n')
    .trim();
  const keyboard = rows
    .map((row) => row.filter((each) => each !== null))
    .filter((row) => row.length > 0);
  return keyboard.length === 0 ? { text } : { text, keyboard: { inline_keyboard: keyboard } };
}

/** Two in each row. */
export function pairs<T>(all: readonly T[]): T[][] {
  return all.flatMap((_, index) => (index % 2 === 0 ? [all.slice(index, index + 2)] : []));
}

/** In front of the data of a button that opens what it leads to in a message of its own. */
const BELOW = '+';

/**
 * A receipt, or news of money: it stays what it is. `rows` open what they lead to below it; only `own`, which show how it
 * is by now, may change it.
 */
export function record(
  lines: readonly (string | null)[],
  rows: readonly Row[] = [],
  own: Row = [],
): Screen {
  return screen(lines, [own, ...rows.map((row) => row.map(openingBelow))]);
}

/** What the button leads to stands in a message of its own. */
export function openingBelow(each: InlineKeyboardButton | null): InlineKeyboardButton | null {
  if (each === null || !('callback_data' in each)) return each;
  return { ...each, callback_data: BELOW + each.callback_data };
}

/** What a tapped button means without that, and whether it opens below. */
export function tappedData(data: string): { data: string; opensBelow: boolean } {
  const opensBelow = data.startsWith(BELOW);
  return { data: opensBelow ? data.slice(BELOW.length) : data, opensBelow };
}

export function button(text: string, tap: Tap): InlineKeyboardButton {
  return { text, callback_data: tapData(tap) };
}

/** The tap that pays. Apps that know no colours show the button as ever. */
export function green<B extends InlineKeyboardButton | null>(each: B): B {
  return each === null ? each : { ...each, style: 'success' };
}

/** The tap that gives something up: a payment, a card, what was saved. */
export function red(each: InlineKeyboardButton): InlineKeyboardButton {
  return { ...each, style: 'danger' };
}

/** Null for an address Telegram would refuse: one bad link must not cost the whole screen. */
export function linkButton(text: string, url: string | null): InlineKeyboardButton | null {
  return url !== null && /^https?:\/\/\S+$/.test(url) && URL.canParse(url) ? { text, url } : null;
}

export function copyButton(text: string, copied: string): InlineKeyboardButton {
  return { text, copy_text: { text: copied } };
}

/** For what is paid. */
export function receiptButton(t: Translate, { kind: of, id }: ReceiptRef): InlineKeyboardButton {
  return button(t('button-receipt'), { kind: 'receipt', of, id });
}

/** Under a payment that went wrong, or nobody is sure of: a person at the other end. */
export function helpButton(t: Translate, about: About | null): InlineKeyboardButton {
  const { kind: of, id } = about ?? { kind: 'any', id: '-' };
  return button(t('button-help'), { kind: 'help', of, id });
}

export function menuButton(t: Translate): InlineKeyboardButton {
  return button(t('button-menu'), { kind: 'menu' });
}

export function topupButton(t: Translate): InlineKeyboardButton {
  return button(t('menu-topup'), { kind: 'providers' });
}

/** While Paylov is being asked: no button that does anything, so that nobody taps twice. */
export function payingScreen(t: Translate, text: 'pay-working' | 'pay-asking'): Screen {
  return screen([t(text)], [[idleButton(t('button-paying'))]]);
}

/** Shows that something is under way. Where Telegram does not know such buttons, there is none. */
function idleButton(text: string): InlineKeyboardButton {
  return { text, disabled: {} };
}
