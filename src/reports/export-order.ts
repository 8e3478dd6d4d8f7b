/** What is to be exported, as plain data, and what came of it. */
import type { Period } from '../core/calendar.ts';

export const ORDER_COLUMNS = [
  'id',
  'created',
  'state',
  'provider',
  'asked',
  'due',
  'paid',
  'paidAt',
  'ended',
  'userId',
  'name',
  'username',
  'reference',
  'reason',
] as const;

export const BILL_COLUMNS = [
  'id',
  'created',
  'state',
  'service',
  'account',
  'amount',
  'fee',
  'paid',
  'source',
  'paidAt',
  'ended',
  'userId',
  'name',
  'username',
  'reference',
  'reason',
] as const;

export const ENTRY_COLUMNS = [
  'entry',
  'created',
  'kind',
  'bookAccount',
  'plus',
  'minus',
  'key',
  'actor',
  'reason',
] as const;

export type ColumnName =
  (typeof ORDER_COLUMNS)[number] | (typeof BILL_COLUMNS)[number] | (typeof ENTRY_COLUMNS)[number];

/** In the reader's language. */
export interface ExportWords {
  /** Titles of the sheets. */
  sheets: Readonly<Record<'orders' | 'bills' | 'entries', string>>;
  headers: Readonly<Record<ColumnName, string>>;
  total: string;
  /** Words for the states of orders and bills, by code. A state without a word is written as its code. */
  orderStates: Readonly<Record<string, string>>;
  billStates: Readonly<Record<string, string>>;
  sources: Readonly<Record<string, string>>;
  providers: Readonly<Record<string, string>>;
}

export interface ExportOrder {
  period: Period;
  words: ExportWords;
  /** Written to; its folder exists. */
  path: string;
  /** A larger file is given up. */
  maxBytes: number;
}

export type ExportOutcome =
  /** `rows`: of all sheets, without headers and totals. */
  { kind: 'written'; rows: number; bytes: number } | { kind: 'too_large' };
