import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { accounts, entries, lines } from '../db/tables.ts';
import { MAX_TIYIN } from '../core/money.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../testing/database.ts';
import { AT, topupEntry, transfer } from '../testing/ledger.ts';
import {
  ADJUSTMENTS,
  providerClearing,
  RETURNS,
  SUSPENSE,
  userAvailable,
  userHeld,
} from './accounts.ts';
import {
  AlreadyReversedError,
  balanceOf,
  type Entry,
  EntryKeyConflictError,
  InsufficientBalanceError,
  type Posted,
  post,
  userBalance,
} from './ledger.ts';
import { reverse } from './reverse.fixture.ts';

let temporary: TemporaryDatabase;
let db: Database;

beforeEach(() => {
  temporary = temporaryDatabase();
  db = temporary.db;
});

afterEach(async () => {
  await temporary.remove();
});

const posting = async (entry: Entry): Promise<Posted> => await db.tx((tx) => post(tx, entry));

const reversing = async (entryId: number, key: string): Promise<Posted> =>
  await db.tx((tx) => reverse(tx, { entryId, key, actor: 'user:1', reason: 'mistake', at: AT }));

/** Everything in the books. */
async function books(): Promise<unknown> {
  return {
    accounts: await db.read.select().from(accounts),
    entries: await db.read.select().from(entries),
    lines: await db.read.select().from(lines),
  };
}

