/** A card's number, expiry or code that is typed where nobody asks for it. */
import { describe, expect, it } from 'vitest';
import { ALI, type BotStage, labels } from '../bot.fixture.ts';
import { atSum, startPayStage } from '../pay.fixture.ts';

const NUMBER = '8600 4954 7331 6478';

/** Types it; resolves with the answer, once the typed message is gone. */
async function typed(stage: BotStage, text: string) {
  const { messageId } = stage.telegram.sendText(ALI.id, text);
  await stage.pump();
  expect(stage.telegram.message(ALI.id, messageId)).toBeUndefined();
  return stage.last();
}

describe('what belongs to a card', () => {
  it.each([
    ['number', [], NUMBER, '16 digits'],
    ['number with its expiry', [], `${NUMBER} 09/28`, '16 digits'],
    ['expiry', [NUMBER], '09/28', 'expiry date'],
    ['code', [`${NUMBER} 09/28`], '977502', '8600 **** **** 6478'],
    ['code', [`${NUMBER} 09/28`], '977-502', '8600 **** **** 6478'],
  ])('brings linking back after something else was looked at: %s', async (_, said, text, asked) => {
    const { stage, bills } = await startPayStage();
    await stage.say('/cards');
    await stage.tap('Link a card');
    for (const each of said) await stage.say(each);
    await stage.say('/balance');
    const screen = await typed(stage, text);
    expect(screen.text).toContain('You were linking a card');
    expect(screen.text).toContain(asked);
    expect(await bills.cards.list(ALI.id)).toEqual([]);
    expect(JSON.stringify(stage.telegram.messages(ALI.id))).not.toContain('7331');
  });

  it('is taken for nothing else, and links the card once it is asked for', async () => {
    const { stage, bills } = await startPayStage();
    await stage.say('/cards');
    await stage.tap('Link a card');
    await stage.say(`${NUMBER} 09/28`);
    await stage.say('/balance');
    await typed(stage, '55555');
    expect((await typed(stage, '55555')).text).toContain('is linked');
    expect(await bills.cards.list(ALI.id)).toHaveLength(1);
    // A sum is a sum again.
    await stage.say('/balance');
    expect((await stage.say('55555')).text).toContain('Would you like to top up');
  });

  it('brings back the payment for which the card was being linked', async () => {
    const pay = await startPayStage();
    const { stage } = pay;
    await atSum(pay);
    await stage.say('5000');
    await stage.tap('💳 Another method');
    await stage.tap('Link a card');
    await stage.say(`${NUMBER} 09/28`);
    await stage.say('/history');
    expect((await typed(stage, '4444')).text).toContain('You were linking a card');
    expect(labels(await typed(stage, '4444'))).toContain('💳 8600 **** **** 6478');
  });

  it('is forgotten with /cancel', async () => {
    const { stage } = await startPayStage();
    await stage.say('/cards');
    await stage.tap('Link a card');
    await stage.say(`${NUMBER} 09/28`);
    await stage.say('/cancel');
    expect((await stage.say('55555')).text).toContain('Would you like to top up');
  });

  it('leaves the chat when it is a number that nobody asked for', async () => {
    const { stage } = await startPayStage();
    const screen = await typed(stage, NUMBER);
    expect(screen.text).toContain('looks like a card number');
    expect((await stage.tap('Link a card')).screen.text).toContain('16 digits');
  });

  it('stays where more is told than a number', async () => {
    const { stage } = await startPayStage();
    const { messageId } = stage.telegram.sendText(ALI.id, `${NUMBER} dan pul yechildi`);
    await stage.pump();
    expect(stage.telegram.message(ALI.id, messageId)).toBeDefined();
  });

  it('is a number also with words before it, and wider or other gaps', async () => {
    const { stage, bills } = await startPayStage();
    for (const text of [
      'karta 8600 4954 7331 6478',
      '8600  4954  7331  6478',
      '8600.4954.7331.6478',
    ]) {
      expect((await typed(stage, text)).text).toContain('looks like a card number');
    }
    await stage.tap('Link a card');
    await typed(stage, 'karta: 8600.4954.7331.6478, 09/28');
    expect((await typed(stage, '55555')).text).toContain('is linked');
    expect(bills.links).toEqual([{ number: NUMBER.replaceAll(' ', ''), expiry: '09/28' }]);
  });

  it('is not looked for among the services, and not said once more', async () => {
    const { stage } = await startPayStage();
    await stage.say('/pay');
    expect((await typed(stage, NUMBER)).text).toContain('looks like a card number');
    expect(JSON.stringify(stage.telegram.messages(ALI.id))).not.toContain('7331');
    expect((await stage.say('elektr')).text).toContain('elektr');
  });

  it('leaves the chat where a sum is asked for, which is asked for again', async () => {
    const { stage } = await startPayStage();
    await stage.say('/topup');
    await stage.tap('Card transfer');
    expect((await typed(stage, NUMBER)).text).toContain("a top-up doesn't need it");
    expect((await stage.say('50 000')).html).toContain('50\u00a0001,50');
  });
});
