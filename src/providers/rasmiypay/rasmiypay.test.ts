import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextPollDelayMs } from '../../topups/provider.ts';
import { startContractWorld, type ContractWorld } from '../contract-world.fixture.ts';
import { json } from '../testing.fixture.ts';
import { rasmiypayCase } from './contract-case.fixture.ts';
import { CREATE_ANSWER, SHOP_ANSWER } from './payloads.fixture.ts';

const { order, request } = rasmiypayCase;

let world: ContractWorld;
beforeEach(async () => {
  world = await startContractWorld(rasmiypayCase);
});
afterEach(() => world.loopback.close());

function shopWith(changes: object): void {
  const answer = JSON.parse(SHOP_ANSWER) as { data: object };
  world.answer(json({ ...answer, data: { ...answer.data, ...changes } }));
}

describe('RasmiyPay', () => {
  it.each(["To'landi", 'Toʻlandi', 'To’landi', "TO'LANDI ", "To'langan", ''])(
    'is content with the monthly fee "%s"',
    async (month_status) => {
      shopWith({ month_status });
      expect(await world.provider.health?.()).toMatchObject({ kind: 'health', problems: [] });
    },
  );

  it.each([
    [{ month_status: "To'lanmagan" }, ['monthly_fee_unpaid']],
    [{ month_status: "To'lanmagan, to'landi emas" }, ['monthly_fee_unpaid']],
    [{ status: 'block', month_status: '' }, ['shop_inactive']],
    [
      { status: 'Faol emas', month_status: "Oylik to'lov qilinmagan!" },
      ['shop_inactive', 'monthly_fee_unpaid'],
    ],
    [{ status: 'active' }, []],
    [{ status: null, month_status: null }, []],
    [{ status: undefined, month_status: undefined }, []],
  ])('hears from %j what is wrong', async (changes, codes) => {
    shopWith(changes);
    const health = await world.provider.health?.();
    const problems = health?.kind === 'health' ? health.problems : [];
    expect(health?.kind).toBe('health');
    expect(problems.map(({ code }) => code)).toEqual(codes);
  });

  it('warns of words that it does not know about the shop, and goes on', async () => {
    shopWith({ status: 'moderation', month_status: '12.2026' });
    const health = await world.provider.health?.();
    expect(health).toMatchObject({
      problems: [],
      facts: expect.arrayContaining([{ name: 'shop_status', value: 'moderation' }]) as unknown,
    });
    expect(world.deps.warnings).toMatchObject([
      { event: 'provider.unknown_shop_word', data: { word: 'moderation' } },
      { event: 'provider.unknown_shop_word', data: { word: '12.2026' } },
    ]);
  });

  it.each([
    ['nothing', { data: null }],
    ['an empty list', { data: [] }],
    ['a sum as people write it', { data: { amount: '50 000' } }],
    ['a sum that is none', { data: { amount: {} } }],
    ['the order itself', { order: undefined, data: { order: 'abc123xyz', amount: 50000 } }],
  ])('takes an order whose data is %s', async (_what, changes) => {
    world.answer(json({ ...(JSON.parse(CREATE_ANSWER) as object), ...changes }));
    expect(await world.provider.create(request)).toEqual(rasmiypayCase.created);
  });

  it.each([
    ['409 without words', { status: 409, body: '' }],
    ['409 with words of no document', json({ status: 'error', message: 'Xato' }, 409)],
    ['400', json({ status: 'error', message: 'Bu summa band!' }, 400)],
  ])('asks for another sum: %s', async (_how, reply) => {
    world.answer(reply);
    expect(await world.provider.create(request)).toEqual({ kind: 'sum_taken' });
  });

  it('hears what a 409 says when it says something else', async () => {
    world.answer(json({ status: 'error', message: "Do'kon faol emas!" }, 409));
    expect(await world.provider.create(request)).toMatchObject({ code: 'shop_inactive' });
  });

  it.each(['', '/', '/api', '/api/'])(
    'finds its address behind a base that ends in "%s"',
    async (end) => {
      world.answer({ status: 200, body: CREATE_ANSWER });
      const provider = rasmiypayCase.make(world.loopback.url + end, world.deps);
      expect(await provider.create(request)).toEqual(rasmiypayCase.created);
      expect(world.loopback.requests.map(({ path }) => path)).toEqual(['/api?method=create']);
    },
  );

  it('finds the number of the order in the data of a status answer', async () => {
    const paid = { status: 'paid', amount: '50000' };
    world.answer(json({ status: 'success', data: { ...paid, order: order.providerOrder } }));
    expect(await world.provider.check(order, 'poll')).toMatchObject({ kind: 'paid' });
    world.answer(json({ status: 'success', data: { ...paid, order: 'another' } }));
    expect(await world.provider.check(order, 'poll')).toMatchObject({ code: 'unreadable_payment' });
  });

  it('does not take a cancel of another order for its own', async () => {
    world.answer(json({ status: 'success', order: 'other' }));
    expect(await world.provider.cancel?.(order)).toMatchObject({ code: 'bad_answer' });
  });

  it('does not take the order’s top-level status for the payment’s', async () => {
    world.answer(
      json({
        status: 'success',
        order: order.providerOrder,
        data: { status: 'pending', amount: '50000' },
      }),
    );
    expect(await world.provider.check(order, 'poll')).toEqual({ kind: 'pending' });
  });

  it('is looked at every 10 seconds for 5 minutes, then slower', () => {
    const { schedule } = world.provider;
    const delays = [0, 299, 300, 599, 600, 3599, 3600].map(
      (age) => nextPollDelayMs(schedule, age * 1000) / 1000,
    );
    expect(delays).toEqual([10, 10, 30, 30, 300, 300, 3600]);
  });
});
