import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  httpJson,
  openAt,
  startSandboxTest,
  topup,
  type Answered,
  type SandboxTest,
} from './testing.fixture.ts';

let test: SandboxTest;
beforeEach(async () => {
  test = await startSandboxTest({ inpayCallbackHosts: ['127.0.0.1'] });
});
afterEach(() => test.close());

const env = (name: string): string => test.world.settings[name] ?? '';

const HOUR = 3_600_000;

const base = (): string => env('INPAY_BASE_URL');

const keys = (): Record<string, string> => ({
  merchant_id: env('INPAY_MERCHANT_ID'),
  token: env('INPAY_MERCHANT_TOKEN'),
});

const bearer = async (): Promise<string> => {
  const { merchant_id: id = '', token = '' } = keys();
  const url = `${base()}/authorization/?merchant_id=${id}&merchant_token=${token}`;
  const { body } = await httpJson(url);
  return (body as { bearer_token: string }).bearer_token;
};

const create = async (body: object, token?: string): Promise<Answered> => {
  const headers = { authorization: `Bearer ${token ?? (await bearer())}` };
  return httpJson(`${base()}/create/`, { method: 'POST', headers, body: JSON.stringify(body) });
};

describe('inPAY', () => {
  it('answers as the document shows', async () => {
    const { status, body } = await create({ ...keys(), amount: 15000, phone: '998335717717' });
    expect(status).toBe(200);
    const { order_id: id } = body as { order_id: string };
    expect(body).toEqual({
      success: true,
      order_id: expect.stringMatching(/^[0-9a-f]{16}$/),
      pay_url: `${test.simulated('inpay').url}/checkout/${id}`,
      phone: '998335717717',
      message: 'invoice yaratildi',
      security: { ip_mode: 'optional', ip_check: 'IP verified (optional)' },
    });
    expect(await httpJson(`${base()}/transactions/?order_id=${id}`)).toEqual({
      status: 200,
      body: {
        success: true,
        order_id: id,
        status: 'pending',
        amount: 15000,
        payment_method: null,
        created_at: '2026-05-16 09:25:00',
        paid_at: null,
      },
    });
  });

  it.each([
    ['MISSING_MERCHANT_ID', 400, { merchant_id: '' }],
    ['MERCHANT_NOT_FOUND', 404, { merchant_id: '7' }],
    ['MERCHANT_NOT_FOUND', 404, { token: 'wrong' }],
    ['AMOUNT_TOO_LOW', 400, { amount: 999 }],
    ['AMOUNT_TOO_LOW', 400, { amount: 'x' }],
    ['AMOUNT_TOO_HIGH', 400, { amount: 10_000_001 }],
    ['CALLBACK_NOT_WHITELISTED', 403, { callback_url: 'https://elsewhere.example/hook' }],
  ])('refuses with %s', async (code, status, changes) => {
    const answer = await create({ ...keys(), amount: 15000, ...changes });
    expect(answer).toMatchObject({ status, body: { success: false, error_code: code } });
  });

  it('wants a live token', async () => {
    const body = { ...keys(), amount: 15000 };
    const without = await httpJson(`${base()}/create`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    expect(without).toMatchObject({ status: 401, body: { error_code: 'MISSING_AUTH_TOKEN' } });
    const token = await bearer();
    test.clock.advance(24 * HOUR - 1);
    expect((await create(body, token)).status).toBe(200);
    test.clock.advance(1);
    const stale = { status: 401, body: { error_code: 'INVALID_TOKEN' } };
    expect(await create(body, token)).toMatchObject(stale);
  });

  it('does not know wrong keys', async () => {
    const none = await httpJson(`${base()}/authorization/`);
    expect(none).toMatchObject({ status: 400, body: { error_code: 'MISSING_MERCHANT_ID' } });
    const wrong = await httpJson(`${base()}/authorization/?merchant_id=1001&merchant_token=x`);
    expect(wrong).toMatchObject({ status: 404, body: { error_code: 'MERCHANT_NOT_FOUND' } });
  });

  it('answers every error of its table when told to', async () => {
    const { errors } = test.simulated('inpay');
    expect(errors).toHaveLength(11);
    for (const code of errors) {
      test.simulated('inpay').fault({ kind: 'error', code });
      const { body } = await httpJson(`${base()}/transactions/?order_id=1`);
      expect(body).toMatchObject({ success: false, error_code: code });
    }
    expect(() => test.simulated('inpay').fault({ kind: 'error', code: 'NONE' })).toThrow('NONE');
  });

  it('renews its client’s token after a day', async () => {
    const client = test.client('inpay');
    expect((await client.create(topup())).kind).toBe('created');
    test.clock.advance(25 * HOUR);
    expect((await client.create(topup())).kind).toBe('created');
    const calls = test
      .simulated('inpay')
      .requests()
      .map((request) => request.call);
    expect(calls).toEqual(['authorization', 'create', 'authorization', 'create']);
  });

  it('may want the slash at the end of its address', async () => {
    const post = async (path: string): Promise<Answered> =>
      httpJson(`${base()}/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await bearer()}` },
        body: JSON.stringify({ ...keys(), amount: 15000 }),
      });
    expect(await post('create')).toMatchObject({ status: 200, body: { success: true } });
    test.simulated('inpay').behave(['strict_slash']);
    expect(await post('create')).toMatchObject({ status: 301 });
    expect(await post('create')).toMatchObject({ status: 404 });
    expect(await post('create/')).toMatchObject({ status: 200, body: { success: true } });
    expect(test.simulated('inpay').orders()).toHaveLength(2);
  });

  it('may say 1, or “true”, for a success, and 0 for none', async () => {
    const created = await create({ ...keys(), amount: 15000 });
    const { order_id: id } = created.body as { order_id: string };
    test.simulated('inpay').behave(['numeric_success']);
    const ask = (order: string) => httpJson(`${base()}/transactions/?order_id=${order}`);
    expect(await ask(id)).toMatchObject({ body: { success: 1, status: 'pending' } });
    expect(await ask(id)).toMatchObject({ body: { success: 'true' } });
    expect(await ask('none')).toMatchObject({ status: 404, body: { success: 0 } });
  });

  it('has a page to pay and to cancel on', async () => {
    const created = await test.client('inpay').create(topup({ description: '<b>T1</b>' }));
    const { payUrl, providerOrder } = created as { payUrl: string; providerOrder: string };
    const page = await httpJson(payUrl);
    expect(page.body).toContain('Pay</button>');
    expect(page.body).toContain('50\u00a0000 so');
    expect(page.body).toContain('&lt;b&gt;T1&lt;/b&gt;');
    const press = (action: string): Promise<Answered> =>
      httpJson(payUrl, { method: 'POST', body: new URLSearchParams({ action }) });
    expect((await press('cancel')).status).toBe(303);
    expect(test.simulated('inpay').orders()).toMatchObject([{ state: 'cancelled' }]);
    await press('pay');
    expect(test.simulated('inpay').orders()).toMatchObject([{ state: 'cancelled' }]);
    expect((await httpJson(payUrl)).body).not.toContain('<button');

    const next = await test.client('inpay').create(topup());
    await httpJson((next as { payUrl: string }).payUrl, {
      method: 'POST',
      body: new URLSearchParams({ action: 'pay' }),
    });
    expect(test.simulated('inpay').orders()[1]).toMatchObject({ state: 'paid' });
    expect((await httpJson(payUrl.replace(providerOrder, 'none'))).status).toBe(404);
  });
});

