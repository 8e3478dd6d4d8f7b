/** Filters of the lists of orders and bills, as buttons carry them. */
import { DAY_MS, tashkentPeriod } from '../../../core/calendar.ts';

export const GROUPS = ['all', 'open', 'review', 'paid', 'ended'] as const;

export type Group = (typeof GROUPS)[number];

export interface Filter {
  group: Group;
  /** A provider, or the key of a service. */
  who: string | null;
  userId: number | null;
  /** `today`, `yesterday`, `week`, or a day as `YYYYMMDD`. */
  day: string | null;
  /** Of the page. */
  cursor: number | null;
}

export const NO_FILTER: Filter = {
  group: 'all',
  who: null,
  userId: null,
  day: null,
  cursor: null,
};

const NONE = '-';

export function filterArg({ group, who, userId, day, cursor }: Filter): string {
  const number = (value: number | null): string => (value === null ? NONE : value.toString(36));
  return [group.charAt(0), who ?? NONE, number(userId), shortDay(day), number(cursor)].join('.');
}

/** Whatever can't be read is not filtered by: buttons outlive versions. */
export function readFilter(arg: string): Filter {
  const [group, who, userId, day, cursor] = arg.split('.');
  return {
    group: GROUPS.find((each) => each.charAt(0) === group) ?? 'all',
    who: who === undefined || !/^[a-z0-9]{1,12}$/.test(who) ? null : who,
    userId: readNumber(userId),
    day: readDay(day),
    cursor: readNumber(cursor),
  };
}

function readNumber(text: string | undefined): number | null {
  if (text === undefined || !/^[a-z0-9]{1,11}$/.test(text)) return null;
  const number = Number.parseInt(text, 36);
  return Number.isSafeInteger(number) ? number : null;
}

const SHORT_DAYS = { t: 'today', y: 'yesterday', w: 'week' } as const;

function shortDay(day: string | null): string {
  if (day === null) return NONE;
  return Object.entries(SHORT_DAYS).find(([, long]) => long === day)?.[0] ?? day;
}

function readDay(text: string | undefined): string | null {
  if (text === 't' || text === 'y' || text === 'w') return SHORT_DAYS[text];
  return text !== undefined && startOf(text) !== null ? text : null;
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

/** Milliseconds since 1970, the end not included. */
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
