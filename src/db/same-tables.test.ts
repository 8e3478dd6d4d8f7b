/** The schema is written down once, and the migrations of either engine make what it says. */
import { is } from 'drizzle-orm';
import {
  getTableConfig,
  SQLiteBaseInteger,
  type SQLiteColumn,
  SQLiteTable,
} from 'drizzle-orm/sqlite-core';
import { afterAll, expect, it } from 'vitest';
import { temporaryDatabase } from '../testing/database.ts';
import * as tables from './tables.ts';

const temporary = temporaryDatabase();
const { engine, raw } = temporary;
afterAll(() => temporary.remove());

/** How an engine keeps what drizzle calls a column of SQLite. */
const KINDS: Record<typeof engine, Record<string, string>> = {
  sqlite: {
    SQLiteInteger: 'INTEGER',
    SQLiteBoolean: 'INTEGER',
    SQLiteText: 'TEXT',
    SQLiteTextJson: 'TEXT',
  },
  postgres: {
    SQLiteInteger: 'bigint',
    SQLiteBoolean: 'boolean',
    SQLiteText: 'text C',
    SQLiteTextJson: 'text C',
  },
};

/** What an engine says of its tables: a table's name, and a line about one thing in it. */
const QUERIES: Record<typeof engine, Record<string, string>> = {
  sqlite: {
    columns: `select t.name as place, c.name, c.type as kind, c."notnull" = 1 as filled,
      c.dflt_value as value, t.sql like '%\`' || c.name || '\` integer primary key autoincrement%' as numbered
      from sqlite_schema t, pragma_table_info(t.name) c where t.type = 'table'`,
    keys: `select t.name as place, group_concat(c.name order by c.pk) as columns
      from sqlite_schema t, pragma_table_info(t.name) c where t.type = 'table' and c.pk > 0 group by 1`,
    indexes: `select t.name as place, i.name, i."unique" as single, i.partial,
      (select group_concat(c.name order by c.seqno) from pragma_index_info(i.name) c) as columns
      from sqlite_schema t, pragma_index_list(t.name) i where t.type = 'table' and i.origin = 'c'`,
    references: `select t.name as place, group_concat(f."from" order by f.seq) as columns
      from sqlite_schema t, pragma_foreign_key_list(t.name) f where t.type = 'table' group by 1, f.id`,
    checks: "select name as place, sql as words from sqlite_schema where type = 'table'",
  },
  postgres: {
    columns: `select table_name as place, column_name as name, is_nullable = 'NO' as filled,
      concat_ws(' ', data_type, collation_name) as kind, column_default as value, is_identity = 'YES' as numbered
      from information_schema.columns where table_schema = 'public'`,
    keys: `select conrelid::regclass::text as place, string_agg(attname, ',' order by position) as columns
      from pg_constraint, unnest(conkey) with ordinality as k(number, position), pg_attribute
      where contype = 'p' and attrelid = conrelid and attnum = k.number group by 1`,
    indexes: `select indrelid::regclass::text as place, indexrelid::regclass::text as name,
      indisunique as single, indpred is not null as partial, string_agg(attname, ',' order by position) as columns
      from pg_index, unnest(indkey) with ordinality as k(number, position), pg_attribute
      where not indisprimary and attrelid = indrelid and attnum = k.number group by 1, 2, 3, 4`,
    references: "select conrelid::regclass::text as place from pg_constraint where contype = 'f'",
    checks: `select conrelid::regclass::text as place, 'CONSTRAINT "' || conname || '" CHECK' as words
      from pg_constraint where contype = 'c'`,
  },
};

async function rowsOf(about: string): Promise<Record<string, unknown>[]> {
  const rows = await raw.all(QUERIES[engine][about] ?? '');
  return rows.filter(({ place }) => names.has(String(place)));
}

async function found(about: string): Promise<string[]> {
  return (await rowsOf(about)).map(lineOf).toSorted();
}

const schema = Object.values<unknown>(tables)
  .filter((table) => is(table, SQLiteTable))
  .map((table) => getTableConfig(table));
const names = new Set(schema.map(({ name }) => name));

function said(about: (table: (typeof schema)[number]) => Record<string, unknown>[]): string[] {
  const lines = schema.flatMap((table) =>
    about(table).map((row) => lineOf({ place: table.name, ...row })),
  );
  return lines.toSorted();
}

/** PostgreSQL writes the kind of a default beside it, and SQLite has 1 and 0 for yes and no. */
function lineOf(row: Record<string, unknown>): string {
  const words = Object.entries(row).map(([key, value]) => {
    if (typeof value === 'number') return `${key}: ${value === 1}`;
    return `${key}: ${typeof value === 'string' ? value.replace(/::\w+$/, '') : JSON.stringify(value)}`;
  });
  return words.toSorted().join(', ');
}

function listOf(columns: readonly unknown[]): string {
  return columns.map((column) => (column as SQLiteColumn).name).join();
}

it('has every column as the schema has it', async () => {
  const expected = said(({ columns }) =>
    columns.map((column) => ({
      name: column.name,
      kind: KINDS[engine][column.columnType],
      filled: column.notNull,
      value:
        column.default === undefined ? null : JSON.stringify(column.default).replaceAll('"', "'"),
      numbered: is(column, SQLiteBaseInteger) && column.autoIncrement,
    })),
  );
  expect(expected.length).toBeGreaterThan(200);
  expect(await found('columns')).toEqual(expected);
});

it('has the same primary keys', async () => {
  const expected = said(({ columns, primaryKeys }) => [
    { columns: listOf(primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary)) },
  ]);
  expect(await found('keys')).toEqual(expected);
});

it('has the same indexes', async () => {
  const expected = said(({ indexes }) =>
    indexes.map(({ config: { name, unique, columns, where } }) => ({
      name,
      single: unique,
      partial: where !== undefined,
      columns: listOf(columns),
    })),
  );
  expect(expected.length).toBeGreaterThan(30);
  expect(await found('indexes')).toEqual(expected);
});

it('has foreign keys in SQLite alone: the schema for PostgreSQL says why', async () => {
  const expected = said(({ foreignKeys }) =>
    foreignKeys.map((key) => ({ columns: listOf(key.reference().columns) })),
  );
  expect(expected.length).toBeGreaterThan(4);
  expect(await found('references')).toEqual(engine === 'sqlite' ? expected : []);
});

it('has the same checks', async () => {
  const expected = said(({ checks }) => checks.map(({ name }) => ({ name })));
  expect(expected.length).toBeGreaterThan(15);
  const made = (await rowsOf('checks')).flatMap(({ place, words }) =>
    [...String(words).matchAll(/CONSTRAINT "(?<name>\w+)" CHECK/g)].map(({ groups }) =>
      lineOf({ place, ...groups }),
    ),
  );
  expect(made.toSorted()).toEqual(expected);
});
