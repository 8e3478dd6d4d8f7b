import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatProblems } from './config.ts';
import {
  CARD,
  LIVE,
  MERCHANT_TOKEN,
  SHOP_KEY,
  type Settings,
  TOKEN,
  problemsOf,
  readSettings,
} from '../testing/settings.ts';
import { SETTINGS } from './settings.ts';

describe('a wrong setting', () => {
  it.each<[Settings, string]>([
    [{ PORT: '65536' }, '"65536" is more than 65535'],
    [{ PORT: '80a' }, '"80a" is not a whole number'],
    [{ PORT: '-1' }, '"-1" is less than 0'],
    [{ HOST: 'a b' }, 'not a host name'],
    [{ ADMIN_IDS: '1,owner' }, '"1,owner" is not a whole number'],
    [{ ADMIN_IDS: '0' }, 'less than 1'],
    [{ ADMIN_IDS: ',' }, 'not a whole number'],
    [{ ADMIN_IDS: '1,,2' }, 'not a whole number'],
    [{ PAYLOV_SERVICE_PREFIX: '/servicePayment' }, 'is not one of these'],
    [{ ADMIN_CHAT_ID: '@channel' }, 'not a whole number'],
    [{ TELEGRAM_WEBHOOK: 'yes' }, '"yes" is neither true nor false'],
    [{ DATABASE_URL: 'postgres://user:pw12345@host', ...LIVE }, 'names no database'],
    [{ DATABASE_URL: 'postgresql:///db', ...LIVE }, 'names no host'],
    [{ DATABASE_URL: 'postgres://[host/db', ...LIVE }, 'is not a PostgreSQL address'],
    [{ DATABASE_URL: 'data/tolov.db' }, 'does not begin with "file:"'],
    [{ DATABASE_URL: 'file:' }, 'does not name a file'],
    [{ DATABASE_URL: 'file::memory:' }, 'not just the path of a file'],
    [{ DATABASE_URL: 'file:~/tolov.db' }, 'begins with "~"'],
    [{ BACKUP_DIR: '~/copies' }, 'begins with "~"'],
    [{ DATABASE_URL: 'file:a.db?mode=ro' }, 'not just the path of a file'],
    [{ DATABASE_URL: 'file://host/a.db' }, 'names a host'],
    [{ LOG_LEVEL: 'loud' }, 'not one of these'],
    [{ LOG_FORMAT: 'xml' }, 'not one of these'],
    [{ DEFAULT_LANGUAGE: 'de' }, 'not one of these'],
    [{ POLL_CRON: 'every minute' }, 'not a cron expression'],
    [{ POLL_CRON: '61 * * * * *' }, 'not a cron expression'],
    [{ POLL_CRON: '0 0 5 1 1#3' }, 'that comes due'],
    [{ TOPUP_MIN: '1000.5' }, 'not a whole number'],
    [{ TOPUP_MAX: '1e9' }, 'not a whole number'],
    [{ TOPUP_MAX: '99999999999999' }, 'is more than 10000000000000'],
    [{ TOPUP_MAX: '500' }, 'smallest would be 1000, the largest 500'],
    [{ TOPUP_PRESETS: '10000,x' }, 'not a whole number'],
    [{ TOPUP_PRESETS: '10000,500' }, 'nobody could pay'],
    [{ TOPUP_PRESETS: Array.from({ length: 13 }, (_, i) => 1000 + i).join() }, 'more than 12'],
    [{ ORDER_TTL_MINUTES: '0' }, 'less than 1'],
    [{ LATE_PAYMENT_HOURS: '721' }, 'more than 720'],
    [{ UNIQUE_TAIL_MAX: '0' }, 'less than 1'],
    [{ AMOUNT_QUARANTINE_MINUTES: '-1' }, 'less than 10'],
    [{ AMOUNT_QUARANTINE_MINUTES: '0' }, 'less than 10'],
    [{ AMOUNT_QUARANTINE_MINUTES: '9' }, 'less than 10'],
    [{ TELEGRAM_API_ROOT: 'api.telegram.org' }, 'not an address'],
    [{ INPAY_BASE_URL: 'ftp://inpay.uz' }, 'not an http or https address'],
    [{ PAYFER_BASE_URL: 'https://api.payfer.uz/api?method=' }, 'contains "?"'],
    [{ AUTOPAYCARD_BASE_URL: 'https://u:p@api.autopaycard.uz' }, 'user name or a password'],
    [{ AUTOPAYCARD_SUBSCRIPTION_PATH: 'api/subscription' }, 'not a path'],
    [{ INPAY_REQUESTS_PER_HOUR: '0' }, 'less than 1'],
    [{ METRICS_TOKEN: '"quoted"' }, 'wrapped in quotes'],
  ])('%j is refused', (env, wrong) => {
    const [found, ...others] = problemsOf(env);
    expect(others).toEqual([]);
    expect(found?.name).toBe(Object.keys(env)[0]);
    expect(found?.wrong).toContain(wrong);
    expect(found?.expected).not.toBe('');
  });

  it.each<[string, Settings]>([
    ['TOPUP_MIN', { TOPUP_MIN: '20000000' }],
    ['BOT_TOKEN', { ...LIVE, BOT_TOKEN: 'my-bot' }],
    [
      'PUBLIC_URL',
      { ...LIVE, PUBLIC_URL: 'http://pay.example.com', WEBHOOK_SECRET: 'a'.repeat(16) },
    ],
    ['WEBHOOK_SECRET', { ...LIVE, PUBLIC_URL: 'https://pay.example.com' }],
    [
      'WEBHOOK_SECRET',
      { ...LIVE, PUBLIC_URL: 'https://pay.example.com', WEBHOOK_SECRET: 'a'.repeat(15) },
    ],
    ['WEBHOOK_SECRET', { WEBHOOK_SECRET: 'sixteen-chars-:-' }],
    ['PUBLIC_URL', { TELEGRAM_WEBHOOK: '1', WEBHOOK_SECRET: 'a'.repeat(16) }],
  ])('%s is named', (name, env) => {
    expect(problemsOf(env).map((problem) => problem.name)).toEqual([name]);
  });

  it('is listed with all others, each on its own', () => {
    const found = problemsOf({
      ...LIVE,
      PORT: 'x',
      TELEGRAM_WEBHOOK: 'true',
      PAYFER_SHOP_ID: '1',
      WEBHOOK_SECRET: 'short12',
    });
    expect(found.map(({ name, wrong }) => `${name} ${wrong}`)).toEqual([
      'PUBLIC_URL is missing, although TELEGRAM_WEBHOOK is true',
      'PORT "x" is not a whole number',
      'WEBHOOK_SECRET is too short (7 characters)',
      'PAYFER_SHOP_KEY is missing, although PAYFER_SHOP_ID is set',
      'PAYFER_CARD_NUMBER is missing, although PAYFER_SHOP_ID is set',
      'PAYFER_CARD_HOLDER is missing, although PAYFER_SHOP_ID is set',
    ]);
    const message = formatProblems(found);
    expect(message).toContain('6 problems');
    for (const { name, expected } of found) {
      expect(message).toContain(`  ${name}: `);
      expect(message).toContain(`Expected: ${expected}.`);
    }
  });

  it('never shows a secret, wherever it was put', () => {
    const secrets = [TOKEN, MERCHANT_TOKEN, SHOP_KEY, CARD, '8600495473316478'];
    const env = { ...LIVE, PAYFER_SHOP_KEY: SHOP_KEY, PAYFER_CARD_NUMBER: CARD };
    const names = Object.keys(SETTINGS);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...secrets)), {
          maxLength: 8,
        }),
        fc.constantFrom('', '"', ' x', '@'),
        (misplaced, extra) => {
          const moved = Object.fromEntries(misplaced.map(([name, value]) => [name, value + extra]));
          const outcome = readSettings({ ...env, WEBHOOK_SECRET: 'w-secret', ...moved });
          if (outcome.kind !== 'invalid') throw new Error('expected problems');
          const printed = formatProblems(outcome.problems) + outcome.warnings.join('\n');
          for (const secret of secrets) expect(printed).not.toContain(secret);
        },
      ),
    );
  });
});
