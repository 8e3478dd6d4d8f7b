import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { SETTINGS } from './settings.ts';
import {
  LIVE,
  MERCHANT_TOKEN,
  SHOP_KEY,
  type Settings,
  TOKEN,
  configOf,
  problemsOf,
  shopSettings,
} from '../testing/settings.ts';

const AGE_RECIPIENT = 'age1kw3qrdfe5utrhe88srj6nt4e6l0pga9kxala0m5jchrw4rv4vcvss7ketg';

describe('SUPPORT_CONTACT', () => {
  it.each([
    ['@tolov_help', { shown: '@tolov_help', url: 'https://t.me/tolov_help' }],
    ['+998 90 123 45 67', { shown: '+998 90 123-45-67', url: null }],
    [
      'https://example.com/help',
      { shown: 'https://example.com/help', url: 'https://example.com/help' },
    ],
  ])('may be %s', (given, contact) => {
    expect(configOf({ SUPPORT_CONTACT: given }).support.contact).toEqual(contact);
  });

  it.each(['tolov_help', '@a', 'http://example.com', '12345'])('is no %s', (given) => {
    const outcome = readConfig({ SUPPORT_CONTACT: given }, { isTerminal: false });
    expect(outcome).toMatchObject({ kind: 'invalid', problems: [{ name: 'SUPPORT_CONTACT' }] });
  });
});

describe('QUIET_HOURS', () => {
  it('go from the evening to the morning', () => {
    expect(configOf({ QUIET_HOURS: '22-8' }).quietHours).toEqual({ from: 22, until: 8 });
  });

  it.each(['9-21', '22-5', '22-13', '24-9', '21', '21-9-3', '-'])('are never %s', (given) => {
    const outcome = readConfig({ QUIET_HOURS: given }, { isTerminal: false });
    expect(outcome).toMatchObject({ kind: 'invalid', problems: [{ name: 'QUIET_HOURS' }] });
  });
});

describe('defaults', () => {
  it('without anything are a sandbox on this machine with a file of its own', () => {
    expect(configOf({})).toEqual({
      mode: 'sandbox',
      telegram: { token: '', apiRoot: 'https://api.telegram.org', webhook: false },
      adminIds: [],
      staff: {
        operatorIds: [],
        viewerIds: [],
        operatorLimitTiyin: 50_000_000,
        dualControlAboveTiyin: null,
      },
      adminChatId: null,
      support: { contact: null, answerWithinMs: 3_600_000 },
      quietHours: { from: 21, until: 9 },
      database: { engine: 'sqlite', path: 'data/sandbox.db' },
      backup: { dir: 'data/backups', keepDays: 7, ageRecipient: null, toOwners: false },
      http: {
        host: '127.0.0.1',
        port: 8080,
        publicUrl: null,
        webhookSecret: null,
        metricsToken: null,
        trustProxy: false,
      },
      log: { level: 'info', format: 'json' },
      defaultLanguage: 'uz',
      pollCron: '*/10 * * * * *',
      topups: {
        minTiyin: 100_000,
        maxTiyin: 1_000_000_000,
        presetsTiyin: [1_000_000, 5_000_000, 10_000_000, 50_000_000],
        ways: ['click', 'payme', 'payfer', 'rasmiypay', 'autopaycard', 'inpay'],
        ttlMs: null,
        latePaymentMs: 72 * 3_600_000,
        uniqueTailMax: 999,
        quarantineMs: 3_600_000,
      },
      paylov: null,
      providers: { inpay: null, payfer: null, rasmiypay: null, autopaycard: null },
    });
  });

  it('with a token are live, open to the network, with the real file', () => {
    expect(configOf(LIVE)).toMatchObject({
      mode: 'live',
      telegram: { token: TOKEN },
      database: { engine: 'sqlite', path: 'data/tolov.db' },
      http: { host: '0.0.0.0' },
      providers: {
        inpay: { baseUrl: 'https://inpay.uz/api/v1', merchantId: '1353', requestsPerHour: 100 },
        payfer: null,
      },
    });
  });

  it('hold for empty and blank settings too', () => {
    const blank = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, ' ']));
    expect(configOf(blank)).toEqual(configOf({}));
  });

  it('are pretty logs on a terminal, unless told otherwise', () => {
    expect(readConfig({}, { isTerminal: true })).toMatchObject({
      config: { log: { format: 'pretty' } },
    });
    expect(readConfig({ LOG_FORMAT: 'json' }, { isTerminal: true })).toMatchObject({
      config: { log: { format: 'json' } },
    });
  });

  it('of presets leave out sums outside the limits', () => {
    const { topups } = configOf({ TOPUP_MIN: '20000', TOPUP_MAX: '100000' });
    expect(topups.presetsTiyin).toEqual([5_000_000, 10_000_000]);
  });

  it('are what .env.example says, and it names every setting', () => {
    const example = parseEnv(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8'));
    expect(Object.keys(example).toSorted()).toEqual(Object.keys(SETTINGS).toSorted());
    expect(configOf(example)).toEqual(configOf({}));
  });
});

