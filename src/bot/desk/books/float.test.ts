import { expect, test } from 'vitest';
import { pause, resume } from '../../../bills/pause.ts';
import { floatOf } from '../../../ledger/float.ts';
import { type BotStage, labels, OWNER, startBotStage } from '../../bot.fixture.ts';
import { realBills } from '../../real-bills.fixture.ts';
import { SECOND } from '../approvals/approvals.fixture.ts';

async function start(): Promise<BotStage> {
  const stage = await startBotStage((made) => ({
    adminIds: [OWNER.id, SECOND.id],
    ownerBills: realBills(made),
  }));
  stage.telegram.user(SECOND);
  for (const { id } of [OWNER, SECOND]) await stage.meet(id);
  return stage;
}

/** Up to the question, which is not confirmed. */
async function type(stage: BotStage, who: number, button: string, sum: string): Promise<string> {
  await stage.say('/providers', who);
  await stage.tap('Paylov', who);
  await stage.tap(button, who);
  return (await stage.say(sum, who)).text;
}

const left = async (stage: BotStage): Promise<number | null> =>
  (await floatOf(stage.db.read)).leftTiyin;

test('what is on the operator’s card may have tiyin', async () => {
  const stage = await start();
  expect(await type(stage, OWNER.id, "The card's balance", '400 000,50')).toContain(
    '400\u00a0000,50',
  );
  await stage.tap('Confirm', OWNER.id);
  expect(await left(stage)).toBe(40_000_050);
});

test('a deposit that somebody else wrote down meanwhile is shown before it is written once more', async () => {
  const stage = await start();
  await type(stage, OWNER.id, "The card's balance", '400 000');
  await stage.tap('Confirm', OWNER.id);
  for (const { id } of [OWNER, SECOND]) {
    const question = await type(stage, id, 'I put money on the card', '1 mln');
    expect(question).toContain("400\u00a0000\u00a0so'm → 1\u00a0400\u00a0000\u00a0so'm");
  }
  await stage.tap('Confirm', OWNER.id);
  const { screen } = await stage.tap('Confirm', SECOND.id);
  expect(screen.text).toContain('Somebody wrote something down meanwhile');
  expect(screen.text).toContain("1\u00a0400\u00a0000\u00a0so'm → 2\u00a0400\u00a0000\u00a0so'm");
  expect(await left(stage)).toBe(140_000_000);
  await stage.again();
  expect(await left(stage)).toBe(140_000_000);
  await stage.tap('Confirm', SECOND.id);
  await stage.again();
  expect(await left(stage)).toBe(240_000_000);
});

test('a sum that nobody can read is asked for once more, with a way back', async () => {
  const stage = await start();
  expect(await type(stage, OWNER.id, "The card's balance", 'a lot')).toContain(
    "can't read that sum",
  );
  expect(labels(stage.last(OWNER.id))).toEqual(['🗂 Desk']);
  expect((await stage.say('400 000', OWNER.id)).text).toContain("400\u00a0000\u00a0so'm");
  await stage.tap('Confirm', OWNER.id);
  expect(await left(stage)).toBe(40_000_000);
});

test('whoever stopped paying from balances is named, and a trouble of the card is told in words', async () => {
  const stage = await start();
  await stage.say('/providers', SECOND.id);
  await stage.tap('Paylov', SECOND.id);
  await stage.tap('⏸ Pause paying from balances', SECOND.id);
  await stage.say('/providers', OWNER.id);
  const { screen } = await stage.tap('Paylov', OWNER.id);
  expect(screen.text).toContain('Nothing is paid from balances: 👤 Second');
  await stage.db.tx(async (tx) => {
    await resume(tx);
    await pause(tx, 'insufficient_funds');
  });
  await stage.say('/providers', OWNER.id);
  expect((await stage.tap('Paylov', OWNER.id)).screen.text).toContain(
    'Nothing is paid from balances: 💳 There is not enough money',
  );
});
