/** The books defend themselves against raw SQL, and the audit finds what gets past that. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineOfTests, type TemporaryDatabase, temporaryDatabase } from '../testing/database.ts';
import { AT, topupEntry } from '../testing/ledger.ts';
import type { Raw } from '../testing/raw.ts';
import { audit } from './audit.ts';
import { hold } from './holds.ts';
import { post } from './ledger.ts';

/** On PostgreSQL it is a stripe. */
const INPAY = `(select id from accounts where id like 'provider:inpay%')`;

let temporary: TemporaryDatabase;
let raw: Raw;

beforeEach(async () => {
  temporary = temporaryDatabase();
  await temporary.db.tx(async (tx) => {
    await post(tx, topupEntry('topup:A', 1, 1000));
    await post(tx, topupEntry('topup:B', 2, 500));
    await hold(tx, { id: 'bill:1', userId: 1, amountTiyin: 300, at: AT });
  });
  raw = temporary.raw;
});

afterEach(async () => {
  await temporary.remove();
});

async function findings(): Promise<string[]> {
  const report = await temporary.db.snapshot(audit);
  expect(report.clean).toBe(report.findings.length === 0);
  return report.findings;
}

/**
 * SQLite's way around its triggers: what is in the way is deleted unseen. It has foreign keys; on PostgreSQL the audit
 * alone finds what they refuse.
 */
const ON_SQLITE: [string, string][] = [
  [
    "insert or replace into entries values (1, 'x', '', 'x', 'x', null, null, 0)",
    'entries are never changed',
  ],
  [
    "insert or replace into entries (key, body_hash, kind, actor, created_at) values ('topup:A', '', '', '', 0)",
    'FOREIGN KEY',
  ],
  ["insert or replace into lines values (1, 1, 'user:1:available', 9)", 'lines are never changed'],
  ["insert into lines values (99, 0, 'user:1:available', 1)", 'FOREIGN KEY'],
  ["insert into lines values (1, 2, 'user:77:available', 1)", 'FOREIGN KEY'],
];

/** PostgreSQL's way: all rows at once, of which no trigger for rows is told. */
const ON_POSTGRES: [string, string][] = [
  ['truncate lines', 'lines are never deleted'],
  ['truncate entries cascade', 'never deleted'],
  ['truncate accounts cascade', 'never deleted'],
];

describe('raw SQL', () => {
  it.each<[string, string]>([
    ["update entries set kind = 'x'", 'entries are never changed'],
    ['update entries set created_at = 0 where id = 1', 'entries are never changed'],
    ['delete from entries where id = 1', 'entries are never deleted'],
    ['update lines set amount_tiyin = 1 where entry_id = 1', 'lines are never changed'],
    ["update lines set account_id = 'user:2:available'", 'lines are never changed'],
    ['delete from lines', 'lines are never deleted'],
    ['delete from accounts', 'accounts are never deleted'],
    ["update accounts set may_be_negative = true where id = 'user:1:available'", 'never changes'],
    ["update accounts set id = 'user:9:available' where id = 'user:1:available'", 'never changes'],
    [
      "update accounts set balance_tiyin = -1 where id = 'user:1:available'",
      'accounts_not_negative',
    ],
    ["update accounts set balance_tiyin = -1 where id = 'user:1:held'", 'accounts_not_negative'],
    [
      "insert into accounts (id, may_be_negative, balance_tiyin) values ('user:3:available', false, -1)",
      'accounts_not_negative',
    ],
    [
      "update accounts set balance_tiyin = 9007199254740992 where id like 'provider:inpay%'",
      'accounts_exact',
    ],
    ["insert into lines values (1, 2, 'user:1:available', 0)", 'lines_not_zero'],
    ...(engineOfTests() === 'sqlite' ? ON_SQLITE : ON_POSTGRES),
    ["update holds set state = 'lost'", 'holds_state'],
    ["insert into holds values ('x', 1, 0, 'held', 0, null)", 'holds_positive'],
  ])('%s', async (statement, refusal) => {
    await expect(raw.run(statement)).rejects.toThrow(refusal);
    expect(await findings()).toEqual([]);
  });
});

describe('the audit', () => {
  beforeEach(() => raw.disarm());

  it('counts what it proved', async () => {
    expect(await temporary.db.snapshot(audit)).toEqual({
      clean: true,
      findings: [],
      entries: 3,
      accounts: 4,
      usersTiyin: 1500,
    });
  });

  it.each<[string, string, string[]]>([
    [
      'a changed balance',
      "update accounts set balance_tiyin = 999999 where id = 'user:2:available'",
      ['user:2:available shows 999999 tiyin, its lines sum to 500'],
    ],
    [
      'a changed line',
      "update lines set amount_tiyin = 5000 where entry_id = 2 and account_id = 'user:2:available'",
      [
        'entry 2 sums to 4500 tiyin instead of zero',
        'user:2:available shows 500 tiyin, its lines sum to 5000',
        'all accounts together have 4500 tiyin instead of zero',
      ],
    ],
    [
      'a line that went to another account',
      "update lines set account_id = 'user:1:available' where entry_id = 2 and position = 1",
      [
        'user:1:available shows 700 tiyin, its lines sum to 1200',
        'user:2:available shows 500 tiyin, its lines sum to 0',
      ],
    ],
    [
      'a deleted line',
      "delete from lines where entry_id = 2 and account_id = 'user:2:available'",
      [
        'entry 2 sums to -500 tiyin instead of zero',
        'user:2:available shows 500 tiyin, its lines sum to 0',
        'all accounts together have -500 tiyin instead of zero',
      ],
    ],
    [
      'an entry without lines',
      "insert into entries (key, body_hash, kind, actor, created_at) values ('x', '', 'x', 'x', 0)",
      ['entry 4 has no lines'],
    ],
    [
      'an entry that is gone',
      'delete from entries where id = 2',
      ['entry 2 is gone, its lines are not'],
    ],
    [
      'an account that is gone',
      "delete from accounts where id = 'user:2:available'",
      ['all accounts together have -500 tiyin instead of zero'],
    ],
    [
      'a user below zero',
      `insert into entries (id, key, body_hash, kind, actor, created_at) values (9, 'x', '', 'x', 'x', 0);
       insert into lines values (9, 0, 'user:2:available', -600), (9, 1, ${INPAY}, 600);
       update accounts set balance_tiyin = balance_tiyin - 600 where id = 'user:2:available';
       update accounts set balance_tiyin = balance_tiyin + 600 where id = ${INPAY}`,
      ['user:2:available is below zero: -100 tiyin'],
    ],
    [
      'a hold of another sum',
      'update holds set amount_tiyin = 299',
      ['user:1:held has 300 tiyin, its open holds are 299'],
    ],
    [
      'a hold that ended without its money',
      "update holds set state = 'released'",
      ['user:1:held has 300 tiyin, its open holds are 0'],
    ],
    [
      'a hold without money',
      "insert into holds values ('bill:2', 5, 50, 'held', 0, null)",
      ['user:5:held has 0 tiyin, its open holds are 50'],
    ],
  ])('finds %s', async (_, tampering, expected) => {
    await raw.run(tampering);
    expect((await findings()).toSorted()).toEqual(expected.toSorted());
  });

  it('names at most a hundred things', async () => {
    await raw.run(`
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 300)
      insert into entries (key, body_hash, kind, actor, created_at) select 'x' || i, '', 'x', 'x', 0 from n`);
    expect(await findings()).toHaveLength(100);
  });
});
