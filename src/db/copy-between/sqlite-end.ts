/** A SQLite file as one end of a copy. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type SqliteClient from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { damageOf, syncFolderOf } from '../copy.ts';
import type { Queries } from '../database.ts';
import { MOVED_TO } from '../moved.ts';
import { giveTo } from '../permissions.ts';
import { openAlone } from '../replace.ts';
import { openSqlite } from '../sqlite.ts';
import * as tables from '../tables.ts';
import { MIGRATIONS, migrationsOf } from '../version.ts';
import { assertFits, CopyError, type End, refuseOtherVersion, type Role, type Row } from './end.ts';
import type { TableLayout } from './layout.ts';

const BATCH = 2000;

/** A target that does not exist is made. Throws CopyError and DatabaseInUseError. */
export async function openSqliteEnd(path: string, role: Role): Promise<End> {
  if (role === 'source' && !existsSync(path)) throw new CopyError(`There is no file ${path}.`);
  if (role === 'target') await prepare(path);
  const client = openAlone(path);
  try {
    const known = readMigrationFiles({ migrationsFolder: MIGRATIONS }).length;
    refuseOtherVersion(path, migrationsOf(client), known);
    const damage = damageOf(client);
    if (damage.length > 0) {
      throw new CopyError(`${path} is damaged: ${damage.slice(0, 5).join('; ')}. Restore a copy.`);
    }
    // 64 MB: so that a large table's index is not read and written page by page.
    client.pragma('cache_size = -65536');
    return endOn(path, client);
  } catch (error) {
    client.close();
    throw error;
  }
}

async function prepare(path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const isNew = !existsSync(path);
  if (!isNew) openAlone(path).close();
  await openSqlite(path).close();
  if (!isNew) return;
  giveTo(path, dirname(path));
  syncFolderOf(path);
}

function endOn(path: string, client: SqliteClient.Database): End {
  const inserts = new Map<string, SqliteClient.Statement>();
  return {
    queries: drizzle(client, { schema: tables }) as unknown as Queries,
    async *rows(table) {
      const { columns, key } = table;
      const names = columns.map(({ name }) => `"${name}"`).join(', ');
      const order = key.map((name) => `"${name}"`).join(', ');
      // The mark of a file that was left stays with it.
      const where = table.name === 'meta' ? `where key <> '${MOVED_TO}'` : '';
      const all = client.prepare(`select ${names} from "${table.name}" ${where} order by ${order}`);
      yield* inBatches(table, all.raw(true).iterate() as Iterable<unknown[]>);
    },
    async write(table, rows) {
      const insert = inserts.get(table.name) ?? client.prepare(insertInto(table));
      inserts.set(table.name, insert);
      for (const row of rows) insert.run(row);
    },
    async nextNumber({ name }) {
      const seq = client
        .prepare('select seq from sqlite_sequence where name = ?')
        .pluck()
        .get(name);
      return Number(seq ?? 0) + 1;
    },
    async setNextNumber({ name }, next) {
      client.prepare('delete from sqlite_sequence where name = ?').run(name);
      client.prepare('insert into sqlite_sequence (name, seq) values (?, ?)').run(name, next - 1);
    },
    // Nothing to do: the file has indexes for all that is asked, and no better plan after looking.
    analyze: async () => undefined,
    async commit() {
      client.exec('COMMIT');
      syncFolderOf(path);
    },
    async leave(to) {
      client.prepare('insert or replace into meta (key, value) values (?, ?)').run(MOVED_TO, to);
      client.exec('COMMIT');
    },
    async close() {
      client.close();
    },
  };
}

function* inBatches(table: TableLayout, rows: Iterable<unknown[]>): Generator<Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    assertFits(table, row);
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function insertInto({ name, columns }: TableLayout): string {
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  return `insert into "${name}" (${names}) values (${columns.map(() => '?').join(', ')})`;
}
