import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpJson, startSandboxTest, type SandboxTest } from './testing.fixture.ts';

let test: SandboxTest;
beforeEach(async () => {
  test = await startSandboxTest();
});
afterEach(() => test.close());

const env = (name: string): string => test.world.settings[name] ?? '';

const post = (path: string, body: object, key = env('AUTOPAYCARD_API_KEY')) =>
  httpJson(`${env('AUTOPAYCARD_BASE_URL')}/api/${path}`, {
    method: 'POST',
    headers: { 'x-api-key': key },
    body: JSON.stringify(body),
  });

const payment = {
  amount: 50037,
  card_last4: '0003',
  gmail: 'card3@example.com',
  client_user_id: '123456789',
  client_user_data: { plan: 'premium' },
};

describe('AutoPayCard', () => {
  it('answers as the document shows', async () => {
    const created = await post('create-payment', payment);
    expect(created).toEqual({ status: 200, body: { success: true, order_id: '10001' } });
    test.simulated('autopaycard').pay('10001');
    expect(await post('check-payment', { order_id: '10001' })).toEqual({
      status: 200,
      body: { order_id: '10001', status: 'paid', ...payment, paid_at: '2026-05-16 09:25:00' },
    });
  });

  it.each([
    [400, 'Karta/gmail ulanmagan', { card_last4: '9999' }],
    [400, 'Karta/gmail ulanmagan', { gmail: 'card4@example.com' }],
    [400, "Parametr noto'g'ri: amount", { amount: 50000.5 }],
    [400, "Parametr noto'g'ri: amount", { amount: -1 }],
  ])('refuses with %i %s', async (status, detail, changes) => {
    const answer = await post('create-payment', { ...payment, ...changes });
    expect(answer).toEqual({ status, body: { detail } });
  });

  it('wants its key, knows its orders and its methods', async () => {
    expect(await post('create-payment', payment, 'wrong')).toMatchObject({ status: 401 });
    expect(await post('check-payment', { order_id: '7' })).toMatchObject({ status: 404 });
    expect(await post('check-payment', {})).toMatchObject({ status: 400 });
    const headers = { 'x-api-key': env('AUTOPAYCARD_API_KEY') };
    const get = await httpJson(`${env('AUTOPAYCARD_BASE_URL')}/api/check-payment`, { headers });
    expect(get).toEqual({ status: 405, body: { detail: 'Method Not Allowed' } });
  });

  it('pays the oldest of two orders with one sum', async () => {
    await post('create-payment', payment);
    await post('create-payment', payment);
    const transfer = { cardNumber: '8600 0000 0000 0003', amountTiyin: 5_003_700 };
    expect(test.world.transfer(transfer)).toMatchObject({ orders: [{ id: '10001' }] });
    expect(test.world.transfer(transfer)).toMatchObject({ orders: [{ id: '10002' }] });
  });

  it('may name wrong parameters in a list', async () => {
    test.simulated('autopaycard').behave(['validation_lists']);
    expect(await post('create-payment', { ...payment, amount: 'x' })).toEqual({
      status: 422,
      body: {
        detail: [
          {
            loc: ['body', 'amount'],
            msg: 'value is not a valid integer',
            type: 'value_error',
          },
        ],
      },
    });
    const none = { detail: [{ loc: ['body', 'order_id'], msg: 'field required' }] };
    expect(await post('check-payment', {})).toMatchObject({ status: 422, body: none });
  });

  it('may refuse a second live order of one sum on one card', async () => {
    const simulated = test.simulated('autopaycard');
    simulated.behave(['one_order_per_sum']);
    expect((await post('create-payment', payment)).status).toBe(200);
    expect(await post('create-payment', payment)).toEqual({
      status: 400,
      body: { detail: 'Summa band' },
    });
    expect(await post('create-payment', payment)).toEqual({
      status: 409,
      body: { detail: 'summa band' },
    });
    const elsewhere = { ...payment, card_last4: '0004', gmail: 'card4@example.com' };
    expect((await post('create-payment', elsewhere)).status).toBe(200);
    simulated.end('10001', 'expired');
    expect((await post('create-payment', payment)).status).toBe(200);
  });

  it('may call its orders by numbers, say 1 for true, and have no limit', async () => {
    test.simulated('autopaycard').behave(['numeric_ids', 'numeric_success', 'no_limit']);
    expect(await post('create-payment', payment)).toEqual({
      status: 200,
      body: { success: 1, order_id: 10001 },
    });
    const checked = await post('check-payment', { order_id: '10001' });
    expect(checked).toMatchObject({ body: { order_id: 10001, status: 'waiting' } });
    const headers = { 'x-api-key': env('AUTOPAYCARD_API_KEY') };
    for (const limit of [null, '', 0]) {
      const path = `${env('AUTOPAYCARD_BASE_URL')}/api/subscription`;
      expect(await httpJson(path, { headers })).toMatchObject({ body: { max_payments: limit } });
    }
  });
});
