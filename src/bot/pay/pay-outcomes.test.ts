/** What a confirmation may be answered with when no bill comes of it. */
import { describe, expect, it } from 'vitest';
import { ALI, labels } from '../bot.fixture.ts';
import { atConfirm, atSum, CARD, startPayStage } from '../pay.fixture.ts';

describe('a confirmation that makes no bill', () => {
  it('because too many are open says so and can be tapped again', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    bills.instead.confirm = () => ({ kind: 'too_many', open: 5 });
    await atConfirm(pay);
    const { screen } = await stage.tap('✅ Pay');
    expect(screen.text).toContain('too many unfinished payments');
    delete bills.instead.confirm;
    expect((await stage.tap('✅ Pay')).screen.text).toContain('The bill is paid');
    expect(new Set(bills.confirmed.map((each) => each.confirmationId)).size).toBe(1);
  });

  it('because the limits have changed asks for another sum', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    bills.instead.confirm = ({ amountTiyin }) =>
      amountTiyin === 1_000_000
        ? undefined
        : { kind: 'out_of_limits', minTiyin: 100_000, maxTiyin: 1_000_000 };
    await atConfirm(pay);
    const { screen } = await stage.tap('✅ Pay');
    expect(screen.text).toContain('How much');
    expect((await stage.say('10 000')).text).toContain('check and confirm');
    expect((await stage.tap('✅ Pay')).screen.text).toContain('The bill is paid');
    // Another sum is another confirmation.
    expect(new Set(bills.confirmed.map((each) => each.confirmationId)).size).toBe(2);
  });

  it('because the card is gone asks for another source', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await bills.link(ALI.id, CARD);
    await atConfirm(pay, '💳 8600');
    await bills.unlink();
    const { screen } = await stage.tap('✅ Pay');
    expect(screen.text).toContain('no longer linked');
    expect(labels(screen).join()).not.toContain('8600');
    await stage.tap('Balance');
    expect((await stage.tap('✅ Pay')).screen.text).toContain('The bill is paid');
    expect(bills.confirmed.map(({ source }) => source)).toEqual(['card', 'balance']);
  });
});

it.each([true, false])('the confirmation says whether its facts are old: %s', async (stale) => {
  const pay = await startPayStage();
  await atSum(pay);
  await pay.stage.clock.advance(11 * 60_000);
  if (stale) pay.bills.form = { kind: 'problem', code: 'timeout' };
  await pay.stage.say('50 000');
  expect(pay.stage.last().text).toContain('check and confirm');
  expect(pay.stage.last().text.includes('may be out of date')).toBe(stale);
});

describe('/cancel', () => {
  it.each(['paid', 'unknown', 'paying'] as const)(
    'says of a bill that is %s how it is, and not that it was cancelled',
    async (state) => {
      const pay = await startPayStage();
      const { stage, bills } = pay;
      bills.instead.confirm = async () => {
        const bill = await bills.put({ id: 'MADE', state });
        return { kind: 'bill', repeated: false, bill };
      };
      await atConfirm(pay);
      await stage.tap('✅ Pay');
      const { text } = await stage.say('/cancel');
      expect(text).toContain('nothing to cancel: this payment has been sent');
      expect(text).toContain('MADE');
      expect((await stage.say('/cancel')).text).toBe(
        'There is nothing to cancel. You are in the main menu.',
      );
    },
  );

  it('has nothing to cancel once a bill came to nothing', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    bills.instead.confirm = async () => {
      const bill = await bills.put({ state: 'failed' });
      return { kind: 'bill', repeated: false, bill };
    };
    await atConfirm(pay);
    await stage.tap('✅ Pay');
    expect((await stage.say('/cancel')).text).toContain('There is nothing to cancel. You');
  });

  it('puts away a payment that was left for something else, and says so', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atConfirm(pay);
    await stage.say('/balance');
    expect((await stage.say('/cancel')).text).toContain('Cancelled');
    expect((await stage.tap('✅ Pay')).toast).toContain('out of date');
    expect((await stage.say('/cancel')).text).toContain('There is nothing to cancel');
    expect(bills.confirmed).toEqual([]);
  });
});
