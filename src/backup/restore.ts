/** Puts a copy into the place of the database. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { isNull } from 'drizzle-orm';
import { openCopy, syncFile } from '../db/copy.ts';
import type { Mode } from '../db/mode.ts';
import { giveTo } from '../db/permissions.ts';
import { holdDatabase } from '../db/replace.ts';
import { openSqlite } from '../db/sqlite.ts';
import { inbox } from '../db/tables.ts';
import { askAfterRestore } from '../monthly/restored.ts';
import { checkCopy, type CopyFacts } from './check.ts';
import { copyName } from './names.ts';
import { unpack } from './packing.ts';
import { assertReadable } from './readable.ts';

export interface RestoreOrder {
  /** Plain, .gz or .age: told apart by content. */
  file: string;
  databasePath: string;
  mode: Mode;
  /** `AGE-SECRET-KEY-1…`, for encrypted copies. */
  identities: readonly string[];
  /** Replace a database that exists; it is kept aside. */
  force: boolean;
  /** Take a copy whose books do not add up. */
  suspect: boolean;
  /** Milliseconds since 1970. */
  at: number;
}

export interface Restored {
  facts: CopyFacts;
  /** The books do not add up; asked for with `suspect`. */
  isSuspect: boolean;
  /** Where the old database is now; null: there was none. */
  aside: string | null;
  /** Updates of people that waited in the copy; they are not handled. */
  forgottenUpdates: number;
  /** Bills that were agreed to be paid without a tap, and are asked about instead: they may have been paid since. */
  askedAgain: number;
}

/** Nothing was changed. The message says why, and what to do. */
class RestoreError extends Error {
  override name = 'RestoreError';
}

/**
 * Checks everything before anything is touched; the place changes in one rename. Throws RestoreError,
 * DatabaseInUseError or UnpackError, and what the file system throws.
 */
export async function restore(order: RestoreOrder): Promise<Restored> {
  const { file, databasePath, at } = order;
  const exists = existsSync(databasePath);
  assertReadable(file);
  if (exists && !order.force) {
    throw new RestoreError(
      `${databasePath} exists. With --force the copy takes its place, and the old file is kept beside it.`,
    );
  }
  mkdirSync(dirname(databasePath), { recursive: true });
  // Before the long work, so that a program that still runs is heard of at once.
  holdDatabase(databasePath).release();
  const prepared = `${databasePath}.${process.pid}.restoring`;
  try {
    await unpack({ from: file, to: prepared, identities: order.identities });
    const proved = await prove(order, prepared);
    const aside = `${databasePath}.before-${copyName('restore', at)}`;
    putInPlace({ databasePath, prepared, aside });
    return { ...proved, aside: exists ? aside : null };
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(prepared + suffix, { force: true });
  }
}

/** As the start would find it: migrated, and then checked. */
async function prove(
  { file, mode, suspect, at }: RestoreOrder,
  prepared: string,
): Promise<Omit<Restored, 'aside'>> {
  refuseDamaged(file, prepared);
  const db = openSqlite(prepared);
  let forgottenUpdates = 0;
  let askedAgain = 0;
  try {
    // What people pressed just before the copy was handled after it: handled again, it would pay a bill twice.
    const forgotten = await db.tx((tx) =>
      tx
        .update(inbox)
        .set({ doneAt: at, leaseUntil: 0, update: {} })
        .where(isNull(inbox.doneAt))
        .returning({ id: inbox.updateId }),
    );
    forgottenUpdates = forgotten.length;
    askedAgain = await db.tx((tx) => askAfterRestore(tx, at));
  } finally {
    await db.close();
  }
  const check = await checkCopy(prepared);
  if (check.kind === 'damaged') throw damaged(file, check.findings);
  const { facts } = check;
  if (facts.mode !== mode) {
    const holds = facts.mode === null ? 'is no copy of this program' : `holds ${WORDS[facts.mode]}`;
    throw new RestoreError(
      `${file} ${holds}, and the settings are for ${WORDS[mode]} (BOT_TOKEN). Take the right file or settings.`,
    );
  }
  if (check.kind === 'books_broken' && !suspect) {
    throw new RestoreError(
      `The books in ${file} do not add up: ${check.findings.slice(0, 5).join('; ')}. ` +
        'Take an older copy. If there is none, --suspect takes this one all the same.',
    );
  }
  return { facts, isSuspect: check.kind === 'books_broken', forgottenUpdates, askedAgain };
}

const WORDS: Readonly<Record<Mode, string>> = { live: 'real money', sandbox: 'play money' };

function refuseDamaged(file: string, prepared: string): void {
  try {
    const copy = openCopy(prepared);
    try {
      const damage = copy.damage();
      if (damage.length > 0) throw damaged(file, damage);
      if (!copy.isOurs()) throw new RestoreError(`${file} is no copy of this program's database.`);
      if (copy.isNewer()) {
        throw new RestoreError(`${file} was made by a newer version of the program. Update first.`);
      }
    } finally {
      copy.close();
    }
  } catch (error) {
    if (error instanceof RestoreError) throw error;
    throw damaged(file, [error instanceof Error ? error.message : 'unreadable']);
  }
}

function damaged(file: string, findings: readonly string[]): RestoreError {
  return new RestoreError(
    `${file} is damaged and was not restored: ${findings.slice(0, 5).join('; ')}. Take another copy.`,
  );
}

function putInPlace(paths: { databasePath: string; prepared: string; aside: string }): void {
  const { databasePath, prepared, aside } = paths;
  giveTo(prepared, existsSync(databasePath) ? databasePath : dirname(databasePath));
  syncFile(prepared);
  const held = holdDatabase(databasePath);
  try {
    held.replace({ by: prepared, aside });
  } finally {
    held.release();
  }
}
