import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  httpJson,
  startSandboxTest,
  topup,
  type Answered,
  type SandboxTest,
} from './testing.fixture.ts';

let test: SandboxTest;
beforeEach(async () => {
  test = await startSandboxTest();
});
afterEach(() => test.close());

const env = (name: string): string => test.world.settings[name] ?? '';

const url = (query: string): string => `${env('RASMIYPAY_BASE_URL')}/api${query}`;

const create = (changes: Record<string, string> = {}): Promise<Answered> => {
  const keys = { shop_id: env('RASMIYPAY_SHOP_ID'), shop_key: env('RASMIYPAY_SHOP_KEY') };
  const body = new URLSearchParams({ ...keys, amount: '50000', ...changes });
  return httpJson(url('?method=create'), { method: 'POST', body });
};

describe('RasmiyPay', () => {
  it('answers as the document shows', async () => {
    expect(await create()).toEqual({
      status: 200,
      body: {
        status: 'success',
        order: expect.stringMatching(/^[a-z0-9]{9}$/),
        insert_id: 12345,
        data: {
          amount: '50000',
          shop_id: env('RASMIYPAY_SHOP_ID'),
          shop_key: env('RASMIYPAY_SHOP_KEY'),
        },
      },
    });
  });

  it.each([
    [400, "Majburiy parametrlar to'liq emas!", { shop_key: '' }],
    [400, "Majburiy parametrlar to'liq emas!", { amount: '0' }],
    [404, "Do'kon topilmadi!", { shop_key: 'wrong' }],
  ])('refuses with %i %s', async (status, message, changes) => {
    expect(await create(changes)).toEqual({ status, body: { status: 'error', message } });
  });

  it('takes a sum once while its order lives', async () => {
    const client = test.client('rasmiypay');
    const first = await client.create(topup());
    expect(await client.create(topup())).toEqual({ kind: 'sum_taken' });
    expect((await client.create(topup({ amountTiyin: 5_000_100 }))).kind).toBe('created');
    const { providerOrder } = first as { providerOrder: string };
    await client.cancel?.({ orderCode: '', providerOrder });
    expect((await client.create(topup())).kind).toBe('created');
  });

  it('cancels what is not paid', async () => {
    const client = test.client('rasmiypay');
    const created = await client.create(topup());
    const order = { orderCode: 'A', ...(created as { providerOrder: string }) };
    expect(await client.cancel?.(order)).toEqual({ kind: 'cancelled' });
    expect(await client.cancel?.(order)).toEqual({ kind: 'cancelled' });
    test.simulated('rasmiypay').pay(order.providerOrder);
    expect(await client.cancel?.(order)).toMatchObject({ kind: 'problem', code: 'refused' });
    expect(() => test.simulated('rasmiypay').end(order.providerOrder, 'failed')).toThrow('paid');
  });

  it('may refuse in the words of its kin, or with 200', async () => {
    const simulated = test.simulated('rasmiypay');
    await create();
    simulated.behave(['kin_failures']);
    expect(await create()).toEqual({ status: 409, body: { status: 'error', message: 'Conflict' } });
    const unknown = url('?method=check&order=none');
    const kin = { status: 'error', message: 'order topilmadi' };
    expect(await httpJson(unknown)).toEqual({ status: 400, body: kin });
    simulated.behave(['failures_as_200']);
    expect(await httpJson(unknown)).toEqual({
      status: 200,
      body: { status: 'error', message: 'Buyurtma topilmadi!' },
    });
    expect(await create()).toEqual({
      status: 200,
      body: { status: 'error', message: "Bu miqdordagi to'lov allaqachon mavjud" },
    });
    simulated.behave(['kin_failures', 'failures_as_200']);
    expect(await httpJson(unknown)).toEqual({ status: 200, body: kin });
  });

  it('may have other words for paid, and for a shop that is well', async () => {
    const simulated = test.simulated('rasmiypay');
    const { body } = await create();
    const { order } = body as { order: string };
    simulated.behave(['kin_words', 'shop_words']);
    const check = (): Promise<Answered> => httpJson(url(`?method=check&order=${order}`));
    expect(await check()).toMatchObject({ body: { data: { status: 'pending' } } });
    simulated.pay(order);
    for (const word of ['success', 'completed', 'approved']) {
      expect(await check()).toMatchObject({ body: { status: 'success', data: { status: word } } });
    }
    const keys = `shop_id=${env('RASMIYPAY_SHOP_ID')}&shop_key=${env('RASMIYPAY_SHOP_KEY')}`;
    for (const month of ["To'langan", '', 'ok']) {
      const shop = { data: { status: 'active', month_status: month } };
      expect(await httpJson(url(`?${keys}`))).toMatchObject({ body: shop });
    }
  });
});
