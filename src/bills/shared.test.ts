/** Accounts that lie in a home: who sees them, and how two of its people are kept from paying one bill twice. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realRandom } from '../core/deps.ts';
import { DAY_MS } from '../core/calendar.ts';
import { som } from '../core/money.ts';
import { homeAccounts, outbox } from '../db/tables.ts';
import { createHomes, type Homes } from '../homes/homes.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { UNLIMITED } from '../testing/quotas.ts';
import { seenUser } from '../users/users.ts';
import { type FakePaylov, fakePaylov, SERVICE } from './fake-paylov.fixture.ts';
import { FEE, stage, type Stage, START, SUM, USER } from './bill-stage.fixture.ts';
import { paidOrOpen } from './list.ts';
import { tellBills } from './news.ts';
import type { ConfirmRequest } from './outcomes.ts';

const SON = 7002;
const STRANGER = 7003;
const ACCOUNT = { region: '1', customer_code: '0012345' };

let clock: TestClock;
let paylov: FakePaylov;
let world: Stage;
let homes: Homes;
let homeId: string;
let savedId: number;

beforeEach(async () => {
  clock = createTestClock();
  paylov = fakePaylov();
  world = await stage({ paylov, clock, feeTiyin: FEE });
  for (const id of [USER, SON, STRANGER]) {
    await seenUser(world.db, { id, first_name: `P${id}` }, clock.now());
    if (id !== USER) await world.credit(id, START);
  }
  homes = createHomes({
    db: world.db,
    clock,
    random: realRandom,
    quotas: UNLIMITED,
    notifyOutbox: () => undefined,
  });
  savedId = await save(USER);
  homeId = await home();
  expect(await world.bills.saved.putInto(savedId, { userId: USER, homeId })).toBe(true);
});
afterEach(async () => {
  const findings = await world.findings();
  await world.remove();
  expect(findings).toEqual([]);
});

async function save(userId: number, name = 'Flat'): Promise<number> {
  const { id: serviceId, name: serviceName } = SERVICE;
  const request = { userId, serviceId, serviceName, name, account: ACCOUNT };
  const outcome = await world.bills.saved.save(request);
  if (outcome.kind !== 'saved') throw new Error(outcome.kind);
  return outcome.saved.id;
}

/** The owner's, with the son in it. */
async function home(): Promise<string> {
  const made = await homes.make(USER, 'Parents');
  const id = made.kind === 'made' ? made.home.id : '';
  const invited = await homes.invite(id, USER);
  if (invited.kind !== 'invited') throw new Error(invited.kind);
  await homes.join(await homes.payloadOf(invited.invitation.id), SON);
  return id;
}

const pay = async (userId: number, changes: Partial<ConfirmRequest> = {}) =>
  await world.bills.confirm(world.request({ account: ACCOUNT, userId, ...changes }));

describe('an account in a home', () => {
  it('is seen by its people and nobody else, and is its owner’s to change', async () => {
    const { saved } = world.bills;
    expect(await saved.visible(USER)).toMatchObject([
      { id: savedId, isOwn: true, home: { name: 'Parents' } },
    ]);
    expect(await saved.visible(SON)).toMatchObject([
      { id: savedId, isOwn: false, home: { name: 'Parents' } },
    ]);
    expect(await saved.visible(STRANGER)).toEqual([]);
    expect(await saved.payable(savedId, SON)).toMatchObject({ isOwn: false });
    expect(await saved.payable(savedId, STRANGER)).toBeNull();
    expect(await saved.rename(savedId, { userId: SON, name: 'Mine' })).toEqual({
      kind: 'not_found',
    });
    expect(await saved.remove(savedId, SON)).toBe(false);
    expect(await saved.putInto(savedId, { userId: SON, homeId: null })).toBe(false);
    expect(await saved.list(SON)).toEqual([]);
  });

  it('lies in one home of its owner’s, or in none', async () => {
    const { saved } = world.bills;
    const other = await homes.make(USER, 'Home');
    const id = other.kind === 'made' ? other.home.id : '';
    expect(await saved.putInto(savedId, { userId: USER, homeId: id })).toBe(true);
    expect(await saved.visible(SON)).toEqual([]);
    expect(await saved.payable(savedId, USER)).toMatchObject({ home: { name: 'Home' } });
    const theirs = await homes.make(SON, 'Theirs');
    const foreign = theirs.kind === 'made' ? theirs.home.id : '';
    expect(await saved.putInto(savedId, { userId: USER, homeId: foreign })).toBe(false);
    expect(await saved.putInto(savedId, { userId: USER, homeId: 'GONE' })).toBe(false);
    expect(await saved.putInto(savedId, { userId: USER, homeId: null })).toBe(true);
    expect(await saved.payable(savedId, USER)).toMatchObject({ home: null });
  });

  it('is not seen any more by who left, nor once it was removed or the home ended', async () => {
    const { saved } = world.bills;
    await homes.leave(homeId, SON);
    expect([await saved.visible(SON), await saved.payable(savedId, SON)]).toEqual([[], null]);
    await saved.remove(savedId, USER);
    expect(await world.db.read.select().from(homeAccounts)).toEqual([]);
    const again = await save(USER);
    await saved.putInto(again, { userId: USER, homeId });
    await homes.end(homeId, USER);
    expect(await saved.visible(USER)).toMatchObject([{ id: again, home: null }]);
  });

  it('that they have saved themselves stands once in their list, under their own name', async () => {
    const own = await save(SON, 'Mine');
    expect(await world.bills.saved.visible(SON)).toMatchObject([{ id: own, isOwn: true }]);
    const belonging = await homes.get(homeId, SON);
    const shown = belonging && (await world.bills.saved.inHome(belonging.home, SON));
    expect(shown).toMatchObject([{ id: savedId, isOwn: false }]);
  });
});

