/** What a table holds, word for word, in a few characters that can be compared. */
import { createHash } from 'node:crypto';
import type { End, Row } from '../db/copy-between/end.ts';
import type { TableLayout } from '../db/copy-between/layout.ts';
import { withoutNul } from '../db/postgres/driver.ts';

export interface Contents {
  rows: number;
  /** SHA-256 over all values of all rows, in the order of the primary key. */
  digest: string;
  /** Texts in which NUL characters were replaced: PostgreSQL has no such character. */
  replacedTexts: number;
}

/** Reads the whole table, as PostgreSQL can hold it, and hands it on to `take`. */
export async function contentsOf(
  end: End,
  table: TableLayout,
  take: (rows: Row[]) => Promise<void> = async () => undefined,
): Promise<Contents> {
  const hash = createHash('sha256');
  let count = 0;
  let replacedTexts = 0;
  for await (const rows of end.rows(table)) {
    replacedTexts += rows.reduce((sum, row) => sum + replaceNuls(row), 0);
    hash.update(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    count += rows.length;
    await take(rows);
  }
  return { rows: count, digest: hash.digest('hex'), replacedTexts };
}

function replaceNuls(row: Row): number {
  let replaced = 0;
  for (const [i, value] of row.entries()) {
    if (typeof value !== 'string' || !value.includes('\0')) continue;
    row[i] = withoutNul(value);
    replaced += 1;
  }
  return replaced;
}
