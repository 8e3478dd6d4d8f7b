import { describe, expect, it } from 'vitest';
import { ALI, labels, VALI } from '../bot.fixture.ts';
import { atConfirm, atSum, CARD, startPayStage } from '../pay.fixture.ts';

const NUMBER = '8600 4954 7331 6478';

describe('/cards', () => {
  it('links a card: what was typed is deleted at once, and only the mask is shown', async () => {
    const { stage, bills } = await startPayStage();
    await stage.say('/cards');
    await stage.tap('Link a card');
    expect((await stage.say('8600')).text).toContain('16 digits');
    expect((await stage.say(NUMBER)).text).toContain('expiry date');
    expect((await stage.say('13/28')).text).toContain('month and the year');
    expect((await stage.say('09/28')).text).toContain('8600 **** **** 6478');
    expect(bills.links).toEqual([{ number: '8600495473316478', expiry: '09/28' }]);
    expect((await stage.say('55555')).text).toContain('is linked');
    expect(await bills.cards.list(ALI.id)).toHaveLength(1);
    const chat = JSON.stringify(stage.telegram.messages(ALI.id));
    for (const secret of [NUMBER, '7331', '13/28', '55555']) expect(chat).not.toContain(secret);
  });

  it('reads number, expiry and code through marks nobody sees and odd hyphens', async () => {
    const { stage, bills } = await startPayStage();
    await stage.say('/cards');
    await stage.tap('Link a card');
    await stage.say('\u20668600\u20114954\u20137331\u202f64\u200b78\u2069');
    await stage.say('\u200e09\u200b/28');
    expect(bills.links).toEqual([{ number: '8600495473316478', expiry: '09/28' }]);
    expect((await stage.say('55\u200b555')).text).toContain('is linked');
  });

  it('takes number and expiry in one message, and asks for a wrong code again', async () => {
    const { stage, bills } = await startPayStage();
    await stage.say('/cards');
    await stage.tap('Link a card');
    bills.paylov.confirmLinking = () => Promise.resolve({ kind: 'problem', code: 'invalid_otp' });
    expect((await stage.say(`${NUMBER} 09/28`)).text).toContain('code from the SMS');
    expect((await stage.say('1111')).text).toContain('code is wrong');
    bills.paylov.confirmLinking = () => Promise.resolve({ kind: 'problem', code: 'otp_expired' });
    const again = await stage.say('2222');
    expect(again.text).toContain('To get a new one, please enter the card number again');
    expect(again.text).toContain('16 digits');
  });

  it('takes over a card that Paylov has as theirs already', async () => {
    const { stage, bills } = await startPayStage();
    bills.paylov.startLinking = () => Promise.resolve({ kind: 'linked', ...CARD });
    await stage.say('/cards');
    await stage.tap('Link a card');
    expect((await stage.say(`${NUMBER} 09/28`)).text).toContain('6412 is linked');
  });

  it('forgets a number whose expiry was not told in time, and keeps it in no table', async () => {
    const { stage, bills } = await startPayStage();
    await stage.say('/cards');
    await stage.tap('Link a card');
    await stage.say(NUMBER);
    await stage.clock.advance(11 * 60_000);
    expect((await stage.say('09/28')).text).toContain('not kept');
    expect(bills.links).toEqual([]);
  });

  it('removes a card once the user is sure, and never that of somebody else', async () => {
    const { stage, bills } = await startPayStage();
    await bills.link(ALI.id, CARD);
    await stage.say('/cards');
    const { screen } = await stage.tap('Remove •6412');
    expect(screen.text).toContain('8600 **** **** 6412');
    await bills.unlink();
    await bills.link(VALI.id, CARD);
    expect((await stage.tap('Yes, remove')).toast).toContain('out of date');
    expect(await bills.cards.list(VALI.id)).toEqual([CARD]);
    await bills.link(ALI.id, CARD);
    await stage.say('/cards');
    await stage.tap('Remove •6412');
    expect((await stage.tap('Yes, remove')).screen.text).toContain('is removed');
    expect(await bills.cards.list(ALI.id)).toEqual([]);
  });

  it('linked on the way to a payment leads back to it', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atSum(pay);
    await stage.say('5000');
    await stage.tap('💳 Another method');
    await stage.tap('Link a card');
    await stage.say(`${NUMBER} 0928`);
    expect(labels(await stage.say('4444'))).toContain('💳 8600 **** **** 6478');
    await stage.tap('💳 8600');
    await stage.tap('✅ Pay');
    expect(bills.confirmed[0]).toMatchObject({ source: 'card', cardId: 'card-6478' });
  });
});

