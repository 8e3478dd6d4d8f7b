/** A real SQLite file in a folder of its own, for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteClient from 'better-sqlite3';
import type { Database } from '../db/database.ts';
import type { CommitHooks } from '../db/group-commit.ts';
import { openSqlite } from '../db/sqlite.ts';

export interface TemporaryDatabase {
  /** The open database; after `reopen` the new one. */
  readonly db: Database;
  readonly path: string;
  /** Closes and opens the file again, as a restart does. */
  reopen(): Promise<Database>;
  /** A driver's connection of its own, to look behind the seam or to tamper. Closed by `remove`. */
  connect(): SqliteClient.Database;
  /** Closes everything and deletes the folder. Call it when the test ends. */
  remove(): Promise<void>;
}

/** Every transaction runs twice, and the first run is undone: what it changed outside of the database shows. */
export function rerunningDatabase(): TemporaryDatabase {
  return temporaryDatabase({ runTwice: true });
}

/** Opens and migrates a new, empty file. */
export function temporaryDatabase(hooks: CommitHooks = {}): TemporaryDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-'));
  const path = join(folder, 'test.db');
  const connections: SqliteClient.Database[] = [];
  let db = openSqlite(path, hooks);
  return {
    get db() {
      return db;
    },
    path,
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
      for (const connection of connections) connection.close();
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
