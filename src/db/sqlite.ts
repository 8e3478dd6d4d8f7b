/** SQLite behind the seam: one writer that commits in groups, one reader that can only read. */
import SqliteClient from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Database, Queries } from './database.ts';
import { guardFile } from './file-guard.ts';
import { type CommitHooks, GroupCommit } from './group-commit.ts';
import { markLog } from './log-mark.ts';
import { makePrivateFile } from './permissions.ts';
import { keepingStatements } from './statements.ts';
import * as tables from './tables.ts';
import { unusable } from './unusable.ts';
import { migrateFile } from './version.ts';

/** How long a statement waits for another process that has the file locked. The event loop stands still meanwhile. */
const BUSY_TIMEOUT_MS = 2000;

/**
 * Opens (creating it and its folder when missing) and migrates the file. Throws with the reason when it cannot.
 * `hooks` are for who simulates crashes.
 */
export function openSqlite(path: string, hooks?: CommitHooks): Database {
  try {
    return open(path, hooks);
  } catch (error) {
    throw unusable(path, error);
  }
}

function open(path: string, hooks?: CommitHooks): Database {
  // SQLite's word for no file at all; refused below.
  if (path !== ':memory:') makePrivateFile(path);
  const writer = new SqliteClient(path);
  try {
    setUpWriter(writer);
    migrateFile(writer);
    return build(path, writer, hooks);
  } catch (error) {
    writer.close();
    throw error;
  }
}

function setUpWriter(client: SqliteClient.Database): void {
  client.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  client.pragma('journal_mode = WAL');
  // In WAL mode better-sqlite3's default is NORMAL: a power cut may then undo payments users were told of.
  client.pragma('synchronous = FULL');
  client.pragma('foreign_keys = ON');
  // Savepoints keep what they may have to undo in a temporary file unless told otherwise: a third of the speed.
  client.pragma('temp_store = MEMORY');
  client.pragma('cache_size = -16384');
  // 40 MB instead of 4: moving the log into the file holds up whoever writes at that moment.
  client.pragma('wal_autocheckpoint = 10000');
  // A file that may only be read opens, and even begins a transaction, without complaint until something is written.
  client.exec('BEGIN IMMEDIATE; PRAGMA user_version = 1; ROLLBACK');
  const settings = {
    journal_mode: client.pragma('journal_mode', { simple: true }),
    synchronous: client.pragma('synchronous', { simple: true }),
    foreign_keys: client.pragma('foreign_keys', { simple: true }),
  };
  if (
    settings.journal_mode !== 'wal' ||
    settings.synchronous !== 2 ||
    settings.foreign_keys !== 1
  ) {
    throw new Error(
      `SQLite did not accept the settings that keep money safe (${JSON.stringify(settings)})`,
    );
  }
}

function openReader(path: string): SqliteClient.Database {
  const client = new SqliteClient(path, { readonly: true });
  client.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  client.pragma('query_only = ON');
  return client;
}

/** drizzle on `client`; `guard` runs before every statement. */
function queriesOn(client: SqliteClient.Database, guard: () => void): Queries {
  const queries = drizzle(keepingStatements(client), {
    schema: tables,
    logger: { logQuery: guard },
  });
  // The synchronous builder, awaited, behaves as the asynchronous one.
  return queries as unknown as Queries;
}

function build(path: string, writer: SqliteClient.Database, hooks?: CommitHooks): Database {
  const guard = { check: (): void => undefined };
  const reader = openReader(path);
  const file = guardFile(path);
  const mark = markLog(writer);
  const commit = new GroupCommit(
    writer,
    queriesOn(writer, () => guard.check()),
    {
      ...hooks,
      beforeCommit() {
        file.assertThere();
        hooks?.beforeCommit?.();
      },
      afterCommit() {
        mark.committed();
        hooks?.afterCommit?.();
      },
    },
  );
  guard.check = () => commit.assertInside();
  const read = queriesOn(reader, () => {
    if (commit.isInside()) throw new Error('Inside a transaction read through its tx.');
  });
  return {
    shared: false,
    figures: commit.figures,
    read,
    tx: (work) => commit.submit(work),
    snapshot: (work) => snapshot(path, work),
    lost: () => file.lost(),
    async close() {
      await commit.drain();
      if (!writer.open) return;
      reader.close();
      mark.clear();
      writer.pragma('wal_checkpoint(TRUNCATE)');
      writer.close();
    },
  };
}

/** `Database.snapshot` of a file that need not be open here: for work in a thread of its own. */
export async function snapshot<T>(
  path: string,
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  const client = openReader(path);
  try {
    client.exec('BEGIN');
    return await work(queriesOn(client, () => undefined));
  } finally {
    client.close();
  }
}
