/** Whether anything can be written now: only writing tells. */
import type { Database } from './database.ts';
import { writeMeta } from './meta.ts';

/** What the engine says when it can't; null: it can. `at`: milliseconds since 1970. */
export async function writeTrouble(db: Database, at: number): Promise<string | null> {
  try {
    await db.tx((tx) => writeMeta(tx, 'health', String(at)));
    return null;
  } catch (error) {
    return codeOf(error) ?? 'unknown error';
  }
}

/** The driver's code for an error, also where the query builder stands between. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  return 'code' in error ? String(error.code) : codeOf(error.cause);
}
