/** A flood in the whole program: it costs the one who floods, and no payment of theirs. */
import { afterEach, describe, expect, it } from 'vitest';
import {
  balanceOf,
  begin,
  findings,
  messagesOf,
  openOrder,
  OWNER,
  type Stage,
  startStage,
  USER,
} from './stage.ts';

let stage: Stage;
afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

describe('a person who floods', () => {
  it('loses surplus messages alone: the payment arrives, and others are served meanwhile', async () => {
    stage = await startStage();
    const person = await begin(stage);
    const owner = await begin(stage, OWNER);
    const order = await openOrder(stage, person, { provider: 'payfer' });
    const asked = stage.telegram.calls('sendMessage').length;
    for (let i = 0; i < 400; i += 1) stage.telegram.sendText(USER, `flood ${i}`);
    stage.world.provider('payfer').pay(order.id);
    await owner.send('/balance', /Balance/);
    await person.sees('too fast');
    await person.sees('is on your balance!');
    await stage.world.idle();
    await stage.app.inbox.idle();
    expect(await balanceOf(stage)).toBe(order.amountTiyin);
    expect(await messagesOf(stage, 'topup_paid')).toBe(1);
    expect(person.texts().filter((text) => text.includes('too fast'))).toHaveLength(1);
    // 400 messages were not worth 400 answers.
    expect(stage.telegram.calls('sendMessage').length - asked).toBeLessThan(150);
    expect(await stage.app.inbox.size()).toBe(0);
  });
});
