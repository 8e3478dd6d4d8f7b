/**
 * Entries and histories have no index on their time, because writing them must stay fast, but their ids grow with it:
 * the first row of a time is found by bisection, in some twenty reads by key.
 */
import { desc, gte } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { type billHistory, entries, type topupHistory } from './tables.ts';

export interface TimedRow {
  id: number;
  /** Milliseconds since 1970. */
  at: number;
}

export interface TimedRows {
  last(): Promise<TimedRow | null>;
  /** The row with this id, or the next one there is: ids may have gaps. */
  from(id: number): Promise<TimedRow | null>;
}

/** The id of the first row of `at` or later; one past the last when there is none. */
export async function firstIdSince(rows: TimedRows, at: number): Promise<number> {
  const last = await rows.last();
  // Everything below `low` is older than `at`, `high` and what follows is not.
  let low = 1;
  let high = (last?.id ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = await rows.from(middle);
    if (!found || found.id >= high || found.at >= at) high = middle;
    else low = found.id + 1;
  }
  return low;
}

export function historyRows(
  queries: Queries,
  table: typeof topupHistory | typeof billHistory,
): TimedRows {
  const columns = { id: table.id, at: table.at };
  return {
    async last() {
      const [row] = await queries.select(columns).from(table).orderBy(desc(table.id)).limit(1);
      return row ?? null;
    },
    async from(id) {
      const found = queries.select(columns).from(table).where(gte(table.id, id));
      const [row] = await found.orderBy(table.id).limit(1);
      return row ?? null;
    },
  };
}

export function entryRows(queries: Queries): TimedRows {
  const columns = { id: entries.id, at: entries.createdAt };
  return {
    async last() {
      const [row] = await queries.select(columns).from(entries).orderBy(desc(entries.id)).limit(1);
      return row ?? null;
    },
    async from(id) {
      const found = queries.select(columns).from(entries).where(gte(entries.id, id));
      const [row] = await found.orderBy(entries.id).limit(1);
      return row ?? null;
    },
  };
}
