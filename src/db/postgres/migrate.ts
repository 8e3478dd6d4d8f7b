/** Applies what the database has not seen of migrations/postgres, one process at a time. */
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import type { Clock } from '../../core/deps.ts';
import { migrationsNeeded } from '../compatibility.ts';
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
      if (error instanceof NewerTablesError) throw error;
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

class NewerTablesError extends Error {
  override name = 'NewerTablesError';
  constructor() {
    super(
      'The database that DATABASE_URL names was worked on by a newer version of the program, and this one does not know all that ' +
        'is in it. It was left as it is. Start the newer version (docs/scaling.md, "Three processes with Docker").',
    );
  }
}

/** Where drizzle keeps what was applied. */
const APPLIED = 'drizzle.__drizzle_migrations';

/**
 * Throws NewerTablesError where the tables have seen migrations without which this version can't work on them, as the newer one
 * noted; not noted, it needs all of them. True: they have seen some that this version does not know, and can do without.
 */
async function refuseNewer(client: Client): Promise<boolean> {
  const { rows: found } = await client.query<{ there: boolean }>(
    `select to_regclass('${APPLIED}') is not null as there`,
  );
  if (!found[0]?.there) return false;
  const { rows } = await client.query<{ seen: number; note: string | null }>(
    `select count(*)::int as seen, obj_description('${APPLIED}'::regclass) as note from ${APPLIED}`,
  );
  const { seen = 0, note = null } = rows[0] ?? {};
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS }).length;
  if (seen <= known) return false;
  const needed = Number(/^needs (\d+)$/.exec(note ?? '')?.[1] ?? seen);
  if (needed > known) throw new NewerTablesError();
  return true;
}

/** As a remark on the table, where an older version looks: it knows nothing of newer migrations and could not tell. */
async function noteNeeded(client: Client): Promise<void> {
  const needed = migrationsNeeded('postgres', ['back', 'beside']);
  await client.query(`comment on table ${APPLIED} is 'needs ${needed}'`);
}

async function migrateOnce(url: string): Promise<void> {
  const client = new Client(clientOptions(url));
  client.on('error', () => undefined);
  try {
    await client.connect();
    await refusePool(client, url);
    await client.query('select pg_advisory_lock($1, $2)', [...LOCK]);
    const isNewer = await refuseNewer(client);
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
    // What a newer version noted stays.
    if (!isNewer) await noteNeeded(client);
    await client.query(CREATE_MARKS);
    await client.query(FORGET_MARKS);
  } finally {
    // Ends the session, and with it the lock.
    await client.end().catch(() => undefined);
  }
}
