import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import SqliteClient from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { restoredAt } from '../db/restored.ts';
import { openSqlite } from '../db/sqlite.ts';
import { autoPayments, inbox, outbox, waitingBills } from '../db/tables.ts';
import { AT } from '../testing/ledger.ts';
import { restore, type RestoreOrder } from './restore.ts';
import { restoreNews } from './restore-news.ts';
import {
  allRows,
  IDENTITY,
  RECIPIENT,
  restoredRows,
  setStage,
  type Stage,
} from './backup-stage.fixture.ts';

const OTHER_IDENTITY = 'AGE-SECRET-KEY-1YPM48HVR5HUHWE72DFSP7F45NX43AKM5L5MPSQMJ2E0MYXU7UJWS7DPDTY';

function toNew(stage: Stage, file: string, changes: Partial<RestoreOrder> = {}): RestoreOrder {
  const databasePath = join(dirname(stage.file.path), 'new', 'restored.db');
  const common = { identities: [], force: false, suspect: false, mode: 'live', at: AT } as const;
  return { file, databasePath, ...common, ...changes };
}

it.each(['plain', 'gz', 'age'] as const)('a copy comes back equal: %s', async (kind) => {
  const stage = await setStage();
  await stage.earn(500);
  const made = await stage.backup({ ageRecipient: RECIPIENT });
  const packed = join(stage.dir, 'by-hand.gz');
  writeFileSync(packed, gzipSync(readFileSync(made.path)));
  const file = { plain: made.path, gz: packed, age: made.encrypted?.path ?? '' }[kind];
  const order = toNew(stage, file, { identities: [OTHER_IDENTITY, IDENTITY] });
  const restored = await restore(order);
  expect(restored).toMatchObject({ aside: null, facts: { entries: 500, lastEntryAt: AT } });
  expect(readdirSync(dirname(order.databasePath))).toEqual(['restored.db']);
  expect(restoredRows(order.databasePath)).toEqual(allRows(made.path));
});

it('the restored database opens and goes on', async () => {
  const stage = await setStage();
  await stage.earn(3);
  const { path } = await stage.backup();
  await restore(toNew(stage, path));
  const db = openSqlite(toNew(stage, path).databasePath);
  await db.tx((tx) =>
    tx.insert(inbox).values({ updateId: 1, orderingKey: 1, update: {}, receivedAt: 1, dueAt: 1 }),
  );
  expect(await db.read.select().from(inbox)).toHaveLength(1);
  await db.close();
});

it('an existing database stays without --force; with it, it is kept aside, log included', async () => {
  const stage = await setStage();
  await stage.earn(10);
  const { path } = await stage.backup();
  await stage.earn(10);
  const before = allRows(stage.file.path);
  await stage.file.db.close();
  const databasePath = stage.file.path;
  await expect(restore(toNew(stage, path, { databasePath }))).rejects.toThrow('With --force');
  expect(allRows(databasePath)).toEqual(before);

  const { aside } = await restore(toNew(stage, path, { databasePath, force: true }));
  expect(allRows(aside ?? '')).toEqual(before);
  expect(restoredRows(databasePath)).toEqual(allRows(path));
});

it('the log that a killed program left is part of what is kept aside', async () => {
  const stage = await setStage();
  const { path } = await stage.backup();
  const databasePath = join(dirname(stage.file.path), 'killed.db');
  await stage.earn(10);
  for (const suffix of ['', '-wal']) {
    writeFileSync(databasePath + suffix, readFileSync(stage.file.path + suffix));
  }
  const { aside } = await restore(toNew(stage, path, { databasePath, force: true }));
  expect(existsSync(`${databasePath}-wal`)).toBe(false);
  expect(allRows(aside ?? '')['entries']).toHaveLength(10);
  expect(allRows(databasePath)['entries']).toHaveLength(0);
});

it('while the program has the file open nothing happens, however idle it is', async () => {
  const stage = await setStage();
  await stage.earn(10);
  const { path } = await stage.backup();
  const before = allRows(stage.file.path);
  const order = toNew(stage, path, { databasePath: stage.file.path, force: true });
  await expect(restore(order)).rejects.toMatchObject({ name: 'DatabaseInUseError' });
  await expect(restore(order)).rejects.toThrow('Stop the program');
  expect(allRows(stage.file.path)).toEqual(before);
  await stage.earn(1);
});

