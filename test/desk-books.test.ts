/** The owner's desk, end to end: payment systems taken off the menu and brought back, the books, the digest, the float. */
import { afterEach, describe, expect, it } from 'vitest';
import { outbox, staffLog, suspenseItems } from '../src/db/tables.ts';
import { HOUR_MS, dayAfter, dayOf, startOf } from '../src/core/calendar.ts';
import { som } from '../src/core/money.ts';
import { engineOfTests } from '../src/testing/database.ts';
import { ratesSince } from '../src/topups/provider-figures.ts';
import {
  balanceOf,
  begin,
  chooseSystem,
  openOrder,
  OWNER,
  type Person,
  poll,
  type Stage,
  startStage,
  USER,
} from './stage.ts';

const OPERATOR = 902;

let stage: Stage;
afterEach(async () => await stage.close());

async function job(name: string): Promise<void> {
  await stage.app.jobs.get(name)?.run();
  await stage.app.outbox.flush();
}

/** Where several write, what is new is sealed once a minute went by. */
async function seal(): Promise<void> {
  await job('seal');
  stage.clock.skip(60_000);
  await job('seal');
}

async function staff(): Promise<Record<'owner' | 'operator' | 'user', Person>> {
  stage = await startStage({ settings: { ADMIN_OPERATOR_IDS: String(OPERATOR) } });
  stage.telegram.user({ id: OPERATOR, firstName: 'Operator', languageCode: 'en' });
  return {
    owner: await begin(stage, OWNER),
    operator: await begin(stage, OPERATOR),
    user: await begin(stage),
  };
}

async function paidOrder(person: Person): Promise<void> {
  const order = await openOrder(stage, person, { provider: 'payfer' });
  stage.world.provider('payfer').pay(order.id);
  await person.sees('is on your balance!');
}

describe('payment systems', () => {
  it('an operator takes one off, an owner alone brings it back; open payments are credited meanwhile', async () => {
    const { owner, operator, user } = await staff();
    const order = await openOrder(stage, user, { provider: 'payfer' });
    await operator.send('/providers', 'Payment systems');
    await operator.tap(/🟢 Payfer/, /Shop balance|no payment ended/);
    await operator.tap('Take off the menu', 'Taken off by Operator');
    expect(() => operator.messageWith('Bring back')).toThrow('no button');
    await user.send('/topup', 'Choose how to pay');
    await user.tap('Another method', 'paused for now');
    expect(await user.tapForAnswer('Payfer')).toContain('paused for now');
    stage.world.provider('payfer').pay(order.id);
    await user.sees('is on your balance!');
    expect(await balanceOf(stage)).toBeGreaterThan(0);
    await owner.send('/providers', 'off the menu');
    await owner.tap(/⏸ Payfer/, 'Taken off by Operator');
    await owner.tap('Bring back', /Payfer<?.* — on the menu/);
    await user.send('/topup', 'Choose how to pay');
    const log = await stage.app.db.read.select().from(staffLog);
    expect(log.map(({ action, staffId }) => [action, staffId])).toEqual([
      ['pause', OPERATOR],
      ['resume', OWNER],
    ]);
    const rates = await ratesSince(stage.app.db.read, stage.clock.now() - HOUR_MS);
    expect(rates.get('payfer')).toMatchObject({ paid: 1, ended: 1 });
  });

  it('one that refuses everybody leaves the menu by itself, says what to do, and comes back after a restart', async () => {
    const { owner, user } = await staff();
    const payfer = stage.world.provider('payfer');
    const code = payfer.errors.find((each) => each.includes('inactive')) ?? '';
    payfer.fault({ kind: 'error', code });
    await chooseSystem(user, 'payfer');
    await user.send('50 000', /unavailable|try|later/i);
    await stage.app.outbox.flush();
    const alarm = await owner.sees('Payfer was taken off the menu');
    expect(alarm.text).toContain('Activate it in the panel');
    await user.send('/topup', 'Choose how to pay');
    await user.tap('Another method', 'paused for now');
    await stage.restart();
    stage.clock.skip(20 * 60_000);
    await job('providers');
    await user.send('/topup', 'Choose how to pay');
    await user.tap('Another method', 'paused for now');
    payfer.fault({ kind: 'none' });
    stage.clock.skip(HOUR_MS);
    await job('providers');
    await owner.sees('Payfer works again');
    await paidOrder(user);
  });
});

