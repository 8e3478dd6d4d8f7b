import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextPollDelayMs } from '../../topups/provider.ts';
import { startContractWorld, type ContractWorld } from '../contract-world.ts';
import { json } from '../testing.ts';
import { rasmiypayCase } from './contract-case.ts';
import { SHOP_ANSWER } from './fixtures.ts';

const { order } = rasmiypayCase;

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
  it.each(["To'landi", 'Toʻlandi', 'To’landi', "TO'LANDI "])(
    'is content with the monthly fee "%s"',
    async (month_status) => {
      shopWith({ month_status });
      expect(await world.provider.health?.()).toMatchObject({ kind: 'health', problems: [] });
    },
  );

  it.each([
    [{ month_status: "To'lanmagan" }, ['monthly_fee_unpaid']],
    [{ month_status: "To'lanmagan, to'landi emas" }, ['monthly_fee_unpaid']],
    [{ status: 'waiting' }, ['shop_inactive']],
    [{ status: 'block', month_status: '' }, ['shop_inactive', 'monthly_fee_unpaid']],
    [{ status: undefined, month_status: undefined }, []],
  ])('hears from %j what is wrong', async (changes, codes) => {
    shopWith(changes);
    const health = await world.provider.health?.();
    const problems = health?.kind === 'health' ? health.problems : [];
    expect(health?.kind).toBe('health');
    expect(problems.map(({ code }) => code)).toEqual(codes);
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
