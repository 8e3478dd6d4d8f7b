/**
 * Reading a history backwards. Orders and bills have no index for every question an owner may ask, and get none: each
 * would be paid for by every payment. Their histories have ids that grow with time, so a question about a time is
 * answered by bisection, and any other by looking through the latest steps, a bounded number of them.
 */
import { desc } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { DISORDER_MS, firstIdSince, historyRows } from './first-id.ts';
import type { billHistory, topupHistory } from './tables.ts';

export type History = typeof topupHistory | typeof billHistory;

/** Steps read at once: some milliseconds, during which nothing else happens in the program. */
const CHUNK = 4000;
/** Chunks read for one answer. */
const MAX_CHUNKS = 50;

/** One past the last id. */
export async function endOfHistory(queries: Queries, table: History): Promise<number> {
  const [last] = await queries
    .select({ id: table.id })
    .from(table)
    .orderBy(desc(table.id))
    .limit(1);
  return (last?.id ?? 0) + 1;
}

/** An id before which no step at or after `at` stands. Costs some twenty reads by key. */
export async function idAt(queries: Queries, table: History, at: number): Promise<number> {
  return await firstIdSince(historyRows(queries, table), at - DISORDER_MS);
}

/** Where to begin looking backwards for what happened before `at`; null is now. */
export async function endAt(queries: Queries, table: History, at: number | null): Promise<number> {
  if (at === null) return await endOfHistory(queries, table);
  return await idAt(queries, table, at + 2 * DISORDER_MS);
}

export interface Span {
  /** Included. */
  fromId: number;
  /** Not included. */
  beforeId: number;
  limit: number;
}

interface Walked<T> {
  rows: T[];
  /** Where to go on from; null: there is no more. */
  beforeId: number | null;
}

/**
 * Looks backwards through `span` until there are `limit` rows, the beginning is reached, or so much was read that
 * it has to be asked for again. `read` returns rows with the id of their step, latest first.
 */
export async function walkBack<T extends { stepId: number }>(
  span: Span,
  read: (span: Span) => Promise<T[]>,
): Promise<Walked<T>> {
  const rows: T[] = [];
  let beforeId = span.beforeId;
  for (let chunk = 0; chunk < MAX_CHUNKS && beforeId > span.fromId; chunk += 1) {
    const fromId = Math.max(span.fromId, beforeId - CHUNK);
    const limit = span.limit - rows.length;
    const found = await read({ fromId, beforeId, limit });
    rows.push(...found);
    const last = found.at(-1);
    if (found.length >= limit && last) return { rows, beforeId: last.stepId };
    beforeId = fromId;
  }
  return { rows, beforeId: beforeId > span.fromId ? beforeId : null };
}
