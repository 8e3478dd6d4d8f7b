/** What happens when the disk refuses. */
import type SqliteClient from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TemporaryFile, temporaryFile } from '../testing/sqlite-file.ts';
import type { Queries } from './database.ts';
import { GroupCommit } from './group-commit.ts';
import { lines, meta } from './tables.ts';

let temporary: TemporaryFile;
let client: SqliteClient.Database;
let commit: GroupCommit;

beforeEach(() => {
  temporary = temporaryFile();
  client = temporary.connect();
  const logQuery = (): void => commit.assertInside();
  commit = new GroupCommit(client, drizzle(client, { logger: { logQuery } }) as unknown as Queries);
});

afterEach(async () => {
  await commit.drain();
  await temporary.remove();
});

const put = (key: string, bytes = 0): Promise<void> =>
  commit.submit(async (tx) => {
    await tx.insert(meta).values({ key, value: 'x'.repeat(bytes) });
  });

const stored = (): string[] =>
  temporary.connect().prepare<[], string>('select key from meta order by key').pluck().all();

/** As a full disk does: the file can't grow, and SQLite answers SQLITE_FULL. */
function allowPages(more: number): void {
  const used = Number(client.pragma('page_count', { simple: true }));
  client.pragma(`max_page_count = ${used + more}`);
}

const full = { status: 'rejected', reason: { code: 'SQLITE_FULL' } };

it('a full disk rejects the whole group, and what was acknowledged before stays', async () => {
  await put('before');
  allowPages(3);
  const mine = new Error('mine');
  const ended = await Promise.allSettled([
    put('small'),
    commit.submit(() => Promise.reject(mine)),
    put('huge', 1_000_000),
    put('last'),
  ]);
  expect(ended).toMatchObject([full, { status: 'rejected', reason: mine }, full, full]);
  expect(stored()).toEqual(['before']);
});

it('a transaction that survives the refusal of a full disk writes nothing more', async () => {
  allowPages(3);
  let attempt: Promise<void> | undefined;
  const stubborn = commit.submit(async (tx) => {
    await tx.insert(meta).values({ key: 'before', value: '' });
    await expect(
      tx.insert(meta).values({ key: 'huge', value: 'x'.repeat(1_000_000) }),
    ).rejects.toThrow('full');
    attempt = tx
      .insert(meta)
      .values({ key: 'after', value: '' })
      .then(() => undefined);
    await attempt.catch(() => undefined);
  });
  await expect(stubborn).rejects.toMatchObject({ code: 'SQLITE_ERROR' });
  await expect(attempt).rejects.toThrow('The disk refused an earlier query');
  expect(stored()).toEqual([]);
  await put('later');
  expect(stored()).toEqual(['later']);
});

it('a disk that has room again is used again', async () => {
  allowPages(3);
  await expect(put('huge', 1_000_000)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  allowPages(10_000);
  await Promise.all([put('huge', 1_000_000), put('other')]);
  expect(stored()).toEqual(['huge', 'other']);
});

it('another process that holds the file makes a group fail, not hang', async () => {
  client.pragma('busy_timeout = 1');
  const other = temporary.connect();
  other.exec('BEGIN IMMEDIATE');
  const ended = await Promise.allSettled([put('a'), put('b')]);
  expect(ended).toMatchObject([
    { status: 'rejected', reason: { code: 'SQLITE_BUSY' } },
    { status: 'rejected', reason: { code: 'SQLITE_BUSY' } },
  ]);
  other.exec('ROLLBACK');
  await put('c');
  expect(stored()).toEqual(['c']);
});

it('a commit that fails undoes the whole group, and the next group is not touched by it', async () => {
  const orphan = commit.submit(async (tx) => {
    // The only way to make SQLite say no as late as at the commit.
    client.pragma('defer_foreign_keys = ON');
    await tx.insert(lines).values({ entryId: 99, position: 0, accountId: 'none', amountTiyin: 1 });
  });
  const ended = await Promise.allSettled([put('a'), orphan, put('b')]);
  expect(ended).toEqual(
    ended.map(() => ({
      status: 'rejected',
      reason: expect.objectContaining({ code: 'SQLITE_CONSTRAINT_FOREIGNKEY' }),
    })),
  );
  expect(stored()).toEqual([]);
  await put('c');
  expect(stored()).toEqual(['c']);
});
