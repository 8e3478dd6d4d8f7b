import { afterEach, expect, it } from 'vitest';
import { som } from '../core/money.ts';
import { collectLog } from '../testing/log.ts';
import {
  OWNER,
  scriptedProvider,
  type ScriptedProvider,
  stage,
  type Stage,
  USER,
} from './topup-stage.fixture.ts';
import type { Topup } from './topup.ts';

const SUM = som(50_000);

let world: Stage;
afterEach(() => world.close());

/** An order, and what the log says of money from now on. Each transaction of this stage runs twice. */
async function opened(): Promise<{
  payfer: ScriptedProvider;
  topup: Topup;
  noted: () => object[];
}> {
  const payfer = scriptedProvider('payfer');
  world = stage([payfer]);
  const { log, lines } = collectLog();
  world.deps.log = log;
  const outcome = await world.topups.create({ userId: USER, provider: 'payfer', baseTiyin: SUM });
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  const noted = (): object[] =>
    lines.map(({ data }) => data).filter((data) => 'event' in data && data.event === 'topup_money');
  return { payfer, topup: outcome.topup, noted };
}

async function check(topup: Topup): Promise<void> {
  await world.clock.advance(20_000);
  await world.topups.checkNow(topup.id, { userId: USER });
  await world.clock.settle();
}

const decision = ({ id }: Topup) => ({ id, staffId: OWNER, reason: 'seen', at: world.clock.now() });

it('another sum and its refusal are noted once each, with the sum that was paid', async () => {
  const { payfer, topup, noted } = await opened();
  payfer.onCheck = () => ({ kind: 'paid', paidTiyin: SUM - 100 });
  await check(topup);
  await check(topup);
  const { decisions } = world.topups;
  await world.deps.write((tx) => decisions.refuseReview(tx, decision(topup)));
  await world.deps.write((tx) => decisions.refuseReview(tx, decision(topup)));
  const facts = {
    event: 'topup_money',
    order: topup.id,
    provider: 'payfer',
    amountTiyin: SUM - 100,
  };
  expect(noted()).toEqual([
    { ...facts, outcome: 'review' },
    { ...facts, outcome: 'review_refused', by: OWNER },
  ]);
});

it('an approval is noted with whose it was, and nothing that was rolled back is', async () => {
  const { topup, noted } = await opened();
  const { decisions } = world.topups;
  const undone = world.deps.write(async (tx) => {
    await decisions.approve(tx, decision(topup));
    throw new Error('the disk is full');
  });
  await expect(undone).rejects.toThrow('the disk is full');
  expect(noted()).toEqual([]);
  await world.deps.write((tx) => decisions.approve(tx, decision(topup)));
  expect(noted()).toMatchObject([{ outcome: 'approved', amountTiyin: SUM, by: OWNER }]);
});
