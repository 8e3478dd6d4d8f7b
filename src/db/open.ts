/** Opens the database, whichever engine has it. */
import type { DatabaseAddress } from './address.ts';
import type { Database, Queries } from './database.ts';
import type * as Postgres from './postgres/open.ts';
import { openSqlite, snapshot } from './sqlite.ts';

/** A SQLite file that can't be used rejects here; a PostgreSQL that can't be reached rejects the first call. */
export async function openDatabase(address: DatabaseAddress): Promise<Database> {
  if (address.engine === 'sqlite') return openSqlite(address.path);
  const { openPostgres } = await postgres();
  return openPostgres(address.url);
}

/** Loaded only where it is used: the driver would be a tenth of the memory of a program on a file. */
async function postgres(): Promise<typeof Postgres> {
  return await import('./postgres/open.ts');
}

/** `Database.snapshot` on a connection of its own: for work in a thread or a process of its own. */
export async function snapshotOf<T>(
  address: DatabaseAddress,
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  if (address.engine === 'sqlite') return await snapshot(address.path, work);
  const { openPostgres } = await postgres();
  const db = openPostgres(address.url, { migrate: false, readers: 1 });
  try {
    return await db.snapshot(work);
  } finally {
    await db.close();
  }
}

/**
 * The path of the file, for what only exists for files: copies, and the sandbox's books. Throws with what to do
 * instead.
 */
export function fileOf(address: DatabaseAddress): string {
  if (address.engine === 'sqlite') return address.path;
  throw new Error(
    'DATABASE_URL names a PostgreSQL: its own tools make and restore copies (docs/scaling.md says how).',
  );
}
