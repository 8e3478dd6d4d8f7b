/** The real clients against the simulated providers. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Created, CreateOutcome, OrderRef } from '../../src/topups/provider.ts';
import type { ProviderId } from '../../src/core/payment-systems.ts';
import { startSandboxTest, topup, type SandboxTest } from './testing.fixture.ts';

const IDS: readonly ProviderId[] = ['inpay', 'payfer', 'rasmiypay', 'autopaycard'];
const CARD_KEYS: Partial<Record<ProviderId, string>> = { autopaycard: '0003' };
const CARD_TO_CARD = ['payfer', 'rasmiypay', 'autopaycard'] as const;
const WITH_WEBHOOK = ['inpay', 'payfer', 'autopaycard'] as const;

let test: SandboxTest;
beforeEach(async () => {
  test = await startSandboxTest();
});
afterEach(() => test.close());

function expectCreated(outcome: CreateOutcome): Created {
  if (outcome.kind !== 'created') throw new Error(`not created: ${JSON.stringify(outcome)}`);
  return outcome;
}

async function created(id: ProviderId, withWebhook = false): Promise<Created & OrderRef> {
  const cardKey = CARD_KEYS[id];
  const request = topup({
    ...(cardKey === undefined ? {} : { cardKey }),
    ...(withWebhook ? { webhookUrl: `${test.receiver.url}/webhooks/${id}` } : {}),
  });
  const outcome = expectCreated(await test.client(id).create(request));
  return { ...outcome, orderCode: request.orderCode };
}

describe.each(IDS)('%s', (id) => {
  it('is created, paid and found paid with its exact sum', async () => {
    const order = await created(id);
    const client = test.client(id);
    expect(await client.check(order, 'poll')).toEqual({ kind: 'pending' });
    const simulated = test.simulated(id);
    expect(simulated.orders()).toMatchObject([
      { id: order.providerOrder, state: 'pending', amountTiyin: order.amountTiyin },
    ]);
    simulated.pay(order.providerOrder);
    const paid = await client.check(order, 'poll');
    expect(paid).toMatchObject({ kind: 'paid', paidTiyin: order.amountTiyin });
    expect(paid).toMatchObject({ paidAt: test.clock.now() });
    expect(test.warnings).toEqual([]);
  });

  it('reports another sum that was paid', async () => {
    const order = await created(id);
    test.simulated(id).pay(order.providerOrder, { amountTiyin: 4_999_900 });
    const outcome = await test.client(id).check(order, 'poll');
    expect(outcome).toMatchObject({ kind: 'paid', paidTiyin: 4_999_900 });
  });

  it('turns from closed to paid when the money comes late', async () => {
    const order = await created(id);
    test.simulated(id).end(order.providerOrder, 'cancelled');
    const closed = { kind: 'closed', as: 'cancelled' };
    expect(await test.client(id).check(order, 'poll')).toEqual(closed);
    test.simulated(id).pay(order.providerOrder);
    expect(await test.client(id).check(order, 'poll')).toMatchObject({ kind: 'paid' });
  });

  it('does not know a strange order', async () => {
    const strange = { orderCode: 'STRANGE00001', providerOrder: '99999' };
    const outcome = await test.client(id).check(strange, 'poll');
    expect(outcome).toMatchObject({ kind: 'problem', code: 'unknown_order' });
  });

  it('misbehaves as told', async () => {
    const simulated = test.simulated(id);
    const client = test.client(id);
    const order = await created(id);
    const expectations = [
      ['down', 'network'],
      ['drop_before', 'network'],
      ['drop_after', 'network'],
      ['garbage', 'bad_answer'],
      ['html', 'bad_answer'],
      ['rate_limited', 'rate_limited'],
      ['error', 'server_error'],
    ] as const;
    for (const [kind, code] of expectations) {
      simulated.fault({ kind, times: 1 });
      expect(await client.check(order, 'poll')).toMatchObject({ kind: 'problem', code });
      expect(await client.check(order, 'poll')).toEqual({ kind: 'pending' });
    }
  });

  it('is too slow for a call of 15 seconds', async () => {
    const client = test.client(id);
    const order = await created(id);
    const simulated = test.simulated(id);
    const before = simulated.requests().length;
    simulated.fault({ kind: 'slow' });
    const check = client.check(order, 'poll');
    while (simulated.requests().length === before) await new Promise(setImmediate);
    test.clock.advance(15_000);
    expect(await check).toEqual({ kind: 'problem', code: 'timeout' });
  });

  it('logs its requests without their secrets', async () => {
    const order = await created(id);
    await test.client(id).check(order, 'poll');
    const log = JSON.stringify(test.simulated(id).requests());
    expect(test.simulated(id).requests().at(-1)).toMatchObject({ status: 200 });
    const values = Object.entries(test.simulated(id).settings)
      .filter(([name]) => !name.endsWith('_URL') && !name.endsWith('_PATH'))
      .map(([, value]) => value);
    expect(values.filter((value) => log.includes(value))).toEqual([]);
  });

  it('drops the answer of a create that it has done', async () => {
    const cardKey = CARD_KEYS[id];
    test
      .simulated(id)
      .fault({ kind: 'drop_after', method: id === 'autopaycard' ? 'create-payment' : 'create' });
    const request = topup(cardKey === undefined ? {} : { cardKey });
    const outcome = await test.client(id).create(request);
    expect(outcome).toEqual({ kind: 'problem', code: 'network' });
    expect(test.simulated(id).orders()).toHaveLength(1);
  });
});

describe.each(CARD_TO_CARD)('%s, card to card', (id) => {
  it('finds a transfer by card and exact sum', async () => {
    const order = await created(id);
    const cardNumber = order.card!.number;
    const { amountTiyin } = order;
    const missed = { cardNumber, amountTiyin: amountTiyin + 100 };
    expect(test.world.transfer(missed)).toEqual({ kind: 'unmatched' });
    expect(test.world.transfer({ cardNumber: '8600000000009999', amountTiyin }).kind).toBe(
      'unmatched',
    );
    expect(test.world.unmatched()).toHaveLength(2);
    expect(await test.client(id).check(order, 'poll')).toEqual({ kind: 'pending' });
    expect(test.world.transfer({ cardNumber, amountTiyin })).toMatchObject({
      kind: 'matched',
      orders: [{ provider: id, id: order.providerOrder, state: 'paid' }],
    });
    expect(await test.client(id).check(order, 'poll')).toMatchObject({ kind: 'paid' });
    expect(test.world.transfer({ cardNumber, amountTiyin })).toEqual({ kind: 'unmatched' });
  });

  it('ends an order by the clock', async () => {
    const order = await created(id);
    const ttlMs = test.client(id).ttlMs;
    test.clock.advance(ttlMs - 1);
    expect(await test.client(id).check(order, 'poll')).toEqual({ kind: 'pending' });
    test.clock.advance(1);
    expect(await test.client(id).check(order, 'poll')).toMatchObject({ kind: 'closed' });
    const transfer = { cardNumber: order.card!.number, amountTiyin: order.amountTiyin };
    expect(test.world.transfer(transfer)).toEqual({ kind: 'unmatched' });
    expect(test.simulated(id).orders()).toMatchObject([{ state: 'expired' }]);
  });

  it('is in good health', async () => {
    const health = await test.client(id).health?.();
    expect(health).toMatchObject({ kind: 'health', problems: [] });
  });
});

describe.each(WITH_WEBHOOK)('%s, webhooks', (id) => {
  beforeEach(() => {
    if (id === 'payfer') test.simulated(id).webhookUrl = `${test.receiver.url}/webhooks/payfer`;
  });

  it('reports the payment', async () => {
    const order = await created(id, true);
    test.simulated(id).pay(order.providerOrder);
    await test.world.idle();
    const [request] = test.receiver.requests;
    expect(test.receiver.requests).toHaveLength(1);
    expect(request).toMatchObject({ method: 'POST', path: `/webhooks/${id}` });
    expect(request!.headers['content-type']).toBe('application/json');
    expect(request!.body).toContain(order.providerOrder);
  });

  it('loses and repeats reports as told', async () => {
    const order = await created(id, true);
    test.simulated(id).webhooks('lost');
    test.simulated(id).pay(order.providerOrder);
    await test.world.idle();
    expect(test.receiver.requests).toEqual([]);
    test.simulated(id).webhooks('repeated');
    const request = topup({ orderCode: 'TESTORDER0002', amountTiyin: 6_000_000 });
    const next = expectCreated(
      await test.client(id).create({
        ...request,
        webhookUrl: `${test.receiver.url}/webhooks/${id}`,
        cardKey: CARD_KEYS[id] ?? '',
      }),
    );
    test.simulated(id).pay(next.providerOrder);
    await test.world.idle();
    const bodies = new Set(test.receiver.requests.map(({ body }) => body));
    expect(test.receiver.requests).toHaveLength(3);
    expect(bodies.size).toBe(1);
  });

  it('lies in a report when told to', async () => {
    const order = await created(id, true);
    const lie = { status: 'paid', amount: 1 };
    expect(await test.simulated(id).sendWebhook(order.providerOrder, lie)).toBe(200);
    expect(JSON.parse(test.receiver.requests[0]!.body)).toMatchObject(lie);
    expect(await test.client(id).check(order, 'prompt')).toEqual({ kind: 'pending' });
  });
});
