import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertTiyin,
  formatPlainSum,
  formatSum,
  MAX_TIYIN,
  parseProviderSum,
  parseTypedSum,
  shortSum,
  som,
  wholeSoms,
} from './money.ts';

const tiyin = fc.integer({ min: 0, max: MAX_TIYIN });
const soms = fc.oneof(
  fc.integer({ min: 1, max: 10_000_000 }),
  fc.integer({ min: 1, max: MAX_TIYIN / 100 }),
);

function isInLimits(amount: unknown): amount is number {
  return Number.isSafeInteger(amount) && Number(amount) >= 0 && Number(amount) <= MAX_TIYIN;
}

describe("a provider's sum", () => {
  it.each([
    [50_000, 5_000_000],
    ['50000', 5_000_000],
    ['15000.00', 1_500_000],
    [50_001.5, 5_000_150],
    ['50001.5', 5_000_150],
    ['50001.50', 5_000_150],
    ['0.01', 1],
    [0.07, 7],
    [1.1, 110],
    [0, 0],
    [-0, 0],
    ['00012', 1200],
    [MAX_TIYIN / 100, MAX_TIYIN],
    [' 50000 ', 5_000_000],
    ['5\n', 500],
    ['5,00', 500],
    ['50001,5', 5_000_150],
    ['50001.5000', 5_000_150],
    ['50 000', 5_000_000],
    ['50 001,50', 5_000_150],
    ['50\u00a0001,50', 5_000_150],
    ['50\u202f001.50', 5_000_150],
    ['\u200b50000\ufeff', 5_000_000],
    ['1 234 567', 123_456_700],
    ['1,234,567', 123_456_700],
    ['1.234.567,8', 123_456_780],
    ['50,000.00', 5_000_000],
    ['50.000,00', 5_000_000],
    ["50'000", 5_000_000],
    ['50’000,5', 5_000_050],
    ['50000 UZS', 5_000_000],
    ['uzs 50000', 5_000_000],
    ["50 000 so'm", 5_000_000],
    ['50 000 soʻm.', 5_000_000],
    ['50000sum', 5_000_000],
    ['50 000 сум', 5_000_000],
    ['50 000 сўм', 5_000_000],
  ])('%j is read exactly', (value, expected) => {
    expect(parseProviderSum(value)).toBe(expected);
  });

  it.each([
    NaN,
    Infinity,
    -Infinity,
    1e21,
    '1e5',
    '1E5',
    -1,
    '-1',
    '+1',
    0.001,
    '0.001',
    50_001.123,
    0.1 + 0.2,
    '',
    ' ',
    '5.',
    '.5',
    '50,000',
    '50.000',
    50.123,
    '5 0000',
    '50 00',
    '5000 000',
    '0 001',
    '50,000,00',
    '50 000 000.123',
    '50. 000',
    '1e3 UZS',
    '50000 USD',
    'UZS',
    '0x10',
    '٥٠',
    'NaN',
    MAX_TIYIN,
    '10000000000000.01',
    '9'.repeat(400),
  ])('%j is refused', (value) => {
    expect(parseProviderSum(value)).toBeNull();
  });

  it.each([
    ['50,000', 5_000_000, 5_000_000],
    ['50.000', 5_000_000, 5_000_000],
    ['50,000', 5000, 5000],
    ['50.000 UZS', 5000, 5000],
    ['50,000', 5_000_100, null],
    ['50.123', 5_012_300, 5_012_300],
    ['50.123', 5012, 5012],
    ['50.123', 5_000_000, null],
    [50.123, 5012, 5012],
    [50.123, 5_012_300, null],
    [50_001.49999, 5_000_150, 5_000_150],
    [50_001.50000001, 5_000_150, 5_000_150],
    ['50001.49999', 5_000_150, 5_000_150],
    ['50001,49999', 5_000_150, 5_000_150],
    [0.1 + 0.2, 30, 30],
    [50_001.494, 5_000_150, null],
    [50_001.506, 5_000_150, null],
    [50_001.49999, 5_000_100, null],
    [50_001.5, 5_000_100, 5_000_150],
    ['50 000', 5_000_100, 5_000_000],
  ])('%j is, where %i tiyin are expected, %j', (value, expectedTiyin, read) => {
    expect(parseProviderSum(value, { expectedTiyin })).toBe(read);
  });

  it('of another type is refused', () => {
    const others: unknown[] = [
      null,
      undefined,
      true,
      [],
      [5],
      {},
      5n,
      { valueOf: () => 5 },
      new Date(5),
    ];
    expect(others.map((value) => parseProviderSum(value))).toEqual(others.map(() => null));
  });

  it('comes back the same, as text and as a number', () => {
    fc.assert(
      fc.property(tiyin, (amount) => {
        expect(parseProviderSum(formatPlainSum(amount))).toBe(amount);
        expect(parseProviderSum((amount / 100).toFixed(2))).toBe(amount);
        expect(parseProviderSum(amount / 100)).toBe(amount);
      }),
      { numRuns: 1000 },
    );
  });

  it('of whatever kind is refused or a whole number of tiyin within limits', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.double(), fc.integer()), (value) => {
        expect(parseProviderSum(value)).toSatisfy((sum) => sum === null || isInLimits(sum));
      }),
    );
  });
});

