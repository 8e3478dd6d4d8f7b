import * as fc from 'fast-check';
import { entryRows, firstIdSince } from '../db/first-id.ts';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { AT, topupEntry, transfer } from '../testing/ledger.ts';
import {
  ADJUSTMENTS,
  FEES,
  PAYLOV_FLOAT,
  providerClearing,
  SUSPENSE,
  userAvailable,
} from './accounts.ts';
import { audit } from './audit.ts';
import { figuresOf, movementsOf, usersTotal } from './figures.ts';
import { HOUR_MS, tashkentPeriod } from '../core/calendar.ts';
import { capture, hold, release } from './holds.ts';
import { type Entry, post } from './ledger.ts';

function books(): TemporaryDatabase {
  const database = temporaryDatabase();
  onTestFinished(async () => await database.remove());
  return database;
}

async function write({ db }: TemporaryDatabase, entry: Entry): Promise<void> {
  await db.tx(async (tx) => await post(tx, entry));
}

test('a day begins at midnight in Tashkent', () => {
  const { fromAt, toAt } = tashkentPeriod(Date.UTC(2026, 0, 5, 20));
  expect(fromAt).toBe(Date.UTC(2026, 0, 5, 19));
  expect(toAt - fromAt).toBe(24 * HOUR_MS);
  expect(tashkentPeriod(Date.UTC(2026, 0, 5, 18, 59)).toAt).toBe(fromAt);
  expect(tashkentPeriod(fromAt).fromAt).toBe(fromAt);
  expect(tashkentPeriod(fromAt, { daysAgo: 1 }).toAt).toBe(fromAt);
});

test('the first entry of a time is found by bisection, whatever gaps the ids have', async () => {
  const database = books();
  const insert =
    "insert into entries (id, key, body_hash, kind, actor, created_at) values (?, ?, '', 'x', 'system', ?)";
  await database.raw.disarm();
  const steps = fc.array(fc.record({ gap: fc.nat(5), later: fc.nat(3) }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(130), async (all, at) => {
      await database.raw.run('delete from entries');
      let id = 0;
      let time = 0;
      const rows: { id: number; time: number }[] = [];
      for (const { gap, later } of all) {
        id += 1 + gap;
        time += later;
        await database.raw.run(insert, [id, String(id), time]);
        rows.push({ id, time });
      }
      const found = await firstIdSince(entryRows(database.db.read), at);
      expect(rows.filter((row) => row.id >= found)).toEqual(rows.filter((row) => row.time >= at));
    }),
    { numRuns: 60 },
  );
});

test('a period has the sums of its own entries and of no others', async () => {
  const database = books();
  const { db } = database;
  const day = { fromAt: AT, toAt: AT + HOUR_MS };
  await write(database, { ...topupEntry('before', 1, 1_000_00), at: AT - 1 });
  await write(database, { ...topupEntry('first', 1, 500_00), at: AT });
  await write(database, {
    ...topupEntry('other', 2, 300_00),
    lines: transfer(providerClearing('payfer'), userAvailable(2), 300_00),
    at: AT + 1,
  });
  await write(database, {
    key: 'strange',
    kind: 'suspense',
    actor: 'system',
    at: AT + 2,
    lines: transfer(providerClearing('payfer'), SUSPENSE, 70_00),
  });
  await write(database, {
    key: 'review',
    kind: 'review_credited',
    actor: 'user:9',
    at: AT + 3,
    lines: transfer(SUSPENSE, userAvailable(2), 50_00),
  });
  await payBill(database, { id: 'bill:A', at: AT + 4 });
  await db.tx(async (tx) => {
    await hold(tx, { id: 'bill:B', userId: 1, amountTiyin: 10_00, at: AT + 5 });
    await release(tx, { id: 'bill:B', at: AT + 5 });
  });
  await write(database, adjustment('credit', { userId: 2, amountTiyin: 7_00, at: AT + 6 }));
  await write(database, adjustment('debit', { userId: 2, amountTiyin: -2_00, at: AT + 7 }));
  await write(database, { ...topupEntry('after', 1, 9_000_00), at: AT + HOUR_MS });

  expect(await figuresOf(db.read, day)).toEqual({
    inByProvider: { inpay: { tiyin: 500_00, count: 1 }, payfer: { tiyin: 370_00, count: 2 } },
    inTiyin: 870_00,
    creditedTiyin: 850_00,
    creditedCount: 3,
    billsTiyin: 100_00,
    billsCount: 1,
    feesTiyin: 1_00,
    creditsTiyin: 7_00,
    debitsTiyin: 2_00,
  });
  const all = await movementsOf(db.read, day);
  expect(all.reduce((sum, each) => sum + each.amountTiyin, 0)).toBe(0);
  expect(await usersTotal(db.read)).toBe((await audit(db.read)).usersTiyin);
});

