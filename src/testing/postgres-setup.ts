/** One PostgreSQL server for a run of the tests, with a database that has all tables, to be copied. */
import type { TestProject } from 'vitest/node';
import { openPostgres } from '../db/postgres/open.ts';
import { startPostgres } from './postgres-cluster.ts';
import { TEMPLATE } from './postgres-query.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the server is. Tests on SQLite have none. */
    postgres?: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startPostgres();
  const db = openPostgres(await cluster.createDatabase(TEMPLATE), { requireDurable: false });
  await db.tx(() => Promise.resolve());
  await db.close();
  project.provide('postgres', cluster.url());
  return () => cluster.remove();
}
