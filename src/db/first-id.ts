/**
 * Entries and histories have no index on their time, because writing them must stay fast, but their ids grow with it:
 * the first row of a time is found by bisection, in some twenty reads by key.
 */
import { desc, gte } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { type billHistory, entries, type topupHistory } from './tables.ts';

interface TimedRow {
  id: number;
  /** Milliseconds since 1970. */
  at: number;
}

interface TimedRows {
  last(): Promise<TimedRow | null>;
  /** The row with this id, or the next one there is: ids may have gaps. */
  from(id: number): Promise<TimedRow | null>;
}

/**
 * Ids follow time only so closely: a clock may be set back, those of several processes differ, and work that ran again
 * has a later id than its time says.
 */
export const DISORDER_MS = 10 * 60_000;

/**
 * A range of ids with every row of the period, and with some beside it: whoever reads it asks for the time as well.
 * The last id is not included.
 */
export async function idsAround(
  rows: TimedRows,
  { fromAt, toAt }: { fromAt: number; toAt: number },
): Promise<{ fromId: number; toId: number }> {
  const fromId = await firstIdSince(rows, fromAt - DISORDER_MS);
  return { fromId, toId: toAt <= fromAt ? fromId : await firstIdSince(rows, toAt + DISORDER_MS) };
}

/** The id of the first row of `at` or later; one past the last when there is none. */
export async function firstIdSince(rows: TimedRows, at: number): Promise<number> {
  const last = await rows.last();
  // Everything below `low` is older than `at`; `high` and everything above it is not.
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
