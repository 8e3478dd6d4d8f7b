/** Limits, order and hiding of payment systems hold at once in every process on the database. */
import { expect, it, onTestFinished } from 'vitest';
import { terms } from '../db/tables.ts';
import { som } from '../core/money.ts';
import { createTopups } from './service.ts';
import { scriptedProvider, stage, USER } from './topup-stage.fixture.ts';

async function twoProcesses() {
  const world = stage([scriptedProvider('inpay'), scriptedProvider('payfer')]);
  onTestFinished(() => world.close());
  const other = createTopups(world.deps);
  onTestFinished(() => other.stop());
  const choose = async (name: string, value: string): Promise<void> => {
    await world.file.db.tx(async (tx) => {
      await tx.insert(terms).values({ name, value, changedBy: 1, changedAt: 1 });
    });
  };
  const offered = async () => (await other.offers()).map(({ provider }) => provider.id);
  return { world, other, choose, offered };
}

it('a limit that was changed is the limit of whoever opens an order next, wherever', async () => {
  const { other, choose } = await twoProcesses();
  const request = { userId: USER, provider: 'payfer', baseTiyin: som(50_000) } as const;
  await choose('TOPUP_MAX', '40000');
  expect(await other.create(request)).toMatchObject({
    kind: 'out_of_limits',
    maxTiyin: som(40_000),
  });
  expect((await other.offers())[1]?.maxTiyin).toBe(som(40_000));
  expect((await other.create({ ...request, baseTiyin: som(40_000) })).kind).toBe('created');
});

it('payment systems stand in the order that was chosen; a hidden one opens nothing and goes on', async () => {
  const { world, other, choose, offered } = await twoProcesses();
  const open = await other.create({ userId: USER, provider: 'inpay', baseTiyin: som(5000) });
  if (open.kind !== 'created') throw new Error(open.kind);
  expect(await offered()).toEqual(['inpay', 'payfer']);
  await choose('PAYMENT_SYSTEMS', 'payfer,-inpay');
  expect(await offered()).toEqual(['payfer']);
  expect((await other.allOffers()).map(({ provider }) => provider.id)).toEqual(['payfer', 'inpay']);
  const again = { userId: USER + 1, provider: 'inpay', baseTiyin: som(5000) } as const;
  expect(await other.create(again)).toEqual({ kind: 'unavailable', reason: 'absent' });
  await world.clock.advance(10_000);
  expect((await other.checkNow(open.topup.id, { userId: USER })).kind).toBe('checked');
});
