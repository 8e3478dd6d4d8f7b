import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, DAY_MS, startOf } from '../core/calendar.ts';
import {
  dayIn,
  isQuiet,
  LAST_DAY,
  morningOf,
  nextLook,
  nextPeriod,
  nightOf,
  periodOf,
  shareOf,
  whenAwake,
} from './calendar.ts';

const QUIET = { from: 21, until: 9 };
const at = (text: string): number => Date.parse(`${text}+05:00`);

describe('a day of the month', () => {
  it.each([
    ['2026-01', 31, '2026-01-31'],
    ['2026-02', 31, '2026-02-28'],
    ['2028-02', 31, '2028-02-29'],
    ['2026-04', 31, '2026-04-30'],
    ['2026-02', 28, '2026-02-28'],
    ['2026-12', 5, '2026-12-05'],
  ])('of %s the %s is %s', (period, day, expected) => {
    expect(dayIn(period, day)).toBe(expected);
  });

  it('comes in each month, the year after December included', () => {
    expect(nextPeriod('2026-12')).toBe('2027-01');
    expect(nextPeriod('2026-01')).toBe('2026-02');
  });
});

describe('the next look', () => {
  it('is in the night of its day, in Tashkent', () => {
    const look = nextLook(at('2026-03-10T12:00'), { day: 15, daysBefore: 0, name: 1 });
    expect(look).toMatchObject({ period: '2026-03', day: '2026-03-15' });
    expect(dayOf(look.at)).toBe('2026-03-15');
    expect(isQuiet(look.at, QUIET)).toBe(true);
  });

  it('is in the next month where this one’s night is over, and never twice for one month', () => {
    const now = at('2026-03-15T12:00');
    expect(nextLook(now, { day: 15, daysBefore: 0, name: 1 }).day).toBe('2026-04-15');
    const early = at('2026-03-14T12:00');
    const after = { day: 15, daysBefore: 0, name: 1, after: '2026-03' };
    expect(nextLook(early, after).day).toBe('2026-04-15');
  });

  it('the day before the first stands in the month before', () => {
    const look = nextLook(at('2026-02-10T12:00'), { day: 1, daysBefore: 1, name: 1 });
    expect(look).toMatchObject({ period: '2026-03', day: '2026-02-28' });
  });

  it('comes once for each month, whatever the day, for years', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: LAST_DAY }),
        fc.integer({ min: 0, max: 1 }),
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 1, max: 1e6 }),
        (day, daysBefore, days, name) => {
          let now = at('2026-01-01T00:00') + days * DAY_MS + name;
          let after = '';
          const periods: string[] = [];
          for (let i = 0; i < 14; i += 1) {
            const look = nextLook(now, { day, daysBefore, name, after });
            expect(look.at).toBeGreaterThan(now);
            expect(dayOf(look.at)).toBe(look.day);
            periods.push(look.period);
            after = look.period;
            now = look.at;
          }
          const begin = periods[0] ?? '';
          expect(
            periods.every((each, i) => i === 0 || each === nextPeriod(periods[i - 1] ?? '')),
          ).toBe(true);
          expect(periodOf(begin)).toBe(begin);
        },
      ),
    );
  });
});

describe('hours', () => {
  it('are spread over the night and over the morning', () => {
    const shares = Array.from({ length: 1000 }, (_, i) => shareOf(i));
    const early = shares.filter((share) => nightOf('2026-03-15', share) < at('2026-03-15T03:00'));
    expect(early.length).toBeGreaterThan(400);
    expect(early.length).toBeLessThan(600);
    expect(morningOf('2026-03-15', 0.999, QUIET)).toBeLessThan(at('2026-03-15T10:00'));
    expect(morningOf('2026-03-15', 0, { from: 22, until: 7 })).toBe(at('2026-03-15T07:00'));
  });

  it('nobody is woken in the night', () => {
    for (let hour = 0; hour < 24; hour += 1) {
      const now = startOf('2026-03-15') + hour * 3_600_000 + 1;
      expect(isQuiet(now, QUIET)).toBe(hour < 9 || hour >= 21);
      for (const quiet of [QUIET, { from: 17, until: 12 }, { from: 23, until: 6 }]) {
        expect(isQuiet(whenAwake(now, quiet), quiet)).toBe(false);
        expect(whenAwake(now, quiet)).toBeGreaterThanOrEqual(now);
      }
    }
  });
});
