/** Orders by state, provider, user and time, page by page, however many there are: see db/walk.ts. */
import { and, desc, eq, gt, gte, inArray, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import type { Tiyin } from '../core/money.ts';
import { countOf, sumOf } from '../db/exact.ts';
import { topupHistory, topups } from '../db/tables.ts';
import { endAt, endOfHistory, idAt, type Span, walkBack } from '../db/walk.ts';
import { inLiveIndex } from './transitions.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import type { TopupState } from './states.ts';
import { ENDED_STATES, LIVE_STATES, type Topup } from './topup.ts';

export const TOPUP_GROUPS = {
  all: null,
  open: ['creating', 'waiting'],
  review: ['review'],
  paid: ['paid'],
  ended: ['expired', 'cancelled', 'failed', 'refused'],
} as const satisfies Record<string, readonly TopupState[] | null>;

type TopupGroup = keyof typeof TOPUP_GROUPS;

export interface TopupFilter {
  group: TopupGroup;
  provider: ProviderId | null;
  userId: number | null;
  /** Opened, or for a final state ended, within: milliseconds since 1970, the end not included. */
  fromAt: number | null;
  toAt: number | null;
}

interface TopupPage {
  topups: Topup[];
  /** What brings the next page; null: this is the last one. */
  cursor: number | null;
}

interface PageRequest {
  /** The cursor that came with the page before; null asks for the first page. */
  cursor: number | null;
  limit: number;
}

/** Money that came for one person and is on nobody's balance until an owner decides. */
export async function reviewTotal(queries: Queries, userId: number): Promise<Tiyin> {
  const [row] = await queries
    .select({ sum: sumOf(topups.paidTiyin) })
    .from(topups)
    .where(and(eq(topups.userId, userId), eq(topups.state, 'review')));
  return row?.sum ?? 0;
}

/** Latest first. */
export async function listTopups(
  queries: Queries,
  filter: TopupFilter,
  page: PageRequest,
): Promise<TopupPage> {
  const live = filter.group === 'open' || filter.group === 'review';
  if (live || filter.userId !== null) return await byIndex(queries, filter, page);
  return await byHistory(queries, filter, page);
}

/** Orders of one user, and those that are live, are few, so an index finds them. */
async function byIndex(
  queries: Queries,
  filter: TopupFilter,
  { cursor, limit }: PageRequest,
): Promise<TopupPage> {
  const offset = cursor ?? 0;
  const when = momentOf(filter.group);
  const states = TOPUP_GROUPS[filter.group];
  const rows = await queries
    .select()
    .from(topups)
    .where(
      and(
        filter.userId === null ? inLiveIndex : eq(topups.userId, filter.userId),
        states === null ? undefined : inArray(topups.state, [...states]),
        ofProvider(filter.provider),
        filter.fromAt === null ? undefined : gte(when, filter.fromAt),
        filter.toAt === null ? undefined : lt(when, filter.toAt),
      ),
    )
    .orderBy(desc(topups.createdAt), desc(topups.id))
    .limit(limit + 1)
    .offset(offset);
  return {
    topups: rows.slice(0, limit),
    cursor: rows.length > limit ? offset + limit : null,
  };
}

function momentOf(group: TopupGroup) {
  if (group === 'paid') return topups.paidAt;
  return group === 'ended' ? topups.endedAt : topups.createdAt;
}

/** The provider's own index is not used, because it has every order there ever was. */
function ofProvider(provider: ProviderId | null): SQL | undefined {
  return provider === null ? undefined : sql`${topups.provider} || '' = ${provider}`;
}

async function byHistory(
  queries: Queries,
  filter: TopupFilter,
  { cursor, limit }: PageRequest,
): Promise<TopupPage> {
  const { fromAt, toAt } = filter;
  const fromId = fromAt === null ? 1 : await idAt(queries, topupHistory, fromAt);
  const beforeId = cursor ?? (await endAt(queries, topupHistory, toAt));
  const found = await walkBack({ fromId, beforeId, limit }, (span) =>
    stepsOf(queries, filter, span),
  );
  return { topups: found.rows.map(({ topup }) => topup), cursor: found.beforeId };
}

async function stepsOf(queries: Queries, filter: TopupFilter, span: Span) {
  const { group, fromAt, toAt } = filter;
  const states: readonly TopupState[] = TOPUP_GROUPS[group] ?? ['creating'];
  return await queries
    .select({ stepId: topupHistory.id, topup: topups })
    .from(topupHistory)
    .innerJoin(topups, eq(topups.id, topupHistory.topupId))
    .where(
      and(
        gte(topupHistory.id, span.fromId),
        lt(topupHistory.id, span.beforeId),
        inArray(topupHistory.toState, [...states]),
        // An order that ended may have been paid since, and then belongs to the paid ones.
        group === 'all' ? undefined : sql`${topups.state} = ${topupHistory.toState}`,
        ofProvider(filter.provider),
        fromAt === null ? undefined : gte(topupHistory.at, fromAt),
        toAt === null ? undefined : lt(topupHistory.at, toAt),
      ),
    )
    .orderBy(desc(topupHistory.id))
    .limit(span.limit);
}

/** Orders that fulfil a condition, latest first, among a bounded number of the latest. */
export async function recentTopups(queries: Queries, where: SQL, limit: number): Promise<Topup[]> {
  const beforeId = await endOfHistory(queries, topupHistory);
  return await topupsOpened(queries, where, { fromId: 1, beforeId, limit });
}

/** Orders that fulfil a condition and were opened by steps with these ids, latest first. */
export async function topupsOpened(
  queries: Queries,
  where: SQL | undefined,
  among: Span,
): Promise<Topup[]> {
  const found = await walkBack(among, (span) =>
    queries
      .select({ stepId: topupHistory.id, topup: topups })
      .from(topupHistory)
      .innerJoin(topups, eq(topups.id, topupHistory.topupId))
      .where(
        and(
          gte(topupHistory.id, span.fromId),
          lt(topupHistory.id, span.beforeId),
          eq(topupHistory.toState, 'creating'),
          where,
        ),
      )
      .orderBy(desc(topupHistory.id))
      .limit(span.limit),
  );
  return found.rows.map(({ topup }) => topup);
}

/** Steps of one order, latest first. */
export async function historyOf(
  queries: Queries,
  id: string,
  { offset = 0, limit }: { offset?: number; limit: number },
): Promise<(typeof topupHistory.$inferSelect)[]> {
  return await queries
    .select()
    .from(topupHistory)
    .where(eq(topupHistory.topupId, id))
    .orderBy(desc(topupHistory.id))
    .limit(limit)
    .offset(offset);
}

/** How many orders in review wait for an owner. */
export async function countReviews(queries: Queries): Promise<number> {
  const isReview = and(inLiveIndex, eq(topups.state, 'review'));
  const [row] = await queries.select({ n: countOf() }).from(topups).where(isReview);
  return row?.n ?? 0;
}

/** By provider, orders that wait for money, or ended so lately that money may still come. */
export async function openByProvider(
  queries: Queries,
  { endedAfter }: { endedAfter: number },
): Promise<{ provider: ProviderId; orders: number }[]> {
  const watched = and(
    inArray(topups.state, [...ENDED_STATES]),
    isNotNull(topups.dueAt),
    gt(topups.endedAt, endedAfter),
  );
  return await queries
    .select({ provider: topups.provider, orders: countOf() })
    .from(topups)
    .where(or(inArray(topups.state, [...LIVE_STATES]), watched))
    .groupBy(topups.provider);
}
