/** A screen is a text and its buttons; views build screens and do nothing else. */
import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types';
import { type Tap, tapData } from './callbacks.ts';
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

export function button(text: string, tap: Tap): InlineKeyboardButton {
  return { text, callback_data: tapData(tap) };
}

/** Null for an address Telegram would refuse: one bad link must not cost the whole screen. */
export function linkButton(text: string, url: string | null): InlineKeyboardButton | null {
  return url !== null && /^https?:\/\/\S+$/.test(url) && URL.canParse(url) ? { text, url } : null;
}

export function copyButton(text: string, copied: string): InlineKeyboardButton {
  return { text, copy_text: { text: copied } };
}

export function menuButton(t: Translate): InlineKeyboardButton {
  return button(t('button-menu'), { kind: 'menu' });
}

export function topupButton(t: Translate): InlineKeyboardButton {
  return button(t('menu-topup'), { kind: 'providers' });
}
