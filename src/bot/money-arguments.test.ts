import { describe, expect, it } from 'vitest';
import { parseMoneyArguments } from './money-arguments.ts';

describe('the arguments of /credit and /debit', () => {
  it.each([
    ['101 50000 a reason', '101', 5_000_000, 'a reason'],
    ['@name 50k reason', '@name', 5_000_000, 'reason'],
    ["  101   1 500 000 so'm   two  words ", '101', 150_000_000, 'two words'],
    ['101 50 ming sovga', '101', 5_000_000, 'sovga'],
    ['101 50 000 2024 yil', '101', 5_000_000, '2024 yil'],
  ])('%s', (text, user, amountTiyin, reason) => {
    expect(parseMoneyArguments(text)).toEqual({ user, amountTiyin, reason });
  });

  it.each(['', '101', '101 50000', '101 reason', '101 0 reason', `101 5000 ${'x'.repeat(301)}`])(
    'are incomplete: "%s"',
    (text) => {
      expect(parseMoneyArguments(text)).toBeNull();
    },
  );
});
