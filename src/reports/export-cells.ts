/** How values stand in the cells of a spreadsheet. */
import { TIYIN_PER_SOM, type Tiyin } from '../core/money.ts';
import { TASHKENT_OFFSET_MS } from '../core/calendar.ts';

/** Null is an empty cell. */
export type CellValue = string | number | Date | null;

export type CellKind = 'text' | 'number' | 'money' | 'date';

/** `@` keeps text text also when somebody edits the cell: what begins with `=` never becomes a formula. */
export const FORMATS: Readonly<Record<CellKind, string>> = {
  text: '@',
  number: '0',
  money: '#,##0.00',
  date: 'dd.mm.yyyy hh:mm:ss',
};

/** Spreadsheets know no time zones: the cell shows Tashkent's clock, in whole seconds. */
export function dateCell(at: number | null): Date | null {
  return at === null ? null : new Date(Math.floor(at / 1000) * 1000 + TASHKENT_OFFSET_MS);
}

/** In so'm. */
export function moneyCell(amount: Tiyin | null): number | null {
  return amount === null ? null : amount / TIYIN_PER_SOM;
}

/** A cell holds no more. */
const MAX_LENGTH = 32_000;

/** XML has no characters for most of these, and cells need none. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** Sixteen to nineteen digits, in groups or not: what may be somebody's card. */
const CARD = /(?<!\d)(?:\d[ -]?){12,15}(\d{4})(?!\d)/g;

/** Spreadsheets take `_x0041_` for an "A" (ECMA-376 part 1, 22.9.2.19, ST_Xstring); also where two share a "_". */
const ESCAPE_LIKE = /_(?=x[0-9a-f]{4}_)/gi;

/** Text from outside: bounded, possible in XML, and without numbers of cards. Empty text is an empty cell. */
export function textCell(text: string | null): string | null {
  if (text === null || text === '') return null;
  return text
    .slice(0, MAX_LENGTH)
    .replaceAll(FORBIDDEN, ' ')
    .replaceAll(CARD, '•••• $1')
    .replaceAll(ESCAPE_LIKE, '_x005F_');
}
