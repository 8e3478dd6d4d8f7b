/** A database with money in it, and copies of it. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import SqliteClient from 'better-sqlite3';
import { expect, onTestFinished } from 'vitest';
import { claimMode, type Mode } from '../db/mode.ts';
import { post } from '../ledger/ledger.ts';
import { temporaryFile, type TemporaryFile } from '../testing/sqlite-file.ts';
import { AT, topupEntry } from '../testing/ledger.ts';
import { type BackupMade, type BackupOrder, makeBackup } from './make.ts';

export const RECIPIENT = 'age1lp4crsrt2yz3huzz9kh2f8fmq89s30563s2k9zrx5x5372nmkuasz6s62p';
export const IDENTITY =
  'AGE-SECRET-KEY-1YJGZ89V6A5PZWX9JAC2MXEN3LE67FDGN7J3AWP7HPZ2DXFYQZSPS95D5ZF';

export interface Stage {
  file: TemporaryFile;
  dir: string;
  /** Somebody tops up `count` times. */
  earn: (count: number) => Promise<void>;
  backup: (changes?: Partial<BackupOrder>) => Promise<BackupMade>;
  /** Names of the copies, in alphabetical order. */
  copies: () => string[];
}

/** Everything is removed when the test ends. */
export async function setStage({ mode = 'live' }: { mode?: Mode } = {}): Promise<Stage> {
  const file = temporaryFile();
  onTestFinished(() => file.remove());
  await claimMode(file.db, mode);
  const dir = join(dirname(file.path), 'backups');
  let earned = 0;
  return {
    file,
    dir,
    async earn(count) {
      await Promise.all(
        Array.from({ length: count }, () => {
          const entry = topupEntry(`credit:${(earned += 1)}`, 1, 100_000);
          return file.db.tx((tx) => post(tx, { ...entry, kind: 'adjustment' }));
        }),
      );
    },
    backup: (changes) =>
      makeBackup({
        databasePath: file.path,
        dir,
        keepDays: 7,
        ageRecipient: null,
        at: AT,
        ...changes,
      }),
    copies: () => readdirSync(dir).toSorted(),
  };
}

/** Every row of every table, whatever its order. */
export function allRows(path: string): Record<string, unknown[]> {
  const client = new SqliteClient(path, { readonly: true });
  try {
    const names = client
      .prepare<[], string>("select name from sqlite_schema where type = 'table' order by name")
      .pluck()
      .all();
    return Object.fromEntries(
      names.map((name) => [
        name,
        client
          .prepare(`select * from "${name}"`)
          .all()
          .map((row) => JSON.stringify(row))
          .toSorted(),
      ]),
    );
  } finally {
    client.close();
  }
}

/** All rows of a restored database but the note of when that was. */
export function restoredRows(path: string): Record<string, unknown[]> {
  const { meta = [], ...others } = allRows(path);
  const isNote = (row: unknown): boolean => String(row).includes('"restored_at"');
  expect(meta.filter(isNote)).toHaveLength(1);
  return { ...others, meta: meta.filter((row) => !isNote(row)) };
}
