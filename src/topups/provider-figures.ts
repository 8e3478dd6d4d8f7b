/**
 * How well payments go lately: what share of the orders that ended was paid, and how long it took. History has no index
 * on its time, because writing it must stay cheap; its ids grow with it, so the first row of a period is found by
 * bisection and only what came since is read.
 */
import { and, desc, eq, gte, inArray } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { firstIdSince, historyRows } from '../db/first-id.ts';
import { topupHistory, topups } from '../db/tables.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { ENDED_STATES } from './topup.ts';

export interface Rate {
  /** Orders that ended, whichever way. */
  ended: number;
  /** How many of these were paid, also late or with another sum. */
  paid: number;
  /** From creation to credit, of those credited by themselves; null without any. */
  medianMs: number | null;
}

/** More rows than this are not read; then the latest speak for the period. */
const MAX_ROWS = 20_000;

const PAID = ['paid', 'review'] as const;
const ENDED = [...PAID, ...ENDED_STATES];

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
        gte(topupHistory.id, await firstIdSince(historyRows(queries, topupHistory), sinceAt)),
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
    const id = provider;
    const one = rates.get(id) ?? { rate: { ended: 0, paid: 0, medianMs: null }, tookMs: [] };
    rates.set(id, one);
    one.rate.ended += 1;
    if (PAID.some((each) => each === toState)) one.rate.paid += 1;
    if (toState === 'paid' && !/^(?:owner|staff):/.test(cause)) one.tookMs.push(at - createdAt);
  }
  return new Map([...rates].map(([id, { rate, tookMs }]) => [id, withMedian(rate, tookMs)]));
}

function withMedian(rate: Rate, tookMs: readonly number[]): Rate {
  const sorted = tookMs.toSorted((a, b) => a - b);
  return { ...rate, medianMs: sorted[Math.floor((sorted.length - 1) / 2)] ?? null };
}
