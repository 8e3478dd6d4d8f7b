import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextPollDelayMs, type HealthOutcome } from '../../topups/provider.ts';
import { startContractWorld, type ContractWorld } from '../contract-world.fixture.ts';
import { json, type Reply } from '../testing.fixture.ts';
import { createAutopaycard } from './autopaycard.ts';
import { autopaycardCase } from './contract-case.fixture.ts';
import {
  CARDS_ANSWER,
  CREATE_ANSWER,
  PAID_ANSWER,
  SUBSCRIPTION_ANSWER,
} from './payloads.fixture.ts';

const { request, order, now } = autopaycardCase;
const DAY = 86_400_000;

let world: ContractWorld;
beforeEach(async () => {
  world = await startContractWorld(autopaycardCase);
});
afterEach(() => world.loopback.close());

async function health(replies: {
  cards?: Reply;
  subscription?: object;
  subscriptionReply?: Reply;
}): Promise<HealthOutcome | undefined> {
  const { cards, subscription = {}, subscriptionReply } = replies;
  world.answer(({ path }) => {
    if (path === '/api/my-cards') return cards ?? { status: 200, body: CARDS_ANSWER };
    if (subscriptionReply) return subscriptionReply;
    return json({ ...(JSON.parse(SUBSCRIPTION_ANSWER) as object), ...subscription });
  });
  return world.provider.health?.();
}

