import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OWNER, stage, type Stage, SUM, USER } from '../bills/bill-stage.fixture.ts';
import { type FakePaylov, fakePaylov, SERVICE } from '../bills/fake-paylov.fixture.ts';
import { DAY_MS } from '../core/calendar.ts';
import { som } from '../core/money.ts';
import { bills as billRows, outbox, users, waitingBills } from '../db/tables.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { UNLIMITED } from '../testing/quotas.ts';
import type { Topup } from '../topups/topup.ts';
import { LEASE_MS, type MonthlyDeps } from './deps.ts';
import { createMonthly, type Monthly, type MonthlyWork } from './monthly.ts';
import { AGREED_FOR_MS, MAX_WAITING, pruneWaiting } from './waiting.ts';

const ACCOUNT = { region: '1', customer_code: '0012345' };

let paylov: FakePaylov;
let clock: TestClock;
let world: Stage;
/** When money came in. */
let credits: number[];
let monthly: Monthly & MonthlyWork;
/** This program is killed before so many more of its own transactions. */
let lives: number;
/** Resolves when it was. */
let died: Promise<void>;
/** Happens while it looks for money. */
let meanwhile: () => Promise<unknown>;

beforeEach(async () => {
  paylov = fakePaylov();
  clock = createTestClock();
  world = await stage({ paylov, clock });
  credits = [];
  meanwhile = () => Promise.resolve();
  start();
});
afterEach(async () => {
  expect(await world.findings()).toEqual([]);
  await world.remove();
});

function start(): void {
  lives = Infinity;
  let die: () => void = () => undefined;
  died = new Promise((resolve) => {
    die = resolve;
  });
  const silent = (): void => undefined;
  const tx: MonthlyDeps['write'] = async (work) => {
    lives -= 1;
    if (lives >= 0) return await world.db.tx(work);
    die();
    return await new Promise<never>(() => undefined);
  };
  monthly = createMonthly({
    db: { ...world.db, read: world.db.read, tx },
    write: tx,
    clock,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    bills: world.bills,
    quotas: UNLIMITED,
    topups: {
      async history() {
        await meanwhile();
        return credits.map((paidAt) => ({ paidAt }) as Topup);
      },
    },
    terms: async () => ({ quietHours: { from: 21, until: 9 } }),
  });
}

const wait = async (id = 'w-1', changes: object = {}) => {
  const account = { ...ACCOUNT };
  const request = { id, userId: USER, serviceId: SERVICE.id, serviceName: SERVICE.name, account };
  const { feeTiyin } = await world.bills.quote({
    serviceId: 's',
    amountTiyin: SUM,
    source: 'balance',
  });
  return await monthly.wait({ ...request, labels: [], amountTiyin: SUM, feeTiyin, ...changes });
};

/** Time for the next look. */
async function look(ms = 4000): Promise<void> {
  await clock.advance(ms);
  await monthly.goOn();
}

const stateOf = async (id = 'w-1') => (await monthly.waiting(id, USER))?.state;
const paid = () => [...paylov.book.values()].filter(({ state }) => state === 'paid');
const asked = async () => {
  const messages = await world.db.read.select().from(outbox);
  return messages.filter(({ kind }) => kind === 'waiting_asks').length;
};