describe('values', () => {
  it.each<[Settings, object]>([
    [{ ADMIN_IDS: '1, 22,1' }, { adminIds: [1, 22] }],
    [{ ADMIN_CHAT_ID: '-1001234567890' }, { adminChatId: -1_001_234_567_890 }],
    [{ PORT: '0' }, { http: { port: 0 } }],
    [{ HOST: '::' }, { http: { host: '::' } }],
    [{ DATABASE_URL: 'file:other.db' }, { database: { path: 'other.db' } }],
    [{ DATABASE_URL: 'file:/data/tolov.db' }, { database: { path: '/data/tolov.db' } }],
    [{ DATABASE_URL: 'file:///data/tolov.db' }, { database: { path: '/data/tolov.db' } }],
    [
      { TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/' },
      { telegram: { apiRoot: 'http://127.0.0.1:8081' } },
    ],
    [{ DEFAULT_LANGUAGE: 'uz-Cyrl' }, { defaultLanguage: 'uz-Cyrl' }],
    [{ LOG_LEVEL: 'debug' }, { log: { level: 'debug' } }],
    [{ POLL_CRON: '*/5 * * * *' }, { pollCron: '*/5 * * * *' }],
    [
      { TOPUP_MIN: '1', TOPUP_PRESETS: '5, 7' },
      { topups: { minTiyin: 100, presetsTiyin: [500, 700] } },
    ],
    [{ ORDER_TTL_MINUTES: '5' }, { topups: { ttlMs: 300_000 } }],
    [{ LATE_PAYMENT_HOURS: '1' }, { topups: { latePaymentMs: 3_600_000 } }],
    [{ AMOUNT_QUARANTINE_MINUTES: '10' }, { topups: { quarantineMs: 600_000 } }],
    [{ DATABASE_URL: 'file:/srv/pay.db' }, { backup: { dir: '/srv/backups' } }],
    [
      { BACKUP_DIR: '/mnt/copies', BACKUP_KEEP: '30' },
      { backup: { dir: '/mnt/copies', keepDays: 30 } },
    ],
    [
      { BACKUP_AGE_RECIPIENT: AGE_RECIPIENT, BACKUP_TO_ADMIN: 'true' },
      { backup: { ageRecipient: AGE_RECIPIENT, toOwners: true } },
    ],
    [{ TRUST_PROXY: 'true' }, { http: { trustProxy: true } }],
    [{ ADMIN_IDS: '1,22 ,' }, { adminIds: [1, 22] }],
    [{ DATABASE_URL: 'file: data/other.db' }, { database: { path: 'data/other.db' } }],
    [{ LOG_LEVEL: 'INFO', LOG_FORMAT: 'Json' }, { log: { level: 'info', format: 'json' } }],
    [{ DEFAULT_LANGUAGE: 'UZ-CYRL' }, { defaultLanguage: 'uz-Cyrl' }],
    ...['merchant', '/merchant/', '/Merchant'].map((prefix): [Settings, object] => [
      { ...LIVE, PAYLOV_ACCESS_TOKEN: 'token', PAYLOV_SERVICE_PREFIX: prefix },
      { paylov: { client: { servicePrefix: '/merchant' } } },
    ]),
    [{ METRICS_TOKEN: 'abc' }, { http: { metricsToken: 'abc' } }],
  ])('%j is read', (env, expected) => {
    expect(configOf(env)).toMatchObject(expected);
  });

  it.each([
    ['true', true],
    ['1', true],
    ['TRUE', true],
    ['false', false],
    ['0', false],
  ])('TELEGRAM_WEBHOOK=%s is %s', (value, expected) => {
    const env = { ...LIVE, PUBLIC_URL: 'https://pay.example.com', WEBHOOK_SECRET: 'a'.repeat(16) };
    expect(configOf({ ...env, TELEGRAM_WEBHOOK: value }).telegram.webhook).toBe(expected);
  });

  it.each([
    'https://pay.example.com',
    'http://127.0.0.1:8080',
    'http://localhost',
    'http://[::1]:1',
  ])('PUBLIC_URL=%s is accepted', (url) => {
    const { http } = configOf({
      ...LIVE,
      PUBLIC_URL: `${url}/`,
      WEBHOOK_SECRET: 'a_B-5678901234567',
    });
    expect(http).toMatchObject({ publicUrl: url, webhookSecret: 'a_B-5678901234567' });
  });

  it.each([
    ['age1abc', 'is not a public key of age'],
    [AGE_RECIPIENT.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q')), 'check digits do not fit'],
    ['AGE-SECRET-KEY-1QQQQQQQQQQ', 'must not stand on this machine'],
  ])('BACKUP_AGE_RECIPIENT=%s is refused', (value, words) => {
    const [problem] = problemsOf({ BACKUP_AGE_RECIPIENT: value });
    expect(problem?.wrong).toContain(words);
    expect(problem?.wrong).not.toContain('QQQ');
  });

  it('never let a copy leave the machine unencrypted', () => {
    expect(problemsOf({ BACKUP_TO_ADMIN: 'true' })).toMatchObject([
      { name: 'BACKUP_AGE_RECIPIENT', wrong: 'is missing, although BACKUP_TO_ADMIN is true' },
    ]);
  });

  it('of all payment systems together', () => {
    const cards = [{ number: '8600-4954-7331-6478', holder: ' A. USER', gmail: 'a@example.com' }];
    const { providers } = configOf({
      ...LIVE,
      INPAY_REQUESTS_PER_HOUR: '50',
      ...shopSettings('PAYFER'),
      ...shopSettings('RASMIYPAY', { BASE_URL: 'https://rasmiy.example.com/' }),
      AUTOPAYCARD_API_KEY: 'key',
      AUTOPAYCARD_CARDS: JSON.stringify(cards),
    });
    const common = {
      shopId: 'shop_1',
      shopKey: SHOP_KEY,
      cardNumber: '8600495473316478',
      cardHolder: 'A. USER',
    };
    expect(providers).toEqual({
      inpay: {
        baseUrl: 'https://inpay.uz/api/v1',
        merchantId: '1353',
        merchantToken: MERCHANT_TOKEN,
        requestsPerHour: 50,
      },
      payfer: { ...common, baseUrl: 'https://api.payfer.uz' },
      rasmiypay: { ...common, baseUrl: 'https://rasmiy.example.com' },
      autopaycard: {
        baseUrl: 'https://api.autopaycard.uz',
        apiKey: 'key',
        cards: [{ number: '8600495473316478', holder: 'A. USER', gmail: 'a@example.com' }],
        subscriptionPath: '/api/subscription',
      },
    });
  });
});
