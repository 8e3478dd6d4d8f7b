import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { auditBooks } from '../books/audit.ts';
import { som } from '../core/money.ts';
import { rerunningDatabase } from '../testing/database.ts';
import { AT, topupEntry, transfer } from '../testing/ledger.ts';
import { OWNER, PAYLOV_FLOAT, userAvailable } from './accounts.ts';
import { figuresOf } from './figures.ts';
import { changeFloat, fallenFloat, type FloatChange, floatOf } from './float.ts';
import { balanceOf, post } from './ledger.ts';

function open(): Database {
  const file = rerunningDatabase();
  onTestFinished(() => file.remove());
  return file.db;
}

let changes = 0;

async function change(db: Database, fields: Partial<FloatChange>) {
  changes += 1;
  const full = { key: `float:1:${changes}`, kind: 'deposit', staffId: 1, at: AT } as const;
  return await db.tx((tx) => changeFloat(tx, { ...full, amountTiyin: som(1000), ...fields }));
}

/** A bill that the card paid. */
async function spend(db: Database, amountTiyin: number): Promise<void> {
  changes += 1;
  await db.tx((tx) =>
    post(tx, { ...topupEntry(`test:in:${changes}`, 7, amountTiyin), kind: 'test' }),
  );
  await db.tx((tx) =>
    post(tx, {
      key: `test:out:${changes}`,
      kind: 'captured',
      actor: 'system',
      at: AT,
      lines: transfer(userAvailable(7), PAYLOV_FLOAT, amountTiyin),
    }),
  );
}

const left = async (db: Database) => (await floatOf(db.read)).leftTiyin;
const fallen = async (db: Database) => await db.tx((tx) => fallenFloat(tx, som(500)));

test('what is left is unknown until somebody says what is on the card', async () => {
  const db = open();
  await spend(db, som(300));
  expect(await floatOf(db.read)).toEqual({
    leftTiyin: null,
    writtenAt: null,
    spentTiyin: som(300),
  });
  expect(await fallen(db)).toBeNull();
  const said = await change(db, { kind: 'balance', amountTiyin: som(2000) });
  expect(said).toEqual({ kind: 'written', leftTiyin: som(2000) });
  await spend(db, som(700));
  await change(db, { amountTiyin: som(100) });
  expect(await left(db)).toBe(som(1400));
  expect(await balanceOf(db.read, OWNER)).toBe(som(2400));
  expect((await auditBooks(db)).findings).toEqual([]);
});

test('a change is written once, however often it is confirmed', async () => {
  const db = open();
  const key = 'float:1:55';
  expect((await change(db, { key })).kind).toBe('written');
  expect(await change(db, { key })).toEqual({ kind: 'repeated', leftTiyin: som(1000) });
  await spend(db, som(1));
  // Also when the difference would be another by now.
  const balance = { key: 'float:1:56', kind: 'balance', amountTiyin: som(5) } as const;
  await change(db, balance);
  await spend(db, som(2));
  expect(await change(db, balance)).toEqual({ kind: 'repeated', leftTiyin: som(3) });
});

test('what bills spend between the look at the card and its confirmation counts', async () => {
  const db = open();
  await spend(db, som(300));
  const { spentTiyin } = await floatOf(db.read);
  await spend(db, som(50));
  await change(db, { kind: 'balance', amountTiyin: som(2000), spentTiyin });
  expect(await left(db)).toBe(som(1950));
});

test('a balance as the books have it needs no entry, and is known from then on', async () => {
  const db = open();
  expect(await change(db, { kind: 'balance', amountTiyin: 0 })).toEqual({
    kind: 'same',
    leftTiyin: 0,
  });
  expect(await left(db)).toBe(0);
  expect((await auditBooks(db)).clean).toBe(true);
});

test('each fall below the limit is told once', async () => {
  const db = open();
  await change(db, { amountTiyin: som(600) });
  expect(await fallen(db)).toBeNull();
  await spend(db, som(101));
  expect(await fallen(db)).toBe(som(499));
  await spend(db, som(1));
  expect(await fallen(db)).toBeNull();
  await change(db, { amountTiyin: som(100) });
  expect(await fallen(db)).toBeNull();
  await spend(db, som(200));
  expect(await fallen(db)).toBe(som(398));
});

test('what the owner puts on the card is no bill', async () => {
  const db = open();
  await change(db, { amountTiyin: som(600) });
  await spend(db, som(100));
  const day = await figuresOf(db.read, { fromAt: AT - 1, toAt: AT + 1 });
  expect(day).toMatchObject({ billsTiyin: som(100), billsCount: 1 });
});
