/** The main menu's buttons send their labels as text; a keyboard in an old language still stands in many chats. */
import { LANGUAGES } from '../../core/language.ts';
import type { Texts } from '../locales/texts.ts';

export const MENU_ENTRIES = ['topup', 'pay', 'cabinet', 'history', 'language', 'help'] as const;

export type MenuEntry = (typeof MENU_ENTRIES)[number];

export interface Labels {
  /** Which entry of the menu a text is, in whatever language. */
  entryOf(text: string): MenuEntry | null;
}

/** Without bills there is nothing to pay, so that label means no more than any other text. */
export function buildLabels(texts: Texts, { pay }: { pay: boolean }): Labels {
  const entries = new Map<string, MenuEntry>();
  for (const language of LANGUAGES) {
    for (const entry of MENU_ENTRIES) {
      if (entry === 'pay' && !pay) continue;
      entries.set(normalise(texts(language)(`menu-${entry}`)), entry);
    }
  }
  return { entryOf: (text) => entries.get(normalise(text)) ?? null };
}

/** Keyboards of phones write many kinds of apostrophes, and some drop the emoji's variation selector. */
function normalise(text: string): string {
  return text
    .replaceAll(/[ʻʼ‘’`´]/g, "'")
    .replaceAll('\ufe0f', '')
    .trim()
    .toLowerCase();
}
