/** Single questions to a PostgreSQL server, behind the program's back. */
import { Client, escapeIdentifier } from 'pg';

/** The database of the tests' server that has all tables: others are copies of it. */
export const TEMPLATE = 'migrated';

/** Connects, asks, and ends. */
export async function queryOnce(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  // A connection that breaks while nobody asks says so as an event.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The address of another database of the same server. */
export function addressOn(server: string, database: string): string {
  return new URL(`/${database}`, server).href;
}

/**
 * Makes a database as a copy of `template` and gives its address. Nobody may be in the template. Files are copied: three
 * times as fast here as the default, which writes all of it to the log.
 */
export async function createDatabase(
  server: string,
  { name, template = 'template0' }: { name: string; template?: string },
): Promise<string> {
  const of = `${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`;
  await queryOnce(server, `CREATE DATABASE ${of} STRATEGY FILE_COPY`);
  return addressOn(server, name);
}

/** Ends whoever is in it. */
export async function dropDatabase(server: string, name: string): Promise<void> {
  await queryOnce(server, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
}
