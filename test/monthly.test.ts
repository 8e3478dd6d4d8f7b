/** Bills that are paid without a tap, through the whole program. */
import { afterEach, describe, expect, it } from 'vitest';
import { som } from '../src/core/money.ts';
import {
  balanceOf,
  begin,
  findings,
  messagesOf,
  OWNER,
  type Person,
  poll,
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

async function toShortfall(person: Person): Promise<void> {
  await person.send('/pay', 'Pay bills');
  await person.send('электро', /Found for/);
  await person.tap(/Electricity/, /Choose/);
  await person.tap(/Tashkent city/, /Choose/);
  await person.tap(/Almazar/, /Enter/);
  await person.send('1000000', /right account/);
  await person.tap('Yes, continue', /How much/);
  await person.send('50 000', /like to pay with/);
  await person.tap(/Balance/, /not enough/);
}

describe('a bill that waits for money', () => {
  it('is paid by itself after the top-up that one tap opened, with both receipts', async () => {
    stage = await startStage();
    const owner = await begin(stage, OWNER);
    const person = await begin(stage);
    await owner.send(`/credit ${USER} 20000 for tests`, 'Do you confirm');
    await owner.tap('Confirm', 'Done');
    await person.sees('for tests');
    await toShortfall(person);
    expect(await person.tapForAnswer('and pay')).toContain('paid by itself');
    await stage.app.inbox.idle();
    await person.tap('Click', 'Payment №');
    const [order] = stage.world.provider('inpay').orders();
    stage.world.provider('inpay').pay(order?.id ?? '');
    await poll(stage);
    await person.sees('is on your balance!');
    stage.clock.skip(5000);
    await stage.app.monthly?.goOn();
    await stage.app.monthly?.goOn();
    await person.sees('Paid: 50 000');
    // What is left is the tail of the order's own sum.
    expect(await balanceOf(stage)).toBeLessThan(som(1000));
    expect(stage.paylov.transactions().map(({ payCalls }) => payCalls)).toEqual([1]);
    expect(await messagesOf(stage, 'bill_paid')).toBe(1);
    expect(stage.paylov.transactions()[0]).toMatchObject({ amountTiyin: som(50_000) });
  });
});
