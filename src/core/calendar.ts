/** Days as Tashkent counts them. All moments are milliseconds since 1970. */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Uzbekistan keeps UTC+5 all year. */
export const TASHKENT_OFFSET_MS = 5 * HOUR_MS;

/** From `fromAt` (inclusive) to `toAt` (exclusive). */
export interface Period {
  fromAt: number;
  toAt: number;
}

/** `YYYY-MM-DD`. */
export function dayOf(at: number): string {
  return inTashkent(at).slice(0, 10);
}

/** `YYYY-MM-DDTHH:mm:ss.sssZ`, where the Z only closes it: what a clock on the wall shows. */
export function inTashkent(at: number): string {
  return new Date(at + TASHKENT_OFFSET_MS).toISOString();
}

/** The day's first millisecond. Throws for what is no day. */
export function startOf(day: string): number {
  const at = Date.parse(`${day}T00:00:00+05:00`);
  if (Number.isNaN(at)) throw new RangeError(`"${day}" is no day`);
  return at;
}

/** `days` later, or earlier when negative. */
export function dayAfter(day: string, days = 1): string {
  return dayOf(startOf(day) + days * DAY_MS);
}

/** The day that `at` is part of; `daysAgo` whole days earlier. */
export function tashkentPeriod(at: number, { daysAgo = 0 } = {}): Period {
  const days = Math.floor((at + TASHKENT_OFFSET_MS) / DAY_MS) - daysAgo;
  const fromAt = days * DAY_MS - TASHKENT_OFFSET_MS;
  return { fromAt, toAt: fromAt + DAY_MS };
}
