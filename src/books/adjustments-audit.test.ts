import { expect, onTestFinished, test } from 'vitest';
import { adminActions } from '../db/tables.ts';
import { rerunningDatabase } from '../testing/database.ts';
import { AT, transfer } from '../testing/ledger.ts';
import { ADJUSTMENTS, userAvailable } from '../ledger/accounts.ts';
import { reasonWithSecond, secondOf } from '../staff/adjustments.ts';
import { adjustmentsAgainstBooks } from './adjustments-audit.ts';
import { post } from '../ledger/ledger.ts';

test('the books name the second person, and nobody can type it for themselves', () => {
  expect(secondOf(reasonWithSecond('a gift', 902))).toBe(902);
  expect(secondOf(reasonWithSecond('a gift', null))).toBeNull();
  const forged = reasonWithSecond('a gift', 902);
  expect(secondOf(reasonWithSecond(forged, null))).toBeNull();
  expect(secondOf(reasonWithSecond(forged, 903))).toBe(903);
  expect(secondOf(null)).toBeNull();
});

/** A credit of 500 so'm that one owner asked for and another agreed to. */
async function credited() {
  const database = rerunningDatabase();
  onTestFinished(async () => await database.remove());
  await database.db.tx(async (tx) => {
    await tx.insert(adminActions).values({
      id: 'a',
      ownerId: 901,
      secondId: 902,
      userId: 1,
      kind: 'credit',
      amountTiyin: 50_000,
      reason: 'gift',
      state: 'done',
      createdAt: AT,
    });
    await post(tx, {
      key: 'admin:a',
      kind: 'credit',
      actor: 'user:901',
      reason: reasonWithSecond('gift', 902),
      at: AT,
      lines: transfer(ADJUSTMENTS, userAvailable(1), 50_000),
    });
  });
  return database;
}

test('requests and entries that agree are no finding', async () => {
  const { db } = await credited();
  expect(await adjustmentsAgainstBooks(db.read)).toEqual([]);
});

test.each([
  ['the second person', 'second_id = null', 'different second persons'],
  ['the asker', 'owner_id = 903', 'different askers'],
  ['the sum', 'amount_tiyin = 1', 'different sums'],
  ['the user', 'user_id = 2', 'different sums or users'],
  ['the kind', "kind = 'debit'", 'different sums'],
  ['the state', "state = 'dropped'", 'belongs to no request'],
  ['the id', "id = 'b'", 'request b was done and has no entry'],
])('who changes %s of a request is found', async (_what, change, finding) => {
  const database = await credited();
  const tamper = `update admin_actions set ${change}`;
  await expect(database.raw.run(tamper)).rejects.toThrow('never changes');
  await database.raw.disarm();
  await database.raw.run(tamper);
  const findings = await adjustmentsAgainstBooks(database.db.read);
  expect(findings.join()).toContain(finding);
});
