import { asc, eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type TemporaryFile, temporaryFile } from '../testing/sqlite-file.ts';
import type { Database, Queries, Tx } from './database.ts';
import { TransactionStalledError } from './queue.ts';
import { meta } from './tables.ts';

let temporary: TemporaryFile;
let db: Database;

beforeEach(() => {
  temporary = temporaryFile();
  db = temporary.db;
});

afterEach(async () => {
  await temporary.remove();
});

const insert = async (tx: Tx, key: string): Promise<void> => {
  await tx.insert(meta).values({ key, value: '' });
};

const put = async (key: string): Promise<void> => await db.tx((tx) => insert(tx, key));

async function keys(queries: Queries = db.read): Promise<string[]> {
  const rows = await queries.select({ key: meta.key }).from(meta).orderBy(asc(meta.key));
  return rows.map((row) => row.key);
}

/** What another process sees at this moment. */
function watcher(): () => string[] {
  const statement = temporary
    .connect()
    .prepare<[], string>('select key from meta order by key')
    .pluck();
  return () => statement.all();
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Longer than any transaction may wait. */
async function turns(): Promise<void> {
  await turn();
  await turn();
}

describe('a transaction', () => {
  it('returns what its work returns', async () => {
    expect(await db.tx(async () => await Promise.resolve({ a: 1 }))).toEqual({ a: 1 });
  });

  it('sees its own writes', async () => {
    const seen = await db.tx(async (tx) => {
      await insert(tx, 'a');
      return await keys(tx);
    });
    expect(seen).toEqual(['a']);
  });

  it('is there for others when its promise resolves, and not before', async () => {
    const seen = watcher();
    await db.tx(async (tx) => {
      await insert(tx, 'a');
      expect(seen()).toEqual([]);
      await insert(tx, 'b');
      expect(seen()).toEqual([]);
    });
    expect(seen()).toEqual(['a', 'b']);
  });

  it('inside another throws, and both are undone', async () => {
    let inner: Promise<void> | undefined;
    const outer = db.tx(async (tx) => {
      await insert(tx, 'outer');
      inner = put('inner');
      await inner;
    });
    await expect(outer).rejects.toThrow('A transaction inside a transaction');
    await expect(inner).rejects.toThrow('A transaction inside a transaction');
    expect(await keys()).toEqual([]);
  });

  it('may follow another, started where the first one was awaited', async () => {
    await put('a').then(() => put('b'));
    expect(await keys()).toEqual(['a', 'b']);
  });

  it('that has ended leaves a dead tx behind', async () => {
    let leaked: Tx | undefined;
    let later: Promise<void> | undefined;
    await db.tx(async (tx) => {
      leaked = tx;
      later = turns().then(() => insert(tx, 'later'));
      await insert(tx, 'a');
    });
    await expect(insert(leaked!, 'leaked')).rejects.toThrow(
      'A query of a transaction that has ended',
    );
    await expect(later).rejects.toThrow('A query of a transaction that has ended');
    expect(await keys()).toEqual(['a']);
  });

  it("can't use the tx of another one, even while that one runs", async () => {
    const released = Promise.withResolvers<void>();
    let other: Promise<void> | undefined;
    await db.tx(async (tx) => {
      other = released.promise.then(() => insert(tx, 'stray'));
      await insert(tx, 'first');
    });
    const second = db.tx(async (tx) => {
      await insert(tx, 'second');
      released.resolve();
      await expect(other).rejects.toThrow('or of another one');
    });
    await second;
    expect(await keys()).toEqual(['first', 'second']);
  });
});

describe('a failing transaction', () => {
  const failures: Record<string, (tx: Tx) => Promise<unknown>> = {
    'that throws': async (tx) => {
      await insert(tx, 'bad');
      throw new Error('mine');
    },
    'that throws before its first await': () => {
      throw new Error('mine');
    },
    'that hurts a constraint': async (tx) => {
      await insert(tx, 'bad');
      await insert(tx, 'bad');
    },
    'with a wrong query': async (tx) => {
      await insert(tx, 'bad');
      await tx.select({ no: meta.key }).from(sql`nowhere`);
    },
    'that stalls': async (tx) => {
      await insert(tx, 'bad');
      await turns();
    },
  };

  it.each(Object.entries(failures))('%s harms no other of its group', async (_, fail) => {
    const jobs = Array.from({ length: 40 }, (__, i) =>
      i % 8 === 3 ? db.tx(fail) : put(`good ${String(i).padStart(2, '0')}`),
    );
    const ended = await Promise.allSettled(jobs);
    expect(ended.map((each) => each.status)).toEqual(
      ended.map((__, i) => (i % 8 === 3 ? 'rejected' : 'fulfilled')),
    );
    expect(await keys()).toEqual(
      Array.from({ length: 40 }, (__, i) => i)
        .filter((i) => i % 8 !== 3)
        .map((i) => `good ${String(i).padStart(2, '0')}`),
    );
  });

  it('rejects with its own error', async () => {
    class Mine extends Error {}
    const error = new Mine('mine');
    await expect(db.tx(() => Promise.reject(error))).rejects.toBe(error);
    await put('a');
    await expect(put('a')).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
  });

  it('may catch the error of a query and go on', async () => {
    await put('taken');
    await db.tx(async (tx) => {
      await insert(tx, 'before');
      await expect(insert(tx, 'taken')).rejects.toThrow('UNIQUE');
      await insert(tx, 'after');
    });
    expect(await keys()).toEqual(['after', 'before', 'taken']);
  });
});

describe('a transaction that waits for something else', () => {
  it('is undone, and its later queries throw and change nothing', async () => {
    let later: Promise<void> | undefined;
    const stalled = db.tx(async (tx) => {
      await insert(tx, 'before');
      later = turns().then(() => insert(tx, 'after'));
      await later;
    });
    const next = put('next');
    await expect(stalled).rejects.toBeInstanceOf(TransactionStalledError);
    await next;
    await expect(later).rejects.toThrow('A query of a transaction that has ended');
    expect(await keys()).toEqual(['next']);
  });

  it('for ever holds nobody up', async () => {
    const stalled = db.tx(() => new Promise(() => undefined));
    await expect(stalled).rejects.toBeInstanceOf(TransactionStalledError);
    await put('a');
    expect(await keys()).toEqual(['a']);
  });

  it('and fails later is no unhandled rejection', async () => {
    const stalled = db.tx(async () => {
      await turns();
      throw new Error('nobody listens');
    });
    await expect(stalled).rejects.toBeInstanceOf(TransactionStalledError);
    await turns();
    await turns();
    await put('a');
    expect(await keys()).toEqual(['a']);
  });

  it('does not include long work of its own queries', async () => {
    await db.tx(async (tx) => {
      for (let i = 0; i < 2000; i += 1) await insert(tx, `k${i}`);
      await Promise.all([keys(tx), keys(tx)]);
    });
    expect(await keys()).toHaveLength(2000);
  });
});

describe('a group', () => {
  it('is seen whole or not at all', async () => {
    const seen = watcher();
    const counts = new Set<number>();
    const jobs = Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        db.tx(async (tx) => {
          await insert(tx, `a${i}`);
          counts.add(seen().length);
          await insert(tx, `b${i}`);
          counts.add(seen().length);
        }),
      ),
    );
    let isDone = false;
    const done = jobs.then(() => {
      isDone = true;
      return null;
    });
    while (!isDone) {
      counts.add((await keys()).length);
      await turn();
    }
    await done;
    expect([...counts].filter((count) => count !== 100)).toEqual([0]);
    expect(seen()).toHaveLength(100);
  });

  it('runs its transactions in the order they came, however many', async () => {
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 1000 }, (_, i) =>
        db.tx(async (tx) => {
          order.push(i);
          await insert(tx, `k${i}`);
        }),
      ),
    );
    expect(order).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(await keys()).toHaveLength(1000);
  });

  it('adds up what many read and write at once', async () => {
    await db.tx(async (tx) => {
      await tx.insert(meta).values({ key: 'counter', value: '0' });
    });
    await Promise.all(
      Array.from({ length: 300 }, () =>
        db.tx(async (tx) => {
          const [row] = await tx.select().from(meta);
          await tx
            .update(meta)
            .set({ value: String(Number(row?.value) + 1) })
            .where(eq(meta.key, 'counter'));
        }),
      ),
    );
    expect(await db.read.select().from(meta)).toEqual([{ key: 'counter', value: '300' }]);
  });
});

