/**
 * One program on one file. SQLite lets any number of processes work on it, and two programs would take each other's work
 * away: so the program holds a lock on a small file beside, which the operating system frees however the program ends.
 * Who only reads, such as a backup, does not ask for it.
 */
import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteClient from 'better-sqlite3';
import { giveTo, makePrivateFile } from './permissions.ts';
import { unusable } from './unusable.ts';

/** Another program works on the file. */
export class DatabaseTakenError extends Error {
  override name = 'DatabaseTakenError';
  constructor(path: string) {
    super(
      `Another Tolov works on ${path}. Two on one file would take each other's work away: stop that one ` +
        '(systemctl stop tolov, or docker compose stop tolov), or name another file in DATABASE_URL.',
    );
  }
}

/** One that was told to stop, or killed a moment ago, may still end. */
const PATIENCE_MS = 3000;

/** However many names lead to a file, it has one. It stays when the program ends: who deletes it could free another's. */
export function lockFileOf(path: string): string {
  return `${existsSync(path) ? realpathSync(path) : path}-lock`;
}

/** Returns how to free it. Throws DatabaseTakenError, or why the path is of no use. The file itself need not exist. */
export function lockDatabase(path: string, { patienceMs = PATIENCE_MS } = {}): () => void {
  try {
    const lock = lockFileOf(path);
    makePrivateFile(lock);
    giveTo(lock, dirname(lock));
    const client = held(lock, patienceMs);
    return () => void client.close();
  } catch (error) {
    const isBusy =
      error instanceof SqliteClient.SqliteError && error.code.startsWith('SQLITE_BUSY');
    throw isBusy ? new DatabaseTakenError(path) : unusable(path, error);
  }
}

function held(lock: string, patienceMs: number): SqliteClient.Database {
  const client = new SqliteClient(lock, { timeout: patienceMs });
  try {
    client.exec('BEGIN EXCLUSIVE');
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}
