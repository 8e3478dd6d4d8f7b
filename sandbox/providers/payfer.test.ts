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

const ask = (query: Record<string, string>): Promise<Answered> => {
  const keys = { shop_id: env('PAYFER_SHOP_ID'), shop_key: env('PAYFER_SHOP_KEY') };
  const all = new URLSearchParams({ ...keys, ...query });
  return httpJson(`${env('PAYFER_BASE_URL')}/api?${all.toString()}`);
};

const create = { method: 'create', amount: '50000', order: 'ORDER123' };

describe('Payfer', () => {
  it('answers as the document shows', async () => {
    const { body } = await ask(create);
    expect(body).toEqual({
      status: 'success',
      message: 'Payment created successfully',
      payment_id: 12345,
      unique_amount: expect.any(Number),
      expire_at: '2026-05-16T09:35:00',
      order_code: 'ORDER123',
    });
    expect(await ask({ method: 'check', order: 'ORDER123' })).toEqual({
      status: 200,
      body: {
        status: 'success',
        payment_status: 'pending',
        amount: 50000,
        paid_amount: null,
        paid_at: null,
        order_code: 'ORDER123',
      },
    });
  });

  it.each([
    [400, 'Missing required parameters', { shop_key: '' }],
    [400, 'Missing required parameters', { order: '' }],
    [400, 'Missing required parameters', { amount: 'x' }],
    [403, 'Invalid shop credentials', { shop_key: 'wrong' }],
    [400, 'Amount must be between 1000 and 10000000', { amount: '999' }],
    [400, 'Amount must be between 1000 and 10000000', { amount: '10000001' }],
    [404, 'Transaction not found', { method: 'check' }],
  ])('refuses with %i %s', async (status, message, changes) => {
    const answer = await ask({ ...create, ...changes });
    expect(answer).toEqual({ status, body: { status: 'error', message } });
  });

  it('takes an order code once', async () => {
    await ask(create);
    const client = test.client('payfer');
    const outcome = await client.create(topup({ orderCode: 'ORDER123' }));
    expect(outcome).toMatchObject({ kind: 'problem', code: 'order_code_taken' });
  });

  it('never gives two live orders one sum', async () => {
    const sums = new Set<unknown>();
    for (let i = 0; i < 100; i += 1) {
      const { body } = await ask({ ...create, order: `ORDER${i}` });
      sums.add((body as { unique_amount: number }).unique_amount);
    }
    expect(sums.size).toBe(100);
  });

  it('tries a webhook again three times', async () => {
    const simulated = test.simulated('payfer');
    simulated.webhookUrl = `${test.receiver.url}/hook`;
    test.receiver.serve(() => ({ status: 500, body: '' }));
    await ask(create);
    simulated.pay('ORDER123');
    for (const [count, delayMs] of [
      [1, 5000],
      [2, 15_000],
      [3, 30_000],
    ] as const) {
      const answered = new Promise((resolve) => {
        simulated.on((event) => event.kind === 'webhook' && resolve(event));
      });
      await test.receiver.received(count);
      await answered;
      await new Promise(setImmediate);
      test.clock.advance(delayMs);
    }
    await test.world.idle();
    expect(test.receiver.requests).toHaveLength(4);
    expect(test.receiver.requests[3]!.headers['user-agent']).toBe('Payfer-Webhook/1.0');
    expect(JSON.parse(test.receiver.requests[3]!.body)).toMatchObject({
      status: 'paid',
      order_code: 'ORDER123',
      amount: 50000,
      paid_at: '2026-05-16T09:25:00Z',
    });
  });
});
