/** When the last thing in a database file happened. */
import { existsSync } from 'node:fs';
import SqliteClient from 'better-sqlite3';

const LATEST = `
  select max(at) from (
    select max(created_at) as at from entries
    union all select max(at) from topup_history
    union all select max(at) from bill_history
    union all select max(seen_at) from users
    union all select max(received_at) from inbox
    union all select max(created_at) from outbox
  )`;

/** Milliseconds since 1970; null when nothing has happened, or the file is not ours: opening it later says what is wrong. */
export function lastTimeIn(path: string): number | null {
  if (!existsSync(path)) return null;
  try {
    const client = new SqliteClient(path, { readonly: true, fileMustExist: true });
    try {
      const at: unknown = client.prepare(LATEST).pluck().get();
      return typeof at === 'number' ? at : null;
    } finally {
      client.close();
    }
  } catch {
    return null;
  }
}