/** In Tashkent, as the provider writes it. */
function stamp(at: number): string {
  return new Date(at + 5 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

describe('AutoPayCard’s status call', () => {
  it('becomes a GET where POST is not allowed, and stays one', async () => {
    world.answer(({ method }) => {
      return method === 'POST'
        ? json({ detail: 'Method Not Allowed' }, 405)
        : { status: 200, body: PAID_ANSWER };
    });
    expect(await world.provider.check(order, 'poll')).toMatchObject({ kind: 'paid' });
    expect(await world.provider.check(order, 'poll')).toMatchObject({ kind: 'paid' });
    expect(world.loopback.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/check-payment',
      'GET /api/check-payment?order_id=10001',
      'GET /api/check-payment?order_id=10001',
    ]);
    expect(world.loopback.requests.every(({ headers }) => headers['x-api-key'])).toBe(true);
  });

  it('goes back to POST where GET is not allowed any more', async () => {
    world.answer(({ method }) =>
      method === 'POST' ? json({}, 405) : { status: 200, body: PAID_ANSWER },
    );
    await world.provider.check(order, 'poll');
    world.answer(({ method }) =>
      method === 'GET' ? json({}, 405) : { status: 200, body: PAID_ANSWER },
    );
    expect(await world.provider.check(order, 'poll')).toMatchObject({ kind: 'paid' });
  });

  it('tries each method once when neither is allowed', async () => {
    world.answer(json({ detail: 'Method Not Allowed' }, 405));
    expect(await world.provider.check(order, 'poll')).toMatchObject({
      kind: 'problem',
      code: 'refused',
    });
    expect(world.loopback.requests).toHaveLength(2);
  });
});

describe('AutoPayCard’s health', () => {
  it.each([404, 405])('knows nothing and complains of nothing with %i', async (status) => {
    const none = json({ detail: 'Not Found' }, status);
    const outcome = await health({ cards: none, subscriptionReply: none });
    expect(outcome).toEqual({ kind: 'health', facts: [], problems: [] });
  });

  it('finds a card that is not linked', async () => {
    const cards = json({ cards: [{ id: 1, card_last4: 6412, gmail: 'KARTA@gmail.com' }] });
    const outcome = await health({ cards });
    expect(outcome).toMatchObject({ problems: [{ code: 'card_not_linked' }] });
    expect(JSON.stringify(outcome)).toContain('ending in 8675');
  });

  it('finds a card that is linked with another gmail', async () => {
    const cards = json({
      cards: [
        { card_last4: '6412', gmail: 'other@gmail.com' },
        { card_last4: '8675', gmail: 'karta2@gmail.com' },
      ],
    });
    expect(await health({ cards })).toMatchObject({ problems: [{ code: 'card_not_linked' }] });
  });

  it.each([
    ['not active', { active: false }],
    ['used up', { payments_used: 100_000 }],
    ['used up, as text', { payments_used: '100001', max_payments: '100000' }],
    ['not active, as a number', { active: 0 }],
    ['not active, as text', { active: 'false' }],
  ])('finds a subscription that is %s', async (_how, subscription) => {
    const outcome = await health({ subscription });
    expect(outcome).toMatchObject({ problems: [{ code: 'subscription_ended' }] });
    expect(outcome).not.toHaveProperty('problems.0.startsAt');
  });

  it('announces a subscription’s end three days before', async () => {
    const startsAt = now + 3 * DAY;
    expect(await health({ subscription: { expires_at: stamp(startsAt) } })).toMatchObject({
      problems: [{ code: 'subscription_ended', startsAt }],
    });
    const later = await health({ subscription: { expires_at: stamp(startsAt + 1000) } });
    expect(later).toMatchObject({ problems: [] });
  });

  it.each([
    ['without a limit, as null', { max_payments: null }],
    ['without a limit, as nothing', { max_payments: '' }],
    ['without a limit, as 0', { max_payments: 0 }],
    ['of an unknown use', { payments_used: null, max_payments: 0 }],
    ['active, as 1', { active: 1 }],
    ['of unknown activity', { active: null }],
  ])('complains of nothing in a subscription that is %s', async (_how, subscription) => {
    expect(await health({ subscription })).toMatchObject({ kind: 'health', problems: [] });
    expect(world.deps.warnings).toEqual([]);
  });

  it('only warns of a date that is over while the subscription is called active', async () => {
    const until = stamp(now - 1000);
    expect(await health({ subscription: { expires_at: until } })).toMatchObject({ problems: [] });
    expect(world.deps.warnings).toMatchObject([
      { event: 'provider.subscription_date_over', data: { word: until } },
    ]);
  });

  it.each([
    [401, 'wrong_keys'],
    [403, 'subscription_ended'],
    [500, 'server_error'],
  ])('hears %i about the cards', async (status, code) => {
    const cards = json({ detail: 'x' }, status);
    expect(await health({ cards })).toMatchObject({ kind: 'problem', code });
  });

  it.each([401, 403])(
    'only warns of %i where the path of the subscription is a guess',
    async (status) => {
      const subscriptionReply = json({ detail: 'x' }, status);
      expect(await health({ subscriptionReply })).toMatchObject({ kind: 'health', problems: [] });
      expect(world.deps.warnings).toMatchObject([
        { event: 'provider.guessed_path_refused', data: { word: `HTTP ${status}` } },
      ]);
    },
  );

  it('hears a fault behind the path of the subscription', async () => {
    const subscriptionReply = json({ detail: 'x' }, 500);
    expect(await health({ subscriptionReply })).toMatchObject({ code: 'server_error' });
  });
});

describe('AutoPayCard', () => {
  it('creates with the card that was chosen', async () => {
    world.answer({ status: 200, body: '{"success":true,"order_id":10002}' });
    const { webhookUrl: _url, ...plain } = request;
    expect(await world.provider.create({ ...plain, cardKey: '8675' })).toMatchObject({
      providerOrder: '10002',
      card: { key: '8675', number: '8600000000008675' },
    });
    expect(JSON.parse(world.loopback.requests[0]!.body)).toEqual({
      amount: 50037,
      card_last4: '8675',
      gmail: 'karta2@gmail.com',
      client_user_id: '123456789',
    });
  });

  it.each([
    [400, { detail: 'Bu summa band' }],
    [409, { detail: 'Summa band, boshqa summa tanlang' }],
    [409, { detail: [{ msg: "Bu miqdordagi to'lov allaqachon mavjud" }] }],
    [409, {}],
    [200, { success: false, message: 'Summa band' }],
  ])('asks for another sum: %i %j', async (status, body) => {
    world.answer(json(body, status));
    expect(await world.provider.create(request)).toEqual({ kind: 'sum_taken' });
  });

  it.each(['/api', '/api/'])('finds its address behind a base that ends in "%s"', async (end) => {
    world.answer({ status: 200, body: CREATE_ANSWER });
    const provider = autopaycardCase.make(world.loopback.url + end, world.deps);
    expect(await provider.create(request)).toEqual(autopaycardCase.created);
    expect(world.loopback.requests.map(({ path }) => path)).toEqual(['/api/create-payment']);
  });

  it('does not guess which card is meant', async () => {
    const { cardKey: _key, ...plain } = request;
    await expect(world.provider.create(plain)).rejects.toThrow('uniqueSums');
    await expect(world.provider.create({ ...plain, cardKey: '9999' })).rejects.toThrow('9999');
    expect(world.loopback.requests).toEqual([]);
  });

  it('offers its cards without their gmail', () => {
    expect(JSON.stringify(world.provider)).not.toContain('gmail');
    expect(world.provider.uniqueSums?.cards.map(({ key }) => key)).toEqual(['6412', '8675']);
  });

  it.each([
    ['no card', { cards: [] }, 'at least one card'],
    ['a key with a line break', { apiKey: 'MARKED\nkey' }, 'no HTTP header'],
    [
      'two cards that end alike',
      {
        cards: ['8600000000006412', '9860000000006412'].map((number) => ({
          number,
          holder: '',
          gmail: 'a@b.uz',
        })),
      },
      'same four digits',
    ],
  ])('refuses settings with %s', (_what, changes, words) => {
    const settings = {
      baseUrl: 'https://x.uz',
      apiKey: 'key',
      cards: [{ number: '8600000000006412', holder: '', gmail: 'a@b.uz' }],
      subscriptionPath: '/api/subscription',
    };
    expect(() => createAutopaycard({ ...settings, ...changes }, world.deps)).toThrow(words);
    expect(() => createAutopaycard({ ...settings, ...changes }, world.deps)).not.toThrow('MARKED');
  });

  it('is asked quickly at first, and for an hour after its five minutes', () => {
    const { schedule } = world.provider;
    const delays = [0, 60, 120, 300, 1200, 3900, 86_400].map(
      (age) => nextPollDelayMs(schedule, age * 1000) / 1000,
    );
    expect(delays).toEqual([10, 15, 30, 60, 300, 3600, 21_600]);
  });
});
