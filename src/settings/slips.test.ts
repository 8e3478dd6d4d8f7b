import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { LIVE, readSettings } from '../testing/settings.ts';
import { formatProblems } from './config.ts';
import { cutValues, repeatedNames, strayQuotes, swallowedNames } from './slips.ts';

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

describe('repeatedNames', () => {
  it('says which lines have a name, and that the last one counts', () => {
    const text = 'ADMIN_IDS=1\nPORT=80\r\nADMIN_IDS=2\nexport PORT = 81\n';
    expect(repeatedNames(text)).toEqual([
      'ADMIN_IDS stands in lines 1, 3: the last one counts. Leave one.',
      'PORT stands in lines 2, 4: the last one counts. Leave one.',
    ]);
  });

  it('also where that one is empty, as in the example further down', () => {
    expect(repeatedNames('METRICS_TOKEN=mine\n\nMETRICS_TOKEN=\n')).toEqual([
      'METRICS_TOKEN stands in lines 1, 3: the last one counts, and is empty. Leave one.',
    ]);
  });

  it.each([
    'PORT=80\nPORT="80"\r\n',
    'PORT=\nPORT=80\n',
    '#PORT=81\nPORT=80\n',
    'NEITHER=1\nNEITHER=2',
  ])('finds nothing in %j', (text) => {
    expect(repeatedNames(text)).toEqual([]);
  });
});

it('a value whose quotation mark ends lines later is named, since it takes these with it', () => {
  const text = 'PAYFER_CARD_HOLDER="ALI\nADMIN_IDS=1\nSUPPORT_CONTACT="@ali"\n';
  expect(parseEnv(text)['ADMIN_IDS']).toBeUndefined();
  expect(swallowedNames(text)).toEqual([
    'PAYFER_CARD_HOLDER has a quotation mark that is closed lines later: ADMIN_IDS, SUPPORT_CONTACT became a part of it.',
  ]);
  expect(
    swallowedNames('AUTOPAYCARD_CARDS=\'[{"number":"1"},\n{"number":"2"}]\'\nADMIN_IDS=1\n'),
  ).toEqual([]);
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
