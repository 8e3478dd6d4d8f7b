import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { providerEvents, suspenseItems } from '../src/db/tables.ts';
import { som } from '../src/core/money.ts';
import { toPayment } from './electricity.ts';
import {
  balanceOf,
  begin,
  buttons,
  findings,
  messagesOf,
  openOrder,
  OWNER,
  type Person,
  poll,
  type Stage,
  startStage,
  USER,
} from './stage.ts';

const OTHER = 502;

let stage: Stage;
let user: Person;
let owner: Person;
beforeEach(async () => {
  stage = await startStage();
  stage.telegram.user({ id: OTHER, firstName: 'Vali', languageCode: 'en' });
  user = await begin(stage);
  owner = await begin(stage, OWNER);
});
afterEach(() => stage.close());

/** What the settings hold that nobody may read. */
function secretsOf({ environment }: Stage): string[] {
  return Object.entries(environment)
    .filter(([name]) => /_(?:KEY|TOKEN|SECRET|PASSWORD|CARD_NUMBER)$/.test(name))
    .map(([, value]) => value);
}

describe('the desk and real payments', () => {
  it('gives money that was paid into a wrong order to whose it is', async () => {
    const other = await begin(stage, OTHER);
    await openOrder(stage, other, { provider: 'payfer', sum: '40 000' });
    const order = await openOrder(stage, user, { provider: 'payfer' });
    const [theirs] = stage.world.provider('payfer').orders();
    const amountTiyin = theirs?.amountTiyin ?? 0;
    stage.world.provider('payfer').pay(order.id, { amountTiyin });
    await poll(stage);
    await owner.sees('Another sum');
    await owner.send('/suspense', 'Money without an owner: 1');
    await owner.tap(/🔎 40/, 'Whose it may be');
    await owner.tap('✅ Vali', 'Do you confirm?');
    await owner.tap('Confirm', /Done|✅/);
    await other.sees('turned out to be yours');
    expect(await balanceOf(stage, OTHER)).toBe(amountTiyin);
    expect(await balanceOf(stage)).toBe(0);
    expect(await messagesOf(stage, 'suspense_credited', OTHER)).toBe(1);
    expect(await findings(stage)).toEqual([]);
  });

  it('shows what a provider reported and answered, without a secret', async () => {
    const order = await openOrder(stage, user, { provider: 'payfer' });
    await poll(stage);
    stage.world.provider('payfer').pay(order.id);
    await stage.world.idle();
    await poll(stage);
    await user.sees('is on your balance!');
    const [row] = await stage.app.topups.history(USER, { offset: 0, limit: 1 });
    const stored = await stage.app.db.read.select().from(providerEvents);
    expect(stored.map(({ source }) => source).toSorted()).toEqual(['answer', 'answer', 'webhook']);
    const secrets = secretsOf(stage);
    for (const { body, source } of stored.filter((each) => each.source === 'answer')) {
      for (const secret of secrets) expect(`${source} ${body}`).not.toContain(secret);
    }
    await owner.send(`/order ${row?.orderCode}`, 'History');
    const screen = await owner.tap('Raw answers', 'From the payment system');
    for (const secret of secrets) expect(screen.text).not.toContain(secret);
    // What its panel is searched by.
    expect(screen.text).toContain(row?.orderCode ?? '-');
    expect(await stage.app.db.read.select().from(suspenseItems)).toEqual([]);
    expect(await findings(stage)).toEqual([]);
  });

  it('finds a bill by what Paylov calls it, and gives its money back once', async () => {
    await owner.send(`/credit ${USER} 200000 for tests`, 'Do you confirm');
    await owner.tap('Confirm', 'Done');
    await payBill();
    const [bill] = (await stage.app.bills?.history(USER, { offset: 0, limit: 1 })) ?? [];
    const transaction = bill?.transactionId ?? '';
    expect(await balanceOf(stage)).toBe(som(150_000));

    expect((await owner.send('/bills', 'Bills: all')).text).not.toContain('Nothing');
    await owner.send(`/order ${transaction}`, transaction);
    const raw = await owner.tap('Raw answers', 'From the payment system');
    for (const secret of secretsOf(stage)) expect(raw.text).not.toContain(secret);
    await owner.tap('Back', 'History');
    await owner.tap('Refund', 'Write the reason');
    await owner.send('the meter never got it', 'Do you confirm');
    await owner.tap('Confirm', 'Done');
    await user.sees('back on your balance');
    expect(await balanceOf(stage)).toBe(som(200_000));
    const again = await owner.send(`/bill ${bill?.id}`, 'History');
    expect(buttons(again).join()).not.toContain('Refund');
    expect(await findings(stage)).toEqual([]);
  });

  /** Electricity in Tashkent, from the balance. */
  async function payBill(): Promise<void> {
    await toPayment(user, /check and confirm/);
    await user.tap(/Pay 50 000/, 'The bill is paid');
  }
});
