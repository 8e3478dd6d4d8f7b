/** How long people wait for an answer. */
import { and, gte, isNotNull, min, sql } from 'drizzle-orm';
import { DAY_MS } from '../core/calendar.ts';
import type { Queries } from '../db/database.ts';
import { countOf } from '../db/exact.ts';
import { tickets } from '../db/tables.ts';

export interface SupportFigures {
  /** Tickets that wait for an answer. */
  waiting: number;
  /** Since when the longest of them waits; null: nobody does. */
  waitingSince: number | null;
  /** Tickets of the last 30 days that were answered. */
  answered: number;
  /** Half of these had their first answer sooner; null: there are none. */
  medianMs: number | null;
  /** How many of them had it within the promised time. */
  inTime: number;
}

const PERIOD_MS = 30 * DAY_MS;

/** How many tickets the figures are made of at most: more are not read for one screen. */
const MOST = 5000;

export async function supportFigures(
  queries: Queries,
  { now, answerWithinMs }: { now: number; answerWithinMs: number },
): Promise<SupportFigures> {
  const rows = await queries
    .select({ createdAt: tickets.createdAt, answeredAt: tickets.answeredAt })
    .from(tickets)
    .where(and(gte(tickets.createdAt, now - PERIOD_MS), isNotNull(tickets.answeredAt)))
    .limit(MOST);
  const took = rows
    .map(({ createdAt, answeredAt }) => (answeredAt ?? createdAt) - createdAt)
    .toSorted((a, b) => a - b);
  return {
    ...(await waitingNow(queries)),
    answered: took.length,
    medianMs: took[Math.floor((took.length - 1) / 2)] ?? null,
    inTime: took.filter((ms) => ms <= answerWithinMs).length,
  };
}

/** As a literal: the index of those is not found by a bound parameter. */
export const isWaiting = sql`${tickets.waitingSince} is not null`;

/** Cheap, however many tickets there are. */
export async function waitingNow(
  queries: Queries,
): Promise<Pick<SupportFigures, 'waiting' | 'waitingSince'>> {
  const [row] = await queries
    .select({ waiting: countOf(), waitingSince: min(tickets.waitingSince) })
    .from(tickets)
    .where(isWaiting);
  return { waiting: row?.waiting ?? 0, waitingSince: row?.waitingSince ?? null };
}
