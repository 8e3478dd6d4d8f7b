/** However often something is begun, or typed wrongly, one question stands in the chat; what tells of money stays. */
import { describe, expect, it } from 'vitest';
import type { MessageView } from '../../../sandbox/telegram/types.ts';
import { ALI, type BotStage, startBotStage } from '../bot.fixture.ts';
import { atConfirm, CARD, startPayStage } from '../pay.fixture.ts';

/** What the bot has in the chat that says so. */
function standing({ telegram }: BotStage, words: string): MessageView[] {
  const all = telegram.messages(ALI.id);
  return all.filter(({ from, text }) => from === 'bot' && text.includes(words));
}

describe('one question stands in the chat', () => {
  it('after a sum was typed wrongly, with what was wrong the last time', async () => {
    const stage = await startBotStage();
    await stage.meet();
    await stage.say('/topup');
    await stage.tap('Card transfer');
    for (const text of ['many', '1,5', '7']) await stage.say(text);
    const asked = standing(stage, 'how much');
    expect(asked).toHaveLength(1);
    expect(asked[0]!.text).toContain('should be between');
  });

  it.each([
    ['/pay', 'Pay bills'],
    ['/topup', 'Choose how to pay'],
  ])('after %s was sent again and again', async (command, words) => {
    const { stage } = await startPayStage();
    for (let time = 0; time < 4; time += 1) await stage.say(command);
    expect(standing(stage, words)).toHaveLength(1);
    expect(stage.last().text).toContain(words);
  });

  it('also where something else was looked at in between', async () => {
    const { stage } = await startPayStage();
    await stage.say('/pay');
    await stage.say('/balance');
    await stage.say('/pay');
    expect(standing(stage, 'Pay bills')).toHaveLength(1);
    expect(standing(stage, 'My account')).toHaveLength(1);
  });

  it('and one that was left for another stands, for its buttons lead back', async () => {
    const { stage } = await startPayStage();
    await stage.say('/pay');
    await stage.say('/topup');
    expect(standing(stage, 'Pay bills')).toHaveLength(1);
    expect(standing(stage, 'Choose how to pay')).toHaveLength(1);
  });
});

describe('what tells of money stays', () => {
  it('the receipt of a bill, when the next one is begun', async () => {
    const pay = await startPayStage();
    await atConfirm(pay);
    await pay.stage.tap('Pay 50');
    for (let time = 0; time < 3; time += 1) await pay.stage.say('/pay');
    expect(standing(pay.stage, 'The bill is paid')).toHaveLength(1);
    expect(standing(pay.stage, 'Choose a category')).toHaveLength(1);
  });

  it('a bill that waits for its code', async () => {
    const pay = await startPayStage();
    await pay.bills.link(ALI.id, CARD);
    await atConfirm(pay);
    await pay.stage.tap('Another method');
    await pay.stage.tap('6412');
    await pay.stage.tap('✅ Pay');
    expect(standing(pay.stage, 'Enter the code')).toHaveLength(1);
    await pay.stage.say('/pay');
    await pay.stage.say('/pay');
    expect(standing(pay.stage, 'Enter the code')).toHaveLength(1);
  });

  it('the order of a top-up', async () => {
    const { stage } = await startPayStage();
    await stage.say('/topup');
    await stage.tap('Card transfer');
    await stage.say('50000');
    for (let time = 0; time < 3; time += 1) await stage.say('/topup');
    expect(standing(stage, 'Exact sum')).toHaveLength(1);
    expect(standing(stage, 'Choose how to pay')).toHaveLength(1);
  });

  it('an order for what the balance lacked, which came to stand where the bill was asked for', async () => {
    const pay = await startPayStage(0);
    const { stage } = pay;
    await atConfirm(pay);
    await stage.tap('Top up 50');
    await stage.tap('Card transfer');
    expect(standing(stage, 'Exact sum')).toHaveLength(1);
    await stage.say('/pay');
    expect(standing(stage, 'Exact sum')).toHaveLength(1);
  });
});