it('a database that is damaged beyond opening can be replaced, and is kept', async () => {
  const stage = await setStage();
  const { path } = await stage.backup();
  const databasePath = join(dirname(stage.file.path), 'broken.db');
  writeFileSync(databasePath, 'no database '.repeat(1000));
  const { aside } = await restore(toNew(stage, path, { databasePath, force: true }));
  expect(readFileSync(aside ?? '', 'utf8')).toContain('no database');
  expect(restoredRows(databasePath)).toEqual(allRows(path));
});

it('what was to be paid without a tap is asked about: it may have been paid since', async () => {
  const stage = await setStage();
  const own = { userId: 1, state: 'open', createdAt: AT - 1000, dueAt: AT } as const;
  const bill = { serviceId: 'power', serviceName: 'Power', account: { code: '1' } };
  const sums = { amountTiyin: 5_000_000, feeTiyin: 0 };
  const auto = { userId: 1, accountKey: 'k', period: '2026-01', savedId: 1, owedTiyin: 100 };
  const times = { createdAt: AT - 1000, dueAt: AT };
  await stage.file.db.tx(async (tx) => {
    await tx.insert(waitingBills).values({ id: 'w', ...own, ...bill, ...sums });
    await tx
      .insert(autoPayments)
      .values({ ...auto, payDay: '2026-01-02', state: 'announced', ...times });
  });
  const { path } = await stage.backup();
  const order = toNew(stage, path);
  const restored = await restore(order);
  expect(restored).toMatchObject({ askedAgain: 2 });
  const said = restoreNews(restored, { file: path, databasePath: 'x', lateHours: 6, at: AT }).join(
    '\n',
  );
  expect(said).toContain('2 bills that were to be paid without a tap are asked about instead');
  const db = openSqlite(order.databasePath);
  const [waits] = await db.read.select().from(waitingBills);
  const [pays] = await db.read.select().from(autoPayments);
  const messages = await db.read.select({ kind: outbox.kind }).from(outbox);
  const noted = await restoredAt(db.read);
  await db.close();
  // Asked about when its money comes, since it is from before: only money from after it was agreed to counts.
  expect([waits?.createdAt, noted]).toEqual([own.createdAt, AT]);
  expect(pays).toMatchObject({ state: 'skipped', reason: 'paid_otherwise' });
  expect(messages).toEqual([{ kind: 'auto_over' }]);
});

it('updates that waited in the copy are not handled again', async () => {
  const stage = await setStage();
  const tap = { updateId: 7, orderingKey: 1, update: { pay: 'confirm' }, receivedAt: 1, dueAt: 1 };
  await stage.file.db.tx((tx) => tx.insert(inbox).values(tap));
  const { path } = await stage.backup();
  const order = toNew(stage, path);
  expect(await restore(order)).toMatchObject({ forgottenUpdates: 1 });
  expect(allRows(order.databasePath)['inbox']).toEqual([
    expect.stringMatching(/"update_id":7.*"update":"\{\}".*"done_at":\d+/),
  ]);
});

it.each<[string, RegExp, (path: string) => void]>([
  ['cut off', /damaged/, (path) => truncateSync(path, 4096 * 20)],
  ['of other bytes', /damaged/, (path) => writeFileSync(path, 'x'.repeat(10_000))],
  ['empty', /no copy of this program/, (path) => writeFileSync(path, '')],
  [
    'with a page of noise',
    /damaged/,
    (path) => {
      const bytes = readFileSync(path);
      bytes.fill(0x5a, 4096 * 3, 4096 * 40);
      writeFileSync(path, bytes);
    },
  ],
  [
    'of another program',
    /no copy of this program/,
    (path) => {
      writeFileSync(path, '');
      const client = new SqliteClient(path);
      client.exec('create table notes (text)');
      client.close();
    },
  ],
  [
    'of a newer version',
    /newer version/,
    (path) =>
      change(
        path,
        `insert into __drizzle_migrations (hash, created_at) values ('x', 9e12); pragma application_id = 0`,
      ),
  ],
  [
    'with changed money',
    /do not add up.*--suspect/s,
    (path) => change(path, `insert into accounts values ('user:1:available', 0, 500)`),
  ],
  ['of play money', /play money/, (path) => change(path, `update meta set value = 'sandbox'`)],
])('a copy %s is refused, and nothing is left behind', async (_, words, spoil) => {
  const stage = await setStage();
  const { path } = await stage.backup();
  spoil(path);
  const order = toNew(stage, path);
  await expect(restore(order)).rejects.toThrow(words);
  expect(readdirSync(dirname(order.databasePath))).toEqual([]);
});

