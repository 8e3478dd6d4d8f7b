/** Every call on every path of failure: what comes out, and what is warned of, has no secret in it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json, type Reply } from '../../providers/testing.fixture.ts';
import { PAYLOV_ERROR_CODES, PAYLOV_PROBLEMS } from './errors.ts';
import { KEYS, startPaylovTest, type PaylovTest } from './testing.fixture.ts';

const OTP = '730519';
const NUMBER = '8600 1234 5678 9017';
const PHONE = '+998 90 765 43 21';
const BASIC = Buffer.from(`${KEYS.consumerKey}:${KEYS.consumerSecret}`).toString('base64');

/** In the ways in which a provider might repeat them. */
const SECRETS = [
  KEYS.consumerKey,
  KEYS.consumerSecret,
  KEYS.password,
  BASIC,
  'marked-access-1',
  'marked-refresh-1',
  'marked-access-2',
  'marked-refresh-2',
  OTP,
  NUMBER,
  '8600123456789017',
  '8600-1234-5678-9017',
  '+998907654321',
  '998907654321',
  '907654321',
];
const ECHO = SECRETS.join(' | ');

let test: PaylovTest;
beforeEach(async () => {
  test = await startPaylovTest();
});
afterEach(() => test.close());

const CALLS: Readonly<Record<string, () => Promise<unknown>>> = {
  services: () => test.paylov.services(),
  fields: () => test.paylov.fields('service'),
  status: () => test.paylov.status('transaction'),
  transactions: () =>
    test.paylov.transactions({ beginDate: '2026-05-15', endDate: '2026-05-16', userId: 'tg_1' }),
  listCards: () => test.paylov.listCards('tg_1'),
  removeCard: () => test.paylov.removeCard('card'),
};

/** Those that send secrets of their own. */
const SECRET_CALLS: Readonly<Record<string, () => Promise<unknown>>> = {
  pay: () => test.paylov.pay({ transactionId: 'x', cardId: 'card', userId: 'tg_1', otp: OTP }),
  startLinking: () =>
    test.paylov.startLinking({ userId: 'tg_1', number: NUMBER, expiry: '12/28', phone: PHONE }),
  confirmLinking: () => test.paylov.confirmLinking({ userId: 'tg_1', linkId: 'x', code: OTP }),
};

const REPLIES: Reply[] = [
  // First, so that the second token is known when it is repeated.
  json({ detail: 'no' }, 401),
  ...PAYLOV_ERROR_CODES.map((code) => json({ error: { code, message: ECHO } }, 400)),
  json({ error: { code: ECHO, message: ECHO, details: { code: ECHO, message: [ECHO] } } }, 400),
  json({ result: null, error: ECHO }),
  json({ detail: ECHO }, 403),
  json({ detail: ECHO }, 401),
  json({ error: { message: ECHO } }, 500),
  json({ result: { [ECHO]: ECHO } }),
  json({ result: { data: [{ name: ECHO, service_id: ECHO, fields: [{ name: ECHO }] }] } }),
  { status: 200, body: `<h1>${ECHO}</h1>` },
  { status: 302, body: ECHO, headers: { location: 'http://127.0.0.1/?token=marked-access-1' } },
  { status: 429, body: ECHO },
  'drop',
  'drop_body',
];

/** Which of the secrets that this call knows stand in what came of it. */
function leaks(outcomes: unknown[], secrets: readonly string[]): string[] {
  const text = JSON.stringify({ outcomes, warnings: test.warnings });
  return secrets.filter((secret) => text.includes(secret));
}

const LASTING = SECRETS.slice(0, 8);

describe('secrets', () => {
  it.each(Object.keys(CALLS))('of the operator do not come out of %s', async (name) => {
    const outcomes: unknown[] = [];
    for (const reply of REPLIES) {
      test.answer(reply);
      outcomes.push(await CALLS[name]!());
    }
    expect(leaks(outcomes, LASTING)).toEqual([]);
    // Long numbers are somebody's card or phone, whoever's.
    expect(leaks(outcomes, ['8600123456789017', NUMBER, '+998907654321'])).toEqual([]);
  });

  const own: Readonly<Record<string, string[]>> = {
    pay: [OTP],
    startLinking: SECRETS.slice(9),
    confirmLinking: [OTP],
  };

  it.each(Object.keys(SECRET_CALLS))('of the user do not come out of %s', async (name) => {
    const outcomes: unknown[] = [];
    for (const reply of REPLIES) {
      test.answer(reply);
      outcomes.push(await SECRET_CALLS[name]!());
    }
    expect(outcomes).toHaveLength(REPLIES.length);
    expect(JSON.stringify(outcomes)).toContain('[secret]');
    expect(leaks(outcomes, [...LASTING, ...own[name]!])).toEqual([]);
  });

  it('do not come out when the token is refused', async () => {
    const outcomes: unknown[] = [];
    for (const reply of REPLIES) {
      test.loopback.serve(() => reply);
      outcomes.push(await test.paylov.services(), await SECRET_CALLS['pay']!());
    }
    expect(JSON.stringify(outcomes)).toContain('[secret]');
    const keys = [KEYS.consumerKey, KEYS.consumerSecret, KEYS.password, BASIC];
    expect(leaks(outcomes, keys)).toEqual([]);
  });

  it('are not in addresses', async () => {
    for (const call of [...Object.values(CALLS), ...Object.values(SECRET_CALLS)]) await call();
    const text = JSON.stringify(test.loopback.requests.map(({ path }) => path));
    expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  });
});

describe('the table of problems', () => {
  it('has the operator act on what only the operator can mend', () => {
    const acting = Object.entries(PAYLOV_PROBLEMS).filter(
      ([, { operatorMustAct }]) => operatorMustAct,
    );
    expect(acting.map(([code]) => code)).toEqual([
      'merchant_not_available',
      'permission_denied',
      'ip_not_allowed',
      'terminal_does_not_exist',
      'wrong_keys',
    ]);
  });

  it('says whose card it is about', () => {
    const about = Object.entries(PAYLOV_PROBLEMS).filter(
      ([, traits]) => traits.concerns === 'card' && traits.afterPay === 'refused',
    );
    expect(about.map(([code]) => code)).toEqual([
      'card_not_found',
      'card_is_blocked',
      'card_expired',
      'sms_not_active',
      'daily_limit_used_for_this_card',
      'insufficient_funds',
      'card_not_found_in_processing_center',
      'card_is_blocked_in_processing_center',
      'card_is_not_activated',
      'invalid_card_token',
    ]);
  });
});
