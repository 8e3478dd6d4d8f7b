/** Opens the database for a program that is to work on it: what would put the books in danger stops the start. */
import { existsSync } from 'node:fs';
import { refuseLost } from '../backup/lost.ts';
import { baseOf, isPlainCopy } from '../backup/names.ts';
import type { BackupConfig } from '../settings/types.ts';
import { quickDamageIn, QUICK_BYTES } from '../db/damage.ts';
import type { Database } from '../db/database.ts';
import { lockDatabase } from '../db/lock.ts';
import { claimMode } from '../db/mode.ts';
import { refuseMoved } from '../db/moved.ts';
import { openDatabase } from '../db/open.ts';
import { tighten } from '../db/permissions.ts';
import { refuseUnusable, unusable } from '../db/unusable.ts';
import { refuseStrange } from '../db/version.ts';
import type { Log } from '../core/log.ts';
import type { AppOptions } from './options.ts';

/** Throws with a sentence for the operator. */
export async function openProgramDatabase(options: AppOptions): Promise<Database> {
  const { config, log, asked } = options;
  const { database: address, mode, backup } = config;
  if (options.openDatabase) return await claimed(await options.openDatabase(address), options);
  if (address.engine !== 'sqlite') return await claimed(await openDatabase(address), options);
  const { path } = address;
  refuseUnusable(path);
  // A sandbox that was thrown away may begin anew.
  if (mode === 'live' && !asked?.newDatabase) {
    refuseLost(path, { backupDir: backup.dir, at: options.deps.clock.now() });
  }
  const unlock = lockDatabase(path);
  try {
    if (existsSync(path)) refuseStrange(path);
    closeToOthers(path, backup, log);
    refuseDamaged(path, log);
    const db = await claimed(await openDatabase(address), options);
    return { ...db, close: () => db.close().finally(unlock) };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function claimed(db: Database, { config, asked }: AppOptions): Promise<Database> {
  const { database: address, mode } = config;
  try {
    await claimMode(db, mode);
    if (address.engine === 'sqlite') {
      await refuseMoved(db, { path: address.path, forget: asked?.oldDatabase ?? false });
    }
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

function closeToOthers(path: string, { dir }: BackupConfig, log: Log): void {
  const base = baseOf(path);
  const closed = tighten(path, { dir, isCopy: (name) => isPlainCopy(name, base) });
  if (closed.length === 0) return;
  log.warn({ event: 'permissions', closed }, 'could be read by others; now by this user alone');
}

function findingsOf(path: string): string[] | null {
  try {
    return quickDamageIn(path);
  } catch (error) {
    throw unusable(path, error);
  }
}

function refuseDamaged(path: string, log: Log): void {
  if (!existsSync(path)) return;
  const findings = findingsOf(path);
  if (findings === null) {
    const largest = QUICK_BYTES;
    log.info({ event: 'not_checked', largest }, 'the file is large: it is checked at night');
    return;
  }
  if (findings.length === 0) return;
  throw new Error(
    `The database ${path} is damaged: ${findings.slice(0, 3).join('; ')}. Keep its files, restore the last good copy, and ` +
      'look at the disk (docs/operations.md, "The file is damaged").',
  );
}