describe('what follows a commit', () => {
  it('happens once it is committed, before whoever waits goes on', async () => {
    const seen: string[][] = [];
    const watch = watcher();
    const written = db.tx(async (tx) => {
      tx.afterCommit(() => seen.push(watch()));
      await insert(tx, 'a');
    });
    await written.then(() => expect(seen).toEqual([['a']]));
  });

  it('does not happen when the transaction, or its whole group, is undone', async () => {
    const happened: string[] = [];
    const work = async (tx: Tx, key: string, fails = false): Promise<void> => {
      tx.afterCommit(() => happened.push(key));
      await insert(tx, key);
      if (fails) throw new Error('mine');
    };
    await Promise.allSettled([db.tx((tx) => work(tx, 'a', true)), db.tx((tx) => work(tx, 'b'))]);
    expect([happened, await keys()]).toEqual([['b'], ['b']]);
    const crash = temporaryFile({
      beforeCommit: () => {
        if (happened.length === 1) throw new Error('no power');
      },
    });
    onTestFinished(() => crash.remove());
    await expect(crash.db.tx((tx) => work(tx, 'c'))).rejects.toThrow('no power');
    expect(happened).toEqual(['b']);
  });

  it('can be asked for inside of the transaction alone', async () => {
    let kept: Tx | undefined;
    await db.tx(async (tx) => {
      kept = tx;
      await insert(tx, 'a');
    });
    expect(() => kept?.afterCommit(() => undefined)).toThrow('has ended');
  });

  it('happens once where work runs twice, as its last run says', async () => {
    const file = temporaryFile({ runTwice: true });
    onTestFinished(() => file.remove());
    const happened: number[] = [];
    let runs = 0;
    await file.db.tx(async (tx) => {
      runs += 1;
      const run = runs;
      tx.afterCommit(() => happened.push(run));
      await insert(tx, `run ${run}`);
    });
    expect([happened, await keys(file.db.read)]).toEqual([[2], ['run 2']]);
  });
});
