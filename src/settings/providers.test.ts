import { describe, expect, it } from 'vitest';
import {
  CARD,
  type Settings,
  TOKEN,
  configOf,
  problemsOf,
  readSettings,
  shopSettings,
} from '../testing/settings.ts';

describe('payment systems', () => {
  it('are needed, at least one, in live mode', () => {
    const [found] = problemsOf({ BOT_TOKEN: TOKEN });
    expect(found?.expected).toMatch(/at least one of inPAY .* Payfer .* RasmiyPay .* AutoPayCard/);
  });

  it.each<[Settings, string[]]>([
    [{ INPAY_MERCHANT_ID: '1' }, ['INPAY_MERCHANT_TOKEN']],
    [{ AUTOPAYCARD_API_KEY: 'key' }, ['AUTOPAYCARD_CARDS']],
    [shopSettings('RASMIYPAY'), ['RASMIYPAY_BASE_URL']],
    [shopSettings('PAYFER', { CARD_HOLDER: '' }), ['PAYFER_CARD_HOLDER']],
  ])('half set are a problem: %j', (env, missing) => {
    const found = problemsOf({ BOT_TOKEN: TOKEN, ...env });
    expect(found.map((problem) => problem.name)).toEqual(missing);
    expect(found.every((problem) => problem.wrong.startsWith('is missing'))).toBe(true);
  });

  it('stay off with an address alone', () => {
    expect(
      configOf({ RASMIYPAY_BASE_URL: 'https://a.example.com' }).providers.rasmiypay,
    ).toBeNull();
  });

  it('want a card number of 16 digits, and warn of a slip in it', () => {
    const live = { BOT_TOKEN: TOKEN, ADMIN_IDS: '1' };
    const short = shopSettings('PAYFER', { CARD_NUMBER: '8600 4954' });
    expect(problemsOf({ ...live, ...short })[0]?.wrong).toBe('does not have 16 digits');
    const slip = shopSettings('PAYFER', { CARD_NUMBER: '8600 4954 7331 6479' });
    expect(problemsOf({ ...live, ...slip })).toEqual([]);
    const { warnings } = readSettings({ ...live, ...slip });
    expect(warnings).toEqual([expect.stringContaining('PAYFER_CARD_NUMBER has a wrong digit')]);
  });

  const card = { number: CARD, holder: 'A. USER', gmail: 'a@example.com' };

  it.each<[string, string, string]>([
    ['text', 'cards', 'is not JSON: look for missing quotes, commas and brackets'],
    ['an object', '{}', 'is not a list: it must begin with "[" and end with "]"'],
    ['nothing', '[]', 'is an empty list'],
    ['a number', '[1]', 'card 1 is not an object in braces'],
    ['no number', '[{"holder":"A","gmail":"a@b.uz"}]', 'card 1 has no "number" in quotes'],
    [
      'a bare number',
      '[{"number":8600,"holder":"A","gmail":"a@b.uz"}]',
      'card 1 has no "number" in quotes',
    ],
    [
      'few digits',
      JSON.stringify([card, { ...card, number: '86' }]),
      'card 2: "number" does not have 16 digits',
    ],
    ['no holder', JSON.stringify([{ ...card, holder: '' }]), 'card 1: "holder" contains no letter'],
    [
      'no mail',
      JSON.stringify([{ ...card, gmail: 'a' }]),
      'card 1 has a "gmail" that is no e-mail address',
    ],
    ['twins', JSON.stringify([card, card]), 'has two cards that end with the same four digits'],
  ])('refuse cards that are %s', (_, cards, wrong) => {
    const found = problemsOf({
      BOT_TOKEN: TOKEN,
      AUTOPAYCARD_API_KEY: 'key',
      AUTOPAYCARD_CARDS: cards,
    });
    expect(found.map((problem) => [problem.name, problem.wrong])).toEqual([
      ['AUTOPAYCARD_CARDS', wrong],
    ]);
  });
});
