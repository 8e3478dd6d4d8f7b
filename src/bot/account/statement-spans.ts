/** The stretches of time that a statement is written for. */
import { dayAfter, dayOf, startOf } from '../../core/calendar.ts';
import type { STATEMENT_SPANS } from '../kit/callbacks.ts';

export type StatementSpan = (typeof STATEMENT_SPANS)[number];

interface Stretch {
  fromAt: number;
  /** The end, not included. Null: until now, with whatever a clock that ran ahead wrote. */
  toAt: number | null;
}

/** By Tashkent's calendar. `quarter`: this month and the two before; `year`: since New Year. */
export function stretchOf(span: StatementSpan, now: number): Stretch {
  const month = firstOfMonth(dayOf(now));
  const before = firstOfMonth(dayAfter(month, -1));
  switch (span) {
    case 'month':
      return { fromAt: startOf(month), toAt: null };
    case 'before':
      return { fromAt: startOf(before), toAt: startOf(month) };
    case 'quarter':
      return { fromAt: startOf(firstOfMonth(dayAfter(before, -1))), toAt: null };
    case 'year':
      return { fromAt: startOf(`${month.slice(0, 4)}-01-01`), toAt: null };
    case 'all':
      break;
  }
  return { fromAt: 0, toAt: null };
}

function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}
