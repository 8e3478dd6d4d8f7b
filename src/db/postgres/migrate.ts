/** Applies what the database has not seen of migrations/postgres, one process at a time. */
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import type { Clock } from '../../core/deps.ts';
import { clientOptions } from './driver.ts';
import { isLost } from './errors.ts';
import { CREATE_MARKS, FORGET_MARKS } from './marks.ts';
import { type AskProcess, refusePooledSessions } from './session.ts';

export const MIGRATIONS = fileURLToPath(new URL('../../../migrations/postgres', import.meta.url));

/** One of several processes that start together migrates, the others wait: "tolo", 0. */
const LOCK = [0x746f6c6f, 0] as const;

/** A server that starts together with the program may need some seconds. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 300;

/** Rejects with a sentence for the operator when the server can't be used. */
export async function migratePostgres(url: string, clock: Clock): Promise<void> {
  const until = clock.elapsed() + PATIENCE_MS;
  for (;;) {
    try {
      await migrateOnce(url);
      return;
    } catch (error) {
      if (isLost(error) && clock.elapsed() < until) {
        await clock.sleep(PAUSE_MS);
        continue;
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `The database that DATABASE_URL names can't be used: ${reason}. ` +
          'It must be a PostgreSQL of version 13 or newer that this machine reaches, and its user must own the database.',
        { cause: error },
      );
    }
  }
}

/** Before the first lock: behind a pool it would be left to strangers. */
async function refusePool(client: Client, url: string): Promise<void> {
  const second = new Client(clientOptions(url));
  second.on('error', () => undefined);
  try {
    await second.connect();
    await refusePooledSessions(processOf(client), processOf(second));
  } finally {
    await second.end().catch(() => undefined);
  }
}

function processOf(client: Client): AskProcess {
  return async () => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return rows[0]?.pid ?? 0;
  };
}

async function migrateOnce(url: string): Promise<void> {
  const client = new Client(clientOptions(url));
  client.on('error', () => undefined);
  try {
    await client.connect();
    await refusePool(client, url);
    await client.query('select pg_advisory_lock($1, $2)', [...LOCK]);
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
    await client.query(CREATE_MARKS);
    await client.query(FORGET_MARKS);
  } finally {
    // Ends the session, and with it the lock.
    await client.end().catch(() => undefined);
  }
}
