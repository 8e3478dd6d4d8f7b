import { expect, test } from 'vitest';
import { timesOf, isRunnable } from './cron.ts';

/** In Tashkent's time. */
const at = (local: string): number => Date.parse(`${local}+05:00`);
const shown = (time: number): string =>
  new Date(time + 5 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** The next three hours after a Monday noon. */
function nextThree(cron: string, from = '2026-01-05T12:00:00'): string[] {
  const times = timesOf(cron);
  const found: string[] = [];
  for (let time = at(from); found.length < 3;) {
    time = times.after(time);
    found.push(shown(time));
  }
  return found;
}

test.each([
  ['*/10 * * * * *', ['2026-01-05 12:00:10', '2026-01-05 12:00:20', '2026-01-05 12:00:30']],
  ['0 22-1 * * *', ['2026-01-05 22:00:00', '2026-01-05 23:00:00', '2026-01-06 00:00:00']],
  ['3,1 12 * * *', ['2026-01-05 12:01:00', '2026-01-05 12:03:00', '2026-01-06 12:01:00']],
  ['40 3 * * *', ['2026-01-06 03:40:00', '2026-01-07 03:40:00', '2026-01-08 03:40:00']],
  ['0 0 31 * *', ['2026-01-31 00:00:00', '2026-03-31 00:00:00', '2026-05-31 00:00:00']],
  ['0 0 29 2 *', ['2028-02-29 00:00:00', '2032-02-29 00:00:00', '2036-02-29 00:00:00']],
  ['0 0 L * *', ['2026-01-31 00:00:00', '2026-02-28 00:00:00', '2026-03-31 00:00:00']],
  ['0 9 * * MON#2', ['2026-01-12 09:00:00', '2026-02-09 09:00:00', '2026-03-09 09:00:00']],
  ['0 9 13 * FRI', ['2026-02-13 09:00:00', '2026-03-13 09:00:00', '2026-11-13 09:00:00']],
  ['@daily', ['2026-01-06 00:00:00', '2026-01-07 00:00:00', '2026-01-08 00:00:00']],
])('%s comes due when node-cron says', (cron, expected) => {
  expect(nextThree(cron)).toEqual(expected);
});

test('an hour that is now is not the next one', () => {
  const times = timesOf('0 12 * * *');
  expect(shown(times.after(at('2026-01-05T12:00:00')))).toBe('2026-01-06 12:00:00');
  expect(shown(times.after(at('2026-01-05T12:00:00') - 1))).toBe('2026-01-05 12:00:00');
});

test('every second of a day is found, in its order', () => {
  const times = timesOf('* * * * * *');
  for (let time = at('2026-01-05T23:58:00'), i = 0; i < 300; i += 1) {
    const next = times.after(time);
    expect(next - time).toBe(1000);
    time = next;
  }
});

test.each(['every minute', '61 * * * * *', '0 0 30 2 *', '0 0 5 1 1#3', '*/0 * * * *', ''])(
  '%s can’t be run',
  (cron) => {
    expect(isRunnable(cron)).toBe(false);
  },
);
