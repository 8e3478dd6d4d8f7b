/** Whose file it is, and whether this version of the program may work on it. */
import { fileURLToPath } from 'node:url';
import SqliteClient from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrationsNeeded } from './compatibility.ts';

export const MIGRATIONS = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));

/** How many migrations the file has seen; none: it is not ours. */
export function migrationsOf(client: SqliteClient.Database): number {
  const has = client
    .prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'")
    .get();
  if (has === undefined) return 0;
  return Number(client.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get());
}

/**
 * Applies the migrations that the file has not seen, all or none. As drizzle's own, which says of a full disk no more than that
 * there was nothing to roll back: SQLite has done so by then.
 */
export function migrateFile(client: SqliteClient.Database): void {
  const migrateAll = client.transaction(() => {
    client.exec(MIGRATIONS_TABLE);
    const latest = 'SELECT coalesce(max(created_at), 0) FROM __drizzle_migrations';
    const seen = Number(client.prepare(latest).pluck().get());
    const note = client.prepare(
      'INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)',
    );
    for (const each of readMigrationFiles({ migrationsFolder: MIGRATIONS })) {
      if (each.folderMillis <= seen) continue;
      for (const statement of each.sql) client.exec(statement);
      note.run(each.hash, each.folderMillis);
    }
    noteVersion(client);
  });
  migrateAll.immediate();
}

/** As drizzle makes it. */
const MIGRATIONS_TABLE =
  'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)';

/**
 * Notes how many migrations a version must know to work on the file: up to the last one after which older versions can't go
 * on (migrations/compatibility.json). An older version knows nothing of newer migrations and could not tell. The number
 * stands in the file's header, in the field that SQLite leaves to programs, and so in every copy.
 */
function noteVersion(client: SqliteClient.Database): void {
  // What a newer version noted stays.
  if (migrationsOf(client) > readMigrationFiles({ migrationsFolder: MIGRATIONS }).length) return;
  const needed = migrationsNeeded('sqlite', ['back']);
  if (neededBy(client) !== needed) client.pragma(`application_id = ${needed}`);
}

function neededBy(client: SqliteClient.Database): unknown {
  return client.pragma('application_id', { simple: true });
}

/** Has it seen migrations without which this version can't work on it? Not noted: it needs all of them. */
export function isTooNew(client: SqliteClient.Database): boolean {
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS }).length;
  const seen = migrationsOf(client);
  return seen > known && (Number(neededBy(client)) || seen) > known;
}

/** Has it tables, and not ours? Many programs keep their migrations in a table of that name: the first one is looked at. */
export function isForeign(client: SqliteClient.Database): boolean {
  const tables = client
    .prepare("SELECT count(*) FROM sqlite_schema WHERE name <> '__drizzle_migrations'")
    .pluck()
    .get();
  if (tables === 0) return false;
  if (migrationsOf(client) === 0) return true;
  const [first] = readMigrationFiles({ migrationsFolder: MIGRATIONS });
  const oldest = client.prepare('SELECT min(created_at) FROM __drizzle_migrations').pluck().get();
  return Number(oldest) !== first?.folderMillis;
}

/** Throws where another program's file, or a newer version's, stands at `path`. It is only read. */
export function refuseStrange(path: string): void {
  const client = new SqliteClient(path, { fileMustExist: true });
  try {
    client.pragma('busy_timeout = 10000');
    client.pragma('query_only = ON');
    if (isForeign(client)) throw new Error(FOREIGN(path));
    if (isTooNew(client)) throw new Error(NEWER(path));
  } finally {
    client.close();
  }
}

const FOREIGN = (path: string): string =>
  `${path} is another program's database. It was left as it is. Let DATABASE_URL name a file of this program's own.`;

const NEWER = (path: string): string =>
  `${path} was worked on by a newer version of the program, and this one does not know all that is in it. It was left ` +
  'as it is. Start the newer version, or restore a copy that this one made (docs/operations.md, "Update").';
