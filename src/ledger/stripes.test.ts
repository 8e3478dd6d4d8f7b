import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Database, Tx } from '../db/database.ts';
import { accounts, lines } from '../db/tables.ts';
import { linesOf } from '../reports/export-rows.ts';
import { temporaryDatabase } from '../testing/database.ts';
import { AT, topupEntry, transfer } from '../testing/ledger.ts';
import {
  type AccountId,
  ADJUSTMENTS,
  FEES,
  mayBeNegative,
  OWNER,
  PAYLOV_FLOAT,
  providerClearing,
  RETURNS,
  SUSPENSE,
  userAvailable,
  userHeld,
} from './accounts.ts';
import { audit } from './audit.ts';
import { figuresOf, movementsOf, usersTotal } from './figures.ts';
import { changeFloat, floatOf } from './float.ts';
import { capture, hold } from './holds.ts';
import { balanceOf, post } from './ledger.ts';
import { reverse } from './reverse.fixture.ts';
import { ofAccount, plainAccount, stripeOf } from './stripes.ts';

const PAYFER = providerClearing('payfer');
const ALL = { fromAt: AT - 1, toAt: AT + 1 };

let db: Database;
beforeEach(() => {
  const file = temporaryDatabase();
  onTestFinished(() => file.remove());
  db = file.db;
});

/** In a process that has this stripe. */
async function as<T>(stripe: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return await db.tx((tx) => work(Object.create(tx, { stripe: { value: stripe } }) as Tx));
}

/** A day of money, each step by the process that `of` names. */
async function day(of: (step: number) => number): Promise<void> {
  const to = [
    { account: PAYLOV_FLOAT, amountTiyin: 500 },
    { account: FEES, amountTiyin: 5 },
  ];
  const bill = { id: 'bill:A', userId: 7, amountTiyin: 505, at: AT };
  const steps: ((tx: Tx) => Promise<unknown>)[] = [
    (tx) => post(tx, topupEntry('topup:1', 7, 1000)),
    (tx) => post(tx, topupEntry('topup:2', 8, 300)),
    (tx) => post(tx, { ...topupEntry('topup:3', 7, 40), lines: transfer(PAYFER, SUSPENSE, 40) }),
    (tx) =>
      changeFloat(tx, { key: 'float:1', kind: 'deposit', amountTiyin: 900, staffId: 1, at: AT }),
    (tx) => hold(tx, bill),
    (tx) => capture(tx, { id: bill.id, to, at: AT }),
    (tx) =>
      post(tx, {
        ...topupEntry('gift', 7, 60),
        lines: transfer(ADJUSTMENTS, userAvailable(7), 60),
      }),
    (tx) => reverse(tx, { entryId: 2, key: 'undo', actor: 'user:1', reason: 'mistaken', at: AT }),
  ];
  for (const [index, step] of steps.entries()) await as(of(index), step);
}

async function told() {
  const exported: unknown[] = [];
  for await (const page of linesOf(db.read, ALL)) exported.push(...page);
  const names: AccountId[] = [
    providerClearing('inpay'),
    PAYFER,
    PAYLOV_FLOAT,
    FEES,
    OWNER,
    SUSPENSE,
  ];
  return {
    balances: await Promise.all([...names, ADJUSTMENTS].map((each) => balanceOf(db.read, each))),
    float: await floatOf(db.read),
    figures: await figuresOf(db.read, ALL),
    movements: await movementsOf(db.read, ALL),
    users: await usersTotal(db.read),
    audit: await audit(db.read),
    exported,
  };
}

describe('an account of the operator, in stripes', () => {
  it('tells the same in all figures, and its books are clean', async () => {
    await day(() => 0);
    const plain = await told();
    expect(plain.audit).toMatchObject({ clean: true, findings: [], usersTiyin: 555 });
    expect(plain.balances).toEqual([-1000, -40, -400, 5, 900, 40, -60]);
    const file = temporaryDatabase();
    onTestFinished(() => file.remove());
    db = file.db;
    await day((step) => step % 4);
    expect(await told()).toEqual(plain);
    const stored = await db.read.select({ id: accounts.id }).from(accounts).orderBy(accounts.id);
    expect(stored.map(({ id }) => id).filter((id) => id.includes('~'))).toEqual([
      'adjustments~2',
      'fees~1',
      'owner~3',
      'provider:inpay~1',
      'provider:inpay~3',
      'provider:payfer~2',
      'provider:paylov~1',
      'provider:paylov~3',
    ]);
  });

  it('knows what was posted by another process, under the same key and another', async () => {
    const entry = topupEntry('topup:1', 7, 100);
    expect((await as(1, (tx) => post(tx, entry))).kind).toBe('posted');
    expect((await as(2, (tx) => post(tx, entry))).kind).toBe('repeated');
    expect((await as(0, (tx) => post(tx, entry))).kind).toBe('repeated');
    const undo = { entryId: 1, key: 'undo', actor: 'user:1', reason: 'x', at: AT };
    expect((await as(3, (tx) => reverse(tx, undo))).kind).toBe('posted');
    expect((await as(2, (tx) => reverse(tx, undo))).kind).toBe('repeated');
    expect(await balanceOf(db.read, providerClearing('inpay'))).toBe(0);
    const rows = await db.read.select({ id: lines.accountId }).from(lines);
    expect(rows.map(({ id }) => id)).toContain('provider:inpay~3');
  });

  it('is named by the audit where a stripe is wrong', async () => {
    await day((step) => step % 4);
    await db.tx((tx) =>
      tx.update(accounts).set({ balanceTiyin: 6 }).where(ofAccount(accounts.id, FEES)),
    );
    expect((await audit(db.read)).findings).toEqual(['fees~1 shows 6 tiyin, its lines sum to 5']);
  });

  it('is not another account whose name begins alike', async () => {
    await as(0, (tx) =>
      post(tx, { ...topupEntry('a', 7, 1), lines: transfer(PAYFER, SUSPENSE, 1) }),
    );
    const other = providerClearing('payfer2');
    await as(3, (tx) =>
      post(tx, { ...topupEntry('b', 7, 2), lines: transfer(other, SUSPENSE, 2) }),
    );
    expect([await balanceOf(db.read, PAYFER), await balanceOf(db.read, other)]).toEqual([-1, -2]);
  });
});

it('accounts of users, suspense and returns have no stripes', () => {
  for (const account of [userAvailable(7), userHeld(7), SUSPENSE, RETURNS]) {
    expect(stripeOf(account, 3)).toBe(account);
    expect(mayBeNegative(account)).toBe(false);
  }
});

it.each([PAYFER, PAYLOV_FLOAT, ADJUSTMENTS, OWNER, FEES])(
  '%s has, and each may be negative',
  (account) => {
    expect(stripeOf(account, 0)).toBe(account);
    const stripe = stripeOf(account, 12);
    expect([stripe, plainAccount(stripe)]).toEqual([`${account}~12`, account]);
    expect([mayBeNegative(account), mayBeNegative(stripe)]).toEqual([true, true]);
  },
);
