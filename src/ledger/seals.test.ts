import { describe, expect, onTestFinished, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { entries } from '../db/tables.ts';
import { auditBooks } from '../books/audit.ts';
import { alone, type TemporaryDatabase, rerunningDatabase } from '../testing/database.ts';
import { AT, topupEntry } from '../testing/ledger.ts';
import { post } from './ledger.ts';
import {
  checkHead,
  parseHead,
  sealAll,
  sealEntries,
  sealHead,
  shownHash,
  verifySeals,
} from './seals.ts';

const MINUTE_MS = 60_000;

async function booksOf(count: number): Promise<TemporaryDatabase> {
  const file = rerunningDatabase();
  onTestFinished(() => file.remove());
  await postMore(file, { from: 1, count });
  return file;
}

async function postMore(
  file: TemporaryDatabase,
  { from, count }: { from: number; count: number },
): Promise<void> {
  for (let i = from; i < from + count; i += 1) {
    // A key of its own kind: orders are not this file's business.
    await file.db.tx((tx) => post(tx, { ...topupEntry(`test:${i}`, 7, 100 * i), kind: 'test' }));
  }
}

/** What somebody with the database in their hands does: the triggers go first. */
async function tamper(file: TemporaryDatabase, ...statements: string[]): Promise<void> {
  await file.raw.disarm();
  for (const statement of statements) await file.raw.run(statement);
}

async function findings(file: TemporaryDatabase): Promise<string[]> {
  return (await file.db.snapshot((queries) => verifySeals(queries))).findings;
}

test('entries are sealed in order, each once, also in many batches', async () => {
  const file = await booksOf(450);
  expect(await sealEntries(alone(file.db), AT)).toBe(450);
  expect(await sealEntries(alone(file.db), AT)).toBe(0);
  const before = await sealHead(file.db.read);
  await postMore(file, { from: 451, count: 3 });
  expect(await sealEntries(alone(file.db), AT)).toBe(3);
  const report = await auditBooks(file.db);
  expect(report.findings).toEqual([]);
  expect(report.seals).toEqual({ head: await sealHead(file.db.read), waiting: 0 });
  expect(report.seals.head?.entryId).toBe(453);
  expect(await checkHead(file.db.read, before!)).toEqual({ kind: 'same' });
});

test('what is too new to be sealed is no finding, until it waits for minutes', async () => {
  const file = await booksOf(2);
  await sealEntries(alone(file.db), AT);
  await postMore(file, { from: 3, count: 2 });
  const soon = await auditBooks(file.db, { at: AT + MINUTE_MS });
  expect([soon.findings, soon.seals.waiting]).toEqual([[], 2]);
  const late = await auditBooks(file.db, { at: AT + 11 * MINUTE_MS });
  expect(late.findings).toEqual(['entry 3 (test:3) and what follows it was never sealed']);
});

const CHANGED = 'does not fit its seal: it was changed, or one before it was removed';

test.each([
  [
    'the reason',
    `update entries set reason = 'gift' where id = 3`,
    [`entry 3 (test:3) ${CHANGED}`],
  ],
  [
    'the actor',
    `update entries set actor = 'user:1' where id = 3`,
    [`entry 3 (test:3) ${CHANGED}`],
  ],
  [
    'a sum, in both lines',
    `update lines set amount_tiyin = amount_tiyin * 2 where entry_id = 4`,
    [`entry 4 (test:4) ${CHANGED}`],
  ],
  [
    'who has it',
    `update lines set account_id = 'user:9' where entry_id = 2 and position = 1`,
    [`entry 2 (test:2) ${CHANGED}`],
  ],
  [
    'a line that is gone',
    `delete from lines where entry_id = 2 and position = 1`,
    [`entry 2 (test:2) ${CHANGED}`],
  ],
  [
    'an entry that is gone',
    'delete from entries where id = 2; delete from lines where entry_id = 2',
    ['entry 2 was sealed and is gone'],
  ],
  [
    'an entry that is gone with its seal',
    'delete from entries where id = 2; delete from entry_seals where entry_id = 2',
    [`entry 3 (test:3) ${CHANGED}`],
  ],
  ['the last one, gone', 'delete from entries where id = 5', ['entry 5 was sealed and is gone']],
])('%s is found and named', async (_what, statement, expected) => {
  const file = await booksOf(5);
  await sealEntries(alone(file.db), AT);
  await tamper(file, statement);
  expect(await findings(file)).toEqual(expected);
  expect((await auditBooks(file.db)).clean).toBe(false);
});

test('an entry slipped in between is named', async () => {
  const file = await booksOf(5);
  await sealEntries(alone(file.db), AT);
  await tamper(
    file,
    `delete from entries where id = 3; delete from entry_seals where entry_id = 3;
     insert into entries (id, key, body_hash, kind, actor, created_at)
     values (3, 'test:new', '', 'test', 'system', ${AT})`,
  );
  expect(await findings(file)).toEqual([
    'entry 3 (test:new) has no seal and later ones have: it was slipped in',
    `entry 4 (test:4) ${CHANGED}`,
  ]);
});

test('books written anew, seals and all, do not fit a head that was noted', async () => {
  const file = await booksOf(5);
  await sealEntries(alone(file.db), AT);
  const noted = parseHead(`/audit 4 ${(await sealedHash(file, 4)).slice(0, 12)}`)!;
  expect(await checkHead(file.db.read, noted)).toEqual({ kind: 'same' });
  await tamper(
    file,
    `update lines set amount_tiyin = amount_tiyin * 2 where entry_id = 2`,
    'delete from entry_seals',
  );
  await sealEntries(alone(file.db), AT);
  expect(await findings(file)).toEqual([]);
  const now = { entryId: 4, hash: await sealedHash(file, 4) };
  expect(await checkHead(file.db.read, noted)).toEqual({ kind: 'other', hash: shownHash(now) });
  expect(await checkHead(file.db.read, { ...noted, entryId: 99 })).toEqual({ kind: 'unknown' });
});

async function sealedHash(file: TemporaryDatabase, entryId: number): Promise<string> {
  const [row] = await file.raw.all('select hash from entry_seals where entry_id = ?', [entryId]);
  return String(row?.['hash']);
}

test.each([
  ['12 0123456789ab', { entryId: 12, hash: '0123456789ab' }],
  ['🔏 /audit 12 0123456789AB', { entryId: 12, hash: '0123456789ab' }],
  ['entry 12: 0123456789ab', { entryId: 12, hash: '0123456789ab' }],
  ['12 0123456', null],
  ['', null],
])('reads the head in %j', (text, expected) => {
  expect(parseHead(text)).toEqual(expected);
});

test('too few digits of a hash prove nothing', async () => {
  const file = await booksOf(1);
  await sealEntries(alone(file.db), AT);
  expect((await checkHead(file.db.read, { entryId: 1, hash: '' })).kind).toBe('other');
});

describe('where several processes write', () => {
  const shared = ({ db }: TemporaryDatabase): Database =>
    Object.create(db, { shared: { value: true } }) as Database;

  /** Under an id of the test's choice, as from a process that was given it earlier and is slower. */
  async function appear({ db }: TemporaryDatabase, id: number): Promise<void> {
    const entry = { id, key: `late:${id}`, bodyHash: '', kind: 'test', actor: 'system' };
    await db.tx((tx) => tx.insert(entries).values({ ...entry, createdAt: AT }));
  }

  test('an entry that appears below another one is sealed in its place', async () => {
    const file = await booksOf(3);
    const db = shared(file);
    await appear(file, 7);
    expect(await sealEntries(db, AT)).toBe(0);
    await appear(file, 5);
    expect(await sealEntries(db, AT + MINUTE_MS - 1)).toBe(0);
    await appear(file, 9);
    expect(await sealEntries(db, AT + MINUTE_MS)).toBe(5);
    expect((await sealHead(db.read))?.entryId).toBe(7);
    await sealAll(db, AT + 2 * MINUTE_MS);
    expect((await sealHead(db.read))?.entryId).toBe(9);
    expect(await findings(file)).toEqual([]);
  });

  test('one that appears below the last sealed one all the same is named', async () => {
    const file = await booksOf(1);
    await appear(file, 7);
    for (const minutes of [0, 1, 2]) await sealAll(shared(file), AT + minutes * MINUTE_MS);
    await appear(file, 5);
    expect(await findings(file)).toEqual([
      'entry 5 (late:5) has no seal and later ones have: it was slipped in',
    ]);
  });

  test('two that seal at once make one chain', async () => {
    const file = await booksOf(250);
    const db = shared(file);
    await sealAll(db, AT);
    const at = AT + MINUTE_MS;
    await Promise.all([sealEntries(db, at), sealEntries(db, at), sealEntries(db, at)]);
    expect((await sealHead(db.read))?.entryId).toBe(250);
    expect(await findings(file)).toEqual([]);
  });
});
