import { expect, test } from 'vitest';
import type { WorldView } from './api-world.ts';
import { openEvents, orderAtPayfer, type Stage, startStage } from './sandbox-stage.fixture.ts';

const PAYFER_CARD = '8600 0000 0000 0001';

test('an order is shown, paid exactly and reported', async () => {
  const stage = await startStage();
  const events = await openEvents(stage);
  const id = await orderAtPayfer(stage);
  const order = stage.sandbox.world.provider('payfer').orders()[0]!;
  const world = await events.next(({ event }) => event === 'world');
  expect(world.data).toMatchObject({
    orders: [{ provider: 'payfer', id, state: 'pending', paidSum: null, webhook: null }],
  });
  const paid = await stage.post(`/api/world/orders/payfer/${id}/pay`);
  expect(paid.status).toBe(200);
  await stage.sandbox.world.idle();
  expect(stage.sandbox.world.provider('payfer').orders()[0]).toMatchObject({
    state: 'paid',
    paidTiyin: order.amountTiyin,
  });
  expect(stage.webhooks).toMatchObject([{ order_code: id, status: 'paid' }]);
  const view = await stage.get('/api/world');
  expect(view.body).toMatchObject({ orders: [{ state: 'paid', webhook: 200 }] });
});

test.each([
  ['40000', 4_000_000],
  ['40 000,50', 4_000_050],
  ['40000.5', 4_000_050],
  ['40k', 4_000_000],
])('pays another sum, typed as %s', async (sum, paidTiyin) => {
  const stage = await startStage();
  const id = await orderAtPayfer(stage);
  await stage.post(`/api/world/orders/payfer/${id}/pay`, { sum });
  expect(stage.sandbox.world.provider('payfer').orders()[0]).toMatchObject({ paidTiyin });
});

test.each(['', '0', '-5', '1e5', 'much'])('takes no payment of "%s"', async (sum) => {
  const stage = await startStage();
  const id = await orderAtPayfer(stage);
  const answer = await stage.post(`/api/world/orders/payfer/${id}/pay`, { sum });
  expect(answer.status).toBe(400);
  expect(stage.sandbox.world.provider('payfer').orders()[0]).toMatchObject({ state: 'pending' });
});

test('an order is paid once, also after it is over', async () => {
  const stage = await startStage();
  const id = await orderAtPayfer(stage);
  const path = `/api/world/orders/payfer/${id}`;
  expect((await stage.post(`${path}/end`, { state: 'expired' })).status).toBe(200);
  expect((await stage.post(`${path}/pay`)).status).toBe(200);
  expect((await stage.post(`${path}/pay`)).status).toBe(409);
  expect((await stage.post(`${path}/end`, { state: 'cancelled' })).status).toBe(409);
  expect((await stage.post('/api/world/orders/payfer/NOTHING/pay')).status).toBe(404);
  expect((await stage.post(`/api/world/orders/nobody/${id}/pay`)).status).toBe(400);
});

test('a transfer pays the order that waits for its sum, and no other', async () => {
  const stage = await startStage();
  await orderAtPayfer(stage);
  const payfer = stage.sandbox.world.provider('payfer');
  const { amountTiyin } = payfer.orders()[0]!;
  const other = { card: PAYFER_CARD, sum: '12345' };
  expect((await stage.post('/api/world/transfers', other)).body).toEqual({ kind: 'unmatched' });
  expect((await stage.get('/api/world')).body).toMatchObject({ unmatched: 1 });
  expect(payfer.orders()[0]).toMatchObject({ state: 'pending' });
  const exact = { card: PAYFER_CARD, sum: (amountTiyin / 100).toFixed(2) };
  expect((await stage.post('/api/world/transfers', exact)).body).toEqual({ kind: 'matched' });
  expect(payfer.orders()[0]).toMatchObject({ state: 'paid' });
});

test('a payment system fails as chosen, and works again', async () => {
  const stage = await startStage();
  const fault = async (body: object) => await stage.post('/api/world/providers/payfer/fault', body);
  expect((await fault({ kind: 'error', code: 'maintenance' })).status).toBe(200);
  await expect(orderAtPayfer(stage)).rejects.toThrow('503');
  expect((await stage.get('/api/world')).body).toMatchObject({
    providers: expect.arrayContaining([
      expect.objectContaining({ id: 'payfer', fault: 'error', code: 'maintenance' }),
    ]),
  });
  expect((await fault({ kind: 'error', code: 'unheard of' })).status).toBe(400);
  expect((await fault({ kind: 'rain' })).status).toBe(400);
  expect((await fault({ kind: 'none' })).status).toBe(200);
  await expect(orderAtPayfer(stage)).resolves.toBeTruthy();
});

test.each([
  ['lost', 0],
  ['repeated', 3],
])('webhooks that are %s arrive %i times', async (mode, times) => {
  const stage = await startStage();
  await stage.post('/api/world/providers/payfer/webhooks', { mode });
  const id = await orderAtPayfer(stage);
  await stage.post(`/api/world/orders/payfer/${id}/pay`);
  await stage.sandbox.world.idle();
  expect(stage.webhooks).toHaveLength(times);
});

test('with webhooks switched off nobody calls, and the former choice comes back', async () => {
  const stage = await startStage();
  const { sandbox, webhooks } = stage;
  const pay = async (): Promise<void> => {
    const id = await orderAtPayfer(stage);
    await stage.post(`/api/world/orders/payfer/${id}/pay`);
    await sandbox.world.idle();
  };
  expect(sandbox.publicUrl()).toBe(stage.baseUrl);
  await stage.post('/api/world/providers/payfer/webhooks', { mode: 'repeated' });
  await stage.post('/api/world/webhooks', { isOff: true });
  expect(sandbox.publicUrl()).toBeNull();
  await pay();
  expect(webhooks).toHaveLength(0);
  await stage.post('/api/world/webhooks', { isOff: false });
  expect(sandbox.publicUrl()).toBe(stage.baseUrl);
  await pay();
  expect(webhooks).toHaveLength(3);
});

