/**
 * Providers write zone-less dates in three formats, and a `Z` is only a label on local time. They are read as
 * Tashkent time, one with an offset as what it says, for display; our own clock decides everything else.
 */
import { TASHKENT_OFFSET_MS } from '../core/calendar.ts';

const MINUTE_MS = 60_000;
const YEAR_FIRST = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)? ?Z?$/i;
const DAY_FIRST = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d)(?::(\d\d))?$/;

const OFFSET = /(?<=:\d\d(?:\.\d+)?) ?([+-])(\d\d):?(\d\d)?$/;

interface Reading {
  /** As if its clock stood in UTC. */
  time: number;
  /** How far its clock is ahead of UTC, when it says so. */
  offsetMs: number | undefined;
}

function read(value: unknown): Reading | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const time = parseZoneless(text.replace(OFFSET, ''));
  return time === undefined ? undefined : { time, offsetMs: offsetOf(text) };
}

function offsetOf(text: string): number | undefined {
  const match = OFFSET.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -minutes : minutes) * MINUTE_MS;
}

/** The date as if its clock stood in UTC, or undefined. */
function parseZoneless(text: string): number | undefined {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) return toUtc(yearFirst.slice(1));
  const dayFirst = DAY_FIRST.exec(text);
  if (!dayFirst) return undefined;
  const [day, month, year, ...time] = dayFirst.slice(1);
  return toUtc([year, month, day, ...time]);
}

function toUtc(parts: readonly (string | undefined)[]): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(time);
  // Date.UTC rolls 31 February over into March: a date that changed by that is refused.
  const kept = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return kept && hour < 24 && minute < 60 && second < 60 ? time : undefined;
}

/**
 * `2025-12-10 05:14:52`, `2026-05-16T09:30:00`, `14.10.2024 14:53:48` as Tashkent time, `…T09:30:00+05:00` as it says.
 * For display only.
 */
export function parseProviderDate(value: unknown): number | undefined {
  const date = read(value);
  return date && date.time - (date.offsetMs ?? TASHKENT_OFFSET_MS);
}

/**
 * A deadline: by its own offset or in Tashkent time if that lies 1 to 120 minutes ahead of `now`, else UTC by the same
 * test, else undefined. Milliseconds since 1970.
 */
export function parseDeadline(value: unknown, now: number): number | undefined {
  const date = read(value);
  if (!date) return undefined;
  return [date.time - (date.offsetMs ?? TASHKENT_OFFSET_MS), date.time].find((candidate) => {
    const aheadMs = candidate - now;
    return aheadMs >= MINUTE_MS && aheadMs <= 120 * MINUTE_MS;
  });
}
