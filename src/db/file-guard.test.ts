import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { type TemporaryFile, temporaryFile } from '../testing/sqlite-file.ts';
import { DatabaseGoneError } from './file-guard.ts';
import { meta } from './tables.ts';

function open(): TemporaryFile {
  const file = temporaryFile();
  onTestFinished(() => file.remove());
  return file;
}

const write = ({ db }: TemporaryFile, key: string): Promise<unknown> =>
  db.tx((tx) => tx.insert(meta).values({ key, value: '' }));

it.each<[string, string, (path: string) => void]>([
  ['deleted', 'was deleted or moved', (path) => rmSync(path)],
  ['moved', 'was deleted or moved', (path) => renameSync(path, `${path}.away`)],
  [
    'replaced',
    'was replaced by another file',
    (path) => {
      copyFileSync(path, `${path}.copy`);
      renameSync(`${path}.copy`, path);
    },
  ],
  ['without its log', '-wal was deleted or moved', (path) => rmSync(`${path}-wal`)],
  ['without its index', '-shm was deleted or moved', (path) => rmSync(`${path}-shm`)],
])('a file that is %s is written no more', async (_, what, harm) => {
  const file = open();
  await write(file, 'before');
  const keys = (): Promise<{ key: string }[]> => file.db.read.select({ key: meta.key }).from(meta);
  expect(await keys()).toEqual([{ key: 'before' }]);
  expect(file.db.lost?.()).toBeNull();
  harm(file.path);
  await expect(write(file, 'after')).rejects.toThrow(DatabaseGoneError);
  await expect(write(file, 'after')).rejects.toThrow(what);
  expect(file.db.lost?.()).toContain(what);
  // What it knew is still told.
  expect(await keys()).toEqual([{ key: 'before' }]);
});

it('a file that was away stays refused until a restart: another may have been written meanwhile', async () => {
  const file = open();
  renameSync(file.path, `${file.path}.away`);
  await expect(write(file, 'after')).rejects.toThrow(DatabaseGoneError);
  renameSync(`${file.path}.away`, file.path);
  await expect(write(file, 'after')).rejects.toThrow(DatabaseGoneError);
  await file.reopen();
  await write(file, 'after');
});
