/** A real SQLite file in a folder of its own, for tests of what only SQLite has: files, copies, a full disk. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteClient from 'better-sqlite3';
import type { DatabaseAddress } from '../db/address.ts';
import type { Database } from '../db/database.ts';
import type { CommitHooks } from '../db/group-commit.ts';
import { openSqlite } from '../db/sqlite.ts';
import { folderInMemory } from './memory-folder.ts';
import { type Raw, rawSqlite } from './raw.ts';

export interface TemporaryFile {
  readonly engine: 'sqlite';
  /** The open database; after `reopen` the new one. */
  readonly db: Database;
  readonly address: DatabaseAddress & { engine: 'sqlite' };
  readonly path: string;
  readonly raw: Raw;
  /** Closes and opens the file again, as a restart does. */
  reopen(): Promise<Database>;
  /** A driver's connection of its own. Closed by `remove`. */
  connect(): SqliteClient.Database;
  /** Closes everything and deletes the folder. Call it when the test ends. */
  remove(): Promise<void>;
}

/** An empty file with all tables, as bytes: migrating each test's file anew took longer than most tests. */
let migrated: Buffer | undefined;

/** Opens a new, empty file with all tables. */
export function temporaryFile(hooks: CommitHooks = {}): TemporaryFile {
  const folder = mkdtempSync(join(folderInMemory(), 'tolov-'));
  const path = join(folder, 'test.db');
  const connections: SqliteClient.Database[] = [];
  const raw = rawSqlite(path);
  if (migrated) writeFileSync(path, migrated, { mode: 0o600 });
  let db = openSqlite(path, hooks);
  migrated ??= bytesOf(path);
  return {
    engine: 'sqlite',
    get db() {
      return db;
    },
    address: { engine: 'sqlite', path },
    path,
    raw,
    async reopen() {
      await db.close();
      db = openSqlite(path, hooks);
      return db;
    },
    connect() {
      const connection = new SqliteClient(path);
      connections.push(connection);
      return connection;
    },
    async remove() {
      await raw.close();
      for (const connection of connections) connection.close();
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function bytesOf(path: string): Buffer {
  const connection = new SqliteClient(path, { readonly: true });
  try {
    return connection.serialize();
  } finally {
    connection.close();
  }
}
