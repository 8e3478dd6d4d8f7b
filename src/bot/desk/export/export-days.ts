/** The stretches of days an export is made for. */
import { DAY_MS, dayAfter, dayOf, startOf, type Period } from '../../../core/calendar.ts';

/** The first and the last day, both included, as `YYYY-MM-DD` in Tashkent. */
export interface Days {
  first: string;
  last: string;
}

export const SPANS = ['today', 'yesterday', 'week', 'month', 'before'] as const;
export type Span = (typeof SPANS)[number];

/** `week`: seven days with today; `month`: since its first day; `before`: the whole month before. */
export function spanDays(span: Span, at: number): Days {
  const today = dayOf(at);
  const firstOfMonth = `${today.slice(0, 7)}-01`;
  const lastBefore = dayAfter(firstOfMonth, -1);
  const spans: Readonly<Record<Span, Days>> = {
    today: { first: today, last: today },
    yesterday: { first: dayAfter(today, -1), last: dayAfter(today, -1) },
    week: { first: dayAfter(today, -6), last: today },
    month: { first: firstOfMonth, last: today },
    before: { first: `${lastBefore.slice(0, 7)}-01`, last: lastBefore },
  };
  return spans[span];
}

const DATE = /\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}/g;

/** One date or two, in either order: `01.11.2026 – 15.11.2026`, `2026-11-01`. Null: not understood, or to come. */
export function typedDays(text: string, at: number): Days | null {
  if (text.length > 60 || /[^\d\s.,–—-]/.test(text.replaceAll(DATE, ''))) return null;
  const dates = [...text.matchAll(DATE)].map(([date]) => dayOfDate(date));
  const [first, last = first] = dates.filter((day) => day !== null).toSorted();
  if (first === undefined || last === undefined || dates.length > 2 || dates.includes(null)) {
    return null;
  }
  const today = dayOf(at);
  return first > today ? null : { first, last: last > today ? today : last };
}

function dayOfDate(date: string): string | null {
  const [year, month, day] = date.includes('.') ? date.split('.').toReversed() : date.split('-');
  const text = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  if (Number.isNaN(Date.parse(`${text}T00:00:00Z`))) return null;
  // A day that its month does not have, such as the 31st, is refused.
  return dayOf(startOf(text)) === text ? text : null;
}

export function periodOf({ first, last }: Days): Period {
  return { fromAt: startOf(first), toAt: startOf(last) + DAY_MS };
}

/** `01.11.2026 – 15.11.2026`, or the one day. */
export function daysText({ first, last }: Days): string {
  return first === last ? shown(first) : `${shown(first)} – ${shown(last)}`;
}

function shown(day: string): string {
  return day.split('-').toReversed().join('.');
}
