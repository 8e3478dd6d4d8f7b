/** A file whose content lives on in a PostgreSQL: starting on it again would be a second set of books. */
import type { Database } from './database.ts';
import { readMeta, removeMeta } from './meta.ts';

/** In `meta` of the file that was left; its value names where everything went. Never copied. */
export const MOVED_TO = 'moved_to';

/** The file was left. The message names both, and how to go back. */
class DatabaseMovedError extends Error {
  override name = 'DatabaseMovedError';
  constructor(path: string, to: string) {
    super(
      `Everything in ${path} was moved to ${to}: whatever was paid since is there alone. Let DATABASE_URL name it ` +
        '(a unit or a compose file may overrule .env). If this file is to be the one again, and nobody has worked ' +
        'there since: npm start -- --old-database',
    );
  }
}

/** Throws DatabaseMovedError. `forget`: somebody asked for this file although it was moved. */
export async function refuseMoved(
  db: Database,
  { path, forget }: { path: string; forget: boolean },
): Promise<void> {
  if (forget) await db.tx((tx) => removeMeta(tx, MOVED_TO));
  const to = await readMeta(db.read, MOVED_TO);
  if (to !== null) throw new DatabaseMovedError(path, to);
}
