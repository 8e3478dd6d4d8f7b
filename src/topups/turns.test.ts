/** Whose turn it is: nobody's ended orders, and no one person, delay somebody who pays. */
import { and, eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { topups as table } from '../db/tables.ts';
import { userAvailable } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import { som } from '../core/money.ts';
import { patience } from '../testing/patience.ts';
import type { OrderRef } from './provider.ts';
import {
  scriptedProvider,
  type ScriptedProvider,
  stage,
  type Stage,
  USER,
} from './topup-stage.fixture.ts';
import { claimDue, ENDED, fairly, LIVE, REPORTED } from './turns.ts';
import type { Topup } from './topup.ts';

let world: Stage;
afterEach(async () => {
  await world.close();
  expect(world.errors).toEqual([]);
});

const SECOND = 1000;
const PATIENCE_MS = patience(240_000);
const SUM = som(50_000);
const SCRIPT = 6666;

function begin(traits: Parameters<typeof scriptedProvider>[1] = {}): ScriptedProvider {
  const rasmiypay = scriptedProvider('rasmiypay', traits);
  world = stage([rasmiypay]);
  return rasmiypay;
}

async function open(userId: number): Promise<Topup> {
  const outcome = await world.topups.create({ userId, provider: 'rasmiypay', baseTiyin: SUM });
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  return outcome.topup;
}

/** Orders of one person that were opened and cancelled, one after another. */
async function cancelled(userId: number, howMany: number): Promise<Topup[]> {
  const orders: Topup[] = [];
  for (let n = 0; n < howMany; n += 1) {
    const order = await open(userId);
    await world.topups.cancel(order.id, { userId });
    orders.push(order);
  }
  return orders;
}

async function rowOf({ id }: Topup): Promise<Topup> {
  const [row] = await world.file.db.read.select().from(table).where(eq(table.id, id));
  return row!;
}

async function report(topup: Topup, body: string): Promise<void> {
  await world.topups.receive({ provider: 'rasmiypay', order: { id: topup.id }, body });
}

/** Claims without asking anybody: who would be asked about. */
async function claimed(provider: ScriptedProvider, limit = 6): Promise<number[]> {
  const rows = await claimDue(world.deps, provider, { reportedOnly: false, limit });
  return rows.map(({ userId }) => userId);
}

describe('308 orders of one person, at 400 ms an answer', { timeout: PATIENCE_MS }, () => {
  it('do not delay the payment of somebody else', async () => {
    const rasmiypay = begin();
    await cancelled(SCRIPT, 308);
    const honest = await open(USER);
    const asked: { order: string; at: number }[] = [];
    rasmiypay.onCheck = async ({ orderCode }: OrderRef) => {
      asked.push({ order: orderCode, at: world.clock.now() });
      await world.clock.sleep(400);
      return orderCode === honest.orderCode
        ? { kind: 'paid', paidTiyin: SUM }
        : { kind: 'pending' };
    };
    const openedAt = world.clock.now();
    // The poller comes every ten seconds; the first round is still busy with the ended ones.
    const rounds: Promise<void>[] = [];
    for (let passed = 0; passed < 20 * SECOND; passed += 10 * SECOND) {
      rounds.push(world.topups.tick());
      await world.clock.advance(10 * SECOND);
    }
    const first = asked.find(({ order }) => order === honest.orderCode);
    // Due after ten seconds, and then behind what was claimed before that at most: a few answers of 400 ms.
    expect((first?.at ?? Infinity) - openedAt).toBeLessThanOrEqual(13 * SECOND);
    expect(await balanceOf(world.file.db.read, userAvailable(USER))).toBe(SUM);
    await world.clock.advance(60 * SECOND);
    await Promise.all(rounds);
    // None was forgotten: each was asked about once it had ended.
    expect(new Set(asked.map(({ order }) => order)).size).toBe(309);
  });

  it('are asked about as often as five are, together', async () => {
    const rasmiypay = begin();
    await cancelled(SCRIPT, 50);
    await world.topups.tick();
    const before = rasmiypay.checked.length;
    for (let passed = 0; passed < 100 * SECOND; passed += 10 * SECOND) {
      await world.clock.advance(10 * SECOND);
      await world.topups.tick();
    }
    // Every 10 s each would be 500 questions.
    expect(rasmiypay.checked.length - before).toBeLessThanOrEqual(50);
    expect(rasmiypay.checked.length - before).toBeGreaterThan(0);
  });
});

describe('a claim', () => {
  it('takes live orders before ended ones, though these are due for longer', async () => {
    const rasmiypay = begin();
    await cancelled(SCRIPT, 20);
    await open(1);
    await open(2);
    await world.clock.advance(10 * SECOND);
    expect(await claimed(rasmiypay)).toEqual([1, 2, SCRIPT, SCRIPT, SCRIPT, SCRIPT]);
  });

  it('takes some ended orders of each person', async () => {
    const rasmiypay = begin();
    await cancelled(SCRIPT, 20);
    await cancelled(1, 3);
    await cancelled(2, 1);
    expect((await claimed(rasmiypay)).toSorted((a, b) => a - b)).toEqual([
      1,
      1,
      2,
      SCRIPT,
      SCRIPT,
      SCRIPT,
    ]);
  });

  it('leaves half of the places to live orders when everything else was reported', async () => {
    const rasmiypay = begin();
    const orders = await cancelled(SCRIPT, 10);
    await world.topups.stop();
    for (const [n, order] of orders.entries()) await report(order, `{"status":"paid","n":${n}}`);
    for (const userId of [1, 2, 3, 4]) await open(userId);
    await world.clock.advance(10 * SECOND);
    expect(await claimed(rasmiypay)).toEqual([SCRIPT, SCRIPT, SCRIPT, 1, 2, 3]);
  });

  it('gives places that nobody else wants to one person', () => {
    begin();
    const all = [1, 1, 1, 2].map((userId) => ({ userId }));
    expect(fairly(all, 2).map(({ userId }) => userId)).toEqual([1, 1]);
    expect(fairly(all, 3).map(({ userId }) => userId)).toEqual([1, 1, 2]);
    expect(fairly(all, 9).map(({ userId }) => userId)).toEqual([1, 1, 2, 1]);
  });

  it('reads the index in its order, and no table', async () => {
    begin();
    const { raw, engine } = world.file;
    await cancelled(SCRIPT, 1);
    const query = `select id, user_id from topups where provider = 'rasmiypay' and urgency = ${ENDED}
      and due_at is not null and due_at <= 1 and lease_until <= 1 order by due_at asc limit 6`;
    // As the program's own sessions have it.
    if (engine === 'postgres') await raw.run('set enable_seqscan = off');
    const explain = engine === 'postgres' ? 'explain' : 'explain query plan';
    const plan = await raw.all(`${explain} ${query}`);
    const text = JSON.stringify(plan);
    expect(text).toContain('topups_due');
    expect(text).not.toMatch(/Seq Scan|SCAN|TEMP B-TREE|Sort/);
  });
});

describe('the place of an order', () => {
  it('is that of live ones until it ends, and before all others when it was reported', async () => {
    begin();
    const order = await open(USER);
    await world.topups.stop();
    expect((await rowOf(order)).urgency).toBe(LIVE);
    await report(order, '{"status":"pending"}');
    expect((await rowOf(order)).urgency).toBe(REPORTED);
    await world.topups.cancel(order.id, { userId: USER });
    expect((await rowOf(order)).urgency).toBe(ENDED);
  });

  it('is not moved by reports of an ended order that do not speak of a payment', async () => {
    begin();
    const [order] = await cancelled(USER, 1);
    if (!order) throw new Error('none');
    await world.topups.stop();
    await report(order, '{"status":"cancelled"}');
    expect(await rowOf(order)).toMatchObject({ urgency: ENDED, dueAt: world.clock.now() });
    await report(order, '{"status":"paid"}');
    expect((await rowOf(order)).urgency).toBe(REPORTED);
  });

  it('becomes that of the ended when the provider says that it is over', async () => {
    const rasmiypay = begin();
    const order = await open(USER);
    rasmiypay.onCheck = () => ({ kind: 'closed', as: 'expired' });
    await world.clock.advance(10 * SECOND);
    await world.topups.tick();
    const at = and(eq(table.id, order.id), eq(table.state, 'expired'), eq(table.urgency, ENDED));
    expect(await world.file.db.read.select({ id: table.id }).from(table).where(at)).toHaveLength(1);
  });
});

describe('the silence after a 429', () => {
  it('ends with a call that succeeds, for payers and for reports', async () => {
    const rasmiypay = begin();
    const waiting = await open(1);
    rasmiypay.onCheck = () => ({ kind: 'problem', code: 'rate_limited' });
    await world.clock.advance(10 * SECOND);
    await world.topups.tick();
    expect(rasmiypay.checked).toHaveLength(1);
    rasmiypay.onCheck = () => ({ kind: 'paid', paidTiyin: SUM });
    await open(2);
    await report(waiting, '{"status":"paid"}');
    await world.clock.settle();
    await world.topups.tick();
    expect(await balanceOf(world.file.db.read, userAvailable(1))).toBe(SUM);
    await world.clock.advance(10 * SECOND);
    await world.topups.tick();
    expect(await balanceOf(world.file.db.read, userAvailable(2))).toBe(SUM);
  });
});
