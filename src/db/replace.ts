/** Holds a database file against every other process while it is replaced. */
import { existsSync, linkSync, renameSync } from 'node:fs';
import SqliteClient from 'better-sqlite3';
import { syncFolderOf } from './copy.ts';
import { DatabaseTakenError, lockDatabase, lockFileOf } from './lock.ts';

/** Another process has the file open. */
class DatabaseInUseError extends Error {
  override name = 'DatabaseInUseError';
  constructor(path: string) {
    super(
      `Another process works on ${path}. Stop the program ` +
        '(systemctl stop tolov, or docker compose stop tolov) and every other reader, then try again.',
    );
  }
}

interface HeldDatabase {
  /**
   * Puts the file `by` into the place of the held one, which is kept as `aside` with what SQLite has beside it. Nobody
   * meets a moment without a file: a program that starts now opens one or the other.
   */
  replace(options: { by: string; aside: string }): void;
  release(): void;
}

/** What SQLite may keep beside a file; left behind, it would be taken for the new file's. */
const BESIDE = ['-wal', '-shm', '-journal'] as const;

const IS_DAMAGED = new Set(['SQLITE_NOTADB', 'SQLITE_CORRUPT']);

/**
 * Makes sure that nobody has the file open, and keeps it so until `release`. Throws DatabaseInUseError.
 *
 * Leaving WAL mode wants the file for itself: SQLite refuses while any other connection is open, also one of another
 * container, also one that is idle. It moves the log into the file, so that the file alone holds everything.
 * A file too damaged for this is not locked: nobody can work on it either.
 */
export function holdDatabase(path: string): HeldDatabase {
  // A program whose file was deleted still works on it: nothing at the path would tell.
  const unlock = lockOf(path);
  const client = heldFile(path, unlock);
  return {
    replace({ by, aside }) {
      for (const suffix of BESIDE) {
        if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
      }
      if (existsSync(path)) keepAs(path, aside);
      renameSync(by, path);
      syncFolderOf(path);
    },
    release() {
      client?.close();
      unlock();
    },
  };
}

function lockOf(path: string): () => void {
  // Where no program ever worked there is none, and nothing is to be left behind.
  if (!existsSync(lockFileOf(path))) return () => undefined;
  try {
    return lockDatabase(path, { patienceMs: 0 });
  } catch (error) {
    throw error instanceof DatabaseTakenError ? new DatabaseInUseError(path) : error;
  }
}

function heldFile(path: string, unlock: () => void): SqliteClient.Database | null {
  try {
    return existsSync(path) ? exclusive(path) : null;
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A second name for the file; where the file system has no such thing, the only one. */
function keepAs(path: string, aside: string): void {
  try {
    linkSync(path, aside);
  } catch {
    renameSync(path, aside);
  }
}

function exclusive(path: string): SqliteClient.Database | null {
  try {
    return openAlone(path);
  } catch (error) {
    if (error instanceof SqliteClient.SqliteError && IS_DAMAGED.has(error.code)) return null;
    throw error;
  }
}

/**
 * A connection in a transaction that has the file for itself, until it is closed. Throws DatabaseInUseError. A new file
 * is made where there is none.
 */
export function openAlone(path: string): SqliteClient.Database {
  const client = new SqliteClient(path, { timeout: 0 });
  try {
    client.pragma('journal_mode = DELETE');
    client.pragma('synchronous = FULL');
    client.pragma('foreign_keys = ON');
    client.exec('BEGIN EXCLUSIVE');
    return client;
  } catch (error) {
    client.close();
    const isBusy =
      error instanceof SqliteClient.SqliteError && error.code.startsWith('SQLITE_BUSY');
    throw isBusy ? new DatabaseInUseError(path) : error;
  }
}
