/** Holds a database file against every other process while it is replaced. */
import { chownSync, existsSync, linkSync, renameSync, statSync } from 'node:fs';
import SqliteClient from 'better-sqlite3';
import { syncFolderOf } from './copy.ts';

/** Another process has the file open. */
export class DatabaseInUseError extends Error {
  override name = 'DatabaseInUseError';
  constructor(path: string) {
    super(
      `Another process works on ${path}. Stop the program ` +
        '(systemctl stop tolov, or docker compose stop tolov) and every other reader, then try again.',
    );
  }
}

export interface HeldDatabase {
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
  const client = existsSync(path) ? exclusive(path) : null;
  return {
    replace({ by, aside }) {
      for (const suffix of BESIDE) {
        if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
      }
      if (existsSync(path)) keepAs(path, aside);
      renameSync(by, path);
      syncFolderOf(path);
    },
    release: () => void client?.close(),
  };
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

/** Root makes files for the program's user. */
export function giveTo(path: string, like: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(like);
  chownSync(path, uid, gid);
}
