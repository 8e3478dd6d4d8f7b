/**
 * A real database of its own for a test, of the engine that the tests run on: a SQLite file, or a database of the
 * PostgreSQL server that is started for the run (`postgres-setup.ts`).
 */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { DatabaseAddress } from '../db/address.ts';
import type { Database } from '../db/database.ts';
import { openPostgres } from '../db/postgres/open.ts';
import { openSqlite } from '../db/sqlite.ts';
import { addressOn, createDatabase, dropDatabase, TEMPLATE } from './postgres-query.ts';
import { type Raw, rawPostgres } from './raw.ts';
import { underWay } from './rest.ts';
import { temporaryFile } from './sqlite-file.ts';

export interface TemporaryDatabase {
  readonly engine: DatabaseAddress['engine'];
  /** The open database; after `reopen` the new one. */
  readonly db: Database;
  /** For programs that open it themselves. On PostgreSQL it is there once `db` or `raw` was used. */
  readonly address: DatabaseAddress;
  /** Looks behind the seam, or tampers. */
  readonly raw: Raw;
  /** Closes and opens it again, as a restart does. */
  reopen(): Promise<Database>;
  /** Closes everything and deletes it. Call it when the test ends. */
  remove(): Promise<void>;
}

/** The engine that this test runs on. */
export function engineOfTests(): DatabaseAddress['engine'] {
  return inject('postgres') === undefined ? 'sqlite' : 'postgres';
}

/** Opens a new, empty database with all tables. */
export function temporaryDatabase(): TemporaryDatabase {
  const server = inject('postgres');
  return server === undefined ? temporaryFile() : temporaryPostgres(server);
}

/**
 * Every transaction runs twice, and the first run is undone: what it changed outside of the database shows. On
 * PostgreSQL they run once: whoever writes the same code finds out on SQLite.
 */
export function rerunningDatabase(): TemporaryDatabase {
  const server = inject('postgres');
  return server === undefined ? temporaryFile({ runTwice: true }) : temporaryPostgres(server);
}

/** For tests of a program that has its database to itself: what it finds half-done at a start is its own. */
export function alone(db: Database): Database {
  return { ...db, shared: false };
}

function temporaryPostgres(server: string): TemporaryDatabase {
  const name = `test_${randomUUID()}`;
  let made: Promise<string> | undefined;
  const url = (): Promise<string> =>
    (made ??= createDatabase(server, { name, template: TEMPLATE }));
  const raw = rawPostgres(url);
  let db = open(url);
  return {
    engine: 'postgres',
    get db() {
      return db;
    },
    address: { engine: 'postgres', url: addressOn(server, name) },
    raw,
    async reopen() {
      await db.close();
      db = open(url);
      return db;
    },
    async remove() {
      await raw.close();
      await db.close();
      if (made !== undefined) await dropDatabase(server, name);
    },
  };
}

function open(url: () => Promise<string>): Database {
  return openPostgres(url, { requireDurable: false, migrate: false, readers: 2, underWay });
}

/** For the program's `openDatabase`: the tests' server keeps nothing safe, which the program refuses otherwise. */
export function openForTests(address: DatabaseAddress): Database {
  return address.engine === 'sqlite'
    ? openSqlite(address.path)
    : openPostgres(address.url, { requireDurable: false, migrate: false });
}

/** The database of `temporary` as another process has it, on PostgreSQL; a SQLite file has one program, and keeps its one. */
export function openAgain({ address, db }: TemporaryDatabase): Database {
  if (address.engine === 'postgres') return openForTests(address);
  return { ...db, close: () => Promise.resolve() };
}

/** An address for a program that opens its database itself, and what deletes it afterwards. */
export async function temporaryAddress(): Promise<{
  address: DatabaseAddress;
  raw: Raw;
  remove(): Promise<void>;
}> {
  const temporary = temporaryDatabase();
  // Made by now.
  await temporary.raw.all('select 1');
  await temporary.db.close();
  const { address, raw } = temporary;
  return { address, raw, remove: () => temporary.remove() };
}
