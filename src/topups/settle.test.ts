import { afterEach, expect, it } from 'vitest';
import { outbox } from '../db/tables.ts';
import { som } from '../core/money.ts';
import { settle } from './settle.ts';
import { scriptedProvider, stage, type Stage, USER } from './topup-stage.fixture.ts';

const SUM = som(50_000);

let world: Stage;
afterEach(async () => {
  await world.topups.stop();
  await world.close();
});

it('writes the news of a credit in the very transaction that credits', async () => {
  world = stage([scriptedProvider('payfer')]);
  const created = await world.topups.create({ userId: USER, provider: 'payfer', baseTiyin: SUM });
  if (created.kind !== 'created') throw new Error(created.kind);
  const { id: topupId, amountTiyin: paidTiyin } = created.topup;
  const keys = await world.deps.write(async (tx) => {
    const evidence = { topupId, provider: 'payfer', paidTiyin, cause: 'poll' } as const;
    const outcome = await settle(world.deps, tx, { ...evidence, at: world.clock.now() });
    expect(outcome).toEqual({ kind: 'credited' });
    // What is written later is lost by a crash in between.
    const messages = await tx.select({ key: outbox.key }).from(outbox);
    return messages.map(({ key }) => key);
  });
  expect(keys).toContain(`topup:${topupId}:paid`);
});