test('a refund takes off what the bill had added', async () => {
  const database = books();
  await write(database, topupEntry('money', 1, 500_00));
  await payBill(database, { id: 'bill:A', at: AT });
  await write(database, {
    key: 'bill:A:refunded',
    kind: 'bill_refund',
    actor: 'user:9',
    at: AT + HOUR_MS,
    lines: [
      { account: PAYLOV_FLOAT, amountTiyin: -100_00 },
      { account: userAvailable(1), amountTiyin: 101_00 },
      { account: FEES, amountTiyin: -1_00 },
    ],
  });
  const later = await figuresOf(database.db.read, {
    fromAt: AT + 1,
    toAt: AT + 2 * HOUR_MS,
  });
  expect(later).toMatchObject({
    billsTiyin: -100_00,
    billsCount: 0,
    feesTiyin: -1_00,
  });
});

test('empty books and empty periods are all zeros', async () => {
  const database = books();
  const { db } = database;
  expect(await usersTotal(db.read)).toBe(0);
  expect((await figuresOf(db.read, { fromAt: AT, toAt: AT + 1 })).inByProvider).toEqual({});
  await write(database, topupEntry('money', 1, 500_00));
  for (const period of [
    { fromAt: AT - 10, toAt: AT },
    { fromAt: AT + 1, toAt: AT + 10 },
    { fromAt: AT + 1, toAt: AT },
  ]) {
    expect((await figuresOf(db.read, period)).inTiyin).toBe(0);
  }
});

async function payBill(
  { db }: TemporaryDatabase,
  { id, at }: { id: string; at: number },
): Promise<void> {
  const to = [
    { account: PAYLOV_FLOAT, amountTiyin: 100_00 },
    { account: FEES, amountTiyin: 1_00 },
  ];
  await db.tx(async (tx) => {
    await hold(tx, { id, userId: 1, amountTiyin: 101_00, at });
    await capture(tx, { id, to, at });
  });
}

function adjustment(
  kind: 'credit' | 'debit',
  { userId, amountTiyin, at }: { userId: number; amountTiyin: number; at: number },
): Entry {
  const lines = [
    { account: ADJUSTMENTS, amountTiyin: -amountTiyin },
    { account: userAvailable(userId), amountTiyin },
  ];
  return { key: `admin:${kind}`, kind, actor: 'user:9', reason: 'test', at, lines };
}

test('an entry belongs to the day of its time, also where a later id has an earlier time', async () => {
  const database = books();
  const midnight = AT + HOUR_MS;
  const times = [midnight + 5, midnight - 1, midnight + 1, midnight - 20_000, midnight];
  for (const [index, at] of times.entries()) {
    await write(database, { ...topupEntry(`mixed:${index}`, 1, 10 ** index), at });
  }
  const before = await figuresOf(database.db.read, { fromAt: AT, toAt: midnight });
  const after = await figuresOf(database.db.read, { fromAt: midnight, toAt: midnight + HOUR_MS });
  expect([before.inTiyin, after.inTiyin]).toEqual([1010, 10_101]);
});
