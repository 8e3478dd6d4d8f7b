/** What Paylov's document does not show, as it comes over HTTP. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { som } from '../../src/core/money.ts';
import {
  ELECTRICITY,
  ELECTRICITY_ACCOUNT,
  startPaylovSandbox,
  USER,
  type PaylovSandbox,
} from './testing.fixture.ts';

let test: PaylovSandbox;
let token: string;
let id: string;
beforeEach(async () => {
  test = await startPaylovSandbox();
  const { settings } = test.simulated;
  const keys = `${settings['PAYLOV_CONSUMER_KEY']}:${settings['PAYLOV_CONSUMER_SECRET']}`;
  const granted = await call('/merchant/oauth2/token/', {
    authorization: `Basic ${Buffer.from(keys).toString('base64')}`,
    body: {
      grant_type: 'password',
      username: settings['PAYLOV_USERNAME'],
      password: settings['PAYLOV_PASSWORD'],
    },
  });
  token = (granted.body as { access_token: string }).access_token;
  const bill = { serviceId: ELECTRICITY, account: ELECTRICITY_ACCOUNT, amountTiyin: som(500) };
  const created = await test.client.create({ ...bill, userId: USER });
  id = created.kind === 'created' ? created.transactionId : '';
});
afterEach(() => test.close());

interface Answer {
  status: number;
  body: { result?: Record<string, unknown> | null; error?: unknown };
}

async function call(
  path: string,
  options: { body?: object; authorization?: string } = {},
): Promise<Answer> {
  const { body, authorization = `Bearer ${token}` } = options;
  const response = await fetch(test.simulated.url + path, {
    headers: { authorization },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const status = (): Promise<Answer> =>
  call(`/servicePayment/transaction/status/?transactionId=${id}`);

const pay = (): Promise<Answer> =>
  call('/servicePayment/pay/', {
    body: { transactionId: id, cardId: test.operatorCard, userId: USER },
  });

async function words(count: number): Promise<unknown[]> {
  const heard: unknown[] = [];
  for (let i = 0; i < count; i += 1) heard.push((await status()).body.result?.['status']);
  return heard;
}

describe('the simulated Paylov', () => {
  it('shows this merchant’s services alone when asked for them, and takes no other one', async () => {
    const namesOf = async (query: string): Promise<string[]> => {
      const { body } = await call(`/servicePayment/list/${query}`);
      const { services } = body.result as { services: { name: string }[] };
      return services.map(({ name }) => name);
    };
    const [all, mine] = [await namesOf(''), await namesOf('?available_for_me=true')];
    expect(all).toContain('Банковские кредиты');
    expect(all.filter((name) => !mine.includes(name))).toEqual(['Банковские кредиты']);
    const body = {
      service_id: '2b1f0a60-7c54-4f0f-8a56-0d5f6e0c1a0a',
      account: { contract: '1000000001' },
      amount: 5000,
    };
    const refused = await call('/servicePayment/create/', { body });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'permission_denied' } } });
  });

  it('spells its words otherwise', async () => {
    const { simulated } = test;
    simulated.behave(['spelled_words']);
    simulated.resolve(id, 'cancelled');
    const spellings = ['CANCELLED', 'Cancelled ', 'canceled', 'CANCELED'];
    expect(await words(4)).toEqual(spellings);
    simulated.behave([]);
    expect(await words(1)).toEqual(['cancelled']);
  });

  it('has odd things for the sum of what is not paid', async () => {
    test.simulated.behave(['odd_unpaid_sums']);
    const heard: unknown[] = [];
    for (let i = 0; i < 6; i += 1) heard.push((await status()).body.result?.['amount']);
    expect(heard).toEqual(['', null, '-', 0, false, []]);
    test.simulated.resolve(id, 'paid');
    expect((await status()).body.result?.['amount']).toBe(500);
  });

  it('pays and says no more than that it heard', async () => {
    test.simulated.behave(['accepted_only']);
    expect(await pay()).toEqual({ status: 202, body: { result: { transactionId: id } } });
    expect(test.simulated.transactions()).toMatchObject([{ id, state: 'paid' }]);
  });

  it('pays and adds a status that is none', async () => {
    test.simulated.behave(['odd_pay_status']);
    const { status: code, body } = await pay();
    expect(code).toBe(200);
    expect(body.result).toMatchObject({ transactionId: id, status: false });
    expect(test.simulated.transactions()).toMatchObject([{ id, state: 'paid' }]);
  });

  it('hides its errors', async () => {
    test.simulated.behave(['odd_errors']);
    await call('/servicePayment/pay/', { body: {} });
    const nested = await call('/servicePayment/pay/', { body: {} });
    expect(nested.body).toMatchObject({
      error: { details: { error: { code: 'field_required' } } },
    });
    const beside = await call('/servicePayment/pay/', { body: {} });
    expect(beside.body).toMatchObject({ result: null, error: { code: 'field_required' } });
  });

  it('lists a row nobody can read', async () => {
    test.simulated.resolve(id, 'paid');
    test.simulated.behave(['odd_rows']);
    for (const row of [null, 'row', { id: null, amount: '-' }]) {
      const { body } = await call('/servicePayment/transaction/all');
      expect(body.result?.['transactions']).toMatchObject([row, { id }]);
    }
  });
});
