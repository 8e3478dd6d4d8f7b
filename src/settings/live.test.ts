import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import {
  LIVE,
  MERCHANT_TOKEN,
  problemsOf,
  readSettings,
  type Settings,
  SHOP_KEY,
  shopSettings,
  TOKEN,
} from '../testing/settings.ts';

const { BOT_TOKEN: _, ...INPAY } = LIVE;
const DOOR = { PUBLIC_URL: 'https://pay.example.com', WEBHOOK_SECRET: 'a-secret-of-the-operator' };
const POSTGRES = { DATABASE_URL: 'postgres://tolov:db-password@host/tolov' };
const PAYLOV = { PAYLOV_ACCESS_TOKEN: 'paylov-access-token' };

describe('settings for real money without BOT_TOKEN', () => {
  it.each<[string, Settings]>([
    ['INPAY_MERCHANT_ID, INPAY_MERCHANT_TOKEN', INPAY],
    [
      'PAYFER_SHOP_ID, PAYFER_SHOP_KEY, PAYFER_CARD_NUMBER, PAYFER_CARD_HOLDER',
      shopSettings('PAYFER'),
    ],
    ['PAYLOV_ACCESS_TOKEN', PAYLOV],
    ['PUBLIC_URL, WEBHOOK_SECRET', DOOR],
    ['DATABASE_URL', POSTGRES],
    ['PAYLOV_ACCESS_TOKEN, DATABASE_URL', { ...PAYLOV, ...POSTGRES, BOT_TOKEN: ' ' }],
  ])('stop the start, and are named: %s', (names, env) => {
    expect(problemsOf(env)).toEqual([
      {
        name: 'BOT_TOKEN',
        wrong: `is missing, although there are settings for real money: ${names}`,
        expected: expect.stringContaining('"npm start -- --sandbox"'),
      },
    ]);
  });

  it('are not what a sandbox can have as well', () => {
    const env = { ADMIN_IDS: '1', PUBLIC_URL: DOOR.PUBLIC_URL, PAYFER_BASE_URL: 'https://a.uz' };
    expect(readSettings(env)).toMatchObject({ kind: 'config', config: { mode: 'sandbox' } });
  });
});

describe('a sandbox that is asked for', () => {
  const sandboxOf = (env: Settings) => readConfig(env, { isTerminal: false, sandbox: true });

  it('comes whatever is set, with a file of its own and without a word of what is for real money', () => {
    const env = {
      ...LIVE,
      ...DOOR,
      ...PAYLOV,
      ...POSTGRES,
      ...shopSettings('PAYFER'),
      TELEGRAM_WEBHOOK: 'true',
      ADMIN_IDS: '1',
    };
    const outcome = sandboxOf(env);
    expect(outcome).toMatchObject({
      kind: 'config',
      config: {
        mode: 'sandbox',
        adminIds: [1],
        database: { engine: 'sqlite', path: 'data/sandbox.db' },
        providers: { inpay: null, payfer: null },
        paylov: null,
      },
    });
    const secrets = [TOKEN, MERCHANT_TOKEN, SHOP_KEY, DOOR.WEBHOOK_SECRET, 'db-password'];
    for (const each of secrets) expect(JSON.stringify(outcome)).not.toContain(each);
    expect(outcome.warnings.join()).toContain('leaves these settings unused: BOT_TOKEN, ');
  });

  it('never takes the file of real money', () => {
    const outcome = sandboxOf({ ...LIVE, DATABASE_URL: 'file:/data/tolov.db' });
    expect(outcome).toMatchObject({ config: { database: { path: 'data/sandbox.db' } } });
  });

  it('is the same as always without settings for real money', () => {
    const env = { DATABASE_URL: 'file:other.db', WEBHOOK_SECRET: 'a-secret-of-the-operator' };
    expect(sandboxOf(env)).toEqual(readSettings(env));
  });
});
