/** A file is for play money or for real money, for good. */
import type { Database } from './database.ts';
import { addMeta, readMeta } from './meta.ts';

export type Mode = 'live' | 'sandbox';

/** The file belongs to the other mode: going on would mix play money with real money. */
export class WrongModeError extends Error {
  override name = 'WrongModeError';
  constructor(mode: Mode) {
    super(
      mode === 'live'
        ? 'DATABASE_URL names a file full of sandbox play money. Name a new file for real money.'
        : 'DATABASE_URL names a file with real money, and BOT_TOKEN is not set. ' +
            'Set BOT_TOKEN, or name another file for the sandbox.',
    );
  }
}

/** Claims a new file for `mode`; throws WrongModeError when it belongs to the other one. */
export async function claimMode(db: Database, mode: Mode): Promise<void> {
  const found = await db.tx(async (tx) => {
    await addMeta(tx, 'mode', mode);
    return await readMeta(tx, 'mode');
  });
  if (found !== mode) throw new WrongModeError(mode);
}
