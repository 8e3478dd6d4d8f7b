import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { AT } from '../testing/ledger.ts';
import { allRows, RECIPIENT, setStage } from './backup-stage.fixture.ts';

const COMMAND = fileURLToPath(new URL('backup.ts', import.meta.url));
const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

it('a copy is equal, proved, and readable by its user alone', async () => {
  const { file, dir, earn, backup, copies } = await setStage();
  await earn(50);
  const made = await backup();
  // 07:00 UTC is noon in Tashkent.
  expect(made.path).toBe(join(dir, 'test-2026-01-05-120000.db'));
  expect(made.facts).toMatchObject({
    mode: 'live',
    entries: 50,
    usersTiyin: 5_000_000,
    lastEntryAt: AT,
  });
  expect(allRows(made.path)).toEqual(allRows(file.path));
  expect(statSync(made.path).mode & 0o777).toBe(0o600);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(copies()).toHaveLength(1);
});

it('a copy leaves out what was deleted', async () => {
  const { file, backup } = await setStage();
  const client = file.connect();
  client.exec(`insert into meta values ('secret', '${'8600123412341234'.repeat(4)}')`);
  client.exec(`delete from meta where key = 'secret'`);
  const { path } = await backup();
  expect(readFileSync(path).includes('8600123412341234')).toBe(false);
});

it('while somebody writes, a copy shows one moment', async () => {
  const { file, earn, backup } = await setStage();
  await earn(100);
  const [made] = await Promise.all([backup(), ...Array.from({ length: 20 }, () => earn(20))]);
  expect(made.facts.entries).toBeGreaterThanOrEqual(100);
  expect(made.facts.usersTiyin).toBe(made.facts.entries * 100_000);
  expect(allRows(file.path)['entries']).toHaveLength(500);
});

it('with a recipient there is a twin that is encrypted', async () => {
  const { backup, copies } = await setStage();
  const made = await backup({ ageRecipient: RECIPIENT });
  expect(copies()).toEqual(['test-2026-01-05-120000.db', 'test-2026-01-05-120000.db.gz.age']);
  const bytes = readFileSync(made.encrypted?.path ?? '');
  expect(bytes.toString('latin1', 0, 22)).toBe('age-encryption.org/v1\n');
  expect(bytes.includes('SQLite')).toBe(false);
  expect(made.encrypted?.bytes).toBe(bytes.length);
});

it('old copies go, with their twins; what is no copy of ours stays', async () => {
  const { dir, backup, copies } = await setStage();
  mkdirSync(dir);
  for (const name of ['notes.txt', 'other-2020-01-01-000000.db', 'test-2020.db']) {
    writeFileSync(join(dir, name), '');
  }
  for (let day = 0; day < 4; day += 1) {
    await backup({ at: AT + day * DAY, keepDays: 2, ageRecipient: RECIPIENT });
    await backup({ at: AT + day * DAY + HOUR, keepDays: 2 });
  }
  expect(copies()).toEqual([
    'notes.txt',
    'other-2020-01-01-000000.db',
    'test-2020.db',
    'test-2026-01-07-130000.db',
    'test-2026-01-08-130000.db',
  ]);
});

it('broken books are kept aside as suspect and push out no good copy', async () => {
  const { file, backup, copies } = await setStage();
  await backup();
  const tampered = file.connect();
  tampered.exec(`insert into accounts values ('user:1:available', 0, 500)`);
  for (let day = 1; day < 6; day += 1) {
    await expect(backup({ at: AT + day * DAY, keepDays: 1 })).rejects.toMatchObject({
      code: 'books_broken',
      details: [expect.stringContaining('user:1:available')],
    });
  }
  expect(copies()).toEqual([
    'test-2026-01-05-120000.db',
    'test-2026-01-08-120000.suspect.db',
    'test-2026-01-09-120000.suspect.db',
    'test-2026-01-10-120000.suspect.db',
  ]);
});

it('a damaged file gives no copy, and the old ones stay', async () => {
  const { file, earn, backup, copies } = await setStage();
  await earn(2000);
  await backup();
  await file.db.close();
  const bytes = readFileSync(file.path);
  bytes.fill(0x5a, 4096 * 3, 4096 * 40);
  writeFileSync(file.path, bytes);
  const failing = backup({ at: AT + DAY });
  await expect(failing).rejects.toMatchObject({ code: 'damaged' });
  await expect(failing).rejects.toThrow('restore the last good copy');
  expect(copies()).toEqual(['test-2026-01-05-120000.db']);
});

it('a file where the folder should be is named, with what to do', async () => {
  const { dir, backup } = await setStage();
  writeFileSync(dir, 'kept');
  const failing = backup();
  await expect(failing).rejects.toMatchObject({ code: 'not_writable' });
  await expect(failing).rejects.toThrow('Make BACKUP_DIR a folder');
  expect(readFileSync(dir, 'utf8')).toBe('kept');
});

it('too little space is noticed before anything is written', async () => {
  const { file, dir, backup, copies } = await setStage();
  await backup();
  const sparse = join(file.path, '..', 'test.sqlite');
  writeFileSync(sparse, '');
  // Longer than any disk, and it takes no place.
  truncateSync(sparse, 4e12);
  const failing = backup({ databasePath: sparse, at: AT + DAY });
  await expect(failing).rejects.toMatchObject({ code: 'disk_full' });
  await expect(failing).rejects.toThrow(`${dir} has`);
  expect(copies()).toEqual(['test-2026-01-05-120000.db']);
});

it('a write that fails midway leaves no half file, and old copies stay', async () => {
  const { file, dir, earn, backup, copies } = await setStage();
  await backup();
  await earn(3000);
  // The process may write files of 200 KB at most: then the system refuses, as a full disk does.
  const command = `ulimit -f 200; exec "${process.execPath}" "${COMMAND}"`;
  const env = { PATH: process.env['PATH'], DATABASE_URL: `file:${file.path}`, BACKUP_DIR: dir };
  const ended = spawnSync('bash', ['-c', command], { env, cwd: dir, encoding: 'utf8' });
  expect(ended).toMatchObject({ status: 1, stdout: '' });
  expect(ended.stderr).toContain('No backup: ');
  expect(copies()).toEqual(['test-2026-01-05-120000.db']);
});

it('what a killed process left half done is removed, what a living one writes is not', async () => {
  const { dir, backup, copies } = await setStage();
  mkdirSync(dir);
  // No process has this id.
  writeFileSync(join(dir, 'test-2026-01-01-000000.db.999999999.partial'), 'half');
  writeFileSync(join(dir, `test-2026-01-01-000000.db.${process.ppid}.partial`), 'half');
  await backup();
  expect(copies()).toEqual([
    `test-2026-01-01-000000.db.${process.ppid}.partial`,
    'test-2026-01-05-120000.db',
  ]);
  rmSync(dir, { recursive: true });
});
