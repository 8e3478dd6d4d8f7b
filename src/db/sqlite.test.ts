import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asc, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryFile, temporaryFile } from '../testing/sqlite-file.ts';
import { prepared, type Queries } from './database.ts';
import { openSqlite } from './sqlite.ts';
import { meta } from './tables.ts';

let temporary: TemporaryFile;

beforeEach(() => {
  temporary = temporaryFile();
});

afterEach(async () => {
  await temporary.remove();
});

async function put(key: string, value = 'v'): Promise<void> {
  await temporary.db.tx(async (tx) => {
    await tx.insert(meta).values({ key, value });
  });
}

async function keys(queries: Queries): Promise<string[]> {
  const rows = await queries.select({ key: meta.key }).from(meta).orderBy(asc(meta.key));
  return rows.map((row) => row.key);
}

const refusal = (path: string, reason: string): string =>
  `The database ${path} can't be used: ${reason}. DATABASE_URL must name`;

/** Root may write to everything. */
function asOrdinaryUser(work: () => void): void {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

const failing = async (queries: Queries): Promise<void> => {
  await queries.insert(meta).values({ key: 'first', value: '' });
  await keys(queries);
  await queries.insert(meta).values({ key: 'second', value: '' });
  throw new Error('mine');
};

describe('the file', () => {
  it('is written with the settings that keep money safe', async () => {
    const settings = await temporary.db.tx(
      async (tx) =>
        await tx
          .select({
            journal: sql<string>`journal_mode`,
            synchronous: sql<number>`synchronous`,
            foreignKeys: sql<number>`foreign_keys`,
            busyMs: sql<number>`timeout`,
          })
          .from(
            sql`pragma_journal_mode, pragma_synchronous, pragma_foreign_keys, pragma_busy_timeout`,
          ),
    );
    expect(settings).toEqual([{ journal: 'wal', synchronous: 2, foreignKeys: 1, busyMs: 2000 }]);
  });

  it('and its folders are made when missing', async () => {
    const path = join(dirname(temporary.path), 'a/b/new.db');
    const db = openSqlite(path);
    await db.close();
    expect(existsSync(path)).toBe(true);
  });

  it('has everything after it was closed and opened again', async () => {
    await put('before');
    const db = await temporary.reopen();
    await put('after');
    expect(await keys(db.read)).toEqual(['after', 'before']);
  });

  it('is migrated once', async () => {
    const migrations = (): unknown =>
      temporary.connect().prepare('select * from __drizzle_migrations order by id').all();
    const first = migrations();
    expect(first).toHaveLength(
      readdirSync(new URL('../../migrations/sqlite', import.meta.url)).filter((name) =>
        name.endsWith('.sql'),
      ).length,
    );
    await put('kept');
    await temporary.reopen();
    await temporary.reopen();
    expect(migrations()).toEqual(first);
    expect(await keys(temporary.db.read)).toEqual(['kept']);
  });

  it('alone holds everything once it is closed', async () => {
    await put('a');
    await temporary.db.close();
    expect(readdirSync(dirname(temporary.path))).toEqual(['test.db']);
  });
});

describe('a file that cannot be used', () => {
  it('is refused when it may only be read', async () => {
    await temporary.db.close();
    chmodSync(temporary.path, 0o444);
    chmodSync(dirname(temporary.path), 0o777);
    const reason = 'attempt to write a readonly database';
    asOrdinaryUser(() => {
      expect(() => openSqlite(temporary.path)).toThrow(refusal(temporary.path, reason));
    });
  });

  it('is refused when it is no database', () => {
    const path = join(dirname(temporary.path), 'text.db');
    writeFileSync(path, 'this is not a database, and long enough to look like one'.repeat(20));
    expect(() => openSqlite(path)).toThrow(refusal(path, 'file is not a database'));
  });

  it('is refused when it is a folder', () => {
    const path = join(dirname(temporary.path), 'folder.db');
    mkdirSync(path);
    expect(() => openSqlite(path)).toThrow(refusal(path, 'unable to open database file'));
  });

  it('is refused when it can have no write-ahead log', () => {
    expect(() => openSqlite(':memory:')).toThrow('SQLite did not accept the settings');
  });
});

describe('reading', () => {
  it('can only read', async () => {
    const insert = temporary.db.read.insert(meta).values({ key: 'a', value: 'b' });
    await expect(insert.execute()).rejects.toThrow('readonly');
    expect(await keys(temporary.db.read)).toEqual([]);
  });

  it('inside a transaction throws, also by a prepared query, and by no detour', async () => {
    const all = prepared((queries) => queries.select().from(meta));
    expect(await all(temporary.db.read).execute()).toEqual([]);
    const attempts: (() => Promise<unknown>)[] = [
      () => keys(temporary.db.read),
      () => all(temporary.db.read).execute(),
      async () => {
        await Promise.resolve();
        return await keys(temporary.db.read);
      },
    ];
    for (const attempt of attempts) {
      await expect(temporary.db.tx(attempt)).rejects.toThrow('Inside a transaction read through');
    }
  });

  it('beside a transaction works', async () => {
    const [, seen] = await Promise.all([put('a'), keys(temporary.db.read)]);
    expect(seen).toEqual([]);
    expect(await keys(temporary.db.read)).toEqual(['a']);
  });

  it('of a snapshot sees one moment while others write', async () => {
    await put('a');
    const seen = await temporary.db.snapshot(async (queries) => {
      const first = await keys(queries);
      await put('b');
      await new Promise((resolve) => setImmediate(resolve));
      return [first, await keys(queries)];
    });
    expect(seen).toEqual([['a'], ['a']]);
    expect(await keys(temporary.db.read)).toEqual(['a', 'b']);
  });

  it('of a snapshot that throws frees it', async () => {
    const broken = temporary.db.snapshot(async (queries) => {
      await keys(queries);
      throw new Error('mine');
    });
    await expect(broken).rejects.toThrow('mine');
    await put('a');
    await temporary.db.close();
    expect(readdirSync(dirname(temporary.path))).toEqual(['test.db']);
  });
});

describe("drizzle's own transaction", () => {
  it('keeps what follows the first await of a failed one: why nobody may use it', async () => {
    const trap = drizzle(temporary.connect());
    let work: Promise<void> | undefined;
    expect(() =>
      trap.transaction((tx) => {
        work = failing(tx as unknown as Queries);
        return work;
      }),
    ).toThrow('cannot return a promise');
    await expect(work).rejects.toThrow('mine');
    expect(await keys(temporary.db.read)).not.toEqual([]);
  });

  it('is not ours: a failed one leaves nothing', async () => {
    await expect(temporary.db.tx(failing)).rejects.toThrow('mine');
    expect(await keys(temporary.db.read)).toEqual([]);
  });
});

describe('closing', () => {
  it('finishes what was handed over, and refuses what comes later', async () => {
    const before = Array.from({ length: 600 }, (_, i) => put(`k${i}`));
    const closing = temporary.db.close();
    await expect(put('late')).rejects.toThrow('The database is closing; nothing was written');
    await closing;
    await Promise.all(before);
    await temporary.reopen();
    expect(await keys(temporary.db.read)).toHaveLength(600);
  });

  it('twice is harmless', async () => {
    await Promise.all([temporary.db.close(), temporary.db.close()]);
    await temporary.db.close();
    await expect(put('late')).rejects.toThrow('closing');
    await expect(keys(temporary.db.read)).rejects.toThrow('not open');
  });
});

describe('prepared queries', () => {
  it('are built once for each connection', async () => {
    let built = 0;
    const byKey = prepared((queries) => {
      built += 1;
      return queries
        .select()
        .from(meta)
        .where(eq(meta.key, sql.placeholder('key')));
    });
    await put('a', 'x');
    for (let i = 0; i < 3; i += 1) {
      expect(await byKey(temporary.db.read).execute({ key: 'a' })).toEqual([
        { key: 'a', value: 'x' },
      ]);
      await temporary.db.tx(async (tx) => await byKey(tx).execute({ key: 'a' }));
    }
    expect(built).toBe(2);
  });
});

describe('a crash before a commit, simulated', () => {
  it('loses the whole group, and what comes after it is written', async () => {
    const path = join(dirname(temporary.path), 'other.db');
    const crash = { isNear: false };
    const db = openSqlite(path, {
      beforeCommit: () => {
        if (crash.isNear) throw new Error('no power');
      },
    });
    const write = (key: string): Promise<unknown> =>
      db.tx(async (tx) => await tx.insert(meta).values({ key, value: 'v' }));
    crash.isNear = true;
    const group = await Promise.allSettled([write('a'), write('b')]);
    expect(group.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    crash.isNear = false;
    await write('c');
    expect(await keys(db.read)).toEqual(['c']);
    await db.close();
  });
});
