import type SqliteClient from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type TemporaryFile, temporaryFile } from '../testing/sqlite-file.ts';
import { keepingStatements, MOST_KEPT } from './statements.ts';
import { meta } from './tables.ts';

let temporary: TemporaryFile;
let client: SqliteClient.Database;

beforeEach(() => {
  temporary = temporaryFile();
  client = temporary.connect();
});
afterEach(() => temporary.remove());

it('a text is compiled once, whatever its values', () => {
  const compile = vi.spyOn(client, 'prepare');
  const queries = drizzle(keepingStatements(client));
  const read = (key: string) => queries.select().from(meta).where(eq(meta.key, key)).all();
  for (const key of ['a', 'b'])
    queries
      .insert(meta)
      .values({ key, value: `of ${key}` })
      .run();
  expect(read('a')).toEqual([{ key: 'a', value: 'of a' }]);
  expect(read('b')).toEqual([{ key: 'b', value: 'of b' }]);
  expect(read('c')).toEqual([]);
  expect(compile).toHaveBeenCalledTimes(2);
});

it('rows are objects for whoever wants objects, also after lists of the same text', () => {
  const queries = drizzle(keepingStatements(client));
  const question = sql`select 1 as one`;
  expect(queries.values(question)).toEqual([[1]]);
  expect(queries.all(question)).toEqual([{ one: 1 }]);
});

it('those that were not used for longest are compiled again', () => {
  const kept = keepingStatements(client);
  const ask = (number: number): SqliteClient.Statement => kept.prepare(`select ${number}`);
  const [zero, one] = [ask(0), ask(1)];
  for (let number = 2; number < MOST_KEPT; number += 1) ask(number);
  expect(ask(0)).toBe(zero);
  ask(MOST_KEPT);
  expect(ask(0)).toBe(zero);
  expect(ask(1)).not.toBe(one);
});

it('what another connection does to the tables is seen', () => {
  const kept = keepingStatements(client);
  const all = (): unknown[] => kept.prepare('select * from meta').all();
  const before = kept.prepare("insert into meta (key, value) values ('k', 'v')");
  before.run();
  expect(all()).toEqual([{ key: 'k', value: 'v' }]);
  const other = temporary.connect();
  other.exec("alter table meta add column more text default 'm'");
  expect(all()).toEqual([{ key: 'k', value: 'v', more: 'm' }]);
});