describe('a bill of an account in a home', () => {
  it('is paid by who pays it, and the next one is asked first, whatever the sum', async () => {
    expect(await pay(SON)).toMatchObject({ bill: { state: 'paid', userId: SON } });
    expect((await world.balance(SON)).availableTiyin).toBe(START - SUM - FEE);
    expect((await world.balance()).availableTiyin).toBe(START);
    const second = await pay(USER, { amountTiyin: som(1000) });
    expect(second).toMatchObject({ kind: 'repeated_within', bill: { userId: SON } });
    expect((await world.balance()).availableTiyin).toBe(START);
    const sure = await pay(USER, { repeatAllowed: true });
    expect(sure).toMatchObject({ kind: 'bill', bill: { state: 'paid' } });
  });

  it('is paid once, when two pay at the same moment', async () => {
    const both = await Promise.all([pay(SON), pay(USER)]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['bill', 'repeated_within']);
    expect(paylov.book.size).toBe(1);
  });

  it('is asked about for a day, not after a payment that failed, and not for strangers', async () => {
    paylov.onPay = () => ({ kind: 'refused', code: 'error_at_pay' });
    await pay(SON);
    paylov.onPay = (_, honest) => honest();
    expect(await pay(USER)).toMatchObject({ kind: 'bill', bill: { state: 'paid' } });
    expect(await pay(STRANGER)).toMatchObject({ kind: 'bill', bill: { state: 'paid' } });
    expect(await pay(SON)).toMatchObject({ kind: 'repeated_within', bill: { userId: USER } });
    await clock.advance(DAY_MS);
    expect(await pay(SON)).toMatchObject({ kind: 'bill', bill: { state: 'paid' } });
  });

  it('counts as paid for its owner’s reminders, and for nobody who is not in the home', async () => {
    const since = clock.now();
    const account = { serviceId: SERVICE.id, account: ACCOUNT };
    await pay(SON);
    const { read } = world.db;
    expect(await paidOrOpen(read, { userId: USER, ...account }, since)).toMatchObject({
      userId: SON,
    });
    expect(await paidOrOpen(read, { userId: STRANGER, ...account }, since)).toBeNull();
    await homes.leave(homeId, SON);
    expect(await paidOrOpen(read, { userId: USER, ...account }, since)).toBeNull();
  });

  it('shows its people the sum and the day, this month’s alone', async () => {
    await pay(SON);
    await clock.advance(DAY_MS);
    await pay(USER, { amountTiyin: som(1000) });
    const seen = async (userId: number) => {
      const shared = await world.bills.saved.payable(savedId, userId);
      return shared && (await world.bills.saved.paidThisMonth(shared));
    };
    const sums = [{ amountTiyin: som(1000) }, { amountTiyin: SUM }];
    expect(await seen(USER)).toMatchObject(sums);
    expect(await seen(SON)).toMatchObject(sums);
    expect(Object.keys((await seen(SON))?.[0] ?? {}).toSorted()).toEqual(['amountTiyin', 'paidAt']);
    await clock.advance(32 * DAY_MS);
    expect(await seen(SON)).toEqual([]);
  });
});

describe('the others of a home', () => {
  const tell = tellBills({ ownerChats: [], alarm: () => Promise.resolve() });

  async function told(): Promise<number[]> {
    const rows = await world.db.read.select().from(outbox);
    return rows.filter(({ kind }) => kind === 'home_paid').map(({ chatId }) => chatId);
  }

  async function tellOf(userId: number): Promise<void> {
    const outcome = await pay(userId, { repeatAllowed: true });
    if (outcome.kind !== 'bill') throw new Error(outcome.kind);
    const event = { kind: 'bill_paid', bill: outcome.bill, at: clock.now() } as const;
    await world.db.tx((tx) => tell(tx, event));
    await world.db.tx((tx) => tell(tx, event));
  }

  it('hear of a payment only where its owner wants it, and once', async () => {
    await tellOf(SON);
    expect(await told()).toEqual([]);
    await homes.setTold(homeId, { userId: USER, isTold: true });
    await tellOf(SON);
    expect(await told()).toEqual([USER]);
    await tellOf(STRANGER);
    expect(await told()).toEqual([USER]);
    await tellOf(USER);
    expect(await told()).toEqual([USER, SON]);
  });
});
