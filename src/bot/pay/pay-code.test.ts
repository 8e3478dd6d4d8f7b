import { describe, expect, it } from 'vitest';
import { ALI } from '../bot.fixture.ts';
import { atConfirm, CARD, startPayStage } from '../pay.fixture.ts';

describe('a code', () => {
  async function atCode() {
    const pay = await startPayStage();
    await pay.bills.link(ALI.id, CARD);
    await atConfirm(pay, '6412');
    await pay.stage.tap('✅ Pay');
    return pay;
  }

  it('is asked for, deleted and used', async () => {
    const { stage, bills } = await atCode();
    expect(stage.last().text).toContain('SMS to *******67');
    const { messageId: typed } = stage.telegram.sendText(ALI.id, '123456');
    await stage.pump();
    expect(bills.codes).toEqual(['123456']);
    expect(stage.telegram.message(ALI.id, typed)).toBeUndefined();
    expect(stage.last().text).toContain('The bill is paid');
  });

  it('that is wrong or expired is asked for again', async () => {
    const { stage, bills } = await atCode();
    const { onPay } = bills.paylov;
    bills.paylov.onPay = () => ({ kind: 'refused', code: 'invalid_otp' });
    expect((await stage.say('1111')).text).toContain('Tries left: 2');
    expect((await stage.say('12')).text).toContain('4 to 8 digits');
    bills.paylov.onPay = () => ({ kind: 'refused', code: 'otp_expired' });
    expect((await stage.say('2222')).text).toContain('has expired');
    expect((await stage.tap('New code')).screen.text).toContain('new code has been sent');
    bills.paylov.onPay = onPay;
    expect((await stage.say('3333')).text).toContain('The bill is paid');
    expect(bills.codes).toEqual(['1111', '2222', '3333']);
  });

  it('is still taken where a new one can not be asked for just now', async () => {
    const { stage, bills } = await atCode();
    bills.instead.newCode = { kind: 'unavailable', reason: 'busy' };
    const { screen } = await stage.tap('New code');
    expect(screen.text).toContain('SMS to *******67');
    expect((await stage.say('3333')).text).toContain('The bill is paid');
  });

  it('can be given up, once the user is sure', async () => {
    const { stage } = await atCode();
    expect((await stage.tap('Cancel the payment')).screen.text).toContain('Really cancel');
    const { screen } = await stage.tap('Yes, cancel');
    expect(screen.text).toContain('You cancelled this payment');
    expect(screen.text).toContain('Nothing was charged');
  });

  it.each(['977502', '068975', '977-502'])(
    'typed after something else was looked at is asked for, and taken for nothing else: %s',
    async (code) => {
      const { stage, bills } = await atCode();
      await stage.say('/balance');
      const { messageId: typed } = stage.telegram.sendText(ALI.id, code);
      await stage.pump();
      expect(stage.last().text).toContain('still waiting for the code');
      expect(stage.last().text).toContain('SMS to *******67');
      expect(stage.telegram.message(ALI.id, typed)).toBeUndefined();
      expect(bills.codes).toEqual([]);
      expect((await stage.say(code)).text).toContain('The bill is paid');
      expect(bills.codes).toEqual([code.replace('-', '')]);
    },
  );

  it('is nothing special once the bill is over', async () => {
    const { stage } = await atCode();
    await stage.say('123456');
    await stage.say('/balance');
    expect((await stage.say('977502')).text).toContain('top up your balance');
  });

  it('is waited for until /cancel is meant: it asks, and says nothing is cancelled before', async () => {
    const { stage, bills } = await atCode();
    const asked = await stage.say('/cancel');
    expect(asked.text).toContain('Really cancel this payment');
    expect((await stage.tap('No, go back')).screen.text).toContain('SMS to *******67');
    await stage.say('/balance');
    expect((await stage.say('/cancel')).text).toContain('Really cancel this payment');
    await stage.tap('Yes, cancel');
    expect((await bills.rows()).map(({ state }) => state)).toEqual(['failed']);
    expect((await stage.say('/cancel')).text).toContain('nothing to cancel');
  });

  it('leaves /cancel to whatever else was begun meanwhile', async () => {
    const { stage, bills } = await atCode();
    await stage.say('/topup');
    await stage.say('/pay');
    expect((await stage.say('/cancel')).text).toContain('You are back in the main menu');
    expect((await bills.rows()).map(({ state }) => state)).toEqual(['awaiting_code']);
  });
});

describe('an update that runs again', () => {
  const INTERNAL = { status: 500, description: 'Internal Server Error' };

  it('does not answer the next question with the last answer', async () => {
    const { stage } = await startPayStage();
    await stage.say('/pay');
    await stage.tap('Electricity');
    await stage.tap('Tashkent');
    await stage.tap('Алмазар');
    stage.telegram.fail({ method: 'sendMessage', times: 1, with: INTERNAL });
    await expect(stage.say('0012345')).rejects.toThrow(/Internal Server Error/);
    await stage.again();
    await stage.again();
    expect(stage.last().text).toContain('Account number: 0012345');
    expect(stage.last().text).toContain('Enter: Note');
    expect(stage.last().text).not.toContain('Note: 0012345');
  });

  it('pays once, however the screen failed', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atConfirm(pay);
    stage.telegram.fail({ method: 'editMessageText', times: 2, with: INTERNAL });
    await expect(stage.tap('✅ Pay')).rejects.toThrow(/Internal Server Error/);
    await expect(stage.again()).rejects.toThrow(/Internal Server Error/);
    await stage.again();
    expect(await bills.rows()).toHaveLength(1);
    expect(stage.last().text).toContain('The bill is paid');
  });
});
