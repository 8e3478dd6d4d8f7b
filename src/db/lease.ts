/**
 * Work that is taken by lease: a row is its process's until `leaseUntil`, and `holder` names that process. A room hands in its
 * table and gets what is the same for all of them; what waits, and in which order, it says itself.
 */
import { and, eq, gt, lte, min, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { prepared, preparedForEach, type Queries, together, type Tx } from './database.ts';

type LeasedTable = SQLiteTable & {
  dueAt: SQLiteColumn;
  leaseUntil: SQLiteColumn;
  holder: SQLiteColumn;
};

export interface Lease {
  leaseUntil: number;
  /** The process that has the row, where there are several processes. */
  holder: string | null;
}

export function leases<T extends LeasedTable>(table: T, key: SQLiteColumn) {
  type Row = T['$inferSelect'];
  const { dueAt, leaseUntil, holder } = table;

  const write = (tx: Tx, values: object, where: SQL | undefined) =>
    tx
      .update(table as LeasedTable)
      .set(values)
      .where(where);

  /** The lease is the one it was taken with: nobody has taken it over. */
  const isHeld = (id: string | number, until: number): SQL | undefined =>
    and(eq(key, id), eq(leaseUntil, until));

  return {
    /** Nobody has the row. */
    isFree: (now: number | Placeholder): SQL => lte(leaseUntil, now),

    /** The row is due, and nobody has it. */
    isDue: (now: number | Placeholder): SQL | undefined =>
      and(lte(dueAt, now), lte(leaseUntil, now)),

    isHeld,

    async take(tx: Tx, which: SQL | undefined, lease: Lease): Promise<Row[]> {
      return await write(tx, lease, which).returning();
    },

    /** `take` for what is asked again and again: built once for each `form`, on which the question's text may depend. */
    taking<K extends number | string>(which: (queries: Queries, form: K) => SQL | undefined) {
      const take = preparedForEach((queries, form: K) =>
        queries
          .update(table as LeasedTable)
          .set({ leaseUntil: sql.placeholder('leaseUntil'), holder: sql.placeholder('holder') })
          .where(which(queries, form))
          .returning(),
      );
      return async (tx: Tx, form: K, values: Lease & Record<string, unknown>): Promise<Row[]> =>
        await take(tx, form).execute(values);
    },

    /** Frees the rows that an ended process had taken; null: all of them, for a process that is the only one. */
    async freeOf(tx: Tx, which: SQL | undefined, gone: string | null): Promise<void> {
      const isTheirs = gone === null ? gt(leaseUntil, 0) : eq(holder, gone);
      await write(tx, { leaseUntil: 0 }, and(which, isTheirs));
    },

    /** Gives a row back that was taken and not begun, unless another process has it by now. */
    async giveBack(tx: Tx, id: string | number, until: number, set: object = {}): Promise<void> {
      await write(tx, { ...set, leaseUntil: 0 }, isHeld(id, until));
    },

    /**
     * Makes a question that is asked again and again: when does one of those that wait fall due, or a lease run out?
     * Null when nothing waits for either.
     */
    nextAt(waits: SQL | undefined): (queries: Queries, now: number) => Promise<number | null> {
      const now = sql.placeholder('now');
      const first = (at: SQLiteColumn, where: SQL | undefined) =>
        prepared((queries) =>
          queries
            .select({ at: min(at) })
            .from(table as LeasedTable)
            .where(and(waits, where, gt(at, now))),
        );
      const due = first(dueAt, undefined);
      const free = first(leaseUntil, lte(dueAt, now));
      return async (queries, at) => {
        const rows = await together([
          due(queries).execute({ now: at }),
          free(queries).execute({ now: at }),
        ]);
        const next = Math.min(...rows.map(([row]) => Number(row?.at ?? Infinity)));
        return next === Infinity ? null : next;
      };
    },

    /** Shortens what was written by a clock that was ahead: no row is due, or taken, for longer than until `latest`. */
    async bringBack(
      tx: Tx,
      which: SQL | undefined,
      { now, latest }: { now: number; latest: Record<'dueAt' | 'leaseUntil', number> },
    ): Promise<void> {
      await write(tx, { dueAt: now }, and(which, gt(dueAt, latest.dueAt)));
      await write(tx, { leaseUntil: 0 }, and(which, gt(leaseUntil, latest.leaseUntil)));
    },
  };
}
