/** Where the program keeps its books in one run: a file, or a database of a PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import SqliteClient from 'better-sqlite3';
import type { Database } from '../src/db/database.ts';
import type { CommitHooks } from '../src/db/group-commit.ts';
import type { Around } from '../src/db/postgres/driver.ts';
import { openSqlite } from '../src/db/sqlite.ts';
import type { Clock, Random } from '../src/core/deps.ts';
import { folderInMemory } from '../src/testing/memory-folder.ts';

interface OpenOptions {
  /** Whose connections these are: a life's. */
  name: string;
  clock: Clock;
  random: Random;
  hooks: CommitHooks;
  /** Whatever takes real time goes through it; a file is read and written within one turn of the event loop. */
  around: Around;
}

export interface Store {
  /** As the program's settings name it. */
  readonly url: string;
  /** For one life of the program. */
  open(options: OpenOptions): Database;
  /** The process called `name` is no more: its connections end where they stand. */
  cutOff(name: string): void;
  /** The server stops as in a crash and starts again: everybody's connections break. */
  crash(): Promise<void>;
  /** Lets go of what a life that is over had open. */
  release(database: Database): Promise<void>;
  /** Reads what is committed, from beside the program. Nothing while the program has made no tables. */
  rows<Row>(query: string, given: readonly unknown[]): Row[];
  /** Deletes everything. */
  close(): Promise<void>;
}

/** Files in memory where there are any: that a disk keeps what it was given is tested elsewhere, with a real one. */
export const PARENT = folderInMemory();

export function createFileStore(): Store {
  const folder = mkdtempSync(join(PARENT, 'tolov-simulation-'));
  const path = join(folder, 'simulated.db');
  const reader = new FileReader(path);
  return {
    url: `file:${path}`,
    open: ({ hooks }) => openSqlite(path, hooks),
    cutOff: () => undefined,
    crash: async () => undefined,
    release: (database) => database.close(),
    rows: (query, given) => reader.rows(query, given),
    async close() {
      reader.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

class FileReader {
  readonly #path: string;
  #client: SqliteClient.Database | null = null;
  readonly #statements = new Map<string, SqliteClient.Statement>();

  constructor(path: string) {
    this.#path = path;
  }

  rows<Row>(query: string, given: readonly unknown[]): Row[] {
    const client = this.#open();
    if (!client) return [];
    let statement = this.#statements.get(query);
    if (!statement) {
      statement = client.prepare(query);
      this.#statements.set(query, statement);
    }
    // `$1` is PostgreSQL's first parameter; to SQLite it is one with the name "1".
    const named = given.map((value, index) => [String(index + 1), value] as const);
    return (
      given.length === 0 ? statement.all() : statement.all(Object.fromEntries(named))
    ) as Row[];
  }

  close(): void {
    this.#client?.close();
    this.#client = null;
  }

  #open(): SqliteClient.Database | null {
    if (this.#client) return this.#client;
    try {
      const client = new SqliteClient(this.#path, { readonly: true, fileMustExist: true });
      const tables = client
        .prepare("select 1 from sqlite_master where name = 'bill_history'")
        .get();
      if (tables === undefined) {
        client.close();
        return null;
      }
      this.#client = client;
      return client;
    } catch {
      // The program has not made it yet.
      return null;
    }
  }
}
