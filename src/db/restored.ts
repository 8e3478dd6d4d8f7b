/** When a copy took the place of the database: what is older may have gone on since, in books that are lost. */
import type { Queries, Tx } from './database.ts';
import { readMeta, writeMeta } from './meta.ts';

/** In `meta`; docs/scaling.md writes it as well, after a restore with PostgreSQL's own tools. */
const KEY = 'restored_at';

/** `at`: milliseconds since 1970. */
export async function noteRestored(tx: Tx, at: number): Promise<void> {
  await writeMeta(tx, KEY, String(at));
}

/** In milliseconds since 1970; null: these are the books from the beginning. */
export async function restoredAt(queries: Queries): Promise<number | null> {
  const at = await readMeta(queries, KEY);
  return at === null ? null : Number(at);
}
