import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { outbox, suspenseItems } from '../db/tables.ts';
import { providerClearing, RETURNS, SUSPENSE, userAvailable } from '../ledger/accounts.ts';
import { balanceOf, post } from '../ledger/ledger.ts';
import { type TemporaryDatabase, rerunningDatabase } from '../testing/database.ts';
import { suspenseAgainstBooks } from '../books/suspense-audit.ts';
import {
  creditSuspense,
  insertItem,
  recordSuspense,
  returnSuspense,
  type SuspenseMoney,
} from './suspense.ts';

let file: TemporaryDatabase;
beforeEach(() => {
  file = rerunningDatabase();
});
afterEach(() => file.remove());

const money: SuspenseMoney = {
  key: 'test:1',
  provider: 'payfer',
  amountTiyin: 700,
  kind: 'unclaimed',
  actor: 'user:900',
  note: 'cabinet',
  at: 5,
};
const decision = { staffId: 900, reason: 'theirs', at: 6 };
const record = (changes: Partial<SuspenseMoney> = {}) =>
  file.db.tx((tx) => recordSuspense(tx, { ...money, ...changes }));
const audit = () => file.db.snapshot(suspenseAgainstBooks);
const balance = (account: ReturnType<typeof userAvailable>) => balanceOf(file.db.read, account);

it('is written down once for each key, at once and later, with its entry', async () => {
  const outcomes = await Promise.all([record(), record(), record({ at: 9 })]);
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['recorded', 'repeated', 'repeated']);
  expect(new Set(outcomes.map(({ item }) => item.id)).size).toBe(1);
  expect(await balance(SUSPENSE)).toBe(700);
  expect(await balance(providerClearing('payfer'))).toBe(-700);
  await expect(record({ key: 'none', amountTiyin: 0 })).rejects.toThrow('nothing to suspend');
  expect(await audit()).toEqual([]);
});

it('goes to one person or back, whichever is decided first', async () => {
  const { item } = await record();
  const ended = await Promise.all([
    file.db.tx((tx) => creditSuspense(tx, { ...decision, itemId: item.id, userId: 1 })),
    file.db.tx((tx) => creditSuspense(tx, { ...decision, itemId: item.id, userId: 2 })),
    file.db.tx((tx) => returnSuspense(tx, { ...decision, itemId: item.id })),
  ]);
  expect(ended.filter((each) => each !== null)).toHaveLength(1);
  expect(
    (await balance(userAvailable(1))) +
      (await balance(userAvailable(2))) +
      (await balance(RETURNS)),
  ).toBe(700);
  expect(await balance(SUSPENSE)).toBe(0);
  expect(await file.db.read.select().from(outbox)).toHaveLength(1);
  expect(await audit()).toEqual([]);
});

it('leaves nothing behind when the transaction is lost', async () => {
  const lost = file.db.tx(async (tx) => {
    await recordSuspense(tx, money);
    throw new Error('killed');
  });
  await expect(lost).rejects.toThrow('killed');
  expect(await file.db.read.select().from(suspenseItems)).toEqual([]);
  expect(await balance(SUSPENSE)).toBe(0);
});

it('is missed by the audit when items and books differ', async () => {
  await record();
  const { item } = await file.db.tx((tx) => insertItem(tx, { ...money, key: 'test:2' }));
  expect(await audit()).toEqual([
    'suspense has 700 tiyin, orders and items say 1400',
    `item ${item.id} of suspense and its entry differ`,
  ]);
  await file.db.tx((tx) =>
    tx.update(suspenseItems).set({ state: 'returned' }).where(eq(suspenseItems.id, item.id)),
  );
  expect(await audit()).toEqual([
    'returns has 0 tiyin, orders and items say 700',
    `item ${item.id} of suspense and its entry differ`,
    `item ${item.id} of suspense is returned, its entries say otherwise`,
  ]);
  const lines = [
    { account: providerClearing('payfer'), amountTiyin: -700 },
    { account: SUSPENSE, amountTiyin: 700 },
  ];
  await file.db.tx((tx) => post(tx, { key: 'stray', kind: 'test', actor: 'system', at: 7, lines }));
  expect((await audit())[0]).toBe('suspense has 1400 tiyin, orders and items say 700');
});
