/** A database of its own on a PostgreSQL, for one run. */
import { Client, escapeIdentifier } from 'pg';
import { openPostgres } from '../src/db/postgres/open.ts';
import type { PostgresCluster } from '../src/testing/postgres-cluster.ts';
import { PARENT, type Store } from './store.ts';
import { WaitingReader } from './waiting-reader.ts';

const END_SESSIONS = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = $1`;
const HAS_TABLES = "select 1 from pg_tables where tablename = 'bill_history'";

/** For `startPostgres`: it keeps what it commits, and waits for no disk. */
export const SAFE_IN_MEMORY = { durable: true, parent: PARENT } as const;

let made = 0;

export async function createPostgresStore(cluster: PostgresCluster): Promise<Store> {
  made += 1;
  const name = `simulated_${made}`;
  const url = await cluster.createDatabase(name);
  const reader = new WaitingReader(url);
  let hasTables = false;
  return {
    url,
    open: (options) =>
      openPostgres(`${url}?application_name=${encodeURIComponent(options.name)}`, options),
    cutOff: (life) => {
      // Until they are gone, as their locks are then; the server's own way to wait looks every 100 ms.
      while (reader.rows(END_SESSIONS, [life]).length > 0);
    },
    async crash() {
      await cluster.crash();
      await cluster.start();
    },
    // Its connections have ended, and who is dead waits for no answer.
    release: async () => undefined,
    rows(query, given) {
      hasTables ||= reader.rows(HAS_TABLES).length > 0;
      return hasTables ? reader.rows(query, given) : [];
    },
    async close() {
      await reader.close();
      await drop(cluster.url(), name);
    },
  };
}

async function drop(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`drop database ${escapeIdentifier(name)} with (force)`);
  await client.end();
}
