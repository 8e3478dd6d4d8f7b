import { expect, it } from 'vitest';
import { alarms, providerStates, staffLog } from '../../../db/tables.ts';
import { providerState } from '../../../topups/provider-state.ts';
import { ALI, OWNER, type BotStage, startBotStage, VALI } from '../../bot.fixture.ts';

async function stageWith(staff: { operatorIds?: number[]; viewerIds?: number[] }) {
  const stage = await startBotStage({ staff });
  for (const { id } of [ALI, VALI, OWNER]) await stage.meet(id);
  return stage;
}

const paused = async (stage: BotStage): Promise<string | null> =>
  (await providerState(stage.db.read, 'payfer'))?.pausedBy ?? null;

it('viewers see, operators pause, owners resume; a made-up tap of anybody else is a button nobody knows', async () => {
  const stage = await stageWith({ operatorIds: [VALI.id], viewerIds: [ALI.id] });
  await stage.say('/providers', ALI.id);
  const shown = await stage.tap('Payfer', ALI.id);
  expect(shown.screen.inlineKeyboard.flat().map(({ text }) => text)).not.toContain(
    '⏸ Take off the menu',
  );
  expect(await stage.forge('desk:prov:pause:payfer', ALI.id)).toContain('out of date');
  expect(await paused(stage)).toBeNull();
  await stage.say('/providers', VALI.id);
  await stage.tap('Payfer', VALI.id);
  expect((await stage.tap('Take off the menu', VALI.id)).toast).toContain('Off the menu');
  expect(await stage.forge('desk:prov:pause:payfer', VALI.id)).toContain('decided before');
  expect(await stage.forge('desk:prov:resume:payfer', VALI.id)).toContain('out of date');
  expect(await paused(stage)).toBe(`owner:${VALI.id}`);
  await stage.say('/providers', OWNER.id);
  expect((await stage.tap('Payfer', OWNER.id)).screen.text).toContain('Taken off by Vali,');
  await stage.tap('Bring back', OWNER.id);
  expect(await paused(stage)).toBeNull();
  expect(await stage.db.read.select().from(staffLog)).toHaveLength(2);
});

it('money of the books is moved by owners alone', async () => {
  const stage = await stageWith({ operatorIds: [VALI.id] });
  await stage.say('/admin', VALI.id);
  for (const data of ['desk:rec:found:payfer.2026-01-04', 'desk:float:put:100-1-0']) {
    expect(await stage.forge(data, VALI.id)).toContain('out of date');
  }
});

it('says what a provider told of our account, and what it last failed with, as plain text', async () => {
  const stage = await stageWith({});
  await stage.db.tx((tx) =>
    tx.insert(providerStates).values({
      provider: 'payfer',
      facts: [
        { name: 'balance', value: '150000', amountTiyin: 15_000_000 },
        { name: 'shop_name', value: 'A <b>shop' },
        { name: 'of another version', value: 'x' },
      ],
      factsAt: stage.clock.now(),
      failuresInARow: 3,
      lastProblem: 'server_error',
      lastProblemDetail: '<html>',
      lastProblemAt: stage.clock.now(),
    }),
  );
  await stage.db.tx((tx) =>
    tx.insert(alarms).values(
      ['payfer:timeout', 'payfer:server_error', 'inpay:network'].map((key) => {
        const at = stage.clock.now();
        return { key: `provider_problem:${key}`, firstAt: at, lastAt: at, toldAt: at };
      }),
    ),
  );
  await stage.say('/providers', OWNER.id);
  const { screen } = await stage.tap('Payfer', OWNER.id);
  expect(screen.text?.replaceAll('\u00a0', ' ')).toContain("Shop balance: 150 000 so'm");
  expect(screen.text).toContain('A <b>shop');
  expect(screen.text).toContain('server_error');
  expect(screen.text).not.toContain('another version');
  expect(screen.text).toContain('Earlier: timeout');
  expect(screen.text?.match(/Earlier/g)).toHaveLength(1);
});

it('a day that is none is not compared, and a line that is no head is explained', async () => {
  const stage = await stageWith({});
  expect((await stage.say('/reconcile 2026-02-31', OWNER.id)).text).toContain('04.01.2026');
  expect((await stage.say('/reconcile 03.01.2026', OWNER.id)).text).toContain('03.01.2026');
  expect((await stage.say('/audit what', OWNER.id)).text).toContain('line of an earlier message');
  expect((await stage.say('/audit 5 0123456789ab', OWNER.id)).text).toContain('no seal of entry 5');
  expect((await stage.say('/audit', OWNER.id)).text).toContain('The books add up');
});
