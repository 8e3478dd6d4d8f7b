/** SQL behind the seam, to look or to tamper, on whichever engine the tests run. */
import SqliteClient from 'better-sqlite3';
import { Client } from 'pg';
import { clientOptions } from '../db/postgres/driver.ts';

export interface Raw {
  /** The rows of a query; each `?` in it is one of `params`. */
  all(sql: string, params?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** One statement, or several. */
  run(sql: string, params?: readonly unknown[]): Promise<void>;
  /** Removes triggers and constraints that would refuse, as somebody does who has the database in their hands. */
  disarm(): Promise<void>;
  close(): Promise<void>;
}

/** `db` opens a connection at the first use. */
export function rawSqlite(path: string): Raw {
  let client: SqliteClient.Database | undefined;
  const open = (): SqliteClient.Database => (client ??= new SqliteClient(path));
  const raw: Raw = {
    all: async (sql, params = []) =>
      open()
        .prepare<unknown[], Record<string, unknown>>(sql)
        .all(...params),
    async run(sql, params = []) {
      if (params.length === 0) open().exec(sql);
      else
        open()
          .prepare(sql)
          .run(...params);
    },
    async disarm() {
      const triggers = await raw.all("select name from sqlite_master where type = 'trigger'");
      for (const { name } of triggers) await raw.run(`drop trigger ${String(name)}`);
      open().pragma('foreign_keys = OFF');
      open().pragma('ignore_check_constraints = ON');
    },
    async close() {
      client?.close();
    },
  };
  return raw;
}

/** Every trigger, and what refuses single rows; keys stay. */
const DISARM = `
DO $$ DECLARE each record; BEGIN
  FOR each IN SELECT tgname AS name, tgrelid::regclass AS place FROM pg_trigger WHERE NOT tgisinternal LOOP
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', each.place, each.name);
  END LOOP;
  FOR each IN SELECT conname AS name, conrelid::regclass AS place FROM pg_constraint
    WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.place, each.name);
  END LOOP;
END $$`;

export function rawPostgres(address: () => Promise<string>): Raw {
  let client: Promise<Client> | undefined;
  const open = (): Promise<Client> => (client ??= address().then(connect));
  return {
    async all(sql, params = []) {
      const result = await (
        await open()
      ).query<Record<string, unknown>>(numbered(sql), [...params]);
      return result.rows;
    },
    async run(sql, params = []) {
      const values = params.length === 0 ? undefined : [...params];
      await (await open()).query(numbered(sql), values);
    },
    async disarm() {
      await (await open()).query(DISARM);
    },
    async close() {
      await (await client)?.end();
    },
  };
}

async function connect(url: string): Promise<Client> {
  const client = new Client(clientOptions(url));
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** PostgreSQL numbers its parameters. Tests have no question marks in texts. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replaceAll('?', () => `$${(count += 1)}`);
}
