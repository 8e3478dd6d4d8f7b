/** PostgreSQL behind the seam: one writer that commits in groups, and a few connections that only read. */
import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import { type Clock, type Random, realClock, realRandom } from '../../core/deps.ts';
import type { Database, Queries, TransactionParts, Tx } from '../database.ts';
import type { CommitHooks } from '../group-commit.ts';
import * as tables from '../tables.ts';
import { connect } from './connection.ts';
import { type Around, justDoIt, type Rows } from './driver.ts';
import { migratePostgres } from './migrate.ts';
import { Readers } from './readers.ts';
import { Writer } from './writer.ts';

export interface PostgresOptions {
  clock?: Clock;
  random?: Random;
  /** For who simulates crashes. */
  hooks?: CommitHooks;
  around?: Around;
  /** False only for tests, where nothing is worth keeping. */
  requireDurable?: boolean;
  /** Apply migrations first. On by default. */
  migrate?: boolean;
  /** Connections that read. */
  readers?: number;
  /** Told each time a group of transactions has to run again because it met another process's. */
  onConflict?: () => void;
  /** Given all that is begun, until it ends: for who moves time and has to know when all is at rest. */
  underWay?: (work: Promise<unknown>) => void;
}

/**
 * Opens the database at `url` (or at what the function gives, asked once). Connects and migrates at the first use: what
 * is wrong shows in the first call, with a sentence for the operator.
 */
export function openPostgres(
  url: string | (() => Promise<string>),
  options: PostgresOptions = {},
): Database {
  const { clock = realClock, random = realRandom, requireDurable = true } = options;
  const { around = justDoIt } = options;
  const ready = once(async () => {
    const address = typeof url === 'string' ? url : await url();
    if (options.migrate ?? true) await around('migrate', () => migratePostgres(address, clock));
    return address;
  });
  const readers = new Readers({ url: ready, clock, max: options.readers ?? 4, around });
  const writer = new Writer(
    {
      connect: async ({ writer: name }) =>
        await connect(await ready(), { writer: name, requireDurable, around }),
      clock,
      random,
      hooks: options.hooks ?? {},
      onConflict: options.onConflict ?? (() => undefined),
    },
    (self) => txOf(self),
  );
  async function read(text: string, params: readonly unknown[]): Promise<Rows> {
    if (writer.isInside()) throw new Error('Inside a transaction read through its tx.');
    return await readers.query(text, params);
  }
  function noted<T>(work: Promise<T>): Promise<T> {
    options.underWay?.(work);
    return work;
  }
  return {
    shared: true,
    figures: writer.figures,
    read: queriesOn((text, params) => noted(read(text, params))),
    tx: (work) => noted(writer.submit(work)),
    snapshot: (work) => noted(readers.snapshot((query) => work(queriesOn(query)))),
    async close() {
      await writer.close();
      await readers.close();
    },
  };
}

function txOf(writer: Writer): Tx {
  const queries = queriesOn((text, params) => writer.query(text, params));
  const parts: TransactionParts = {
    // Another one after the connection was replaced.
    get stripe() {
      return writer.stripe;
    },
    afterCommit: (effect) => writer.afterCommit(effect),
  };
  Object.defineProperties(queries, Object.getOwnPropertyDescriptors(parts));
  return queries as Tx;
}

type Ask = (text: string, params: readonly unknown[]) => Promise<Rows>;

/**
 * drizzle's builder for PostgreSQL, on the tables of SQLite: they have the same names and rows (a test compares them),
 * and the builder asks a table for nothing else.
 */
export function queriesOn(ask: Ask): Queries {
  const queries = drizzle(async (text, params: unknown[]) => ({ rows: await ask(text, params) }), {
    schema: tables as unknown as Record<string, never>,
  });
  return withDriverErrors(queries) as unknown as Queries;
}

/**
 * drizzle puts the values of a failed query into the message of an error of its own, where a log would show them. What
 * went wrong is the driver's error, as on SQLite.
 */
function withDriverErrors(queries: PgRemoteDatabase): PgRemoteDatabase {
  const { session } = queries._;
  const prepareQuery = session.prepareQuery.bind(session);
  session.prepareQuery = (...given) => {
    const query = prepareQuery(...given);
    const plain = {
      queryWithCache: async (_: string, __: unknown[], ask: () => unknown) => await ask(),
    };
    return Object.assign(query, plain);
  };
  return queries;
}

/** Asks again after a failure, never after a success. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | null = null;
  return () => {
    done ??= work().catch((error: unknown) => {
      done = null;
      throw error;
    });
    return done;
  };
}
