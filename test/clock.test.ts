/** A machine whose clock is set: days ahead for a minute, and right again. */
import { afterEach, expect, it } from 'vitest';
import { outbox, providerRequests, providerStates, topups } from '../src/db/tables.ts';
import { patience } from '../src/testing/patience.ts';
import {
  balanceOf,
  begin,
  findings,
  openOrder,
  OWNER,
  type Person,
  poll,
  type Stage,
  startStage,
  USER,
} from './stage.ts';

/** The machine may be busy; a jump is seen within 10 s. */
const PATIENCE_MS = patience(60_000);

const MINUTE_MS = 60_000;
const DAYS_MS = 3 * 24 * 60 * MINUTE_MS;

let stage: Stage;
afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

async function health(): Promise<unknown> {
  return await (await fetch(`${stage.baseUrl}/health`)).json();
}

/** As the program does its work meanwhile. */
async function minute(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await poll(stage);
}

/** One that ended a moment ago, one that lives, and one whose requests are counted. */
async function threeOrders(person: Person) {
  const ended = await openOrder(stage, person, { provider: 'autopaycard', sum: '20 000' });
  stage.clock.skip(70 * MINUTE_MS);
  await poll(stage);
  await stage.app.outbox.flush();
  await person.sees('expired');
  const live = await openOrder(stage, person, { provider: 'payfer', sum: '30 000' });
  const counted = await openOrder(stage, person, { provider: 'inpay', sum: '40 000' });
  return { ended, live, counted };
}

it(
  'days ahead for a minute end nothing, and every payment after it is credited at once',
  { timeout: PATIENCE_MS },
  async () => {
    stage = await startStage({ webhooks: false });
    const owner = await begin(stage, OWNER);
    const person = await begin(stage);
    const { ended, live, counted } = await threeOrders(person);
    stage.clock.jump(DAYS_MS);
    await minute();
    await owner.sees("The server's clock was set");
    expect(await stage.app.topups.live(USER)).toHaveLength(2);
    const meanwhile = await openOrder(stage, person, { provider: 'rasmiypay', sum: '60 000' });
    const [opened] = await stage.app.topups.live(USER);
    expect(opened?.createdAt).toBeLessThan(stage.clock.now() + MINUTE_MS);
    expect(await health()).toMatchObject({ status: 'ok' });
    stage.clock.jump(-DAYS_MS);
    await minute();
    // Of the newest order; the last look at it is a minute ago, and not in three days.
    stage.world.provider('rasmiypay').pay(meanwhile.id);
    stage.clock.skip(MINUTE_MS);
    await person.tapForAnswer('Check payment');
    await person.sees('is on your balance!');
    expect(await balanceOf(stage)).toBe(meanwhile.amountTiyin);
    stage.world.provider('autopaycard').pay(ended.id);
    stage.world.provider('payfer').pay(live.id);
    stage.world.provider('inpay').pay(counted.id);
    // As often as an order of this age is asked about.
    stage.clock.skip(2 * 60 * MINUTE_MS);
    await stage.app.topups.tick();
    const all = [counted, ended, live, meanwhile].map(({ amountTiyin }) => amountTiyin);
    expect(await balanceOf(stage)).toBe(all.reduce((sum, each) => sum + each));
    // Ends the long poll, for which two hours went by in a moment.
    await person.send('/balance', 'balance');
    expect(await health()).toMatchObject({ status: 'ok' });
  },
);

it('a start brings back what a program that believed such a clock has left behind', async () => {
  stage = await startStage({ webhooks: false });
  const person = await begin(stage);
  const { ended, live } = await threeOrders(person);
  const far = stage.clock.now() + DAYS_MS;
  await stage.app.db.tx(async (tx) => {
    await tx.update(topups).set({ dueAt: far, checkedAt: far, leaseUntil: far });
    const waits = { restUntil: far, rateLimitedUntil: far };
    await tx.update(providerStates).set(waits);
    await tx.update(providerRequests).set({ sentAt: far });
    await tx.update(outbox).set({ dueAt: far, leaseUntil: far });
  });
  await stage.restart();
  stage.world.provider('autopaycard').pay(ended.id);
  stage.world.provider('payfer').pay(live.id);
  await stage.app.topups.tick();
  await person.sees('is on your balance!');
  expect(await balanceOf(stage)).toBe(ended.amountTiyin + live.amountTiyin);
});
