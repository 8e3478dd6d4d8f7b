import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { tighten } from './permissions.ts';
import { openSqlite } from './sqlite.ts';
import { meta } from './tables.ts';

let home: string;
let data: string;
let path: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tolov-'));
  data = join(home, 'data');
  path = join(data, 'tolov.db');
  const before = process.umask(0o022);
  onTestFinished(() => {
    process.umask(before);
    rmSync(home, { recursive: true });
  });
});

/** `rwx` of group and others, by name. */
function openOnes(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const modes = names.map((name) => [name, statSync(join(folder, name)).mode & 0o777] as const);
  return Object.fromEntries(
    modes
      .filter(([, mode]) => (mode & 0o077) !== 0)
      .map(([name, mode]) => [name, mode.toString(8)]),
  );
}

const isCopy = (name: string): boolean => name.startsWith('tolov-');
const backups = () => ({ dir: join(data, 'backups'), isCopy });

it('what is new is for this user alone: folder, file, log and index', async () => {
  const db = openSqlite(path);
  await db.tx((tx) => tx.insert(meta).values({ key: 'a', value: 'b' }));
  expect(readdirSync(data).toSorted()).toEqual(['tolov.db', 'tolov.db-shm', 'tolov.db-wal']);
  expect(openOnes(home)).toEqual({});
  await db.close();
});

it('what was open to others is so no more, and is named', () => {
  mkdirSync(join(data, 'backups'), { recursive: true });
  mkdirSync(`${path}-reports`);
  const files = [
    path,
    `${path}-wal`,
    `${path}.before-restore-2026-01-31-034000`,
    join(data, 'backups', 'tolov-2026-01-31-034000.db'),
  ];
  for (const file of files) writeFileSync(file, '');
  expect(Object.keys(openOnes(home))).toHaveLength(7);
  expect(tighten(path, backups()).toSorted()).toEqual(
    [data, join(data, 'backups'), `${path}-reports`, ...files].toSorted(),
  );
  expect(openOnes(home)).toEqual({});
  expect(tighten(path, backups())).toEqual([]);
});

it("a folder with more than the program's files stays as it is, and so does another's", () => {
  mkdirSync(data);
  writeFileSync(path, '');
  writeFileSync(join(data, 'package.json'), '');
  const elsewhere = join(home, 'copies');
  mkdirSync(elsewhere);
  chmodSync(elsewhere, 0o750);
  expect(tighten(path, { dir: elsewhere, isCopy })).toEqual([path]);
  expect(openOnes(home)).toEqual({ copies: '750', data: '755', 'data/package.json': '644' });
});
