/** Copies of a SQLite file: made while the program writes, proved before anybody relies on them. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteClient from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Database, Queries } from './database.ts';
import * as tables from './tables.ts';
import { isForeign, isTooNew, migrationsOf } from './version.ts';

/**
 * Writes all that is committed in `from` into the new file `to`, readable by this user alone, and sees it safe on the
 * disk. Blocks until it is done: run it in a process of its own. Throws what SQLite and the file system throw; a file
 * begun is the caller's to remove.
 *
 * `VACUUM INTO` and not the backup interface: that one begins anew whenever another connection commits between two of
 * its steps, so beside a busy writer it may never end, and it copies free pages with what was deleted. This reads one
 * snapshot from beginning to end while writers go on; only the log can't be emptied meanwhile and grows.
 */
export function writeCopy({ from, to }: { from: string; to: string }): void {
  // It takes an empty file as well: so nobody else can read the copy from its first byte on.
  closeSync(openSync(to, 'wx', 0o600));
  const client = new SqliteClient(from, { readonly: true, fileMustExist: true });
  try {
    client.pragma('busy_timeout = 10000');
    client.prepare('VACUUM INTO ?').run(to);
  } finally {
    client.close();
  }
  syncFile(to);
}

/** Returns once the file's content is on the disk. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Returns once a rename within the file's folder outlives a power cut. */
export function syncFolderOf(path: string): void {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** A copy that can only be read. */
export interface OpenCopy extends Pick<Database, 'snapshot'> {
  readonly read: Queries;
  /** What SQLite itself finds wrong, in its words; none: the file is whole. Reads every page. */
  damage(): string[];
  /** Has it the tables of this program, whatever their version? */
  isOurs(): boolean;
  /** Has it seen migrations without which this version of the program can't work on it? */
  isNewer(): boolean;
  close(): void;
}

const MAX_DAMAGE = 20;

/** Throws when the file is no SQLite database. */
export function openCopy(path: string): OpenCopy {
  const client = new SqliteClient(path, { readonly: true, fileMustExist: true });
  try {
    client.pragma('query_only = ON');
    const read = drizzle(client, { schema: tables }) as unknown as Queries;
    return {
      read,
      damage: () => damageOf(client),
      snapshot: (work) => work(read),
      isOurs: () => migrationsOf(client) > 0 && !isForeign(client),
      isNewer: () => isTooNew(client),
      close: () => void client.close(),
    };
  } catch (error) {
    client.close();
    throw error;
  }
}

interface LooseRow {
  table: string;
  rowid: number | null;
  parent: string;
}

/** What SQLite itself finds wrong, in its words. Reads every page. */
export function damageOf(client: SqliteClient.Database): string[] {
  const words = client.prepare<[], string>(`PRAGMA integrity_check(${MAX_DAMAGE})`).pluck().all();
  if (words.length !== 1 || words[0] !== 'ok') return words;
  return client
    .prepare<[], LooseRow>('PRAGMA foreign_key_check')
    .all()
    .slice(0, MAX_DAMAGE)
    .map(({ table, rowid, parent }) => `row ${rowid} of ${table} names a row ${parent} lacks`);
}
