/**
 * The tables, for PostgreSQL: made from those for SQLite, so that a table is written down once. Here stands only what
 * differs.
 *
 * There are no foreign keys. PostgreSQL checks each by reading the index of the table it points to, and among SERIALIZABLE
 * transactions that counts as having read the page others append to: with three processes most payments then have to
 * run again. What they would refuse can't come about: a row and what it belongs to are written by one function in one
 * transaction, triggers refuse to delete either, and the audit looks for lines without their entry.
 *
 * Only drizzle-kit reads this file, for the migrations: the program builds its queries from the objects of the other
 * one for both engines. Triggers and how full pages are filled are in migrations of their own: drizzle knows neither.
 */
import { is, SQL, sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  type ExtraConfigColumn,
  index,
  type PgColumnBuilderBase,
  PgDialect,
  pgTable,
  primaryKey,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import {
  getTableConfig,
  SQLiteBaseInteger,
  type SQLiteColumn,
  type SQLiteTable,
} from 'drizzle-orm/sqlite-core';
import * as tables from './schema.sqlite.ts';

/**
 * Compared and ordered by bytes, as SQLite does, whatever the collation of the database: that is chosen when it is
 * created, often by a hoster, and in many languages `a` stands before `B`, and `:` counts for nothing. By bytes it is
 * also faster, `like 'topup:%'` finds an index, and an update of the system's languages breaks no index.
 *
 * JSON is text as well and not `jsonb`, so that what was written is read word for word: `jsonb` sorts keys anew, and
 * accounts of bills are compared as texts.
 */
const text = customType<{ data: unknown }>({ dataType: () => 'text collate "C"' });

/** Eight bytes, as in SQLite: sums, times and Telegram's ids are larger than four. */
const integer = (name: string) => bigint(name, { mode: 'number' });

/** What all of drizzle's builders can do, whatever they build. */
interface Builder extends PgColumnBuilderBase {
  notNull(): unknown;
  primaryKey(): unknown;
  default(value: unknown): unknown;
}

function builderOf(column: SQLiteColumn): Builder {
  const { name, dataType } = column;
  if (dataType === 'boolean') return boolean(name);
  if (column.getSQLType() === 'text') return text(name);
  const isNumbered = is(column, SQLiteBaseInteger) && column.autoIncrement;
  return isNumbered ? integer(name).generatedByDefaultAsIdentity() : integer(name);
}

function columnFor(column: SQLiteColumn): PgColumnBuilderBase {
  const builder = builderOf(column);
  if (column.notNull) builder.notNull();
  if (column.primary) builder.primaryKey();
  if (column.default !== undefined) builder.default(column.default);
  return builder;
}

/** The same words; only a boolean is one here, and no number to compare. */
function condition(table: SQLiteTable, value: SQL): SQL {
  const booleans = getTableConfig(table).columns.filter(({ dataType }) => dataType === 'boolean');
  const written = new PgDialect().sqlToQuery(value).sql;
  return sql.raw(
    booleans.reduce((words, { name }) => words.replaceAll(`"${name}" = 1`, `"${name}"`), written),
  );
}

function forPostgres(table: SQLiteTable) {
  const { name, columns, indexes, checks, primaryKeys } = getTableConfig(table);
  const builders = Object.fromEntries(columns.map((column) => [column.name, columnFor(column)]));
  return pgTable(name, builders, (self) => [
    ...primaryKeys.map((key) => primaryKey({ columns: named(self, key.columns) })),
    ...indexes.map(({ config }) => {
      const start = config.unique ? uniqueIndex(config.name) : index(config.name);
      const built = start.on(...named(self, config.columns));
      return config.where ? built.where(condition(table, config.where)) : built;
    }),
    ...checks.map((each) => check(each.name, condition(table, each.value))),
  ]);
}

type Columns = Record<string, ExtraConfigColumn>;

function named(
  self: Columns,
  columns: readonly (SQLiteColumn | SQL)[],
): [ExtraConfigColumn, ...ExtraConfigColumn[]] {
  const [first, ...rest] = columns.map((column) => {
    const found = is(column, SQL) ? undefined : self[column.name];
    if (found) return found;
    throw new Error('An index over an expression: say here how PostgreSQL writes it.');
  });
  if (!first) throw new Error('An index or key over nothing.');
  return [first, ...rest];
}

/** drizzle-kit finds a table only by an export of its own: a test misses what is not named here. */
export const {
  accounts,
  adminActions,
  alarms,
  autoPayments,
  billHistory,
  bills,
  broadcasts,
  cards,
  chatMoves,
  conversationStates,
  duties,
  entries,
  entrySeals,
  givenNames,
  holds,
  homeAccounts,
  homeInvitations,
  homeMembers,
  homes,
  inbox,
  lines,
  messagePlaces,
  meta,
  outbox,
  processes,
  providerEvents,
  providerRequests,
  providerStates,
  quotaUses,
  reports,
  requests,
  reservedSums,
  savedAccounts,
  serviceRules,
  signIns,
  staffLog,
  suspenseItems,
  terms,
  ticketMessages,
  tickets,
  topupHistory,
  topups,
  users,
  waitingBills,
  watches,
} = Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, forPostgres(table)]));
