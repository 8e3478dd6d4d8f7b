/** Whether a file is whole, as far as SQLite can tell in one pass. */
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import SqliteClient from 'better-sqlite3';

/** Reads every page once; a start waits for it. At some 200 MB/s that is a second or two. */
export const QUICK_BYTES = 256 * 1024 * 1024;

const MAX_FINDINGS = 10;

/** What `PRAGMA quick_check` finds, in SQLite's words; none: it is whole. Blocks. Throws when it is no database at all. */
export function damageIn(path: string): string[] {
  const client = new SqliteClient(path, { fileMustExist: true });
  try {
    client.pragma('busy_timeout = 10000');
    client.pragma('query_only = ON');
    const words = client.prepare<[], string>(`PRAGMA quick_check(${MAX_FINDINGS})`).pluck().all();
    return words.length === 1 && words[0] === 'ok' ? [] : words;
  } catch (error) {
    if (error instanceof SqliteClient.SqliteError && error.code.startsWith('SQLITE_CORRUPT'))
      return [error.message];
    throw error;
  } finally {
    client.close();
  }
}

/** The same, where somebody waits for it. Null: the file is too large for that. */
export function quickDamageIn(path: string): string[] | null {
  return statSync(path).size > QUICK_BYTES ? null : damageIn(path);
}

/** `damageIn` beside the program, in a thread of its own. */
export async function damageAside(path: string): Promise<string[]> {
  // Nothing of the environment: it needs no secrets.
  const worker = new Worker(new URL('damage-worker.ts', import.meta.url), {
    workerData: path,
    env: {},
  });
  // A program that stops does not wait for it: it changes nothing.
  worker.unref();
  return await new Promise((resolve, reject) => {
    worker.once('message', (findings: string[]) => resolve(findings));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the check ended with code ${code}`)));
  });
}