test('a forged webhook says paid, and nothing is', async () => {
  const stage = await startStage();
  const id = await orderAtPayfer(stage);
  const path = `/api/world/orders/payfer/${id}/forged-webhook`;
  expect((await stage.post(path)).body).toEqual({ status: 200 });
  const order = stage.sandbox.world.provider('payfer').orders()[0]!;
  expect(order.state).toBe('pending');
  expect(stage.webhooks).toMatchObject([
    { order_code: id, status: 'paid', paid_amount: order.amountTiyin / 100 },
  ]);
  await stage.post('/api/world/webhooks', { isOff: true });
  expect((await stage.post(path)).body).toEqual({ status: null });
});

test('a late payment comes a minute after the order is over', async () => {
  const stage = await startStage();
  const id = await orderAtPayfer(stage);
  const payfer = stage.sandbox.world.provider('payfer');
  const { expiresAt = 0 } = payfer.orders()[0]!;
  const path = `/api/world/orders/payfer/${id}/late`;
  expect((await stage.post(path)).body).toEqual({ paysAt: expiresAt + 60_000 });
  expect((await stage.get('/api/world')).body).toMatchObject({
    orders: [
      {
        state: 'pending',
        lateAt: expiresAt + 60_000,
        actions: ['pay', 'twice', 'refuse', 'forge'],
      },
    ],
  });
  await stage.clock.advance(expiresAt - stage.clock.now());
  expect(payfer.orders()[0]).toMatchObject({ state: 'expired' });
  await stage.clock.advance(60_000);
  expect(payfer.orders()[0]).toMatchObject({ state: 'paid', paidAt: expiresAt + 60_000 });
  expect((await stage.get('/api/world')).body).toMatchObject({ orders: [{ lateAt: null }] });
  expect((await stage.post(path)).status).toBe(409);
});

test('of two transfers of one sum the payment system tells of the first alone', async () => {
  const stage = await startStage();
  const id = await orderAtPayfer(stage);
  const path = `/api/world/orders/payfer/${id}/twice`;
  expect((await stage.post(path)).body).toEqual({ kind: 'unmatched' });
  expect((await stage.post(path)).body).toEqual({ kind: 'unmatched' });
  await stage.sandbox.world.idle();
  expect(stage.webhooks).toHaveLength(1);
  const { amountTiyin } = stage.sandbox.world.provider('payfer').orders()[0]!;
  const [order] = stage.sandbox.world.provider('payfer').orders();
  expect(order).toMatchObject({ state: 'paid', paidTiyin: amountTiyin });
  const view = (await stage.get('/api/world')).body as WorldView;
  expect(view.unmatched).toBe(2);
  expect(view.lostTransfers[0]).toEqual({ card: '8600000000000001', sum: view.orders[0]?.sum });
});

test('an invoice takes no second payment, and its bank can refuse the first', async () => {
  const stage = await startStage();
  const id = await invoiceAtInpay(stage);
  const path = `/api/world/orders/inpay/${id}`;
  expect((await stage.get('/api/world')).body).toMatchObject({
    orders: [{ actions: ['pay', 'late', 'refuse', 'forge'] }],
  });
  expect((await stage.post(`${path}/twice`)).status).toBe(409);
  expect((await stage.post(`${path}/refuse`)).body).toEqual({ kind: 'failed' });
  expect(stage.sandbox.world.provider('inpay').orders()[0]).toMatchObject({ state: 'failed' });
  await stage.sandbox.world.idle();
  expect(stage.webhooks).toMatchObject([{ status: 'failed' }]);
  expect((await stage.post(`${path}/refuse`)).status).toBe(409);
});

test('of a transfer that a bank refuses nobody hears', async () => {
  const stage = await startStage();
  const id = await orderAtPayfer(stage);
  const path = `/api/world/orders/payfer/${id}/refuse`;
  expect((await stage.post(path)).body).toEqual({ kind: 'unseen' });
  expect(stage.sandbox.world.provider('payfer').orders()[0]).toMatchObject({ state: 'pending' });
  expect(stage.webhooks).toEqual([]);
});

test('a program in the same process can be neither killed nor hurried', async () => {
  const { get, post } = await startStage();
  expect((await get('/api/program')).body).toMatchObject({
    state: 'running',
    pid: null,
    time: { rate: 1, canChange: false },
  });
  for (const [path, body] of [
    ['kill', {}],
    ['start', {}],
    ['time', { rate: 60 }],
  ] as const) {
    expect((await post(`/api/program/${path}`, body)).status).toBe(409);
  }
  expect((await post('/api/program/time', { rate: 7 })).status).toBe(400);
});

/** Invoices at the simulated inPAY, as the program would. Returns the order's id. */
async function invoiceAtInpay({ sandbox, baseUrl }: Stage): Promise<string> {
  const shop = sandbox.config.providers.inpay!;
  const keys = new URLSearchParams({
    merchant_id: shop.merchantId,
    merchant_token: shop.merchantToken,
  });
  const granted = await fetch(`${shop.baseUrl}/authorization?${String(keys)}`);
  const { bearer_token: bearer } = (await granted.json()) as { bearer_token: string };
  const made = await fetch(`${shop.baseUrl}/create`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      merchant_id: shop.merchantId,
      token: shop.merchantToken,
      amount: 50_000,
      callback_url: `${baseUrl}/webhooks/inpay/x/y`,
    }),
  });
  return ((await made.json()) as { order_id: string }).order_id;
}