function change(path: string, sql: string): void {
  const client = new SqliteClient(path);
  client.exec(sql);
  client.close();
}

it('a suspect copy is taken when it is asked for', async () => {
  const stage = await setStage();
  const { path } = await stage.backup();
  change(path, `insert into accounts values ('user:1:available', 0, 500)`);
  expect(await restore(toNew(stage, path, { suspect: true }))).toMatchObject({ isSuspect: true });
});

it('an encrypted copy wants its own key', async () => {
  const stage = await setStage();
  const { encrypted } = await stage.backup({ ageRecipient: RECIPIENT });
  const file = encrypted?.path ?? '';
  await expect(restore(toNew(stage, file))).rejects.toThrow('--identity');
  const wrong = restore(toNew(stage, file, { identities: [OTHER_IDENTITY] }));
  await expect(wrong).rejects.toThrow('it was encrypted for another key');
  truncateSync(file, 2000);
  const short = restore(toNew(stage, file, { identities: [IDENTITY] }));
  await expect(short).rejects.toThrow('cut off or damaged');
  truncateSync(file, 60);
  const shorter = restore(toNew(stage, file, { identities: [IDENTITY] }));
  await expect(shorter).rejects.toThrow('cut off or damaged');
  const mistyped = restore(toNew(stage, file, { identities: [IDENTITY.slice(0, -1)] }));
  const said = await mistyped.catch((error: unknown) => String(error));
  expect(said).toContain('the secret key is cut off or mistyped');
  expect(said).not.toContain('AGE-SECRET');
  expect(readdirSync(dirname(toNew(stage, file).databasePath))).toEqual([]);
});

it('what can not be read is told as what it is', async () => {
  const stage = await setStage();
  const { path } = await stage.backup();
  const missing = restore(toNew(stage, `${path}.not`));
  await expect(missing).rejects.toThrow('There is no file');
  await expect(restore(toNew(stage, dirname(path)))).rejects.toThrow(
    'is a folder. Name a file in it',
  );
});

it('a file that another user may not read is told as that, and with what to do', () => {
  // Root may read everything and becomes nobody first.
  const folder = mkdtempSync(join(tmpdir(), 'tolov-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'copy.db');
  writeFileSync(file, 'x');
  chmodSync(file, 0);
  const script = `import { assertReadable } from '${import.meta.resolve('./readable.ts')}';
    try { assertReadable(${JSON.stringify(file)}) } catch (error) { console.log(error.message) }`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    cwd: '/',
    ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
  });
  expect(stdout).toMatch(/copy\.db may not be read by \S+, who restores\. Put it where/);
});

it('says what is in it, and what has to be done by hand', async () => {
  const stage = await setStage();
  await stage.earn(2);
  const { path } = await stage.backup();
  const restored = await restore(toNew(stage, path));
  const openBills = [{ id: 'B1', state: 'created', transactionId: null }];
  const words = restoreNews(
    { ...restored, facts: { ...restored.facts, openBills } },
    { file: path, databasePath: 'x.db', lateHours: 72, at: Date.UTC(2026, 0, 6) },
  ).join('\n');
  expect(words).toContain('Last entry: 2026-01-05 12:00:00, last order: none');
  expect(words).toContain("It is 2026-01-06 05:00:00 (Tashkent) by this machine's clock.");
  expect(words).toContain('up to 72 hours');
  expect(words).toContain('B1 created no transaction yet');
});