describe('the books', () => {
  it('a row changed behind the back of the program is found, named, and told at night', async () => {
    const { owner, user } = await staff();
    await paidOrder(user);
    await seal();
    const clean = await owner.send('/audit', 'The books add up');
    const line = /\/audit \d+ [0-9a-f]{12}/.exec(clean.text ?? '')?.[0] ?? '';
    await owner.send(line, 'nothing up to it was rewritten');
    await stage.raw.disarm();
    await stage.raw.run(`update lines set amount_tiyin = amount_tiyin * 10;
      update accounts set balance_tiyin = balance_tiyin * 10;`);
    const broken = await owner.send('/audit', 'The books do not add up');
    expect(broken.text).toContain('entry 1 (topup:');
    expect(broken.text).toContain('does not fit its seal');
    await job('books');
    await owner.sees('Change nothing by hand');
    // Whoever makes the seals anew, too, can't make them fit what the owner has.
    await stage.raw.run('delete from entry_seals');
    await seal();
    await owner.send(line, 'is another one now');
  });

  it('is told every morning, once, with what came in and the line to compare later', async () => {
    const { owner, user } = await staff();
    await paidOrder(user);
    const at = startOf(dayAfter(dayOf(stage.clock.now()))) + 9 * HOUR_MS;
    stage.clock.skip(at - stage.clock.now());
    await seal();
    await job('digest');
    await stage.restart();
    await job('digest');
    const digest = await owner.sees('Came in');
    expect(digest.text).toMatch(/\/audit \d+ [0-9a-f]{12}/);
    expect(digest.text).toMatch(
      engineOfTests() === 'sqlite'
        ? 'No backup was made yet'
        : 'made by the database server itself',
    );
    const rows = await stage.app.db.read.select().from(outbox);
    expect(rows.filter(({ kind }) => kind === 'owner_digest')).toHaveLength(1);
  });

  it('a shop that took in more than we know of becomes money without an owner with one tap', async () => {
    const { owner, user } = await staff();
    const day = dayAfter(dayOf(stage.clock.now()));
    stage.clock.skip(startOf(day) + HOUR_MS - stage.clock.now());
    await job('provider-health');
    await owner.send('/reconcile', 'no figures of its shop');
    // Paid there under an order that this program does not know.
    const order = await openOrder(stage, user, { provider: 'payfer' });
    stage.world.provider('payfer').webhooks('lost');
    stage.world.provider('payfer').pay(order.id);
    stage.clock.skip(24 * HOUR_MS);
    await job('provider-health');
    const shown = await owner.send('/reconcile', 'more there');
    expect(shown.text).toContain('nothing to compare with');
    await owner.tap('Keep without an owner', 'Kept as money without an owner: S');
    const items = await stage.app.db.read.select().from(suspenseItems);
    expect(items).toMatchObject([
      { key: `reconcile:payfer:${day}`, amountTiyin: order.amountTiyin, state: 'open' },
    ]);
  });
});

describe('the operator’s card', () => {
  it('is counted from a first look on; an owner is warned once when little is left', async () => {
    const { owner, operator } = await staff();
    await operator.send('/providers', 'Payment systems');
    await operator.tap('Paylov', 'not known');
    expect(() => operator.messageWith("The card's balance")).toThrow('no button');
    await owner.send('/providers', 'Payment systems');
    await owner.tap('Paylov', 'not known');
    await owner.tap("The card's balance is now", 'What is on the operator');
    await owner.send('400 000', '400 000');
    await owner.tap('Confirm', /Written down.*400 000/);
    await job('providers');
    await owner.sees('less than 500 000');
    await owner.tap(/🧾 Paylov/, 'That is below 500 000');
    await owner.tap('I put money on the card', 'How much');
    await owner.send('1 000 000', '1 400 000');
    await owner.tap('Confirm', /Written down.*1 400 000/);
    await job('providers');
    const alarms = (await stage.app.db.read.select().from(outbox)).filter(
      ({ kind, params }) => kind === 'owner_alarm' && JSON.stringify(params).includes('float_low'),
    );
    expect(alarms).toHaveLength(1);
  });

  it('paying from balances is paused by an operator and resumed by an owner', async () => {
    const { owner, operator } = await staff();
    await operator.send('/providers', 'Payment systems');
    await operator.tap('Paylov', 'Bills are paid from balances');
    await operator.tap('Pause paying', 'Nothing is paid from balances');
    expect(await stage.app.bills?.paused()).toBe(`owner:${OPERATOR}`);
    await owner.send('/providers', 'Payment systems');
    await owner.tap('Paylov', 'Nothing is paid from balances');
    await owner.tap('Pay from balances again', 'Bills are paid from balances');
    expect(await stage.app.bills?.paused()).toBeNull();
  });
});

it('strangers hear of all this what they hear of any unknown command', async () => {
  const { user } = await staff();
  const unknown = (await user.send('/nonsense', /./)).text;
  for (const command of ['/providers', '/audit', '/reconcile']) {
    expect((await user.send(command, /./)).text).toBe(unknown);
  }
  expect(som(0)).toBe(await balanceOf(stage, USER));
  await poll(stage);
});