describe('a bill that waits for money', () => {
  it('goes on by itself when a top-up is credited, once, with its receipt', async () => {
    expect(await wait()).toEqual({ kind: 'agreed' });
    await look();
    expect([paid(), await stateOf()]).toEqual([[], 'open']);
    credits = [clock.now()];
    await look();
    await look();
    expect(paid()).toHaveLength(1);
    expect(paid()[0]?.request).toMatchObject({ account: ACCOUNT, amountTiyin: SUM });
    expect([world.kinds(), await stateOf(), await asked()]).toEqual([['bill_paid'], 'paid', 0]);
  });

  it('does not take money for it that was there before it was agreed to', async () => {
    credits = [clock.now() - 1];
    await clock.advance(1);
    await wait();
    await look();
    expect([paid(), await stateOf()]).toEqual([[], 'open']);
  });

  it('is paid once when two look at the same moment, and when the same tap is handled again', async () => {
    await wait();
    await wait();
    credits = [clock.now()];
    await clock.advance(4000);
    const first = monthly;
    start();
    await Promise.all([first.goOn(), monthly.goOn()]);
    await look(LEASE_MS + 1);
    expect([paid().length, await stateOf()]).toEqual([1, 'paid']);
  });

  it('is paid, and not asked about again, when whoever had it before was slow and writes its bill now', async () => {
    await wait();
    credits = [clock.now()];
    meanwhile = async () => {
      meanwhile = () => Promise.resolve();
      await world.bills.confirm(world.request({ confirmationId: 'w-1', account: ACCOUNT }));
    };
    await look();
    expect([paid().length, await stateOf(), await asked()]).toEqual([1, 'paid', 0]);
  });

  it('is not paid any more once all is turned off, though the program was killed while it looked', async () => {
    await wait();
    await clock.advance(4000);
    lives = 1;
    await Promise.race([monthly.goOn(), died]);
    start();
    await monthly.stopAll(USER);
    expect(await stateOf()).toBe('dropped');
    credits = [clock.now()];
    await look(LEASE_MS + 61_000);
    expect([paid(), await stateOf(), await asked()]).toEqual([[], 'dropped', 0]);
  });

  it('is not paid where all is turned off while its money is being looked at', async () => {
    await wait();
    credits = [clock.now()];
    meanwhile = async () => await monthly.stopAll(USER);
    await look();
    expect([paid(), await stateOf(), await asked()]).toEqual([[], 'dropped', 0]);
    expect((await world.findings()).length).toBe(0);
  });

  it('is left to whoever has it by now: a slow one pays nothing, asks nothing and puts nothing off', async () => {
    await wait();
    credits = [clock.now()];
    const slow = monthly;
    start();
    meanwhile = async () => {
      meanwhile = () => Promise.resolve();
      await clock.advance(LEASE_MS + 1);
      paylov.onServices = () => ({ kind: 'problem', code: 'timeout' });
      await monthly.goOn();
      paylov.onServices = (_, honest) => honest();
    };
    await clock.advance(4000);
    await slow.goOn();
    expect([paid(), await stateOf(), await asked()]).toEqual([[], 'open', 0]);
    await look(61_000);
    expect([paid().length, await stateOf()]).toEqual([1, 'paid']);
  });

  it('is paid once wherever the program is killed', async () => {
    for (let own = 0; own <= 3; own += 1) {
      for (let billSteps = 0; billSteps <= 5; billSteps += 1) {
        const id = `w-${own}-${billSteps}`;
        // Each is an account of its own: the same one twice would be asked about.
        await wait(id, { account: { region: '1', customer_code: `${own}${billSteps}` } });
        await world.credit(USER, som(60_000));
        credits = [clock.now()];
        const before = paid().length;
        await clock.advance(4000);
        lives = own;
        world.dieAfter(billSteps);
        await Promise.race([monthly.goOn(), died, world.died()]);
        await world.restart();
        start();
        await clock.advance(11 * 60_000);
        for (let round = 0; round < 8; round += 1) {
          await world.bills.tick();
          await look(LEASE_MS + 60_000);
        }
        const { length: times } = paid().slice(before);
        // A bill that was cut off before it was paid has ended, and its payer heard so; none is paid twice.
        expect(times).toBeLessThanOrEqual(1);
        expect(await stateOf(id)).toBe('paid');
        const made = (await world.db.read.select().from(billRows)).filter(
          ({ confirmationId }) => confirmationId === id,
        );
        // Cut off beside `pay`, it waits for an owner: not paid there is no proof.
        const ends = times === 1 ? ['paid'] : ['failed', 'stuck'];
        expect(made).toHaveLength(1);
        expect(ends).toContain(made[0]?.state);
      }
    }
    expect(paid().length).toBeGreaterThan(5);
  });

  it.each([
    ['changed', async () => void (await wait('w-1', { feeTiyin: 1 }))],
    ['short', async () => void (await wait('w-1', { amountTiyin: som(900_000) }))],
    [
      'repeated',
      async () => {
        await wait();
        await clock.advance(1000);
        await world.bills.confirm(world.request());
      },
    ],
    [
      'unavailable',
      async () => {
        await wait();
        await world.bills.pause(OWNER);
      },
    ],
    [
      'late',
      async () => {
        await wait();
        await clock.advance(AGREED_FOR_MS + 1);
      },
    ],
  ])('asks instead of paying where it is %s, once', async (reason, begin) => {
    await begin();
    const before = paid().length;
    credits = [clock.now()];
    await look(61_000);
    await look(61_000);
    expect(paid()).toHaveLength(before);
    expect(await monthly.waiting('w-1', USER)).toMatchObject({ state: 'asks', reason });
    expect(await asked()).toBe(1);
  });

  it('waits for Paylov where that does not answer', async () => {
    paylov.onServices = () => ({ kind: 'problem', code: 'timeout' });
    await wait();
    credits = [clock.now()];
    await look();
    expect(await stateOf()).toBe('open');
    paylov.onServices = (_, honest) => honest();
    await look(61_000);
    expect([paid().length, await stateOf()]).toEqual([1, 'paid']);
  });

  it('is nobody else’s, gives way to a newer one for the same account, and waits in small numbers', async () => {
    await wait('a');
    expect(await monthly.waiting('a', OWNER)).toBeNull();
    await wait('b');
    expect([await stateOf('a'), await stateOf('b')]).toEqual(['dropped', 'open']);
    for (let i = 1; i < MAX_WAITING; i += 1) {
      expect(await wait(`c${i}`, { account: { n: `${i}` } })).toEqual({ kind: 'agreed' });
    }
    expect(await wait('d', { account: { n: 'd' } })).toEqual({ kind: 'too_many' });
  });

  it('is not paid for somebody who was shut out, and forgotten where no money comes', async () => {
    const person = { id: USER, firstName: 'A', createdAt: 1, seenAt: 1 };
    await world.db.tx((tx) => tx.insert(users).values({ ...person, blockedAt: 2 }));
    await wait('a');
    credits = [clock.now()];
    await look();
    expect([paid(), await stateOf('a')]).toEqual([[], 'dropped']);
    credits = [];
    await wait('b');
    await look(5 * DAY_MS);
    expect(await stateOf('b')).toBe('dropped');
    await pruneWaiting(world.db, clock.now() + 31 * DAY_MS);
    expect(await world.db.read.select().from(waitingBills)).toEqual([]);
  });
});
