import { describe, expect, it } from 'vitest';
import { parseDeadline, parseProviderDate } from './dates.ts';

const MINUTE = 60_000;

describe('parseProviderDate', () => {
  it.each([
    ['2025-12-10 05:14:52', Date.UTC(2025, 11, 10, 0, 14, 52)],
    ['2026-05-16T09:30:00', Date.UTC(2026, 4, 16, 4, 30)],
    ['14.10.2024 14:53:48', Date.UTC(2024, 9, 14, 9, 53, 48)],
    ['2024-01-20T15:25:30Z', Date.UTC(2024, 0, 20, 10, 25, 30)],
    ['2024-01-20T15:25:30.123456', Date.UTC(2024, 0, 20, 10, 25, 30)],
    [' 2024-01-20 15:25 ', Date.UTC(2024, 0, 20, 10, 25)],
  ])('reads %s as Tashkent time', (text, expected) => {
    expect(parseProviderDate(text)).toBe(expected);
  });

  it.each([
    ['2026-05-16T09:30:00+05:00', Date.UTC(2026, 4, 16, 4, 30)],
    ['2026-05-16 09:30:00 +0500', Date.UTC(2026, 4, 16, 4, 30)],
    ['2026-05-16T09:30:00.250+00:00', Date.UTC(2026, 4, 16, 9, 30)],
    ['2026-05-16T09:30-03:30', Date.UTC(2026, 4, 16, 13, 0)],
    ['16.05.2026 09:30:00+03', Date.UTC(2026, 4, 16, 6, 30)],
    ['2026-05-16 09:30:00 z', Date.UTC(2026, 4, 16, 4, 30)],
  ])('reads %s as what it says, and Z as a label', (text, expected) => {
    expect(parseProviderDate(text)).toBe(expected);
  });

  it.each([
    '',
    'soon',
    '2026-05-16+05:00',
    '2024-02-31 10:00:00',
    '2024-13-01 10:00:00',
    '2024-01-01 24:00:00',
    1_700_000_000,
    null,
    undefined,
  ])('does not read %j', (value) => {
    expect(parseProviderDate(value)).toBeUndefined();
  });
});

describe('parseDeadline', () => {
  const tashkent = Date.UTC(2024, 0, 20, 10, 30);
  const utc = Date.UTC(2024, 0, 20, 15, 30);
  it.each([
    ['10 minutes ahead in Tashkent', tashkent - 10 * MINUTE, tashkent],
    ['1 minute ahead in Tashkent', tashkent - MINUTE, tashkent],
    ['120 minutes ahead in Tashkent', tashkent - 120 * MINUTE, tashkent],
    ['10 minutes ahead in UTC', utc - 10 * MINUTE, utc],
    ['less than a minute ahead', tashkent - MINUTE + 1, undefined],
    ['more than two hours ahead', tashkent - 120 * MINUTE - 1, undefined],
    ['over in both', utc + MINUTE, undefined],
    ['over in Tashkent, far in UTC', tashkent + MINUTE, undefined],
  ])('takes a deadline %s', (_what, now, expected) => {
    expect(parseDeadline('2024-01-20T15:30:00', now)).toBe(expected);
  });

  it('takes a deadline with its own offset', () => {
    expect(parseDeadline('2024-01-20T15:30:00+05:00', tashkent - MINUTE)).toBe(tashkent);
    expect(parseDeadline('2024-01-20T15:30:00+00:00', utc - MINUTE)).toBe(utc);
  });

  it('has none for what is no date', () => {
    expect(parseDeadline('in ten minutes', tashkent)).toBeUndefined();
  });
});
