/** One backup from beginning to end. Blocks for long: it runs in a process of its own. */
import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolderOf, writeCopy } from '../db/copy.ts';
import { checkCopy, type CopyFacts } from './check.ts';
import { baseOf, copyName, outdated, partialName, writerOf } from './names.ts';
import { packFor } from './packing.ts';
import { BackupError, toBackupError } from './trouble.ts';

export interface BackupOrder {
  databasePath: string;
  dir: string;
  keepDays: number;
  /** `age1…`; null: no encrypted twin is made. */
  ageRecipient: string | null;
  /** Milliseconds since 1970. */
  at: number;
}

export interface BackupMade {
  path: string;
  bytes: number;
  /** The copy to send away; null without a recipient. */
  encrypted: { path: string; bytes: number } | null;
  facts: CopyFacts;
  /** Names of older copies that were removed. */
  removed: string[];
}

/**
 * Copies the database, proves the copy, and only then gives it its name; older copies go last, so that a failure leaves
 * all of them. Throws a BackupError; no half file stays.
 */
export async function makeBackup(order: BackupOrder): Promise<BackupMade> {
  const base = baseOf(order.databasePath);
  const stem = join(order.dir, copyName(base, order.at));
  const partial = partialName(`${stem}.db`, process.pid);
  const packed = partialName(`${stem}.db.gz.age`, process.pid);
  try {
    prepareFolder(order, base);
    writeCopy({ from: order.databasePath, to: partial });
    const facts = await proved(partial, { stem, afterwards: () => void rotate(order, base) });
    const { ageRecipient: recipient } = order;
    if (recipient !== null) await packFor({ recipient, from: partial, to: packed });
    const path = settle(partial, `${stem}.db`);
    const twin = recipient === null ? null : settle(packed, `${stem}.db.gz.age`);
    const encrypted = twin === null ? null : { path: twin, bytes: statSync(twin).size };
    const removed = rotate(order, base);
    return { path, bytes: statSync(path).size, encrypted, facts, removed };
  } catch (error) {
    throw toBackupError(error);
  } finally {
    for (const file of [partial, packed]) removeQuietly(file);
  }
}

function prepareFolder({ databasePath, dir }: BackupOrder, base: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(dir)) {
    const writer = writerOf(name, base);
    if (writer !== null && !isAlive(writer)) rmSync(join(dir, name), { force: true });
  }
  const { bavail, bsize } = statfsSync(dir);
  const needed = statSync(databasePath).size;
  if (bavail * bsize < needed) {
    throw new BackupError('disk_full', [
      `${dir} has ${inMb(bavail * bsize)} MB free, and the copy may need ${inMb(needed)} MB`,
    ]);
  }
}

function inMb(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Throws unless the copy is good; one with broken books is kept under a name that says so. */
async function proved(
  partial: string,
  { stem, afterwards }: { stem: string; afterwards: () => void },
): Promise<CopyFacts> {
  const check = await checkCopy(partial);
  if (check.kind === 'good') return check.facts;
  if (check.kind === 'books_broken') {
    settle(partial, `${stem}.suspect.db`);
    afterwards();
  }
  throw new BackupError(check.kind, check.findings);
}

function settle(partial: string, path: string): string {
  renameSync(partial, path);
  syncFolderOf(path);
  return path;
}

function rotate({ dir, keepDays, at }: BackupOrder, base: string): string[] {
  const old = outdated(readdirSync(dir), { base, at, keepDays });
  for (const name of old) rmSync(join(dir, name), { force: true });
  return old;
}

/** Removes the file, and does not mind when it can't: the folder itself may be what is wrong. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
    rmSync(`${path}-journal`, { force: true });
  } catch {
    // What made the backup fail says it better.
  }
}
