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
  return { other, choose };
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

it('ways to top up stand in the order that was chosen, wherever, and hidden ones do not', async () => {
  const { other, choose } = await twoProcesses();
  const offered = async () => (await other.ways()).all.map(({ way }) => way);
  expect(await offered()).toEqual(['payfer', 'inpay']);
  await choose('TOPUP_ORDER', 'inpay,payfer');
  expect(await offered()).toEqual(['inpay', 'payfer']);
});
