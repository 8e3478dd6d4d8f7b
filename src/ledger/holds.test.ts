import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { holds } from '../db/tables.ts';
import { type TemporaryDatabase, rerunningDatabase } from '../testing/database.ts';
import { AT, topupEntry } from '../testing/ledger.ts';
import { providerClearing, SUSPENSE, userAvailable } from './accounts.ts';
import { audit } from './audit.ts';
import { capture, type EndHoldOutcome, hold, type HoldOutcome, release } from './holds.ts';
import { balanceOf, type Line, post, userBalance } from './ledger.ts';

const USER = 7;
const PAYLOV = providerClearing('paylov');

let temporary: TemporaryDatabase;
let db: Database;

beforeEach(async () => {
  temporary = rerunningDatabase();
  db = temporary.db;
  await db.tx((tx) => post(tx, topupEntry('topup:A', USER, 1000)));
});

afterEach(async () => {
  const { findings } = await db.snapshot(audit);
  await temporary.remove();
  if (findings.length > 0) throw new Error(findings.join('\n'));
});

const holding = async (amountTiyin: number, id = 'bill:1', userId = USER): Promise<HoldOutcome> =>
  await db.tx((tx) => hold(tx, { id, userId, amountTiyin, at: AT }));

const capturing = async (to: readonly Line[], id = 'bill:1'): Promise<EndHoldOutcome> =>
  await db.tx((tx) => capture(tx, { id, to, at: AT + 1 }));

const releasing = async (id = 'bill:1'): Promise<EndHoldOutcome> =>
  await db.tx((tx) => release(tx, { id, at: AT + 1 }));

const balance = async (): Promise<[number, number]> => {
  const { availableTiyin, heldTiyin } = await userBalance(db.read, USER);
  return [availableTiyin, heldTiyin];
};

const toPaylov = (amountTiyin: number): Line[] => [{ account: PAYLOV, amountTiyin }];

it('puts money aside', async () => {
  expect(await holding(300)).toEqual({ kind: 'held' });
  expect(await balance()).toEqual([700, 300]);
  expect(await db.read.select().from(holds)).toEqual([
    { id: 'bill:1', userId: USER, amountTiyin: 300, state: 'held', createdAt: AT, endedAt: null },
  ]);
});

it('cannot take more than there is', async () => {
  expect(await holding(1001)).toEqual({ kind: 'insufficient', availableTiyin: 1000 });
  expect(await balance()).toEqual([1000, 0]);
  expect(await holding(1000)).toEqual({ kind: 'held' });
  expect(await holding(1, 'bill:2')).toEqual({ kind: 'insufficient', availableTiyin: 0 });
  expect(await holding(1, 'bill:3', 404)).toEqual({ kind: 'insufficient', availableTiyin: 0 });
});

it.each([0, -5, 0.5, NaN])('refuses to hold %s', async (amountTiyin) => {
  await expect(holding(amountTiyin)).rejects.toThrow(/holds_positive|not whole tiyin/);
  expect(await balance()).toEqual([1000, 0]);
});

it('holds once, whatever became of it', async () => {
  await holding(300);
  expect(await holding(300)).toEqual({ kind: 'repeated' });
  await releasing();
  expect(await holding(300)).toEqual({ kind: 'repeated' });
  expect(await balance()).toEqual([1000, 0]);
});

it('is an error for another user or sum', async () => {
  await holding(300);
  await expect(holding(301)).rejects.toThrow('The hold "bill:1" exists for another user or sum');
  await expect(holding(300, 'bill:1', 8)).rejects.toThrow('exists for another user or sum');
  expect(await balance()).toEqual([700, 300]);
});

it('gives held money to whom it is for', async () => {
  await holding(300);
  const lines = [...toPaylov(250), { account: SUSPENSE, amountTiyin: 50 }];
  expect(await capturing(lines)).toEqual({ kind: 'ended' });
  expect(await balance()).toEqual([700, 0]);
  expect(await balanceOf(db.read, PAYLOV)).toBe(250);
  expect(await balanceOf(db.read, SUSPENSE)).toBe(50);
  expect(await db.read.select().from(holds)).toMatchObject([
    { state: 'captured', endedAt: AT + 1 },
  ]);
});

it('gives part of it back to the user', async () => {
  await holding(300);
  await capturing([...toPaylov(250), { account: userAvailable(USER), amountTiyin: 50 }]);
  expect(await balance()).toEqual([750, 0]);
});

it.each([299, 301])('is not captured with %s instead of what was held', async (amountTiyin) => {
  await holding(300);
  await expect(capturing(toPaylov(amountTiyin))).rejects.toThrow('instead of zero');
  expect(await balance()).toEqual([700, 300]);
  expect(await releasing()).toEqual({ kind: 'ended' });
});

it('gives held money back', async () => {
  await holding(300);
  expect(await releasing()).toEqual({ kind: 'ended' });
  expect(await balance()).toEqual([1000, 0]);
});

it('ends once', async () => {
  await holding(300, 'bill:1');
  await holding(300, 'bill:2');
  await capturing(toPaylov(300), 'bill:1');
  await releasing('bill:2');
  expect(await releasing('bill:1')).toEqual({ kind: 'not_held', state: 'captured' });
  expect(await capturing(toPaylov(300), 'bill:1')).toEqual({ kind: 'not_held', state: 'captured' });
  expect(await capturing(toPaylov(300), 'bill:2')).toEqual({ kind: 'not_held', state: 'released' });
  expect(await releasing('bill:?')).toEqual({ kind: 'not_held', state: null });
  expect(await balance()).toEqual([700, 0]);
});

it('is captured or released, never both, by many at once', async () => {
  await holding(300);
  const ended = await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? releasing() : capturing(toPaylov(300)))),
  );
  expect(ended.filter((each) => each.kind === 'ended')).toHaveLength(1);
  expect(await balance()).toEqual([1000, 0]);
});

it('never holds the same money twice, by many at once', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, (_, i) => holding(300, `bill:${i}`)));
  expect(all.filter((each) => each.kind === 'held')).toHaveLength(3);
  expect(await balance()).toEqual([100, 900]);
});
