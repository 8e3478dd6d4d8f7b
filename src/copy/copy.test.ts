import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import SqliteClient from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { allRows } from '../backup/backup-stage.fixture.ts';
import type { DatabaseAddress } from '../db/address.ts';
import type { Database } from '../db/database.ts';
import { refuseMoved } from '../db/moved.ts';
import { openDatabase } from '../db/open.ts';
import { outbox, providerEvents, providerRequests, users } from '../db/tables.ts';
import { type Clock, realClock } from '../core/deps.ts';
import { type PostgresCluster, startPostgres } from '../testing/postgres-cluster.ts';
import { type Copied, copyDatabase, type CopyOrder } from './copy.ts';
import { copyNews } from './copy-news.ts';
import { fill, ODD_TEXTS } from './filled.fixture.ts';

let cluster: PostgresCluster;
let databases = 0;
let folder: string;
let file: DatabaseAddress & { engine: 'sqlite' };
let server: DatabaseAddress & { engine: 'postgres' };

beforeAll(async () => {
  cluster = await startPostgres({ durable: true });
});
afterAll(async () => await cluster.remove());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tolov-copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  file = { engine: 'sqlite', path: join(folder, 'tolov.db') };
  databases += 1;
  server = { engine: 'postgres', url: await cluster.createDatabase(`copy_${databases}`) };
  await using(file, fill);
});

/** What takes turns with a program does not wait for one that stays. */
const hasty: Clock = { ...realClock, sleep: () => Promise.resolve() };

async function copy(order: Partial<CopyOrder> = {}): Promise<Copied> {
  return await copyDatabase({ from: file, to: server, suspect: false, clock: realClock, ...order });
}

async function using<T>(at: DatabaseAddress, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(at);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

function onFile(...statements: string[]): void {
  const client = new SqliteClient(file.path);
  for (const statement of statements) client.exec(statement);
  client.close();
}

async function onServer(text: string): Promise<unknown[][]> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    const result = await client.query<unknown[]>({ text, rowMode: 'array' });
    return result.rows;
  } finally {
    await client.end();
  }
}

/** Everything in a file but when it was migrated, and where it was moved to. */
function dump(path: string): Record<string, unknown[]> {
  const { __drizzle_migrations: _, meta = [], ...rows } = allRows(path);
  return { ...rows, meta: meta.filter((row) => !String(row).includes('"moved_to"')) };
}

async function isServerEmpty(): Promise<boolean> {
  const [row] = await onServer(
    'select (select count(*) from meta) + (select count(*) from users) + (select count(*) from entries)',
  );
  return row?.[0] === '0';
}

