/**
 * The seam. Shared code sees an asynchronous query builder and `tx`; nothing outside this folder knows the
 * engine, uses a driver, or writes SQL that one engine lacks.
 */
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type * as tables from './tables.ts';
import type { DatabaseFigures } from '../core/metrics.ts';

type Builder = BaseSQLiteDatabase<'async', unknown, typeof tables>;

/** drizzle's builder without the driver's shortcuts. Every query is awaited where it stands. */
export type Queries = Pick<Builder, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'>;

/** Queries inside a transaction. Only `tx` makes one; it stops working when the transaction ends. */
export type Tx = Queries & TransactionParts & { readonly [inTransaction]: true };
declare const inTransaction: unique symbol;

/** What a transaction has besides its queries. */
export interface TransactionParts {
  /** Which stripe of the operator's accounts this process posts to: see `ledger/stripes.ts`. Zero has none. */
  readonly stripe: number;
  /**
   * What is not a query happens here: counting, logging, remembering. `effect` runs once the transaction is committed,
   * before whoever waits for `tx` goes on; never for a run that was undone. It must not throw.
   */
  afterCommit(effect: () => void): void;
}

export interface Database {
  /** Several processes may work on it at once. */
  readonly shared: boolean;
  readonly figures: DatabaseFigures;
  /** Reads what is committed. Throws inside a transaction: there, read through its `tx`. */
  readonly read: Queries;
  /**
   * The only way to write. Resolves once `work` is committed and safe on the disk; rejects, with nothing written,
   * when `work` throws or the disk refuses. `work` may await queries of its `tx` and nothing else: a transaction
   * that waits for a timer or the network is rolled back. Nested calls throw. `work` may run several times, when
   * others were in its way: only its last run counts, so it changes nothing but the database (`afterCommit`).
   */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Several reads that see one moment, however long they take. Writers go on meanwhile. */
  snapshot<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * What became of the file under the program, in words; null while it is there. Cheap. Once it is gone `tx` rejects, until
   * a restart. Absent where a server keeps the files.
   */
  lost?(): string | null;
  /** Finishes what was handed to `tx`, then closes. Later calls reject. */
  close(): Promise<void>;
}

/**
 * What all of `queries` give, which do not wait for one another: an engine across a network is sent them in one go. They
 * happen in their order. Rejects with the first failure, once nothing is under way any more.
 */
export async function together<T>(queries: readonly Promise<T>[]): Promise<T[]> {
  const all = await Promise.allSettled(queries);
  return all.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
}

/** A query built once for each connection; building costs more than running. Use only on hot paths. */
export function prepared<Q extends { prepare(): unknown }>(
  build: (queries: Queries) => Q,
): (queries: Queries) => ReturnType<Q['prepare']> {
  const byConnection = new WeakMap<Queries, ReturnType<Q['prepare']>>();
  return (queries) => {
    let statement = byConnection.get(queries);
    if (statement === undefined) {
      statement = build(queries).prepare() as ReturnType<Q['prepare']>;
      byConnection.set(queries, statement);
    }
    return statement;
  };
}

/**
 * `prepared`, where the text of a query depends on something, such as how many rows or which columns it takes: one for each.
 * There must be few.
 */
export function preparedForEach<Q extends { prepare(): unknown }, K extends number | string>(
  build: (queries: Queries, key: K) => Q,
): (queries: Queries, key: K) => ReturnType<Q['prepare']> {
  const byKey = new Map<K, (queries: Queries) => ReturnType<Q['prepare']>>();
  return (queries, key) => {
    let statement = byKey.get(key);
    if (statement === undefined) {
      statement = prepared((q) => build(q, key));
      byKey.set(key, statement);
    }
    return statement(queries);
  };
}
