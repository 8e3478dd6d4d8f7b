/**
 * The seam. Shared code sees an asynchronous query builder and `tx`; nothing outside this folder knows the
 * engine, uses a driver, or writes SQL that one engine lacks.
 */
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type * as tables from './tables.ts';

type Builder = BaseSQLiteDatabase<'async', unknown, typeof tables>;

/** drizzle's builder without the driver's shortcuts. Every query is awaited where it stands. */
export type Queries = Pick<Builder, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'>;

/** Queries inside a transaction. Only `tx` makes one; it stops working when the transaction ends. */
export type Tx = Queries & { readonly [inTransaction]: true };
declare const inTransaction: unique symbol;

export interface Database {
  /** Several processes may work on it at once. */
  readonly shared: boolean;
  /** Reads what is committed. Throws inside a transaction: there, read through its `tx`. */
  readonly read: Queries;
  /**
   * The only way to write. Resolves once `work` is committed and safe on the disk; rejects, with nothing written,
   * when `work` throws or the disk refuses. `work` may await queries of its `tx` and nothing else: a transaction
   * that waits for a timer or the network is rolled back. Nested calls throw.
   */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Several reads that see one moment, however long they take. Writers go on meanwhile. */
  snapshot<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Finishes what was handed to `tx`, then closes. Later calls reject. */
  close(): Promise<void>;
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