describe('there and back', () => {
  it('gives the same rows in every table, odd texts, JSON and counters included', async () => {
    const before = dump(file.path);
    for (const [name, rows] of Object.entries(before))
      expect([name, rows.length > 0]).toEqual([name, true]);
    const copied = await copy();
    expect(copied.kind).toBe('copied');
    expect(copied.books).toMatchObject({ clean: true, seals: { waiting: 1 } });
    const back: DatabaseAddress = { engine: 'sqlite', path: join(folder, 'new', 'back.db') };
    const returned = await copy({ from: server, to: back });
    expect(returned.tables).toEqual(copied.tables);
    expect(dump(back.path)).toEqual(before);
    expect(dump(file.path)).toEqual(before);
  });

  it('keeps texts word for word as the program reads them', async () => {
    await copy();
    await using(server, async ({ read }) => {
      const names = await read.select({ name: users.firstName }).from(users).orderBy(users.id);
      expect(names.map(({ name }) => name)).toEqual(ODD_TEXTS);
      const messages = await read.select().from(outbox).orderBy(outbox.id);
      expect(messages.map(({ params }) => params['text'])).toEqual(ODD_TEXTS);
    });
    const [bill] = await onServer(`select account, details, evidence from bills where id = 'B1'`);
    expect(bill).toEqual([
      '{"phone":"901234567","a":"{\\"}"}',
      '[{"value":"1","title":"A","name":"a"}]',
      null,
    ]);
  });

  it('never gives a number again that a row had which is gone', async () => {
    onFile(
      'delete from provider_requests',
      `update sqlite_sequence set seq = 77 where name = 'provider_requests'`,
    );
    await copy();
    const request = { provider: 'inpay', priority: 'poll', sentAt: 1 } as const;
    const add = (db: Database): Promise<{ id: number }[]> =>
      db.tx((tx) =>
        tx.insert(providerRequests).values(request).returning({ id: providerRequests.id }),
      );
    expect(await using(server, add)).toEqual([{ id: 78 }]);
    const back: DatabaseAddress = { engine: 'sqlite', path: join(folder, 'back.db') };
    await copy({ from: server, to: back });
    expect(await using(back, add)).toEqual([{ id: 79 }]);
  });

  it('replaces NUL, which PostgreSQL does not have, and says how often', async () => {
    onFile(`update provider_events set body = 'a' || char(0) || 'b' || char(0) where id = 1`);
    const copied = await copy();
    expect(copied.replacedTexts).toBe(1);
    expect(copyNews(copied, { from: file, to: server }).join('\n')).toContain('1 texts held NUL');
    const [event] = await using(server, ({ read }) =>
      read.select().from(providerEvents).where(eq(providerEvents.id, 1)),
    );
    expect(event?.body).toBe('a\ufffdb\ufffd');
    expect((await copy()).kind).toBe('same');
  });

  it('fills a target that was migrated and never used', async () => {
    await using(server, (db) => db.read.select().from(users));
    expect((await copy()).kind).toBe('copied');
  });
});

describe('a second run', () => {
  it('leaves the file marked: it names the new place, until somebody says otherwise', async () => {
    await copy();
    const { host, pathname } = new URL(server.url);
    const left = { path: file.path, forget: false };
    await using(file, async (db) => {
      await expect(refuseMoved(db, left)).rejects.toThrow(
        `Everything in ${file.path} was moved to PostgreSQL ${host}${pathname}`,
      );
    });
    expect((await copy()).kind).toBe('same');
    expect(await onServer(`select * from meta where key = 'moved_to'`)).toEqual([]);
    await using(file, async (db) => {
      await refuseMoved(db, { ...left, forget: true });
      await refuseMoved(db, left);
    });
  });

  it('verifies, writes nothing and says so', async () => {
    await copy();
    const again = await copy();
    expect(again.kind).toBe('same');
    expect(copyNews(again, { from: file, to: server })[0]).toContain('holds all of');
  });

  it('refuses a target in which one value differs, and leaves it alone', async () => {
    await copy();
    await onServer(`update users set last_name = 'x' where id = 5000000003`);
    await expect(copy()).rejects.toThrow(
      /is not empty \(there are rows in accounts\), and it is no copy of the source: the rows of users/,
    );
    expect(await onServer(`select count(*) from users where last_name = 'x'`)).toEqual([['1']]);
  });

  it('refuses a file in which something else is', async () => {
    await copy();
    const other: DatabaseAddress = { engine: 'sqlite', path: join(folder, 'other.db') };
    await using(other, (db) =>
      db.tx((tx) => tx.insert(users).values({ id: 1, createdAt: 1, seenAt: 1 })),
    );
    const before = dump(other.path);
    await expect(copy({ from: server, to: other })).rejects.toThrow(/other\.db is not empty/);
    expect(dump(other.path)).toEqual(before);
  });
});

