/** Filters of the lists of orders and bills, as buttons carry them. */
import { z } from 'zod';
import { DAY_MS, tashkentPeriod } from '../../../core/calendar.ts';
import { orNone, short } from '../../kit/tap-fields.ts';
import { carrying } from './feature.ts';

export const GROUPS = ['all', 'open', 'review', 'paid', 'ended'] as const;

export type Group = (typeof GROUPS)[number];

export interface Filter {
  group: Group;
  /** The provider, or the key of the service, to filter by. */
  who: string | null;
  userId: number | null;
  /** `today`, `yesterday`, `week`, or a day as `YYYYMMDD`. */
  day: string | null;
  /** Where the page begins; null is the first page. */
  cursor: number | null;
}

export const NO_FILTER: Filter = {
  group: 'all',
  who: null,
  userId: null,
  day: null,
  cursor: null,
};

/** A group, spelled as its first letter. */
const byLetter = z.codec(z.string().length(1), z.enum(GROUPS), {
  decode: (letter) => GROUPS.find((each) => each.startsWith(letter)) ?? 'all',
  encode: (each) => each.charAt(0),
});

const SHORT_DAYS: Readonly<Record<string, string>> = { t: 'today', y: 'yesterday', w: 'week' };

const aDay = z.codec(z.string(), z.string().refine(isDay), {
  decode: (text) => SHORT_DAYS[text] ?? text,
  encode: (long) => Object.keys(SHORT_DAYS).find((key) => SHORT_DAYS[key] === long) ?? long,
});

export const FILTER = carrying({
  group: byLetter,
  who: orNone(z.string().regex(/^[a-z0-9]{1,12}$/)),
  userId: orNone(short),
  day: orNone(aDay),
  cursor: orNone(short),
});

function isDay(text: string): boolean {
  return Object.values(SHORT_DAYS).includes(text) || startOf(text) !== null;
}

/** The beginning in Tashkent of a day `YYYYMMDD`; null for one that is in no calendar. */
function startOf(day: string): number | null {
  const match = /^(20\d\d)(\d\d)(\d\d)$/.exec(day);
  if (!match) return null;
  const [, year, month, date] = match.map(Number);
  const noon = Date.UTC(year ?? 0, (month ?? 0) - 1, date ?? 0, 12);
  const same = new Date(noon).toISOString().slice(0, 10).replaceAll('-', '') === day;
  return same ? tashkentPeriod(noon).fromAt : null;
}

/** The period in milliseconds since 1970, the end not included. */
export function periodOf(
  { day }: Filter,
  now: number,
): { fromAt: number | null; toAt: number | null } {
  if (day === null) return { fromAt: null, toAt: null };
  if (day === 'today') return tashkentPeriod(now);
  if (day === 'yesterday') return tashkentPeriod(now, { daysAgo: 1 });
  if (day === 'week') {
    return { fromAt: tashkentPeriod(now, { daysAgo: 6 }).fromAt, toAt: null };
  }
  const fromAt = startOf(day);
  return fromAt === null ? { fromAt, toAt: null } : { fromAt, toAt: fromAt + DAY_MS };
}

/** `05.01`, `5.1.2026`, `2026-01-05` as a day; one without a year is the latest there was. Null when it is none. */
export function parseDay(text: string, now: number): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  const local = /^(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}))?$/.exec(text.trim());
  const [year, month, date] = iso ? iso.slice(1) : local ? [local[3], local[2], local[1]] : [];
  if (month === undefined || date === undefined) return null;
  const dayOf = (inYear: string | number): string =>
    `${inYear}${month.padStart(2, '0')}${date.padStart(2, '0')}`;
  if (year !== undefined) return startOf(dayOf(year)) === null ? null : dayOf(year);
  const thisYear = new Date(now).getUTCFullYear();
  const years = [thisYear, thisYear - 1];
  return years.map(dayOf).find((day) => (startOf(day) ?? Infinity) <= now) ?? null;
}
