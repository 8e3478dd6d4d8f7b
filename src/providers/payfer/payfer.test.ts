import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startContractWorld, type ContractWorld } from '../contract-world.fixture.ts';
import { json } from '../testing.fixture.ts';
import { CARD, payferCase, SHOP_KEY } from './contract-case.fixture.ts';
import { CREATE_ANSWER, PAID_ANSWER, WEBHOOK_BODY } from './payloads.fixture.ts';
import { createPayfer } from './payfer.ts';

const { request } = payferCase;

let world: ContractWorld;
beforeEach(async () => {
  world = await startContractWorld(payferCase);
});
afterEach(() => world.loopback.close());

function answerWith(changes: object): void {
  world.answer(json({ ...(JSON.parse(CREATE_ANSWER) as object), ...changes }));
}

describe('Payfer', () => {
  it.each([
    [50001.5, 5_000_150],
    ['50001.50', 5_000_150],
    [50001.01, 5_000_101],
    [50000.1, 5_000_010],
    [9_999_999.99, 999_999_999],
  ])('keeps the unique sum %s to the tiyin', async (sum, amountTiyin) => {
    answerWith({ unique_amount: sum });
    expect(await world.provider.create(request)).toMatchObject({ kind: 'created', amountTiyin });
  });

  it('leaves the order code in what the staff read, and nothing that is a key', async () => {
    const heard: string[] = [];
    world.answer(json({ ...(JSON.parse(PAID_ANSWER) as object), note: `with ${SHOP_KEY}` }));
    await world.provider.check(payferCase.order, 'poll', (body) => heard.push(body));
    expect(heard.join()).toContain(payferCase.order.orderCode);
    expect(heard.join()).not.toContain(SHOP_KEY);
  });

  it('asks for a sum with tiyin exactly', async () => {
    world.answer({ status: 200, body: CREATE_ANSWER });
    await world.provider.create({ ...request, amountTiyin: 5_000_050 });
    expect(world.loopback.requests[0]!.path).toContain('&amount=50000.50&');
  });

  it.each([
    ['in Tashkent time', '2024-01-20T15:30:00', Date.UTC(2024, 0, 20, 10, 30)],
    ['labelled with a Z', '2024-01-20T15:30:00Z', Date.UTC(2024, 0, 20, 10, 30)],
    ['in UTC', '2024-01-20T10:30:00', Date.UTC(2024, 0, 20, 10, 30)],
  ])('reads a deadline %s', async (_how, expire_at, expiresAt) => {
    answerWith({ expire_at });
    expect(await world.provider.create(request)).toMatchObject({ expiresAt });
  });

  it.each(['2024-01-20T20:30:00', '2024-01-20T10:20:30', 'soon', null, 7])(
    'does not believe the deadline %s',
    async (expire_at) => {
      answerWith({ expire_at });
      const outcome = await world.provider.create(request);
      expect(outcome.kind).toBe('created');
      expect(outcome).not.toHaveProperty('expiresAt');
    },
  );

  it('shows the card and the page that an answer names', async () => {
    answerWith({
      card_number: '8600 0000 0000 7777',
      card_holder: 'OTHER',
      url: 'https://pay.example/1',
    });
    expect(await world.provider.create(request)).toMatchObject({
      card: { key: '7777', number: '8600000000007777', holder: 'OTHER' },
      payUrl: 'https://pay.example/1',
    });
  });

  it.each([
    { card: '8600********0001' },
    { card: {} },
    { card_number: 12, pay_url: 'javascript:alert(1)' },
  ])('stays with its own card for %j', async (changes) => {
    answerWith(changes);
    const outcome = await world.provider.create(request);
    expect(outcome).toMatchObject({ kind: 'created', card: CARD });
    expect(outcome).not.toHaveProperty('payUrl');
  });

  it.each([
    ['Amount must be between 1000 and 10000000', 99_900, 'amount_too_low'],
    ['Amount must be between 1000 and 10000000', 1_000_000_100, 'amount_too_high'],
    ['Amount must be between...', 99_900, 'amount_too_low'],
    ['Amount must be between...', 1_000_000_100, 'amount_too_high'],
  ])('tells which limit "%s" means for %i', async (message, amountTiyin, code) => {
    world.answer(json({ status: 'error', message }, 400));
    expect(await world.provider.create({ ...request, amountTiyin })).toMatchObject({ code });
  });

  it.each(['paid', 'PAID', 'completed'])(
    'never takes the call’s status "%s" for the payment’s',
    async (status) => {
      const { order } = payferCase;
      const { payment_status: _word, ...wordless } = JSON.parse(PAID_ANSWER) as {
        payment_status: string;
      };
      world.answer(json({ ...wordless, status }));
      const unknownWord = { word: status, soundsPaid: true };
      expect(await world.provider.check(order, 'poll')).toEqual({ kind: 'pending', unknownWord });
      world.answer(json({ ...wordless, status, payment_status: 'pending' }));
      expect(await world.provider.check(order, 'poll')).toEqual({ kind: 'pending' });
      world.answer(json({ ...wordless, status: 'success' }));
      expect(await world.provider.check(order, 'poll')).toMatchObject({ code: 'bad_answer' });
    },
  );

  it.each(['/api', '/api/'])('finds its address behind a base that ends in "%s"', async (end) => {
    world.answer({ status: 200, body: CREATE_ANSWER });
    const provider = payferCase.make(world.loopback.url + end, world.deps);
    expect(await provider.create(request)).toEqual(payferCase.created);
    expect(world.loopback.requests[0]?.path).toMatch(/^\/api\?method=create&/);
  });

  it('finds our code in a webhook', () => {
    const webhook = world.provider.webhook!;
    expect(webhook.address).toBe('shop');
    expect(webhook.orderCode!(JSON.parse(WEBHOOK_BODY))).toBe('ORDER123');
    for (const body of [
      null,
      [],
      'ORDER123',
      {},
      { order_code: 12345678 },
      { order_code: 'short' },
      { order_code: "ORDER'--1" },
    ]) {
      expect(webhook.orderCode!(body)).toBeNull();
    }
  });

  it('refuses a card number of the settings that is none, without showing it', () => {
    const settings = {
      baseUrl: 'https://x.uz',
      shopId: 'a',
      shopKey: SHOP_KEY,
      cardNumber: '86000',
      cardHolder: '',
    };
    expect(() => createPayfer(settings, world.deps)).toThrow('16 digits');
    expect(() => createPayfer(settings, world.deps)).not.toThrow('86000');
  });
});
