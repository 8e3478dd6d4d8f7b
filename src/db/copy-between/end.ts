/** One end of a copy: a database that this process has for itself, inside one transaction. */
import type { DatabaseAddress } from '../address.ts';
import type { Queries } from '../database.ts';
import type { TableLayout } from './layout.ts';

/** As SQLite stores it: booleans are 0 and 1, JSON is its text. */
type Value = string | number | null;
export type Row = Value[];

export interface End {
  /** Reads what is there, this transaction's own rows included. */
  readonly queries: Queries;
  /** All rows in batches, in the order of the primary key: by bytes, so that both engines agree. */
  rows(table: TableLayout): AsyncIterable<Row[]>;
  write(table: TableLayout, rows: readonly Row[]): Promise<void>;
  /** The number that the next row of a numbered table gets. */
  nextNumber(table: TableLayout): Promise<number>;
  setNextNumber(table: TableLayout, next: number): Promise<void>;
  /** Call it after writing: lets the engine look at what it has, without which questions about it take for ever. */
  analyze(): Promise<void>;
  /** Makes everything that was written last. Without it nothing stays. */
  commit(): Promise<void>;
  /** Marks the source as left for `to`, for good. Absent where nobody could start on it by mistake. */
  leave?(to: string): Promise<void>;
  close(): Promise<void>;
}

export type Role = 'source' | 'target';

/** Nothing was changed. The message says why, and what to do. */
export class CopyError extends Error {
  override name = 'CopyError';
}

/** A database as people may see it: without the user and password. */
export function titleOf(address: DatabaseAddress): string {
  if (address.engine === 'sqlite') return address.path;
  const { host, pathname } = new URL(address.url);
  return `PostgreSQL ${host}${pathname}`;
}

/** Throws unless the schema is this version's. The source is never migrated: it is what people go back to. */
export function refuseOtherVersion(title: string, seen: number, known: number): void {
  if (seen === known) return;
  if (seen === 0) throw new CopyError(`${title} is no database of this program.`);
  if (seen > known) {
    throw new CopyError(`${title} belongs to a newer version of the program. Update first.`);
  }
  throw new CopyError(
    `${title} belongs to an older version of the program. ` +
      'Start this version with it once, stop it, then copy.',
  );
}

/** Throws where a value is not what its column says: the other engine would refuse it or change it. */
export function assertFits(table: TableLayout, row: readonly unknown[]): asserts row is Row {
  for (const [i, { name, kind }] of table.columns.entries()) {
    const value = row[i];
    if (value === null) continue;
    const fits =
      kind === 'text'
        ? typeof value === 'string'
        : Number.isSafeInteger(value) && (kind === 'integer' || value === 0 || value === 1);
    if (!fits) {
      throw new CopyError(
        `A row of ${table.name} holds in ${name} what is no ${kind}. Its key: ${keyOf(table, row)}.`,
      );
    }
  }
}

function keyOf({ columns, key }: TableLayout, row: readonly unknown[]): string {
  return key
    .map((name) => String(row[columns.findIndex((column) => column.name === name)]))
    .join(', ');
}