describe('a typed sum', () => {
  it.each([
    ['50000', 50_000],
    ['50 000', 50_000],
    ['50.000', 50_000],
    ['50,000', 50_000],
    ["50'000", 50_000],
    ['50’000', 50_000],
    ['50\u00a0000', 50_000],
    ['50\u202f000', 50_000],
    ['1 000 000', 1_000_000],
    ['  7  ', 7],
    ['50k', 50_000],
    ['50 K', 50_000],
    ['50к', 50_000],
    ['50 К', 50_000],
    ['50 ming', 50_000],
    ['50ming', 50_000],
    ['50 MING', 50_000],
    ['50 минг', 50_000],
    ['50 Минг', 50_000],
    ['50 тыс', 50_000],
    ['50 тыс.', 50_000],
    ['50 тысяч', 50_000],
    ['2 тысячи', 2000],
    ['1 тысяча', 1000],
    ['50 thousand', 50_000],
    ['1.5k', 1500],
    ['1,5 ming', 1500],
    ['1,25 тыс', 1250],
    ["50 000 so'm", 50_000],
    ['50 000 so‘m', 50_000],
    ['50 000 so’m', 50_000],
    ['50 000 soʻm', 50_000],
    ['50 000 soʼm', 50_000],
    ['50 000 so`m', 50_000],
    ['50 000 som', 50_000],
    ['50000сум', 50_000],
    ['50000 сўм', 50_000],
    ['50 000 СУМ', 50_000],
    ['50 000 сумов', 50_000],
    ['50000 UZS', 50_000],
    ["50 ming so'm", 50_000],
    ['50 минг сўм', 50_000],
    ['50 тыс. сум.', 50_000],
    ['５００００', 50_000],
    ['٥٠٠٠٠', 50_000],
    ['50\u200b000', 50_000],
    ['\u202e50 000\u202c', 50_000],
    ['50 000,00', 50_000],
    ['50.000,00', 50_000],
    ['50,000.00', 50_000],
    ["50'000.0", 50_000],
    ['50000.00', 50_000],
    ['50,00', 50],
    ["50 000,00 so'm", 50_000],
    ['2 mln', 2_000_000],
    ['2mln', 2_000_000],
    ['1,5 mln', 1_500_000],
    ['1.5 млн', 1_500_000],
    ['0,5 mln', 500_000],
    ['1,25 млн.', 1_250_000],
    ['2 million', 2_000_000],
    ['3 миллиона сум', 3_000_000],
    ['1 mlrd', 1_000_000_000],
    ['1,5 млрд', 1_500_000_000],
    ['1 500 ming', 1_500_000],
    ["1'500 ming so'm", 1_500_000],
    ['1 mln 500 ming', 1_500_000],
    ['2 mlrd 1 mln 250,5 ming', 2_001_250_500],
    ['1 млн. 500 тыс. сум', 1_500_000],
  ])('%j is %s', (text, expected) => {
    expect(parseTypedSum(text)).toBe(expected * 100);
  });

  it.each([
    ['50 001,50', 5_000_150],
    ['50001.50', 5_000_150],
    ['50001,5', 5_000_150],
    ['50.001,50', 5_000_150],
    ['50,001.50', 5_000_150],
    ["50\u202f001,50 so'm", 5_000_150],
    ['0,50', 50],
    ['0.01', 1],
  ])('%j has tiyin: read where there may be some, refused elsewhere', (text, expected) => {
    expect(parseTypedSum(text, { tiyin: true })).toBe(expected);
    expect(parseTypedSum(text)).toBeNull();
  });

  it.each([
    '',
    '   ',
    '0',
    '0k',
    '000',
    '-5',
    '+5',
    '1e5',
    '0x10',
    '5.5',
    '50 00',
    '5 0000',
    '50 000.5',
    '1 000 00',
    '0.500',
    '0,500',
    '007',
    '050 000',
    '50.000.00',
    '50 000,000',
    '1 000.000',
    '50 000,',
    ',50',
    '50,001,50',
    '50 001,505',
    '−50 000',
    '1.500 ming',
    '1,500 mln',
    '1.500.000 ming',
    '500 ming 1 mln',
    '1 mln 1 mln',
    '1 mln 1000 ming',
    '1,5 mln 500 ming',
    '1 mln 500',
    '1 mln bonus',
    '50²',
    '50½',
    '5 m',
    '0 mln',
    'k',
    'ming',
    "so'm",
    'ellik ming',
    '50 dollar',
    '50 $',
    '50; drop table users',
    '1.2345k',
    '1.5.5k',
    '50k k',
    '50 ming ming',
    '99999999999999',
    '999999999 k k',
    '9'.repeat(41),
    '5\u0000000',
    '<b>5</b>',
    '/start',
  ])('%j is not clear', (text) => {
    expect(parseTypedSum(text)).toBeNull();
  });

  it('may be the largest there is, and not more', () => {
    expect(parseTypedSum('10000000000000')).toBe(MAX_TIYIN);
    expect(parseTypedSum('10000000000001')).toBeNull();
  });

  it('is read as it is shown, with every separator and unit', () => {
    const unit = fc.constantFrom('', " so'm", ' so‘m', ' сум', ' сўм', 'UZS', ' Сум');
    const separator = fc.constantFrom('', ' ', '\u00a0', '.', ',', "'", '’');
    fc.assert(
      fc.property(soms, unit, separator, (amount, currency, between) => {
        const shown = formatSum(som(amount));
        const typed = shown.replaceAll('\u00a0', between) + currency;
        expect(parseTypedSum(typed)).toBe(som(amount));
      }),
      { numRuns: 1000 },
    );
  });

  it('in thousands is a thousand times as much', () => {
    const unit = fc.constantFrom('k', ' k', 'к', ' ming', ' минг', ' тыс', ' тыс.', ' тысяч');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), unit, (amount, thousand) => {
        expect(parseTypedSum(`${amount}${thousand}`)).toBe(som(amount * 1000));
      }),
    );
  });

  it('of any size reads back as it is shown, to people and to machines', () => {
    const positive = fc.oneof(
      fc.integer({ min: 1, max: 10_000_000 }),
      tiyin.filter((n) => n > 0),
    );
    fc.assert(
      fc.property(positive, (amount) => {
        for (const shown of [formatSum(amount), formatPlainSum(amount)]) {
          expect(parseTypedSum(shown, { tiyin: true })).toBe(amount);
          expect(parseTypedSum(`${shown} so'm`, { tiyin: true })).toBe(amount);
          expect(parseTypedSum(shown)).toBe(amount % 100 === 0 ? amount : null);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('with anything beside it that belongs to no sum is none, never another', () => {
    const typed = fc
      .tuple(soms, fc.constantFrom('', ' mln', ',00', ' ming', " so'm"))
      .map(([amount, behind]) => formatSum(som(amount)) + behind);
    const stranger = fc
      .string({ minLength: 1, unit: 'binary' })
      .filter((text) => /[^\s\d.,'’‘ʻʼ`´\p{Cf}\p{DI}\p{Nd}\uff01-\uff5e]/u.test(text))
      // Letters alone may be a unit or a currency.
      .map((text) => (/^[\s.\p{L}'’‘ʻʼ`´]+$/u.test(text) ? `${text}!` : text));
    fc.assert(
      fc.property(typed, stranger, fc.constantFrom('', ' '), (sum, text, between) => {
        for (const mixed of [sum + between + text, text + between + sum]) {
          expect(parseTypedSum(mixed, { tiyin: true })).toBeNull();
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('of whatever text is refused or a positive whole sum within limits', () => {
    const characters = fc.constantFrom(
      ..."0123456789 .,kmingKlтысминглрд'’so‘m-e\u00a0\u200b".split(''),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: characters })), (text) => {
        expect(parseTypedSum(text)).toSatisfy(
          (sum) => sum === null || (isInLimits(sum) && sum > 0 && sum % 100 === 0),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('a sum shown', () => {
  it.each([
    [0, '0', '0'],
    [1, '0,01', '0.01'],
    [50, '0,50', '0.50'],
    [99_900, '999', '999'],
    [100_000, '1\u00a0000', '1000'],
    [5_000_150, '50\u00a0001,50', '50001.50'],
    [123_456_789_00, '123\u00a0456\u00a0789', '123456789'],
    [-5_000_150, '−50\u00a0001,50', '-50001.50'],
    [-1, '−0,01', '-0.01'],
    [MAX_TIYIN, '10\u00a0000\u00a0000\u00a0000\u00a0000', '10000000000000'],
  ])('%s tiyin are %s', (amount, shown, plain) => {
    expect(formatSum(amount)).toBe(shown);
    expect(formatPlainSum(amount)).toBe(plain);
  });

  it('is the same for people and for machines but for spaces, comma and minus', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (amount) => {
        const people = formatSum(amount);
        expect(people).toMatch(/^−?\d{1,3}(?:\u00a0\d{3})*(?:,\d\d)?$/);
        const machines = people.replaceAll('\u00a0', '').replace(',', '.').replace('−', '-');
        expect(formatPlainSum(amount)).toBe(machines);
      }),
    );
  });

  it.each([0.5, NaN, Infinity, 2 ** 53])('%s is a bug', (amount) => {
    for (const use of [formatSum, formatPlainSum, assertTiyin]) {
      expect(() => use(amount)).toThrow('is not whole tiyin');
    }
  });
});

describe("whole so'm", () => {
  it('become tiyin and come back', () => {
    fc.assert(
      fc.property(soms, (amount) => {
        expect(wholeSoms(som(amount))).toBe(amount);
      }),
    );
  });

  it.each([0.5, 50_000.01, NaN, Infinity, 2 ** 53])('%s is a bug', (amount) => {
    expect(() => som(amount)).toThrow("is not whole so'm");
  });

  it.each([1, 150, 5_000_050])('%s tiyin are not', (amount) => {
    expect(() => wholeSoms(amount)).toThrow("is not whole so'm");
  });
});

describe('shortSum', () => {
  it.each([
    [0, 0, 'one'],
    [som(999), 999, 'one'],
    [som(1000), 1, 'thousand'],
    [som(12_345), 12.3, 'thousand'],
    [som(850_400), 850, 'thousand'],
    [som(999_950), 1, 'million'],
    [som(12_345_678), 12.3, 'million'],
    [-som(2_500_000_000), -2.5, 'billion'],
    [som(9_000_000_000_000), 9000, 'billion'],
  ])('%i tiyin in a short number', (amount, value, unit) => {
    expect(shortSum(amount)).toEqual({ value, unit });
  });
});
