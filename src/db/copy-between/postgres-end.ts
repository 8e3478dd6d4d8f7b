/** A PostgreSQL as one end of a copy. */
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { Client } from 'pg';
import type { Clock } from '../../core/deps.ts';
import { clientOptions, queryOf, type Rows } from '../postgres/driver.ts';
import { MIGRATIONS, migratePostgres } from '../postgres/migrate.ts';
import { queriesOn } from '../postgres/open.ts';
import {
  assertFits,
  CopyError,
  type End,
  refuseOtherVersion,
  type Role,
  type Row,
  titleOf,
} from './end.ts';
import { type ColumnLayout, type TableLayout, tableLayouts } from './layout.ts';

const NEXT = 'fetch 2000 from copied';

/** A program that was just stopped is seen for a moment longer; so is a copy that was killed. */
const LOOKS = 25;
const BETWEEN_LOOKS_MS = 200;

const SETTINGS = [
  'statement_timeout = 0',
  'idle_in_transaction_session_timeout = 0',
  'lock_timeout = 5000',
  'synchronous_commit = on',
];

/** As in PostgreSQL's appendix A: somebody else has the lock. */
const LOCK_NOT_AVAILABLE = '55P03';

/** Throws CopyError. */
export async function openPostgresEnd(url: string, role: Role, clock: Clock): Promise<End> {
  const title = titleOf({ engine: 'postgres', url });
  const client = new Client({ ...clientOptions(url), application_name: 'tolov-copy' });
  // Each query under way rejects; without a listener the process would end.
  client.on('error', () => undefined);
  try {
    await connectTo(client, title);
    await refuseInUse(client, title, clock);
    if (role === 'target') await migratePostgres(url, clock);
    const known = readMigrationFiles({ migrationsFolder: MIGRATIONS }).length;
    refuseOtherVersion(title, await migrationsSeen(client), known);
    await begin(client, title, role);
    return endOn(client);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function connectTo(client: Client, title: string): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    const reason = error instanceof Error && error.message !== '' ? error.message : code;
    throw new CopyError(`${title} can't be reached: ${reason}. Look at its address.`, {
      cause: error,
    });
  }
}

async function refuseInUse(client: Client, title: string, clock: Clock): Promise<void> {
  for (let look = 1; ; look += 1) {
    const { rows } = await client.query(
      `select 1 from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and application_name = 'tolov'`,
    );
    if (rows.length === 0) return;
    if (look === LOOKS) throw inUse(title);
    await clock.sleep(BETWEEN_LOOKS_MS);
  }
}

function inUse(title: string): CopyError {
  return new CopyError(
    `Another process works on ${title}. Stop every program that uses it, then try again.`,
  );
}

async function migrationsSeen(client: Client): Promise<number> {
  const bookkeeping = 'drizzle.__drizzle_migrations';
  const { rows } = await client.query<{ is: string | null }>('select to_regclass($1) as is', [
    bookkeeping,
  ]);
  if (typeof rows[0]?.is !== 'string') return 0;
  const { rows: counted } = await client.query<{ n: number }>(
    `select count(*) as n from ${bookkeeping}`,
  );
  return counted[0]?.n ?? 0;
}

/** The locks come before the first look, so that nothing is written between the two; a program that starts now waits. */
async function begin(client: Client, title: string, role: Role): Promise<void> {
  const [isolation, lock] =
    role === 'source'
      ? ['repeatable read read only', 'share']
      : ['read committed', 'access exclusive'];
  try {
    await client.query(SETTINGS.map((setting) => `set ${setting}`).join('; '));
    await client.query(`begin isolation level ${isolation}`);
    await client.query(`lock table ${allTables()} in ${lock} mode`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw code === LOCK_NOT_AVAILABLE ? inUse(title) : error;
  }
}

function endOn(client: Client): End {
  const ask = async (text: string, params: readonly unknown[] = []): Promise<Rows> =>
    (await client.query(queryOf(text, params))).rows;
  return {
    queries: queriesOn(ask),
    async *rows(table) {
      await ask(`declare copied no scroll cursor for ${selectAll(table)}`);
      try {
        let rows = await ask(NEXT);
        for (; rows.length > 0; rows = await ask(NEXT))
          yield rows.map((row) => asStored(table, row));
      } finally {
        // After a failure the transaction answers nothing but that it failed.
        await ask('close copied').catch(() => undefined);
      }
    },
    async write(table, rows) {
      const columns = table.columns.map((_, i) => rows.map((row) => row[i]));
      await client.query(insertInto(table), columns);
    },
    async nextNumber(table) {
      const [row] = await ask(`select last_value, is_called from ${await sequenceOf(table)}`);
      return Number(row?.[0]) + (row?.[1] === true ? 1 : 0);
    },
    // Unlike setval it is undone when the transaction is.
    async setNextNumber(table, next) {
      await ask(
        `alter table "${table.name}" alter column "${table.numbered}" restart with ${next}`,
      );
    },
    async analyze() {
      await ask(`analyze ${allTables()}`);
    },
    commit: async () => void (await ask('commit')),
    close: () => client.end(),
  };

  async function sequenceOf({ name, numbered }: TableLayout): Promise<string> {
    const [row] = await ask('select pg_get_serial_sequence($1, $2)', [`"${name}"`, numbered]);
    if (typeof row?.[0] !== 'string') throw new Error(`${name} does not number its rows.`);
    return row[0];
  }
}

function asStored(table: TableLayout, row: readonly unknown[]): Row {
  const stored = row.map((value) => (typeof value === 'boolean' ? Number(value) : value));
  assertFits(table, stored);
  return stored;
}

function quoted(names: readonly string[]): string {
  return names.map((each) => `"${each}"`).join(', ');
}

function allTables(): string {
  return quoted(tableLayouts().map(({ name }) => name));
}

function selectAll({ name, columns, key }: TableLayout): string {
  return `select ${quoted(columns.map((column) => column.name))} from "${name}" order by ${quoted(key)}`;
}

const TYPES: Readonly<Record<ColumnLayout['kind'], string>> = {
  integer: 'bigint[]',
  boolean: 'boolean[]',
  text: 'text[]',
};

/** One statement for any number of rows: a parameter for each column, with its values. */
function insertInto({ name, columns }: TableLayout): string {
  const names = quoted(columns.map((column) => column.name));
  const values = columns.map(({ kind }, i) => `$${i + 1}::${TYPES[kind]}`).join(', ');
  return `insert into "${name}" (${names}) select * from unnest(${values})`;
}
