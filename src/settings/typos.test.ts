import { describe, expect, it } from 'vitest';
import { LIVE, type Settings, readSettings } from '../testing/settings.ts';

const warnings = (env: Settings): string[] => readSettings(env).warnings;

describe('warnings', () => {
  it.each([
    [
      'INPAY_MERCHANT_TOKN',
      'INPAY_MERCHANT_TOKN is not a setting and was ignored; did you mean INPAY_MERCHANT_TOKEN?',
    ],
    [
      'TELEGRAM_WEB_HOOK',
      'TELEGRAM_WEB_HOOK is not a setting and was ignored; did you mean TELEGRAM_WEBHOOK?',
    ],
    [
      'WEBHOK_SECRET',
      'WEBHOK_SECRET is not a setting and was ignored; did you mean WEBHOOK_SECRET?',
    ],
    ['PAYFER_SOMETHING_ELSE', 'PAYFER_SOMETHING_ELSE is not a setting and was ignored.'],
  ])('%s is pointed out', (name, warning) => {
    expect(warnings({ [name]: 'value' })).toEqual([warning]);
  });

  it('leave other programs and settings of later alone', () => {
    const env = {
      PATH: '/bin',
      HOSTNAME: 'a',
      TELEGRAM_CLI_HOME: '/',
      PAYLOV_CARD_ID: '1',
      PORTS: '1',
    };
    expect(warnings(env)).toEqual([]);
  });

  it('come with problems too', () => {
    const outcome = readSettings({ INPAY_MERCHANT_ID: '1', INPAY_MERCHANT_TOKEM: 'x' });
    expect(outcome).toMatchObject({
      kind: 'invalid',
      warnings: [expect.stringContaining('did you mean')],
    });
  });

  it('say when nobody owns a live bot, and when keys travel unencrypted', () => {
    expect(warnings(LIVE)).toEqual([
      "ADMIN_IDS is empty: nobody can use the owner's commands and alarms reach nobody.",
    ]);
    expect(
      warnings({ ...LIVE, ADMIN_IDS: '1', INPAY_BASE_URL: 'http://inpay.example.com' }),
    ).toEqual(['INPAY_BASE_URL is not an https address: keys travel to it for everybody to read.']);
  });
});