describe('inPAY with its limit', () => {
  it('counts all calls of an hour', async () => {
    await test.close();
    test = await startSandboxTest({ inpayRequestsPerHour: 3 });
    const client = test.client('inpay');
    const order = { orderCode: 'A', providerOrder: 'a' };
    for (let i = 0; i < 3; i += 1) {
      expect(await client.check(order, 'poll')).toMatchObject({ code: 'unknown_order' });
    }
    expect(await client.check(order, 'poll')).toMatchObject({ code: 'rate_limited' });
    test.clock.advance(HOUR);
    expect(await client.check(order, 'poll')).toMatchObject({ code: 'unknown_order' });
  });
});

describe('inPAY’s reports', () => {
  const SECOND = 1000;
  const MINUTE = 60 * SECOND;

  /** Lets `work` happen and waits for the report that comes of it, and until inPAY has its answer. */
  const reportAfter = async (work: () => unknown): Promise<void> => {
    const answered = new Promise((resolve) => {
      const leave = test.simulated('inpay').on(({ kind }) => {
        if (kind !== 'webhook') return;
        leave();
        resolve(undefined);
      });
    });
    await work();
    await answered;
    await new Promise(setImmediate);
  };

  it('come again with growing pauses until one is answered with 200', async () => {
    test.receiver.serve(() => ({ status: 500, body: '' }));
    const order = await openAt(test, 'inpay', { withWebhook: true });
    await reportAfter(() => test.simulated('inpay').pay(order));
    const pauses = [10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR];
    for (const pauseMs of pauses) await reportAfter(() => test.clock.advance(pauseMs));
    expect(test.receiver.requests).toHaveLength(1 + pauses.length);
    test.receiver.serve(() => ({ status: 200, body: 'OK' }));
    await reportAfter(() => test.clock.advance(HOUR));
    await test.world.idle();
    expect(test.receiver.requests).toHaveLength(2 + pauses.length);
    const words = test.receiver.requests.map(({ body }) => JSON.parse(body) as { status: string });
    expect(new Set(words.map(({ status }) => status))).toEqual(new Set(['success']));
  });

  it('tell of every change: paid, cancelled on the page, failed, taken back', async () => {
    const simulated = test.simulated('inpay');
    const open = (): Promise<string> => openAt(test, 'inpay', { withWebhook: true });
    const [cancelled, failed, paid] = [await open(), await open(), await open()];
    simulated.end(cancelled, 'cancelled');
    simulated.end(failed, 'failed');
    await test.world.idle();
    simulated.pay(paid);
    await test.world.idle();
    simulated.takeBack(paid, { as: 'cancelled' });
    await test.world.idle();
    const heard = test.receiver.requests.map(
      ({ body }) => JSON.parse(body) as { order_id: string; status: string },
    );
    const of = (order: string): string[] =>
      heard.filter((each) => each.order_id === order).map(({ status }) => status);
    expect(of(cancelled)).toEqual(['cancelled']);
    expect(of(failed)).toEqual(['failed']);
    expect(of(paid)).toEqual(['success', 'cancelled']);
  });
});
