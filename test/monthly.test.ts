/** Bills that are paid without a tap, through the whole program. */
import { afterEach, describe, expect, it } from 'vitest';
import { ELECTRICITY } from '../sandbox/paylov/testing.fixture.ts';
import { subscriberDetails } from '../sandbox/paylov/accounts.ts';
import { CATALOG } from '../sandbox/paylov/catalog.ts';
import { sayKnownSigns } from '../sandbox/paylov/signs.ts';
import { saldoTiyin } from '../src/bills/paylov/details.ts';
import { dayOf, HOUR_MS, startOf } from '../src/core/calendar.ts';
import { som } from '../src/core/money.ts';
import { dayIn, nextPeriod, periodOf } from '../src/monthly/calendar.ts';
import { toPayment } from './electricity.ts';
import {
  balanceOf,
  begin,
  buttons,
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

/** A customer's number, so that the service says a debt of it. */
function debtor(after: number): string {
  const service = CATALOG.find(({ id }) => id === ELECTRICITY);
  if (!service) throw new Error('there is no electricity');
  for (let n = after; ; n += 1) {
    const account = { region: '1', soato: '26280', customer_code: String(n) };
    const told = subscriberDetails(service, account, { history: { paidTiyin: 0 }, now: 0 });
    if ((saldoTiyin(told) ?? 0) < som(-60_000)) return String(n);
  }
}

/** Time leaps to that hour of the next day `day` of a month. */
async function leapTo(day: number, hour: number): Promise<void> {
  // Whoever is leapt over while they are handled are handled again, weeks later.
  await stage.app.inbox.idle();
  const now = (): number => stage.clock.now();
  const thisMonth = periodOf(dayOf(now()));
  const at = (period: string): number => startOf(dayIn(period, day)) + hour * HOUR_MS;
  const target = at(thisMonth) > now() ? at(thisMonth) : at(nextPeriod(thisMonth));
  stage.clock.skip(target - now());
  await stage.app.monthly?.watchOver();
  await stage.app.outbox.flush();
}

/** From the balance where that covers it; else as far as the question where from. */
async function toSum(person: Person, number: string, sum = '1 000'): Promise<void> {
  await toPayment(person, /like to pay with|check and confirm/, { number, sum });
}

describe('a bill that waits for money', () => {
  it('is paid by itself after the top-up that one tap opened, with both receipts', async () => {
    stage = await startStage();
    const owner = await begin(stage, OWNER);
    const person = await begin(stage);
    await owner.send(`/credit ${USER} 20000 for tests`, 'Do you confirm');
    await owner.tap('Confirm', 'Done');
    await person.sees('for tests');
    await toSum(person, '1000000', '50 000');
    await person.tap(/Balance/, /not enough/);
    expect(await person.tapForAnswer('and pay')).toContain('paid by itself');
    await stage.app.inbox.idle();
    await person.tap('Click', 'Top-up №');
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

describe('watched accounts', () => {
  it('are offered after the first payment, told of in the morning, and paid with one confirmation', async () => {
    stage = await startStage({ settings: { BILL_FEE_PERCENT: '1' } });
    await sayKnownSigns({ db: stage.app.db, staffId: OWNER, at: 1 });
    const owner = await begin(stage, OWNER);
    const person = await begin(stage);
    await owner.send(`/credit ${USER} 2000000 for tests`, 'Do you confirm');
    await owner.tap('Confirm', 'Done');
    await person.sees('for tests');
    const numbers = [debtor(1_000_000)];
    numbers.push(debtor(Number(numbers[0]) + 1));
    for (const number of numbers) {
      await toSum(person, number);
      await person.tap(/^✅ Pay/, 'The bill is paid');
      await stage.app.outbox.flush();
      await person.sees('Paid: 1 000');
      await person.tap('Remind me every month', 'On which day');
      const shown = await person.tap('day 15', 'every month: day 15, any debt');
      expect(buttons(shown)).not.toContain('Already paid');
    }
    await leapTo(15, 6);
    await leapTo(15, 11);
    const message = await person.sees('To pay this month');
    expect(await messagesOf(stage, 'watch_due')).toBe(1);
    expect(buttons(message).filter((each) => each.startsWith('💳'))).toHaveLength(2);
    const all = await person.tap('Pay all', 'each is a payment of its own');
    expect(all.text).toContain('fee');
    const before = stage.paylov.transactions().length;
    await person.tap(/^✅ Pay \d/, 'What became of them');
    await stage.app.outbox.flush();
    const paid = stage.paylov.transactions().slice(before);
    expect(paid.map(({ state, payCalls }) => [state, payCalls])).toEqual([
      ['paid', 1],
      ['paid', 1],
    ]);
    expect(await messagesOf(stage, 'bill_paid')).toBe(4);
    // Two taps, and nothing is looked at any more.
    await person.tap('Turn everything off', 'Turn everything off?');
    await person.tap('Yes, turn it off', 'Everything is turned off');
    expect(await stage.app.monthly?.watched(USER)).toEqual([]);
    await leapTo(15, 6);
    await leapTo(15, 11);
    expect(await messagesOf(stage, 'watch_due')).toBe(1);
  });
});

/** Watched on the 15th of each month, from the news of its first payment. */
async function watchedAccount(person: Person, number: string): Promise<void> {
  await toSum(person, number);
  await person.tap(/^✅ Pay/, 'The bill is paid');
  await stage.app.outbox.flush();
  await person.sees('Paid: 1 000');
  await person.tap('Remind me every month', 'On which day');
  const watched = await person.tap('day 15', 'every month: day 15, any debt');
  expect(watched.text).toMatch(/^🔔 Electricity$/m);
}

async function payByThemselves(): Promise<void> {
  await stage.app.monthly?.payAutomatically();
  await stage.app.outbox.flush();
}

describe('accounts that pay themselves', () => {
  it('are told of the day before, skipped with one tap, paid once from the balance, and turned off with two', async () => {
    stage = await startStage({ settings: { BILL_FEE_PERCENT: '1' } });
    await sayKnownSigns({ db: stage.app.db, staffId: OWNER, at: 1 });
    const owner = await begin(stage, OWNER);
    const person = await begin(stage);
    await owner.send(`/credit ${USER} 10000 for tests`, 'Do you confirm');
    await owner.tap('Confirm', 'Done');
    await person.sees('for tests');
    await watchedAccount(person, debtor(1_000_000));
    const agreement = await person.tap('Pay by itself', 'Up to which sum a month');
    expect(agreement.text).toContain('The day before we tell you the sum');
    // A sum that is typed gets a button, which is what agrees to it.
    await person.send('what?', /couldn't read that sum/);
    const typed = await person.send('350 000', 'Up to which sum a month');
    expect(buttons(typed)[0]).toMatch(/^up to 350.000/);
    expect(await person.tapForAnswer('up to 350')).toContain('Agreed');
    await stage.app.inbox.idle();
    await person.sees(/up to 350.000 so'm a month/);
    await person.tap('From which sum', 'From which sum on');
    await person.send('70k', 'From which sum on');
    await person.tap(/^from 70/, /from 70.000/);
    await person.tap('From which sum', 'From which sum on');
    await person.tap('any debt', /any debt/);
    await person.tap("Don't pay by itself", 'every month: day 15, any debt');
    await person.tap('Pay by itself', 'Up to which sum a month');
    expect(await person.tapForAnswer('up to 500 000')).toContain('Agreed');
    const before = stage.paylov.transactions().length;

    // The first month it is skipped, and the notice says so from then on.
    await leapTo(14, 6);
    await leapTo(14, 11);
    const notice = await person.sees(/On 14|On 15/);
    expect(notice.text).toContain('are missing on the balance');
    await person.tap('Not this month', 'is not paid this month');
    await leapTo(15, 12);
    await payByThemselves();
    expect(stage.paylov.transactions()).toHaveLength(before);

    // The second month what is missing is topped up with one tap, and it is paid, once.
    await leapTo(14, 6);
    await leapTo(14, 11);
    await person.sees('are missing on the balance');
    await person.tap('Top up', 'Choose how to pay');
    await person.tap('Click', 'Top-up №');
    const [order] = stage.world.provider('inpay').orders();
    stage.world.provider('inpay').pay(order?.id ?? '');
    await poll(stage);
    await person.sees('is on your balance!');
    await leapTo(15, 12);
    await payByThemselves();
    await payByThemselves();
    const receipt = await person.sees('Paid:');
    expect(buttons(receipt).join(' ')).toContain('Receipt');
    const paid = stage.paylov.transactions().slice(before);
    expect(paid.map(({ state, payCalls }) => [state, payCalls])).toEqual([['paid', 1]]);
    expect(await messagesOf(stage, 'auto_notice')).toBe(2);

    await owner.send('/providers', 'Payment systems');
    await owner.tap('Paylov', /Pay themselves: 1 accounts; in 30 days 1 paid/);

    await leapTo(14, 6);
    await leapTo(14, 11);
    await person.sees('pays itself from your balance');
    await person.tap('Turn everything off', 'Turn everything off?');
    await person.tap('Yes, turn it off', 'Everything is turned off');
    await leapTo(15, 12);
    await payByThemselves();
    expect(stage.paylov.transactions()).toHaveLength(before + 1);
  });
});
