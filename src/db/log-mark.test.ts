import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteClient from 'better-sqlite3';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { writeMeta } from './meta.ts';
import type { Database } from './database.ts';
import { EVERY_COMMITS } from './log-mark.ts';
import { openSqlite } from './sqlite.ts';
import { refuseUnusable } from './unusable.ts';

let folder: string;
let path: string;
/** What is there after the program was killed: copies of its files. */
let left: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tolov-'));
  path = join(folder, 'tolov.db');
  left = join(folder, 'left.db');
  const mine = folder;
  onTestFinished(() => rmSync(mine, { recursive: true }));
});

function opened(): Database {
  const db = openSqlite(path);
  onTestFinished(() => db.close());
  return db;
}

const pay = (db: Database, key: string, bytes = 8): Promise<void> =>
  db.tx((tx) => writeMeta(tx, key, 'x'.repeat(bytes)));

/** As a kill would leave them. */
function leave(suffixes: readonly string[]): void {
  for (const suffix of suffixes) copyFileSync(path + suffix, left + suffix);
}

const WITHOUT_LOG =
  /left\.db-wal is not beside it, and what was written last stands there alone: .* restore it/;

it('a file without its log is refused, also where the log is there and empty', async () => {
  await pay(opened(), 'a');
  leave(['']);
  expect(() => refuseUnusable(left)).toThrow(WITHOUT_LOG);
  leave(['-wal']);
  expect(() => refuseUnusable(left)).not.toThrow();
});

it('a file whose program ended by itself needs none', async () => {
  const db = openSqlite(path);
  await pay(db, 'a');
  await db.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
  expect(() => refuseUnusable(path)).not.toThrow();
  await openSqlite(path).close();
  expect(() => refuseUnusable(path)).not.toThrow();
});

it('nor does one into which somebody moved the log by looking at it', async () => {
  await pay(opened(), 'a');
  leave(['', '-wal']);
  const client = new SqliteClient(left);
  expect(client.prepare("select count(*) from meta where key = 'a'").pluck().get()).toBe(1);
  client.close();
  expect(existsSync(`${left}-wal`)).toBe(false);
  expect(() => refuseUnusable(left)).not.toThrow();
});

it('the mark is made anew after SQLite has moved a long log into the file', async () => {
  const db = opened();
  await pay(db, 'long', 50_000_000);
  await pay(db, 'b');
  leave(['']);
  expect(() => refuseUnusable(left)).not.toThrow();
  for (let n = 0; n < EVERY_COMMITS; n += 1) await pay(db, `c${n}`);
  leave(['']);
  expect(() => refuseUnusable(left)).toThrow(WITHOUT_LOG);
});

it('a copy that is made meanwhile is not marked', async () => {
  const db = opened();
  await pay(db, 'a');
  const client = new SqliteClient(path, { readonly: true });
  client.prepare('VACUUM INTO ?').run(left);
  client.close();
  expect(() => refuseUnusable(left)).not.toThrow();
});
