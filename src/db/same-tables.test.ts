/** Both engines have the same tables: what one file says, the other says too. `npm run types` compares their rows. */
import {
  getTableName,
  type InferInsertModel,
  type InferSelectModel,
  is,
  type SQL,
  type Table,
} from 'drizzle-orm';
import { getTableConfig as postgresConfig, PgDialect, PgTable } from 'drizzle-orm/pg-core';
import {
  getTableConfig as sqliteConfig,
  SQLiteBaseInteger,
  SQLiteSyncDialect,
  SQLiteTable,
} from 'drizzle-orm/sqlite-core';
import { expect, expectTypeOf, it } from 'vitest';
import * as postgres from '../../drizzle/schema.postgres.ts';
import * as sqlite from '../../drizzle/schema.sqlite.ts';

/** SQLite would make up a number where one of these is left out, and PostgreSQL refuses; nobody leaves one out. */
interface GivenKeys {
  readonly chatMoves: 'fromChatId';
  readonly entrySeals: 'entryId';
  readonly inbox: 'updateId';
  readonly users: 'id';
}

type Rows<Schema extends Record<string, Table>> = {
  [Name in keyof Schema]: {
    selected: InferSelectModel<Schema[Name]>;
    inserted: Omit<
      InferInsertModel<Schema[Name]>,
      Name extends keyof GivenKeys ? GivenKeys[Name] : never
    >;
  };
};

/** How PostgreSQL keeps what SQLite keeps, by drizzle's name of SQLite's kind of column. */
const STORED_AS: Record<string, string> = {
  SQLiteInteger: 'bigint',
  SQLiteBoolean: 'boolean',
  SQLiteText: 'text collate "C"',
  SQLiteTextJson: 'text collate "C"',
};

/** What drizzle's descriptions of a table have in common in both dialects. */
interface Description {
  readonly columns: readonly Column[];
  readonly indexes: readonly { config: Index }[];
  readonly checks: readonly { name: string; value: SQL }[];
  readonly primaryKeys: readonly { columns: readonly Named[] }[];
  readonly uniqueConstraints: readonly unknown[];
}

interface Named {
  readonly name: string;
}

interface Column extends Named {
  readonly notNull: boolean;
  readonly primary: boolean;
  readonly default: unknown;
}

interface Index {
  readonly name?: string;
  readonly columns: readonly unknown[];
  readonly unique: boolean;
  readonly where?: SQL | undefined;
}

/** Everything but how columns are stored and foreign keys, in plain words. */
function describeTable(table: Description, write: (condition: SQL) => string) {
  return {
    columns: table.columns.map(({ name, notNull, primary, default: value }) => {
      return { name, notNull, primary, value };
    }),
    indexes: table.indexes.map(({ config: { name, unique, columns, where } }) => {
      return { name, unique, columns: columns.map(nameOf), where: where && write(where) };
    }),
    checks: table.checks.map(({ name, value }) => ({ name, condition: write(value) })),
    primaryKeys: table.primaryKeys.map(({ columns }) => columns.map(nameOf)),
    // Each unique index has a name of ours instead.
    uniqueConstraints: table.uniqueConstraints.length,
  };
}

function nameOf(column: unknown): string {
  if (typeof column === 'object' && column !== null && 'name' in column) return String(column.name);
  throw new Error('An index or key over an expression: compare it here too.');
}

/** Conditions as PostgreSQL spells them: a boolean needs no comparison there. */
function writeForSqlite(table: SQLiteTable) {
  const booleans = sqliteConfig(table).columns.filter(
    (column) => column.columnType === 'SQLiteBoolean',
  );
  return (condition: SQL): string =>
    booleans.reduce(
      (text, { name }) => text.replaceAll(`"${name}" = 1`, `"${name}"`),
      new SQLiteSyncDialect().sqlToQuery(condition).sql,
    );
}

function writeForPostgres(condition: SQL): string {
  return new PgDialect().sqlToQuery(condition).sql;
}

const sqliteTables = Object.values<unknown>(sqlite).filter((table) => is(table, SQLiteTable));
const postgresTables = Object.values<unknown>(postgres).filter((table) => is(table, PgTable));
const pairs = sqliteTables.map((table) => {
  const name = getTableName(table);
  const other = postgresTables.find((candidate) => getTableName(candidate) === name);
  return { name, table, other };
});

it('rows of both engines are of the same type', () => {
  expectTypeOf<Rows<typeof postgres>>().toEqualTypeOf<Rows<typeof sqlite>>();
});

it('both engines have tables of the same names', () => {
  const names = postgresTables.map(getTableName);
  expect(names.toSorted()).toEqual(pairs.map(({ name }) => name).toSorted());
});

it.each(pairs)('$name has the same columns, keys, indexes and checks', ({ table, other }) => {
  expect(describeTable(postgresConfig(other!), writeForPostgres)).toEqual(
    describeTable(sqliteConfig(table), writeForSqlite(table)),
  );
});

it('PostgreSQL has no foreign keys: its schema says why, and what stands in for them', () => {
  const withKeys = postgresTables.filter((table) => postgresConfig(table).foreignKeys.length > 0);
  expect(withKeys.map(getTableName)).toEqual([]);
});

it.each(pairs)('$name is stored so that nothing is lost', ({ table, other }) => {
  const expected = sqliteConfig(table).columns.map((column) => ({
    name: column.name,
    type: STORED_AS[column.columnType],
    counts: is(column, SQLiteBaseInteger) && column.autoIncrement ? 'byDefault' : undefined,
  }));
  const actual = postgresConfig(other!).columns.map((column) => ({
    name: column.name,
    type: column.getSQLType(),
    counts: column.generatedIdentity?.type,
  }));
  expect(actual).toEqual(expected);
});
