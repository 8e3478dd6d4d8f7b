/** Months and their days as Tashkent counts them, and the times of a day at which something is done. Pure. */
import { hash } from 'node:crypto';
import { dayAfter, dayOf, HOUR_MS, inTashkent, startOf } from '../core/calendar.ts';
import type { QuietHours } from '../settings/types.ts';

/** `YYYY-MM`. */
type Period = string;

/** The 31st of a month that has fewer days is its last one. */
export const LAST_DAY = 31;

export function periodOf(day: string): Period {
  return day.slice(0, 7);
}

export function nextPeriod(period: Period): Period {
  return periodOf(dayAfter(dayIn(period, LAST_DAY)));
}

/** `YYYY-MM-DD` of that day in the month, or of the month's last one. */
export function dayIn(period: Period, day: number): string {
  const [year = 0, month = 0] = period.split('-').map(Number);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return `${period}-${String(Math.min(day, last)).padStart(2, '0')}`;
}

/** Where in a span something stands: the same every time, and spread evenly over all names. From 0 to below 1. */
export function shareOf(name: string | number): number {
  return Number.parseInt(hash('sha256', String(name), 'hex').slice(0, 8), 16) / 2 ** 32;
}

/** From one to five at night: services have little to do then. */
export function nightOf(day: string, share: number): number {
  return startOf(day) + HOUR_MS + Math.floor(share * 4 * HOUR_MS);
}

/** A time in the hour after the quiet ones, when people are awake. */
export function morningOf(day: string, share: number, { until }: QuietHours): number {
  return startOf(day) + until * HOUR_MS + Math.floor(share * HOUR_MS);
}

/** True at times at which nobody is written to unasked. */
export function isQuiet(at: number, { from, until }: QuietHours): boolean {
  const hour = Number(inTashkent(at).slice(11, 13));
  return hour < until || hour >= from;
}

/** The next moment that is not quiet: now, or in the morning. */
export function whenAwake(at: number, quietHours: QuietHours): number {
  if (!isQuiet(at, quietHours)) return at;
  const day = dayOf(at);
  const morning = morningOf(day, 0, quietHours);
  return at < morning ? morning : morningOf(dayAfter(day), 0, quietHours);
}

export interface Look {
  period: Period;
  /** The day before which that night lies. */
  day: string;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * When an account is looked at next: in the night before its day of the month, or `daysBefore` earlier. Never for a period
 * up to `after`, and never in the past.
 */
export function nextLook(
  now: number,
  {
    day,
    daysBefore,
    name,
    after = '',
  }: {
    day: number;
    daysBefore: number;
    name: string | number;
    after?: Period;
  },
): Look {
  let period = periodOf(dayOf(now));
  for (;;) {
    const date = dayAfter(dayIn(period, day), -daysBefore);
    const at = nightOf(date, shareOf(name));
    if (at > now && period > after) return { period, day: date, at };
    period = nextPeriod(period);
  }
}
