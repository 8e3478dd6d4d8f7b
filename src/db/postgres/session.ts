/**
 * Whether a connection is a session of its own. The program keeps things in its sessions: advisory locks, SET, statements
 * with names. Behind a pool in transaction mode (PgBouncer's `pool_mode = transaction`) each statement may meet another
 * server process, with what strangers left there.
 */

/** Asks, outside of any transaction, which server process answers. */
export type AskProcess = () => Promise<number>;

/** The sentence goes on after "can't be used: ". */
export class PooledSessionError extends Error {
  override name = 'PooledSessionError';
  constructor() {
    super(
      'a pool stands in front of it that gives each transaction another session, such as PgBouncer with ' +
        'pool_mode = transaction. Let DATABASE_URL name the server itself, or set pool_mode = session',
    );
  }
}

/** A pool with many free servers may give the right one by chance. */
const ROUNDS = 4;

/** `one` and `other` ask on two connections that are open at once. Throws PooledSessionError. */
export async function refusePooledSessions(one: AskProcess, other: AskProcess): Promise<void> {
  const first = await one();
  for (let round = 0; round < ROUNDS; round += 1) {
    const meanwhile = await other();
    if (meanwhile === first || (await one()) !== first) throw new PooledSessionError();
  }
}