describe('posting', () => {
  it('moves money and writes down who, why and when', async () => {
    const posted = await posting({
      ...topupEntry('topup:A', 7, 5000),
      actor: 'user:1',
      reason: 'by hand',
    });
    expect(posted).toEqual({ kind: 'posted', entryId: 1 });
    expect(await userBalance(db.read, 7)).toEqual({ availableTiyin: 5000, heldTiyin: 0 });
    expect(await balanceOf(db.read, providerClearing('inpay'))).toBe(-5000);
    expect(await books()).toMatchObject({
      entries: [
        { id: 1, key: 'topup:A', kind: 'topup', actor: 'user:1', reason: 'by hand', createdAt: AT },
      ],
      lines: [
        {
          entryId: 1,
          position: 0,
          // On PostgreSQL its stripe.
          accountId: expect.stringMatching(/^provider:inpay(?:~1)?$/) as string,
          amountTiyin: -5000,
        },
        { entryId: 1, position: 1, accountId: 'user:7:available', amountTiyin: 5000 },
      ],
    });
  });

  it('of an unused account begins at zero', async () => {
    expect(await userBalance(db.read, 404)).toEqual({ availableTiyin: 0, heldTiyin: 0 });
    expect(await balanceOf(db.read, SUSPENSE)).toBe(0);
  });

  it('may have many lines, and an account more than once', async () => {
    await posting({
      ...topupEntry('k', 1, 1),
      lines: [
        { account: providerClearing('payfer'), amountTiyin: -100 },
        { account: userAvailable(1), amountTiyin: 60 },
        { account: SUSPENSE, amountTiyin: 30 },
        { account: userAvailable(1), amountTiyin: 10 },
      ],
    });
    expect(await balanceOf(db.read, userAvailable(1))).toBe(70);
    expect(await balanceOf(db.read, SUSPENSE)).toBe(30);
  });

  it('lets only what belongs to the operator fall below zero', async () => {
    await posting({ ...topupEntry('k', 1, 1), lines: transfer(ADJUSTMENTS, RETURNS, 5) });
    expect(await balanceOf(db.read, ADJUSTMENTS)).toBe(-5);
    for (const account of [userAvailable(1), userHeld(1), SUSPENSE]) {
      const entry = { ...topupEntry(account, 1, 1), lines: transfer(account, ADJUSTMENTS, 1) };
      await expect(posting(entry)).rejects.toThrow(InsufficientBalanceError);
    }
    const tooMuch = { ...topupEntry('too much', 1, 1), lines: transfer(RETURNS, ADJUSTMENTS, 6) };
    await expect(posting(tooMuch)).rejects.toMatchObject({ account: RETURNS });
    await posting({ ...tooMuch, lines: transfer(RETURNS, ADJUSTMENTS, 5) });
    expect(await balanceOf(db.read, RETURNS)).toBe(0);
  });

  it('that fails leaves nothing behind', async () => {
    await posting(topupEntry('first', 1, 100));
    const before = await books();
    const entry: Entry = {
      ...topupEntry('second', 2, 1),
      lines: [
        ...transfer(ADJUSTMENTS, userAvailable(2), 50),
        ...transfer(userAvailable(1), SUSPENSE, 101),
      ],
    };
    await expect(posting(entry)).rejects.toThrow('user:1:available has less than this takes');
    expect(await books()).toEqual(before);
  });

  it('refuses a balance that JavaScript would round', async () => {
    await posting(topupEntry('a', 1, Number.MAX_SAFE_INTEGER));
    await expect(posting(topupEntry('b', 1, 1))).rejects.toThrow('accounts_exact');
    expect(await balanceOf(db.read, userAvailable(1))).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each<[string, Entry['lines'], string]>([
    ['no lines', [], 'at least two lines'],
    ['one line', [{ account: SUSPENSE, amountTiyin: 1 }], 'at least two lines'],
    [
      'lines that do not balance',
      [
        { account: ADJUSTMENTS, amountTiyin: -2 },
        { account: SUSPENSE, amountTiyin: 1 },
      ],
      'sum to -1 tiyin instead of zero',
    ],
    ['a line of zero', transfer(ADJUSTMENTS, SUSPENSE, 0), 'a line of zero'],
    ['a fraction', transfer(ADJUSTMENTS, SUSPENSE, 0.5), 'not whole tiyin'],
    ['NaN', transfer(ADJUSTMENTS, SUSPENSE, NaN), 'not whole tiyin'],
    ['more than is exact', transfer(ADJUSTMENTS, SUSPENSE, 2 ** 53), 'not whole tiyin'],
  ])('refuses an entry with %s', async (_, wrong, message) => {
    await expect(posting({ ...topupEntry('k', 1, 1), lines: wrong })).rejects.toThrow(message);
    expect(await books()).toEqual({ accounts: [], entries: [], lines: [] });
  });

  it('takes the largest sum that may come in, nine times', async () => {
    for (let i = 0; i < 9; i += 1) await posting(topupEntry(`k${i}`, 1, MAX_TIYIN));
    expect(await balanceOf(db.read, userAvailable(1))).toBe(9 * MAX_TIYIN);
  });
});

describe('a key', () => {
  it('used again with the same body changes nothing, even later and at once', async () => {
    const entry = topupEntry('topup:A', 1, 100);
    await posting(entry);
    const before = await books();
    const again = await Promise.all([
      posting(entry),
      posting({ ...entry, at: AT + 1 }),
      posting(structuredClone(entry)),
    ]);
    expect(again).toEqual(again.map(() => ({ kind: 'repeated', entryId: 1 })));
    expect(await books()).toEqual(before);
  });

  it('used by many at once posts one entry', async () => {
    const all = await Promise.all(
      Array.from({ length: 50 }, () => posting(topupEntry('topup:A', 1, 100))),
    );
    expect(all.filter((each) => each.kind === 'posted')).toHaveLength(1);
    expect(await balanceOf(db.read, userAvailable(1))).toBe(100);
  });

  it.each<[string, Partial<Entry>]>([
    ['sum', { lines: transfer(providerClearing('inpay'), userAvailable(1), 101) }],
    ['account', { lines: transfer(providerClearing('inpay'), userAvailable(2), 100) }],
    [
      'order of lines',
      { lines: transfer(providerClearing('inpay'), userAvailable(1), 100).toReversed() },
    ],
    ['kind', { kind: 'bonus' }],
    ['actor', { actor: 'user:1' }],
    ['reason', { reason: 'x' }],
    ['reversed entry', { reverses: 1 }],
  ])('used again with another %s is an error', async (_, change) => {
    const entry = topupEntry('topup:A', 1, 100);
    await posting(entry);
    const before = await books();
    const conflict = posting({ ...entry, ...change });
    await expect(conflict).rejects.toThrow(EntryKeyConflictError);
    await expect(conflict).rejects.toMatchObject({ key: 'topup:A' });
    expect(await books()).toEqual(before);
  });

  it('of an entry that failed is free', async () => {
    const spend = { ...topupEntry('spend', 1, 1), lines: transfer(userAvailable(1), SUSPENSE, 10) };
    await expect(posting(spend)).rejects.toThrow(InsufficientBalanceError);
    await posting(topupEntry('topup', 1, 10));
    expect(await posting(spend)).toMatchObject({ kind: 'posted' });
  });
});

describe('reversing', () => {
  it('posts the opposite and names what it undoes', async () => {
    await posting(topupEntry('topup:A', 1, 100));
    expect(await reversing(1, 'undo:A')).toEqual({ kind: 'posted', entryId: 2 });
    expect(await userBalance(db.read, 1)).toEqual({ availableTiyin: 0, heldTiyin: 0 });
    expect(await balanceOf(db.read, providerClearing('inpay'))).toBe(0);
    expect(await books()).toMatchObject({
      entries: [{}, { kind: 'reversal', reverses: 1, reason: 'mistake', actor: 'user:1' }],
    });
  });

  it('again under the same key changes nothing, under another one is refused', async () => {
    await posting(topupEntry('topup:A', 1, 100));
    await posting(topupEntry('topup:B', 1, 100));
    await reversing(1, 'undo:A');
    expect(await reversing(1, 'undo:A')).toEqual({ kind: 'repeated', entryId: 3 });
    await expect(reversing(1, 'undo:A again')).rejects.toThrow(AlreadyReversedError);
    expect(await balanceOf(db.read, userAvailable(1))).toBe(100);
  });

  it('twice at once under two keys happens once', async () => {
    await posting(topupEntry('topup:A', 1, 100));
    await posting(topupEntry('topup:B', 1, 100));
    const [first, second] = await Promise.allSettled([reversing(1, 'one'), reversing(1, 'two')]);
    expect(first).toMatchObject({ status: 'fulfilled', value: { kind: 'posted' } });
    expect(second).toMatchObject({ status: 'rejected', reason: { name: 'AlreadyReversedError' } });
    expect(await balanceOf(db.read, userAvailable(1))).toBe(100);
  });

  it('is refused when the money has gone, and for an entry that is not there', async () => {
    await posting(topupEntry('topup:A', 1, 100));
    await posting({ ...topupEntry('spend', 1, 1), lines: transfer(userAvailable(1), RETURNS, 1) });
    await expect(reversing(1, 'undo:A')).rejects.toThrow(InsufficientBalanceError);
    await expect(reversing(99, 'undo:?')).rejects.toThrow('There is no entry 99 to reverse');
    expect(await balanceOf(db.read, userAvailable(1))).toBe(99);
  });

  it('of a reversal brings the money back', async () => {
    await posting(topupEntry('topup:A', 1, 100));
    await reversing(1, 'undo:A');
    await reversing(2, 'undo undo:A');
    expect(await balanceOf(db.read, userAvailable(1))).toBe(100);
  });
});
