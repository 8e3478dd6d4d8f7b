/** The main menu: the keyboard below every private chat. */
import type { ReplyKeyboardMarkup } from 'grammy/types';
import type { Translate } from '../locales/texts.ts';
import type { Message } from './screen.ts';

/** What the main menu offers beyond what it always does. */
export interface Menu {
  pay: boolean;
}

export function mainMenu(t: Translate, menu: Menu): ReplyKeyboardMarkup {
  const first = [{ text: t('menu-topup') }];
  return {
    keyboard: [
      ...(menu.pay ? [[{ text: t('menu-pay') }], first] : [first]),
      [{ text: t('menu-cabinet') }, { text: t('menu-history') }],
      [{ text: t('menu-language') }, { text: t('menu-help') }],
    ],
    resize_keyboard: true,
    is_persistent: true,
  };
}

/** A line and the main menu's keyboard: hints, goodbyes, refusals. */
export function withMenu(t: Translate, text: string, menu: Menu): Message {
  return { text, keyboard: mainMenu(t, menu) };
}
