import { inspect } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import { Client } from 'pg';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
} from 'vitest';
import { realClock } from '../../core/deps.ts';
import { post, userBalance } from '../../ledger/ledger.ts';
import { reverse } from '../../ledger/reverse.fixture.ts';
import { AT, topupEntry } from '../../testing/ledger.ts';
import { type PostgresCluster, startPostgres } from '../../testing/postgres-cluster.ts';
import { startTcpProxy, type TcpProxy } from '../../testing/tcp-proxy.ts';
import type { Database } from '../database.ts';
import { accounts, meta, providerStates } from '../tables.ts';
import { openPostgres, type PostgresOptions } from './open.ts';

let cluster: PostgresCluster;
let databases = 0;
let url: string;
const open: Database[] = [];

beforeAll(async () => {
  cluster = await startPostgres({ durable: true });
});
afterAll(async () => await cluster.remove());

beforeEach(async () => {
  databases += 1;
  url = await cluster.createDatabase(`seam_${databases}`);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

/** As one more process would. */
function openOne(options: PostgresOptions = {}, at = url): Database {
  const db = openPostgres(at, options);
  open.push(db);
  return db;
}

async function valueOf(db: Database, key: string): Promise<string | undefined> {
  const [row] = await db.read.select().from(meta).where(eq(meta.key, key));
  return row?.value;
}

async function put(db: Database, key: string, value: string): Promise<void> {
  await db.tx(async (tx) => {
    await tx
      .insert(meta)
      .values({ key, value })
      .onConflictDoUpdate({ target: meta.key, set: { value } });
  });
}

/** Reads, then writes what follows from it: right only if nobody comes in between. */
async function increment(db: Database, key: string): Promise<void> {
  await db.tx(async (tx) => {
    const [row] = await tx.select().from(meta).where(eq(meta.key, key));
    const value = String(Number(row?.value ?? 0) + 1);
    await tx.update(meta).set({ value }).where(eq(meta.key, key));
  });
}

describe('several processes', () => {
  it('migrate once, however many start together', async () => {
    const all = [openOne(), openOne(), openOne()];
    await Promise.all(all.map((db, index) => put(db, `key ${index}`, 'there')));
    for (const index of [0, 1, 2]) expect(await valueOf(openOne(), `key ${index}`)).toBe('there');
  });

  it('of an older version begin on no tables of a newer one, unless that says they can', async () => {
    await put(openOne(), 'key', 'there');
    const client = new Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    const applied = 'drizzle.__drizzle_migrations';
    const { rows } = await client.query<{ note: string; seen: number }>(
      `select count(*)::int as seen, obj_description('${applied}'::regclass) as note from ${applied}`,
    );
    const seen = rows[0]!.seen;
    expect(rows[0]!.note).toBe(`needs ${seen}`);
    // A newer version came by.
    await client.query(`insert into ${applied} (hash, created_at) values ('x', 9999999999999)`);
    expect(await valueOf(openOne(), 'key')).toBe('there');
    await client.query(`comment on table ${applied} is 'needs ${seen + 1}'`);
    await expect(valueOf(openOne(), 'key')).rejects.toThrow(/^The database .* newer version/);
    await client.query(`comment on table ${applied} is null`);
    await expect(valueOf(openOne(), 'key')).rejects.toThrow(/newer version/);
  });

  it('lose no update, and run again what met another one', async () => {
    const conflicts = { count: 0 };
    const onConflict = (): void => void (conflicts.count += 1);
    const all = [openOne({ onConflict }), openOne({ onConflict }), openOne({ onConflict })];
    const [first] = all;
    await put(first as Database, 'counter', '0');
    // All are connected, so that they meet.
    await Promise.all(all.map((db, index) => put(db, `ready ${index}`, '')));
    conflicts.count = 0;
    const before = all.reduce((sum, db) => sum + db.figures.conflicts, 0);
    const work = all.flatMap((db) => Array.from({ length: 40 }, () => increment(db, 'counter')));
    await Promise.all(work);
    expect(await valueOf(first as Database, 'counter')).toBe('120');
    expect(conflicts.count).toBeGreaterThan(0);
    const counted = all.reduce((sum, db) => sum + db.figures.conflicts, 0);
    expect(counted - before).toBe(conflicts.count);
  });

  it('can not both act on what the other one is changing', async () => {
    const [one, two] = [openOne(), openOne()];
    await put(one, 'a', 'on');
    await put(one, 'b', 'on');
    // Each may go only while the other one stays.
    const leave = async (db: Database, own: string, other: string): Promise<void> =>
      await db.tx(async (tx) => {
        const [row] = await tx.select().from(meta).where(eq(meta.key, other));
        if (row?.value === 'on')
          await tx.update(meta).set({ value: 'off' }).where(eq(meta.key, own));
      });
    for (let round = 0; round < 20; round += 1) {
      await put(one, 'a', 'on');
      await put(one, 'b', 'on');
      await Promise.all([leave(one, 'a', 'b'), leave(two, 'b', 'a')]);
      const left = [await valueOf(one, 'a'), await valueOf(one, 'b')];
      expect(new Set(left)).toEqual(new Set(['off', 'on']));
    }
  });

  it('have each a stripe of hot accounts, and leave it to others when they end', async () => {
    const stripeOf = (db: Database): Promise<number> => db.tx(async (tx) => tx.stripe);
    const all = [openOne(), openOne(), openOne()];
    const stripes = await Promise.all(all.map(stripeOf));
    expect(new Set(stripes)).toEqual(new Set([1, 2, 3]));
    await all[0]?.close();
    expect(await stripeOf(openOne())).toBe(stripes[0]);
  });

  it('undo an entry once, however many do so at the same moment', async () => {
    const processes = [openOne(), openOne(), openOne()];
    const [first] = processes;
    for (let round = 0; round < 10; round += 1) {
      const posted = await first!.tx((tx) => post(tx, topupEntry(`topup:${round}`, 1, 100)));
      const undone = await Promise.allSettled(
        processes.map((db, index) => {
          const who = { key: `undo:${round}:${index}`, actor: 'system', reason: 'test', at: AT };
          return db.tx((tx) => reverse(tx, { entryId: posted.entryId, ...who }));
        }),
      );
      const outcomes = undone.map((each) =>
        each.status === 'fulfilled' ? each.value.kind : (each.reason as Error).name,
      );
      expect(outcomes.toSorted((one, other) => one.localeCompare(other))).toEqual([
        'AlreadyReversedError',
        'AlreadyReversedError',
        'posted',
      ]);
    }
    expect((await userBalance(first!.read, 1)).availableTiyin).toBe(0);
  });

  it('run again also when the code inside swallowed the conflict', async () => {
    const db = openOne();
    await put(db, 'key', '0');
    const other = await rival();
    await other.query(`begin; update meta set value = 'theirs' where key = 'key'`);
    let runs = 0;
    const done = db.tx(async (tx) => {
      runs += 1;
      await tx.select().from(meta);
      // The first time it waits for the other one, and finds that it came too late.
      if (runs === 1) void other.query('commit');
      const change = tx
        .update(meta)
        .set({ value: `run ${runs}` })
        .where(eq(meta.key, 'key'));
      await change.catch(() => undefined);
    });
    await done;
    expect(runs).toBe(2);
    expect(await valueOf(db, 'key')).toBe('run 2');
  });

  it('say what happened once, after the run that counts', async () => {
    const db = openOne();
    await put(db, 'key', '0');
    const other = await rival();
    await other.query(`begin; update meta set value = 'theirs' where key = 'key'`);
    const effects: number[] = [];
    let runs = 0;
    await db.tx(async (tx) => {
      runs += 1;
      const run = runs;
      tx.afterCommit(() => effects.push(run));
      await tx.select().from(meta);
      if (runs === 1) void other.query('commit');
      await tx.update(meta).set({ value: 'ours' }).where(eq(meta.key, 'key'));
    });
    expect(effects).toEqual([2]);
  });

  it('give up with the reason when others are always in the way', async () => {
    const db = openOne();
    await put(db, 'key', '0');
    const other = await rival();
    await other.query(`create function meet() returns int language plpgsql as
      $$ begin raise exception 'met another one' using errcode = '40001'; end $$`);
    let runs = 0;
    const refused = db.tx(async (tx) => {
      runs += 1;
      await tx.update(meta).set({ value: '1' });
      await tx.select({ met: sql`meet()` }).from(meta);
    });
    await expect(refused).rejects.toThrow('met another one');
    expect(runs).toBeGreaterThan(10);
    expect(await valueOf(db, 'key')).toBe('0');
  });

  /** Another process, statement by statement. */
  async function rival(): Promise<Client> {
    const client = new Client({ connectionString: url });
    await client.connect();
    onTestFinished(async () => await client.end());
    return client;
  }
});

it('a hundred first questions at once share the few connections that a process has', async () => {
  const db = openOne();
  await Promise.all(Array.from({ length: 100 }, () => valueOf(db, 'none')));
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>(
      'select count(*)::int as n from pg_stat_activity where datname = current_database()',
    );
    // Four that read, perhaps one that writes, and this one.
    expect(rows[0]?.n).toBeLessThanOrEqual(6);
  } finally {
    await client.end();
  }
});

describe('a connection that breaks', () => {
  let proxy: TcpProxy;
  beforeEach(async () => {
    proxy = await startTcpProxy({ port: Number(new URL(url).port) });
  });
  afterEach(async () => await proxy.close());

  const through = (options: PostgresOptions = {}): Database => {
    const address = new URL(url);
    address.port = String(proxy.port);
    return openOne(options, address.href);
  };

  it.each(['before', 'after'] as const)(
    'at the COMMIT, %s the server heard of it: written once, and said so',
    async (when) => {
      let commits = 0;
      const db = through({ hooks: { afterCommit: () => void (commits += 1) } });
      await put(db, 'counter', '0');
      let runs = 0;
      let effects = 0;
      proxy.breakAt('commit', when);
      await db.tx(async (tx) => {
        runs += 1;
        tx.afterCommit(() => void (effects += 1));
        const [row] = await tx.select().from(meta).where(eq(meta.key, 'counter'));
        const value = String(Number(row?.value) + 1);
        await tx.update(meta).set({ value }).where(eq(meta.key, 'counter'));
      });
      expect(proxy.broken).toBe(1);
      expect(await valueOf(openOne(), 'counter')).toBe('1');
      // What reached the server need not run again.
      expect(runs).toBe(when === 'before' ? 2 : 1);
      expect(effects).toBe(1);
      expect(commits).toBe(2);
      expect(db.figures.commits).toBe(2);
    },
  );

  it('in the middle: the whole group runs again', async () => {
    const db = through();
    await put(db, 'counter', '0');
    proxy.breakAt('update', 'after');
    await Promise.all(Array.from({ length: 10 }, () => increment(db, 'counter')));
    expect(proxy.broken).toBe(1);
    expect(await valueOf(db, 'counter')).toBe('10');
  });

  it('while reading: the question is asked again', async () => {
    const db = through();
    await put(db, 'key', 'there');
    proxy.breakAt('select', 'after');
    expect(await valueOf(db, 'key')).toBe('there');
    expect(proxy.broken).toBe(1);
  });
});

describe('a server that crashes', () => {
  it('and starts again loses nothing that was said to be written, and nothing has to be repeated', async () => {
    // Of its own: to start again, a server looks through all that it has.
    const own = await startPostgres({ durable: true });
    onTestFinished(() => own.remove());
    const db = openOne({}, await own.createDatabase('counted'));
    await put(db, 'counter', '0');
    let said = 0;
    let isOver = false;
    const working = (async () => {
      while (!isOver) {
        await increment(db, 'counter');
        said += 1;
      }
    })();
    for (let round = 0; round < 2; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await own.crash();
      await own.start();
    }
    await increment(db, 'counter');
    isOver = true;
    await working;
    expect(said).toBeGreaterThan(0);
    expect(await valueOf(db, 'counter')).toBe(String(said + 1));
  });
});

describe('what comes out is what SQLite gives', () => {
  it('numbers, truth and texts of JSON', async () => {
    const db = openOne();
    const balanceTiyin = Number.MAX_SAFE_INTEGER;
    await db.tx(async (tx) => {
      await tx.insert(accounts).values({ id: 'a', mayBeNegative: true, balanceTiyin });
      await tx.insert(accounts).values({ id: 'b', mayBeNegative: false });
    });
    const rows = await db.read.select().from(accounts).orderBy(accounts.id);
    expect(rows).toEqual([
      { id: 'a', mayBeNegative: true, balanceTiyin },
      { id: 'b', mayBeNegative: false, balanceTiyin: 0 },
    ]);
    const [sum] = await db.read.select({ n: sql`sum(${accounts.balanceTiyin})` }).from(accounts);
    expect(sum).toEqual({ n: balanceTiyin });
    const facts = { z: 1, a: [null, 'ў', 0.5], 'x y': { deep: true } };
    await db.tx(async (tx) => {
      await tx.insert(providerStates).values({ provider: 'inpay', facts });
    });
    const [state] = await db.read.select().from(providerStates);
    expect(JSON.stringify(state?.facts)).toBe(JSON.stringify(facts));
  });

  it('a sum too large for JavaScript is an error, not another sum', async () => {
    const db = openOne();
    await db.tx(async (tx) => {
      const balanceTiyin = Number.MAX_SAFE_INTEGER;
      await tx.insert(accounts).values([
        { id: 'a', mayBeNegative: true, balanceTiyin },
        { id: 'b', mayBeNegative: true, balanceTiyin },
      ]);
    });
    const sum = db.read.select({ n: sql`sum(${accounts.balanceTiyin})` }).from(accounts);
    await expect(sum).rejects.toThrow("can't hold exactly");
  });

  it('what goes wrong is said by the server, and no log shows the values of a query', async () => {
    const db = openOne();
    const insert = { key: 'taken', value: 'private' };
    await db.tx((tx) => tx.insert(meta).values(insert));
    const refused: unknown = await db
      .tx((tx) => tx.insert(meta).values(insert))
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: '23505' });
    expect(inspect(refused)).not.toContain('private');
  });

  it('a NUL is replaced: PostgreSQL has none, and strangers may send one', async () => {
    const db = openOne();
    await put(db, 'key', 'a\0b');
    expect(await valueOf(db, 'key')).toBe('a\ufffdb');
  });
});

describe('the operator is told', () => {
  it('when there is no server, without the password', async () => {
    const skipped = { ms: 0 };
    const clock = {
      now: () => realClock.now(),
      elapsed: () => realClock.elapsed() + skipped.ms,
      sleep: async (ms: number) => {
        skipped.ms += 10_000;
        await realClock.sleep(Math.min(ms, 10));
      },
    };
    const db = openOne({ clock }, 'postgres://user:hidden-word@127.0.0.1:1/db');
    const failure = await put(db, 'key', 'value').catch((error: unknown) => error);
    expect(String(failure)).toContain("The database that DATABASE_URL names can't be used");
    expect(String(failure)).toContain('ECONNREFUSED');
    expect(String(failure)).not.toContain('hidden-word');
  });

  it('when the server would not keep what it commits', async () => {
    const careless = await startPostgres();
    onTestFinished(() => careless.remove());
    const db = openOne({}, await careless.createDatabase('careless'));
    await expect(put(db, 'key', 'value')).rejects.toThrow('fsync = off');
  });
});
