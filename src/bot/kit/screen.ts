/** A screen is a text and its buttons; views build screens and do nothing else. */
import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types';
import { type Tap, tapData } from './callbacks.ts';
import type { About } from '../../support/about.ts';
import type { ReceiptRef } from '../../receipts/receipt.ts';
import type { Translate } from '../locales/texts.ts';

/** A text with buttons that may stand in the place of another screen. */
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

/** Puts two of them into each row. */
export function pairs<T>(all: readonly T[]): T[][] {
  return all.flatMap((_, index) => (index % 2 === 0 ? [all.slice(index, index + 2)] : []));
}

/** Begins the data of a button whose outcome is shown in a message of its own. */
const BELOW = '+';

/**
 * A receipt, or news of money, which stays what it is. What the buttons in `rows` lead to is shown below it. Only those
 * in `own` may change it, since they show how the same payment is by now.
 */
export function record(
  lines: readonly (string | null)[],
  rows: readonly Row[] = [],
  own: Row = [],
): Screen {
  return screen(lines, [own, ...rows.map((row) => row.map(openingBelow))]);
}

/** The same button, with what it leads to in a message of its own. */
export function openingBelow<B extends InlineKeyboardButton | null>(each: B): B {
  if (each === null || !('callback_data' in each)) return each;
  return { ...each, callback_data: BELOW + each.callback_data };
}

/** The data of a tapped button without that mark, and whether it had it. */
export function tappedData(data: string): { data: string; opensBelow: boolean } {
  const opensBelow = data.startsWith(BELOW);
  return { data: opensBelow ? data.slice(BELOW.length) : data, opensBelow };
}

export function button(text: string, tap: Tap): InlineKeyboardButton {
  return { text, callback_data: tapData(tap) };
}

/** Marks the button that pays. Apps that know no colours show it as any other. */
export function green<B extends InlineKeyboardButton | null>(each: B): B {
  return each === null ? each : { ...each, style: 'success' };
}

/** Marks a button that gives something up: a payment, a card, what was saved. */
export function red(each: InlineKeyboardButton): InlineKeyboardButton {
  return { ...each, style: 'danger' };
}

/**
 * A button that opens an address. Null for one that Telegram would refuse: a bad link must not cost the whole screen.
 */
export function linkButton(text: string, url: string | null): InlineKeyboardButton | null {
  return url !== null && /^https?:\/\/\S+$/.test(url) && URL.canParse(url) ? { text, url } : null;
}

export function copyButton(text: string, copied: string): InlineKeyboardButton {
  return { text, copy_text: { text: copied } };
}

/** The button for the receipt of what is paid. */
export function receiptButton(t: Translate, { kind: of, id }: ReceiptRef): InlineKeyboardButton {
  return button(t('button-receipt'), { kind: 'receipt', of, id });
}

/** The button that leads to a person, under a payment that went wrong or that nobody is sure of. */
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

/** Shown while Paylov is being asked: no button does anything, so that nobody taps twice. */
export function payingScreen(t: Translate, text: 'pay-working' | 'pay-asking'): Screen {
  return screen([t(text)], [[idleButton(t('button-paying'))]]);
}

/** A button that only shows that something is under way. Where Telegram does not know such buttons, there is none. */
function idleButton(text: string): InlineKeyboardButton {
  return { text, disabled: {} };
}
