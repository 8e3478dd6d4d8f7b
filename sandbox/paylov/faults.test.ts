/** What goes wrong on the way, and what the real client makes of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PAYLOV_PROBLEMS, type PaylovErrorCode } from '../../src/bills/paylov/errors.ts';
import { som } from '../../src/core/money.ts';
import {
  ELECTRICITY,
  ELECTRICITY_ACCOUNT,
  linkCard,
  startPaylovSandbox,
  USER,
  type PaylovSandbox,
} from './testing.fixture.ts';

const bill = {
  serviceId: ELECTRICITY,
  account: ELECTRICITY_ACCOUNT,
  amountTiyin: som(50_000),
  userId: USER,
};

let test: PaylovSandbox;
let id: string;
let floatBefore: number;
beforeEach(async () => {
  test = await startPaylovSandbox();
  const outcome = await test.client.create(bill);
  id = outcome.kind === 'created' ? outcome.transactionId : '';
  floatBefore = test.simulated.floatTiyin();
});
afterEach(() => test.close());

const pay = () => test.client.pay({ transactionId: id, cardId: test.operatorCard, userId: USER });
const spent = (): number => floatBefore - test.simulated.floatTiyin();

describe('pay', () => {
  it.each([
    ['down', 'network', 'created'],
    ['drop_before', 'network', 'created'],
    ['drop_after', 'network', 'paid'],
    ['garbage', 'bad_answer', 'paid'],
    ['html', 'bad_answer', 'created'],
    ['rate_limited', 'unclear_error', 'created'],
    ['error', 'server_error', 'created'],
  ] as const)('under %s is unknown (%s), and the status is %s', async (kind, cause, status) => {
    test.simulated.fault({ kind, method: 'pay', times: 1 });
    expect(await pay()).toMatchObject({ kind: 'unknown', cause });
    expect(await test.client.status(id)).toMatchObject({ kind: 'status', status });
    expect(spent()).toBe(status === 'paid' ? som(50_000) : 0);
    expect(test.simulated.transactions()[0]!.payCalls).toBeLessThanOrEqual(1);
  });

  it('that hangs is unknown, and may be paid later', async () => {
    test.simulated.fault({ kind: 'slow', method: 'pay', times: 1, delayMs: 45_000 });
    const before = test.simulated.requests().length;
    const outcome = pay();
    while (test.simulated.requests().length === before) await new Promise(setImmediate);
    test.clock.advance(30_000);
    expect(await outcome).toEqual({ kind: 'unknown', cause: 'timeout' });
    expect(await test.client.status(id)).toMatchObject({ status: 'created' });
    test.clock.advance(15_000);
    while (spent() === 0) await new Promise(setImmediate);
    expect(await test.client.status(id)).toMatchObject({ status: 'paid' });
    expect(spent()).toBe(som(50_000));
  });

  it('answers every documented error when told to, and does nothing then', async () => {
    expect(test.simulated.errors.length).toBeGreaterThanOrEqual(26);
    for (const code of test.simulated.errors as PaylovErrorCode[]) {
      test.simulated.fault({ kind: 'error', code, method: 'pay', times: 1 });
      expect(await pay()).toMatchObject({ kind: PAYLOV_PROBLEMS[code].afterPay });
    }
    expect(spent()).toBe(0);
    expect(() => test.simulated.fault({ kind: 'error', code: 'none' })).toThrow('none');
  });
});

describe('the truth', () => {
  it.each([
    ['paid', som(50_000)],
    ['cancelled', 0],
    ['created', 0],
  ] as const)('can be that it is %s', async (state, expected) => {
    test.simulated.fault({ kind: 'drop_after', method: 'pay', times: 1 });
    await pay();
    expect(test.simulated.resolve(id, state)).toMatchObject({ id, state });
    expect(await test.client.status(id)).toMatchObject({ status: state });
    expect(spent()).toBe(expected);
    test.simulated.resolve(id, state);
    expect(spent()).toBe(expected);
  });

  it('of a transaction that was never paid costs the operator’s card', async () => {
    test.simulated.resolve(id, 'paid');
    expect(spent()).toBe(som(50_000));
    expect(await pay()).toEqual({ kind: 'already_paid' });
    test.simulated.resolve(id, 'cancelled');
    expect(await pay()).toMatchObject({
      kind: 'unknown',
      code: 'transaction_not_available_for_payment',
    });
    expect(() => test.simulated.resolve('none', 'paid')).toThrow('none');
  });
});

describe('other calls', () => {
  it('are problems, and work again afterwards', async () => {
    const { client, simulated } = test;
    const day = { beginDate: '2026-05-16', endDate: '2026-05-16' };
    const calls: [string, () => Promise<{ kind: string }>][] = [
      ['list', () => client.services()],
      ['fields', () => client.fields(ELECTRICITY)],
      ['info', () => client.info(bill)],
      ['status', () => client.status(id)],
      ['transactions', () => client.transactions(day)],
      ['getAllUserCards', () => client.listCards(USER)],
    ];
    const expectations = [
      ['down', 'network'],
      ['garbage', 'bad_answer'],
      ['html', 'bad_answer'],
      ['rate_limited', 'rate_limited'],
      ['error', 'server_error'],
    ] as const;
    for (const [method, call] of calls) {
      await call();
      for (const [kind, code] of expectations) {
        simulated.fault({ kind, method, times: 1 });
        expect(await call()).toMatchObject({ kind: 'problem', code });
        expect((await call()).kind).not.toBe('problem');
      }
    }
  });

  it('of create leave a transaction nobody pays', async () => {
    test.simulated.fault({ kind: 'drop_after', method: 'create', times: 1 });
    expect(await test.client.create(bill)).toEqual({ kind: 'no_answer', cause: 'network' });
    expect(test.simulated.transactions()).toMatchObject([{ id }, { state: 'created' }]);
    expect(spent()).toBe(0);
  });

  it('wait for a token that is not given', async () => {
    test.clock.advance(3_600_000);
    test.simulated.fault({ kind: 'error', method: 'token', times: 2 });
    expect(await pay()).toMatchObject({ kind: 'not_sent', problem: { code: 'server_error' } });
    expect(await test.client.status(id)).toMatchObject({ code: 'server_error' });
    expect(await pay()).toMatchObject({ kind: 'paid' });
  });
});

describe('what is seen', () => {
  it('is events and requests without secrets', async () => {
    const seen: string[] = [];
    const forget = test.simulated.on(({ kind }) => seen.push(kind));
    await linkCard(test);
    await pay();
    expect(seen).toEqual(['sms', 'card_linked', 'paid']);
    forget();
    test.simulated.resolve(id, 'cancelled');
    expect(seen).toHaveLength(3);
    const requests = test.simulated.requests();
    expect(requests.at(-1)).toMatchObject({ method: 'POST', call: 'pay', status: 200 });
    const text = JSON.stringify(requests);
    const { PAYLOV_BASE_URL: _url, ...secrets } = test.simulated.settings;
    expect(Object.values(secrets).filter((value) => text.includes(value))).toEqual([]);
    expect(text).not.toContain(test.simulated.lastCode(USER));
  });

  it('is a float that was set', () => {
    test.simulated.setFloat(som(1));
    expect(test.simulated.floatTiyin()).toBe(100);
    expect(() => test.simulated.setFloat(0.5)).toThrow('tiyin');
    expect(() => test.simulated.setCardBalance('none', 1)).toThrow('none');
  });
});
