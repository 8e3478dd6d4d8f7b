/** The page of a list that a payment was opened from, as short as a button needs it: the payment's screen leads back there. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { StatementFilter } from '../../ledger/statement.ts';
import type { Translate } from '../locales/texts.ts';
import type { Tap } from './callbacks.ts';
import { button } from './screen.ts';

/** Opened from no list. */
export const NOWHERE = '-';

export const fromTopups = (offset: number): string => `t${offset}`;

export const fromBills = (offset: number): string => `b${offset}`;

export function fromStatement(page: { filter: StatementFilter; offset: number }): string {
  const letters = { all: 'a', in: 'i', out: 'o' } as const satisfies Record<
    StatementFilter,
    string
  >;
  return letters[page.filter] + String(page.offset);
}

/** A button back to the list; null where there is none to go back to. */
export function backToOrigin(t: Translate, origin: string): InlineKeyboardButton | null {
  const tap = listOf(origin);
  return tap && button(t('button-back'), tap);
}

function listOf(origin: string): Tap | null {
  const offset = Number(origin.slice(1));
  switch (origin.charAt(0)) {
    case 't':
      return { kind: 'history', offset };
    case 'b':
      return { kind: 'bills', offset };
    case 'a':
      return { kind: 'statement', filter: 'all', offset };
    case 'i':
      return { kind: 'statement', filter: 'in', offset };
    case 'o':
      return { kind: 'statement', filter: 'out', offset };
    default:
      return null;
  }
}
