/** Payments taken back while nobody has them on a balance: in review, or in suspense. */
import { describe, expect, it } from 'vitest';
import { ALI, labels, OWNER, VALI } from '../../bot.fixture.ts';
import { MINUTE, startPayments } from '../kit/payments.fixture.ts';
import { alarmsOf, cancelled, hearAgain, paid, SUM } from './taken-back.fixture.ts';

describe('a payment taken back before the credit', () => {
  it('is said in review, and credited only by somebody who was warned', async () => {
    const world = await startPayments();
    const { stage, open, hear, balance, findings } = world;
    const order = await open(ALI.id);
    await hear(paid(4_000_000));
    await hearAgain(world, order.id, cancelled);
    expect(alarmsOf(world)).toMatchObject([{ credited: false, goneTiyin: 4_000_000 }]);
    await stage.say('/suspense', OWNER.id);
    const { screen: shown } = await stage.tap(order.id, OWNER.id);
    expect(shown.text).toContain(
      "The payment system took 40\u00a0000\u00a0so'm of this payment back",
    );
    expect((await stage.tap('Refuse it', OWNER.id)).screen.text).toContain('took 40\u00a0000');

    await stage.say(`/order ${order.id}`, OWNER.id);
    expect(labels(stage.last(OWNER.id)).join()).not.toContain('Debit it');
    const { screen } = await stage.tap('Credit it', OWNER.id);
    expect(screen.text).toContain('took 40\u00a0000');
    const { screen: question } = await stage.tap('Yes, credit it', OWNER.id);
    expect(question.text).toContain("40\u00a0000\u00a0so'm of it was taken back");
    expect(question.text).not.toContain('tiyin');
    await stage.tap('Confirm', OWNER.id);
    expect(await balance(ALI.id)).toBe(4_000_000);
    expect(await findings()).toEqual([]);
  });

  it('is said before it is given to somebody else, and of a second payment', async () => {
    const world = await startPayments();
    const { stage, open, hear, balance, findings } = world;
    const order = await open(ALI.id);
    await hear(paid());
    await hearAgain(world, order.id, paid(2 * SUM));
    await stage.clock.advance(MINUTE);
    await hearAgain(world, order.id, paid());
    expect(alarmsOf(world)).toMatchObject([{ goneTiyin: SUM }]);
    // It is in suspense still: there is nothing to debit.
    await stage.say(`/order ${order.id}`, OWNER.id);
    expect((await stage.tap('Debit it', OWNER.id)).toast).toContain('before');
    await stage.say('/suspense', OWNER.id);
    await stage.tap('Payfer', OWNER.id);
    expect(stage.last(OWNER.id).text).toContain('took 50\u00a0000');
    await stage.tap('Somebody else', OWNER.id);
    expect((await stage.say(String(VALI.id), OWNER.id)).text).toContain('took 50\u00a0000');
    await stage.tap('Yes, credit it', OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await balance(VALI.id)).toBe(SUM);
    expect(await findings()).toEqual([]);
  });
});