describe('a difference', () => {
  it('made on the way into a table is found, and nothing stays', async () => {
    await using(server, (db) => db.read.select().from(users));
    await onServer(`create function twist() returns trigger language plpgsql as
      $$ begin new.service_name := 'other'; return new; end $$`);
    await onServer(
      `create trigger twist before insert on bills for each row execute function twist()`,
    );
    await expect(copy()).rejects.toThrow('The copy differs and was undone: the rows of bills');
    expect(await isServerEmpty()).toBe(true);
    expect(await onServer('select count(*) from bills')).toEqual([['0']]);
    await onServer('drop trigger twist on bills');
    expect((await copy()).kind).toBe('copied');
  });

  it('of a row that is left out is found', async () => {
    await using(server, (db) => db.read.select().from(users));
    await onServer(`create function drop_one() returns trigger language plpgsql as
      $$ begin if new.id = 5000000002 then return null; end if; return new; end $$`);
    await onServer(
      `create trigger drop_one before insert on users for each row execute function drop_one()`,
    );
    await expect(copy()).rejects.toThrow('users has 9 rows in the source, 8 in the target');
    expect(await isServerEmpty()).toBe(true);
  });

  it('between balances and lines in the source stops the copy unless it is asked for', async () => {
    onFile(`update accounts set balance_tiyin = balance_tiyin + 1 where id = 'user:3:available'`);
    await expect(copy()).rejects.toThrow(
      /books in the source do not add up: user:3:available shows/,
    );
    expect(await isServerEmpty()).toBe(true);
    const copied = await copy({ suspect: true });
    expect(copied.books.clean).toBe(false);
    const news = copyNews(copied, { from: file, to: server }).join('\n');
    expect(news).toContain('THE BOOKS DO NOT ADD UP');
  });

  it('in kind, such as a text where a number belongs, is named', async () => {
    onFile(`update users set blocked_at = 'soon' where id = 5000000001`);
    await expect(copy()).rejects.toThrow(
      'A row of users holds in blocked_at what is no integer. Its key: 5000000001.',
    );
  });
});

describe('a database in use', () => {
  it('is no source and no target while a program has the file', async () => {
    const db = await openDatabase(file);
    onTestFinished(() => db.close());
    await expect(copy()).rejects.toThrow(/Another process works on .*tolov\.db/);
    await using(server, ({ read }) => read.select().from(users));
    await expect(copy({ from: server, to: file })).rejects.toThrow(
      /Another process works on .*tolov\.db/,
    );
  });

  it('is no source and no target while a program is connected', async () => {
    const db = await openDatabase(server);
    await db.read.select().from(users);
    const words = 'Stop every program that uses it';
    await expect(copy({ clock: hasty })).rejects.toThrow(words);
    const back: DatabaseAddress = { engine: 'sqlite', path: join(folder, 'back.db') };
    await expect(copy({ from: server, to: back, clock: hasty })).rejects.toThrow(words);
    await db.close();
    expect((await copy()).kind).toBe('copied');
  });
});

describe('an address', () => {
  it('of the same engine is refused, with the tool that is for it', async () => {
    const to: DatabaseAddress = { engine: 'sqlite', path: join(folder, 'other.db') };
    await expect(copy({ to })).rejects.toThrow('npm run backup');
    expect(readdirSync(folder)).not.toContain('other.db');
  });

  it('of no file, or of a database that is not ours, is refused', async () => {
    const missing: DatabaseAddress = { engine: 'sqlite', path: join(folder, 'missing.db') };
    await expect(copy({ from: missing })).rejects.toThrow(/There is no file .*missing\.db/);
    expect(readdirSync(dirname(missing.path))).not.toContain('missing.db');
    await expect(copy({ from: server, to: missing })).rejects.toThrow(
      'is no database of this program',
    );
  });

  it('of another version is refused, and not changed', async () => {
    onFile(
      'delete from __drizzle_migrations where created_at = (select max(created_at) from __drizzle_migrations)',
    );
    await expect(copy()).rejects.toThrow(/tolov\.db belongs to an older version/);
    onFile(`insert into __drizzle_migrations (hash, created_at) values ('x', 1), ('y', 2)`);
    await expect(copy()).rejects.toThrow(/tolov\.db belongs to a newer version/);
  });
});
