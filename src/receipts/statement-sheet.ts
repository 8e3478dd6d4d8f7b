/** A statement as plain data: words are in the reader's language. Written by `statement-file.ts`. */
import type { Tiyin } from '../core/money.ts';

export const STATEMENT_FORMATS = ['pdf', 'xlsx'] as const;
export type StatementFormat = (typeof STATEMENT_FORMATS)[number];

export interface StatementSheet {
  /** Who gives it. */
  issuer: string;
  title: string;
  /** Whose it is, and of which days. */
  about: readonly string[];
  columns: { at: string; what: string; number: string; sum: string; balance: string };
  /** What was on the balance before the first line. */
  opening: { label: string; balanceTiyin: Tiyin };
  /** Oldest first. */
  lines: readonly StatementEntry[];
  /** What is on it after the last. */
  closing: { label: string; balanceTiyin: Tiyin };
}

export interface StatementEntry {
  /** Milliseconds since 1970. */
  at: number;
  what: string;
  /** Of the payment that it belongs to. */
  number: string | null;
  /** What came (positive) or went (negative). */
  amountTiyin: Tiyin;
  balanceTiyin: Tiyin;
}
