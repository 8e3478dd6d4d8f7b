/**
 * The scheduled times of a cron expression. node-cron says what an expression means, for one day at a time; which of
 * a day's seconds come next is arithmetic. Its own timers are not used: they go by the machine's clock, wherever that
 * is set.
 */
import { createTask, parse } from 'node-cron';
import { TASHKENT_OFFSET_MS } from './calendar.ts';

const ZONE = 'Asia/Tashkent';
const SECOND_MS = 1000;
const DAY_S = 86_400;

const DATES = 31;
const WEEKDAYS = 7;

/** After so long the days of a month fall on the same weekdays again: what was in none of them will never be. */
const CYCLE_DAYS = 28 * 366;

export interface ScheduledTimes {
  /** The first scheduled time after this one, in milliseconds since 1970. */
  after(at: number): number;
}

/** A program has some twenty expressions, and the same after each of its starts. */
const known = new Map<string, ScheduledTimes>();

/** Throws for what is no cron expression, and for one that is never due. */
export function timesOf(cron: string): ScheduledTimes {
  const times = known.get(cron) ?? readTimes(cron);
  if (known.size < MAX_KNOWN) known.set(cron, times);
  return times;
}

const MAX_KNOWN = 100;

function readTimes(cron: string): ScheduledTimes {
  const fields = parse(cron);
  const firstOfDay = nextOfDay(fields, -1);
  const isEveryDay = fields.dayOfMonth.length === DATES && fields.dayOfWeek.length === WEEKDAYS;
  // Nearly all are: the library is only asked which days an expression means where it names some.
  const isDueOn = isEveryDay ? () => true : onceForEachDay(matcherOf(cron), firstOfDay ?? 0);

  function after(at: number): number {
    const local = Math.floor((at + TASHKENT_OFFSET_MS) / SECOND_MS);
    const today = Math.floor(local / DAY_S);
    for (let day = today; day <= today + CYCLE_DAYS; day += 1) {
      const next = day === today ? nextOfDay(fields, local - today * DAY_S) : firstOfDay;
      if (next === null || firstOfDay === null || !fields.month.includes(monthOf(day))) continue;
      if (isDueOn(day)) return instantOf(day, next);
    }
    throw new Error(`"${cron}" is never due`);
  }

  after(0);
  return { after };
}

/** Is it a cron expression that comes due? */
export function isRunnable(cron: string): boolean {
  try {
    timesOf(cron);
    return true;
  } catch {
    return false;
  }
}

function matcherOf(cron: string): (at: number) => boolean {
  const task = createTask(cron, () => undefined, { timezone: ZONE });
  // Never started; and forgotten by the library, which keeps a list.
  void task.destroy();
  return (at) => task.match(new Date(at));
}

/** More days than lie before the next time of anything but a date that is rare. */
const DAYS_KEPT = 40;

/** node-cron takes expression and date apart anew for each question, and the same day is asked about all day long. */
function onceForEachDay(
  isDueAt: (at: number) => boolean,
  second: number,
): (day: number) => boolean {
  const days = new Map<number, boolean>();
  return (day) => {
    const isDue = days.get(day) ?? isDueAt(instantOf(day, second));
    if (days.size >= DAYS_KEPT) days.clear();
    days.set(day, isDue);
    return isDue;
  };
}

/** The first second of a day after this one; null when there is none. */
function nextOfDay(
  { hour, minute, second }: { hour: number[]; minute: number[]; second: number[] },
  after: number,
): number | null {
  for (const h of inOrder(hour)) {
    for (const m of inOrder(minute)) {
      const begins = (h * 60 + m) * 60;
      if (begins + 59 <= after) continue;
      const found = inOrder(second).find((s) => begins + s > after);
      if (found !== undefined) return begins + found;
    }
  }
  return null;
}

function inOrder(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}

/** `day` and `second` in Tashkent. */
function instantOf(day: number, second: number): number {
  return (day * DAY_S + second) * SECOND_MS - TASHKENT_OFFSET_MS;
}

function monthOf(day: number): number {
  return new Date(day * DAY_S * SECOND_MS).getUTCMonth() + 1;
}
