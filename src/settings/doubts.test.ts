import { describe, expect, it } from 'vitest';
import { CARD, LIVE, readSettings, type Settings, shopSettings } from '../testing/settings.ts';

const OTHER = '8600 0000 0000 0001';
const warnings = (env: Settings): string[] =>
  readSettings({ ...LIVE, ADMIN_IDS: '1', ...env }).warnings;
const payfer = (number = CARD) => shopSettings('PAYFER', { CARD_NUMBER: number });
const rasmiypay = (number = CARD) =>
  shopSettings('RASMIYPAY', { BASE_URL: 'https://rasmiy.example.com', CARD_NUMBER: number });
const autopaycard = (...numbers: string[]): Settings => ({
  AUTOPAYCARD_API_KEY: 'key',
  AUTOPAYCARD_CARDS: JSON.stringify(
    numbers.map((number) => ({ number, holder: 'A. USER', gmail: 'a@example.com' })),
  ),
});
const shared = (systems: string, across: string): string =>
  `${systems} transfer to the same card ending in 6478: sums are kept apart across ${across}. ` +
  "Which of them a transfer was for can't be told apart: a payment that two of them report is credited once, " +
  'and an owner decides about the second.';

it('says that an order which names nothing that is set up leaves nothing to top up with', () => {
  const hidden = (order: string) =>
    warnings({ ...payfer(), TOPUP_ORDER: order }).filter((each) => each.includes('TOPUP_ORDER'));
  expect(hidden('autopaycard,rasmiypay')).toHaveLength(1);
  expect(hidden('click,payfer')).toEqual([]);
});

it('says of each address that keys travel to it in the open', () => {
  const host = 'http://192.0.2.1';
  const paylov = { PAYLOV_ACCESS_TOKEN: 'token', PAYLOV_BASE_URL: host };
  const env = { ...paylov, ...payfer(), PAYFER_BASE_URL: host, INPAY_BASE_URL: 'http://127.0.0.1' };
  expect(warnings(env)).toEqual([
    'PAYFER_BASE_URL is not an https address: keys travel to it for everybody to read.',
    'PAYLOV_BASE_URL is not an https address: keys travel to it for everybody to read.',
  ]);
});

describe('one card at several systems', () => {
  it.each<[string, Settings, string]>([
    ['two', { ...rasmiypay(), ...autopaycard(CARD) }, shared('RasmiyPay and AutoPayCard', 'both')],
    [
      'three',
      { ...payfer(), ...rasmiypay('8600-4954-7331-6478'), ...autopaycard(OTHER, CARD) },
      shared('Payfer, RasmiyPay, and AutoPayCard', 'all of them'),
    ],
  ])('is said at the start: %s', (_, env, warning) => {
    const found = warnings(env).filter((each) => !each.includes('wrong digit'));
    expect(found).toEqual([warning]);
  });

  it('is not said of different cards, nor in the sandbox', () => {
    const different = { ...payfer(), ...rasmiypay(OTHER) };
    expect(warnings(different).filter((each) => each.includes('same card'))).toEqual([]);
    expect(readSettings({}).warnings).toEqual([]);
  });
});
