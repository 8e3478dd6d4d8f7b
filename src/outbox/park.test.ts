import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { outbox } from '../db/tables.ts';
import { rerunningDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { getUser, seenUser } from '../users/users.ts';
import { enqueue } from './messages.ts';
import { park, pruneOutbox, unpark } from './park.ts';

const AT = 1_700_000_000_000;
const DAY = 24 * 60 * 60 * 1000;

let file: TemporaryDatabase;
let db: Database;

beforeEach(() => {
  file = rerunningDatabase();
  db = file.db;
  onTestFinished(() => file.remove());
});

async function put(key: string, chatId: number, at: number = AT): Promise<void> {
  const params = { amountTiyin: 1, reason: key };
  await db.tx((tx) => enqueue(tx, { key, chatId, kind: 'adjustment', params, at }));
}

async function states(): Promise<Record<string, string>> {
  const rows = await db.read.select().from(outbox);
  return Object.fromEntries(rows.map((row) => [row.key, row.state]));
}

test('parks what waits for one chat, and brings it back', async () => {
  await seenUser(db, { id: 1, first_name: 'A' }, AT);
  await put('a', 1);
  await put('b', 1);
  await put('c', 2);
  await db.tx((tx) => park(tx, { chatId: 1, at: AT + 1, reason: 'blocked' }));
  expect(await states()).toEqual({ a: 'parked', b: 'parked', c: 'waiting' });
  expect(await getUser(db.read, 1)).toMatchObject({ unreachableAt: AT + 1 });

  await file.raw.run('UPDATE outbox SET attempts = 7');
  expect(await db.tx((tx) => unpark(tx, { chatId: 1, at: AT + DAY }))).toBe(2);
  expect(await states()).toEqual({ a: 'waiting', b: 'waiting', c: 'waiting' });
  expect(await getUser(db.read, 1)).toMatchObject({ unreachableAt: null });
  const [first] = await db.read.select().from(outbox).orderBy(outbox.id);
  expect(first).toMatchObject({ key: 'a', dueAt: AT + DAY, attempts: 0 });
  expect(await db.tx((tx) => unpark(tx, { chatId: 1, at: AT + DAY }))).toBe(0);
});

test('forgets what was sent or dropped more than 30 days ago, and nothing else', async () => {
  await Promise.all(Array.from({ length: 1100 }, (_, i) => put(`sent${i}`, 1)));
  await put('dropped', 1);
  await file.raw.run("UPDATE outbox SET state = 'sent' WHERE key LIKE 'sent%'");
  await file.raw.run("UPDATE outbox SET state = 'dropped' WHERE key = 'dropped'");
  await put('waiting', 1);
  await put('parked', 2);
  await db.tx((tx) => park(tx, { chatId: 2, at: AT, reason: 'blocked' }));
  expect(await pruneOutbox(db, AT + 30 * DAY)).toBe(0);
  expect(await pruneOutbox(db, AT + 30 * DAY + 1)).toBe(1101);
  expect(await states()).toEqual({ waiting: 'waiting', parked: 'parked' });
});
