/** Holds a database file against every other process while it is replaced. */
import { existsSync, renameSync } from 'node:fs';
import SqliteClient from 'better-sqlite3';

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
  /** Moves the file, and what SQLite keeps beside it, to `path`. */
  moveTo(path: string): void;
  release(): void;
}

/** What SQLite may keep beside a file. */
const BESIDE = ['', '-wal', '-shm', '-journal'] as const;

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
    moveTo(target) {
      for (const suffix of BESIDE) {
        if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
      }
    },
    release: () => void client?.close(),
  };
}

function exclusive(path: string): SqliteClient.Database | null {
  const client = new SqliteClient(path, { timeout: 0 });
  try {
    client.pragma('journal_mode = DELETE');
    client.exec('BEGIN EXCLUSIVE');
    return client;
  } catch (error) {
    client.close();
    if (!(error instanceof SqliteClient.SqliteError)) throw error;
    if (error.code.startsWith('SQLITE_BUSY')) throw new DatabaseInUseError(path);
    if (IS_DAMAGED.has(error.code)) return null;
    throw error;
  }
}
