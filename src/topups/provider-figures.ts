/**
 * How well payments go lately: what share of the orders that ended was paid, and how long it took. History has no index
 * on its time, because writing it must stay cheap; its ids grow with it, so the first row of a period is found by
 * bisection and only what came since is read.
 */
import { and, desc, eq, gte, inArray } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { topupHistory, topups } from '../db/tables.ts';
import type { ProviderId } from './provider.ts';

export interface Rate {
  /** Orders that ended, whichever way. */
  ended: number;
  /** Of these: paid, also late or with another sum. */
  paid: number;
  /** From creation to credit, of those credited by themselves; null without any. */
  medianMs: number | null;
}

/** More rows than this are not read; then the latest speak for the period. */
const MAX_ROWS = 20_000;

const PAID = ['paid', 'review'];
const ENDED = [...PAID, 'expired', 'cancelled', 'failed'];

/** Since `sinceAt`, for each provider that had an order end. */
export async function ratesSince(
  queries: Queries,
  sinceAt: number,
): Promise<ReadonlyMap<ProviderId, Rate>> {
  const rows = await queries
    .select({
      topupId: topupHistory.topupId,
      at: topupHistory.at,
      toState: topupHistory.toState,
      cause: topupHistory.cause,
      provider: topups.provider,
      createdAt: topups.createdAt,
    })
    .from(topupHistory)
    .innerJoin(topups, eq(topups.id, topupHistory.topupId))
    .where(
      and(
        gte(topupHistory.id, await firstHistoryIdSince(queries, sinceAt)),
        inArray(topupHistory.toState, ENDED),
      ),
    )
    .orderBy(desc(topupHistory.id))
    .limit(MAX_ROWS);
  const rates = new Map<ProviderId, { rate: Rate; tookMs: number[] }>();
  const seen = new Set<string>();
  for (const { topupId, provider, toState, cause, at, createdAt } of rows) {
    // The latest row first: an order that expired and was paid after all is paid.
    if (seen.has(topupId)) continue;
    seen.add(topupId);
    const id = provider as ProviderId;
    const one = rates.get(id) ?? { rate: { ended: 0, paid: 0, medianMs: null }, tookMs: [] };
    rates.set(id, one);
    one.rate.ended += 1;
    if (PAID.includes(toState)) one.rate.paid += 1;
    if (toState === 'paid' && !cause.startsWith('owner:')) one.tookMs.push(at - createdAt);
  }
  return new Map([...rates].map(([id, { rate, tookMs }]) => [id, withMedian(rate, tookMs)]));
}

function withMedian(rate: Rate, tookMs: readonly number[]): Rate {
  const sorted = tookMs.toSorted((a, b) => a - b);
  return { ...rate, medianMs: sorted[Math.floor((sorted.length - 1) / 2)] ?? null };
}

/** The id of the first row of history written at `at` or later; one past the last when there is none. */
export async function firstHistoryIdSince(queries: Queries, at: number): Promise<number> {
  const [last] = await queries
    .select({ id: topupHistory.id })
    .from(topupHistory)
    .orderBy(desc(topupHistory.id))
    .limit(1);
  // Everything below `low` is older than `at`, `high` and what follows is not.
  let low = 1;
  let high = (last?.id ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [found] = await queries
      .select({ id: topupHistory.id, at: topupHistory.at })
      .from(topupHistory)
      .where(gte(topupHistory.id, middle))
      .orderBy(topupHistory.id)
      .limit(1);
    if (!found || found.at >= at) high = middle;
    else low = found.id + 1;
  }
  return low;
}
