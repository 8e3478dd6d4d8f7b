import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { LIVE, readSettings } from '../testing/settings.ts';
import { formatProblems } from './config.ts';
import { cutValues, strayQuotes } from './slips.ts';

describe('cutValues', () => {
  it.each([
    'PAYLOV_PASSWORD=abc#def',
    'export PAYLOV_PASSWORD = abc#def # and more\r',
    'PAYLOV_PASSWORD=whole\nPAYLOV_PASSWORD=ab c#def',
  ])('names what is cut in %j', (text) => {
    expect(parseEnv(text)['PAYLOV_PASSWORD']).not.toContain('def');
    expect(cutValues(text)).toEqual([
      'PAYLOV_PASSWORD is read only up to its "#": put the value in quotes.',
    ]);
  });

  it.each([
    'PAYLOV_PASSWORD="abc#def"',
    "PAYLOV_PASSWORD='abc#def'",
    'PAYLOV_PASSWORD=abc # a comment',
    'PAYLOV_PASSWORD=# a comment',
    'PAYLOV_PASSWORD=abc#def\nPAYLOV_PASSWORD=whole',
    '# PAYLOV_PASSWORD=abc#def',
    'SOMETHING_ELSE=abc#def',
    '',
  ])('finds nothing in %j', (text) => {
    expect(cutValues(text)).toEqual([]);
  });
});

describe('strayQuotes', () => {
  it.each(['"abc', "abc'", ' `abc '])('says that %j has one', (value) => {
    expect(strayQuotes({ PAYLOV_PASSWORD: value })).toEqual([
      'PAYLOV_PASSWORD has a quotation mark at one end alone, which counts as a part of it.',
    ]);
  });

  it.each(['abc', 'a"c', '"abc"', ''])('finds none at the ends of %j', (value) => {
    expect(strayQuotes({ PAYLOV_PASSWORD: value })).toEqual([]);
  });
});

it('slips are said beside problems, where they may be the reason, and doubts are not', () => {
  const { INPAY_MERCHANT_TOKEN, ...rest } = LIVE;
  const outcome = readSettings({
    ...rest,
    INPAY_MERCHANT_TOKN: INPAY_MERCHANT_TOKEN,
    ADMIN_IDS: 'x',
  });
  if (outcome.kind !== 'invalid') throw new Error('expected problems');
  expect(outcome.warnings).toEqual([
    'INPAY_MERCHANT_TOKN is not a setting and was ignored; did you mean INPAY_MERCHANT_TOKEN?',
  ]);
  expect(formatProblems(outcome.problems, outcome.warnings)).toContain(
    `  ${outcome.warnings[0]}\n`,
  );
});