describe('an account', () => {
  it('is saved under a name and paid again with two taps', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atConfirm(pay);
    await stage.tap('✅ Pay');
    await stage.tap('⭐ Save');
    expect((await stage.say('x'.repeat(41))).text).toContain('1 to 40');
    expect((await stage.say('Home')).text).toContain('Saved');
    expect(labels(await stage.say('/pay'))[0]).toContain('⭐ Home');
    const { screen } = await stage.tap('⭐ Home');
    expect(screen.text).toContain('check and confirm');
    // What is owed now, and not what was paid then.
    expect(screen.text).toContain("Debt: 15\u00a0105,15\u00a0so'm");
    expect(screen.text).toContain("Total: 15\u00a0106\u00a0so'm");
    await stage.tap('✅ Pay');
    expect(bills.confirmed).toHaveLength(2);
  });

  it.each([
    ['-300 UZS', "Total: 500\u00a0so'm", "Debt: 300\u00a0so'm"],
    ['-9000000.10 UZS', "Total: 5\u00a0000\u00a0000\u00a0so'm", 'Debt: 9\u00a0000\u00a0000,10'],
    ['12000 UZS', "Total: 50\u00a0000\u00a0so'm", 'Account balance: 12\u00a0000'],
  ])('that was saved says what is owed, and offers it: %s', async (saldo, total, shown) => {
    const pay = await startPayStage(2_000_000_000);
    const { stage, bills } = pay;
    await atConfirm(pay);
    await stage.tap('✅ Pay');
    await stage.tap('⭐ Save');
    await stage.say('Home');
    bills.told = { kind: 'info', details: [{ name: 'saldo', title: 'balance', value: saldo }] };
    await stage.say('/pay');
    const { screen } = await stage.tap('⭐ Home');
    expect(screen.text).toContain(shown);
    expect(screen.text).toContain(total);
  });

  it('whose sign nobody knows is called no debt, and shows what the service says', async () => {
    const pay = await startPayStage(2_000_000_000);
    const { stage, bills } = pay;
    await bills.say('unknown');
    await atConfirm(pay);
    await stage.tap('✅ Pay');
    await stage.tap('⭐ Save');
    await stage.say('Home');
    await stage.say('/pay');
    const { screen } = await stage.tap('⭐ Home');
    expect(screen.text).toContain('Account balance: −15\u00a0105,15');
    expect(screen.text).toContain("Total: 50\u00a0000\u00a0so'm");
    const all = stage.telegram.messages(ALI.id).map(({ text }) => text);
    expect([...all, ...labels(screen)].join('\n')).not.toContain('Debt');
  });

  it('of an earlier bill can be paid as it is owed today', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atConfirm(pay);
    await stage.tap('✅ Pay');
    await stage.tap('Pay again');
    await stage.tap('Debt: 15');
    expect(stage.last().text).toContain("Total: 15\u00a0106\u00a0so'm");
    expect(labels(stage.last()).join()).not.toContain('Debt');
    await stage.tap('✅ Pay');
    expect(bills.confirmed[1]!.amountTiyin).toBe(1_510_600);
  });

  it('of an earlier bill is paid again with two taps', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atConfirm(pay);
    await stage.tap('✅ Pay');
    await stage.say('/pay');
    await stage.tap('My bills');
    await stage.tap('✅ 50');
    await stage.tap('Pay again');
    expect(stage.last().text).toContain("Debt: 15\u00a0105,15\u00a0so'm");
    expect(stage.last().text).toContain("Total: 50\u00a0000\u00a0so'm");
    await stage.tap('✅ Pay');
    expect(bills.confirmed).toHaveLength(2);
    expect(bills.confirmed[1]!.confirmationId).not.toBe(bills.confirmed[0]!.confirmationId);
  });
});
