import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPlainSum, formatSum, MAX_TIYIN } from '../../../core/money.ts';
import { cleanTyped } from '../../../core/typed-text.ts';
import { parseMoneyArguments } from './money-arguments.ts';

describe('the arguments of /credit and /debit', () => {
  it.each([
    ['101 50000 a reason', '101', 5_000_000, 'a reason'],
    ['@name 50k reason', '@name', 5_000_000, 'reason'],
    ["  101   1 500 000 so'm   two  words ", '101', 150_000_000, 'two words'],
    ['101 50 ming sovga', '101', 5_000_000, 'sovga'],
    ['101 50 000 2024 yil', '101', 5_000_000, '2024 yil'],
    ['101 50 000,00 sovga', '101', 5_000_000, 'sovga'],
    ['101 50 001,50 qaytarish', '101', 5_000_150, 'qaytarish'],
    ['101 50001.50 qaytarish', '101', 5_000_150, 'qaytarish'],
    ['101 1 mln bonus', '101', 100_000_000, 'bonus'],
    ['101 1,5 mln bonus', '101', 150_000_000, 'bonus'],
    ['101 1 mln 500 ming bonus', '101', 150_000_000, 'bonus'],
    ['101 0,5 mln x', '101', 50_000_000, 'x'],
    ['101 50 000 500 kitob', '101', 5_000_050_000, 'kitob'],
    ["101 50 000 so'm 2 oylik", '101', 5_000_000, '2 oylik'],
    ['101 50 000,00 2 oylik', '101', 5_000_000, '2 oylik'],
    ['101 50 000, sovga', '101', 5_000_000, 'sovga'],
    ['101 50 000 - sovga', '101', 5_000_000, '- sovga'],
    ['101 50 000 (2 oylik)', '101', 5_000_000, '(2 oylik)'],
    ['101 50 000 №5 chek', '101', 5_000_000, '№5 chek'],
    ["101 50 000 so'mlik sovga", '101', 5_000_000, "so'mlik sovga"],
    ['101 50 kitob', '101', 5000, 'kitob'],
  ])('%s', (text, user, amountTiyin, reason) => {
    expect(parseMoneyArguments(text)).toEqual({ kind: 'clear', user, amountTiyin, reason });
  });

  it.each([
    '',
    '101',
    '101 50000',
    '101 1 000 000',
    '101 50 ming',
    '101 1 mln',
    '101 reason',
    '101 0 reason',
    '101 0.500 x',
    '101 007 x',
    '101 -50 000 x',
    '101 50000sovga',
    '101 50 000-10 x',
    '101 50 000% x',
    '101 50 000 + 5 000 x',
    '101 50 000 * 2 x',
    '101 50 000,555 x',
    '101 50 000 000.000 x',
    '101 50 $ x',
    '101 1.500 mln x',
    '101 1 yarim mln bonus',
    '101 1.5 mln.bonus',
    '101 50 dollar x',
    '101 50 000 k/x',
    '101 1 000 000 000 000 000 x',
    '101 1 000 000 000 000 000 000 000 000 x',
    `101 5000 ${'x'.repeat(301)}`,
  ])('are incomplete or have no sum: "%s"', (text) => {
    expect(parseMoneyArguments(text)).toEqual({ kind: 'unreadable' });
  });

  it.each([
    [
      '101 50 000 2 oylik',
      [
        [5_000_000, '2 oylik'],
        [50_000_200, 'oylik'],
      ],
    ],
    [
      '101 5 0000 x',
      [
        [500, '0000 x'],
        [5_000_000, 'x'],
      ],
    ],
    ['101 50000 3ta kitob', [[5_000_000, '3ta kitob']]],
    ['101 50k 2 oylik', [[5_000_000, '2 oylik']]],
    ['101 50 000 - 10% x', [[5_000_000, '- 10% x']]],
    ['101 50000 Mingbuloq filiali', [[5_000_000, 'Mingbuloq filiali']]],
    ["101 50 000 so'm 50 tiyin x", [[5_000_000, '50 tiyin x']]],
  ])('are asked about, with each reading: "%s"', (text, readings) => {
    expect(parseMoneyArguments(text)).toEqual({
      kind: 'doubtful',
      user: '101',
      readings: readings.map(([amountTiyin, reason]) => ({ amountTiyin, reason })),
    });
  });

  it('are read as the bot itself writes sums, whatever the words behind', () => {
    const sums = fc.oneof(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.integer({ min: 1, max: MAX_TIYIN }),
    );
    const reason = fc.constantFrom('sovga', 'qaytarish 2', "to'lov, uchun", 'за март', 'bonus 50');
    fc.assert(
      fc.property(sums, reason, (amountTiyin, words) => {
        for (const sum of [formatSum(amountTiyin), formatPlainSum(amountTiyin)]) {
          const read = parseMoneyArguments(cleanTyped(`101 ${sum} ${words}`));
          expect(read).toEqual({ kind: 'clear', user: '101', amountTiyin, reason: words });
        }
      }),
    );
  });

  it('never lose a part of the sum to the reason without asking', () => {
    const number = fc.integer({ min: 1, max: 999_999_999 }).map(String);
    const behind = fc.constantFrom(
      ' 000',
      ' 50',
      '000',
      ',5',
      ' mln',
      'k',
      ' ming',
      '.000',
      ' 7',
      '%',
    );
    fc.assert(
      fc.property(number, fc.array(behind, { minLength: 1, maxLength: 4 }), (first, parts) => {
        const typed = first + parts.join('');
        const read = parseMoneyArguments(`101 ${typed} sovga`);
        expect(read.kind === 'clear' ? read.reason : 'sovga').toBe('sovga');
      }),
      { numRuns: 1000 },
    );
  });
});
