/** Why there is no good backup, in words that say what to do. */

import type { BackupTrouble } from '../books/backup-report.ts';

export const ADVICE: Readonly<Record<BackupTrouble, string>> = {
  disk_full: 'Free some space, let BACKUP_KEEP be smaller, or name a larger disk in BACKUP_DIR.',
  not_writable: 'Make BACKUP_DIR a folder that the user of the program may write to.',
  damaged:
    'Stop the program, keep its files, and restore the last good copy (docs/operations.md, "The file is damaged").',
  books_broken:
    'The copy is kept with ".suspect" in its name, older ones stay. See docs/operations.md, "The books do not add up".',
  too_large: 'It is kept in BACKUP_DIR. Bots may send 50 MB: take it off the machine another way.',
  not_sent: 'It is kept in BACKUP_DIR. Take it off the machine by hand, and look at the log.',
  failed: 'Try "npm run backup" by hand and read what it says.',
};

export class BackupError extends Error {
  override name = 'BackupError';
  readonly code: BackupTrouble;
  /** What the system, SQLite or the audit said. */
  readonly details: readonly string[];
  constructor(code: BackupTrouble, details: readonly string[]) {
    super(`No backup: ${details.slice(0, 3).join('; ')}. ${ADVICE[code]}`);
    this.code = code;
    this.details = details;
  }
}

const CODES: Readonly<Record<string, BackupTrouble>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EFBIG: 'disk_full',
  SQLITE_FULL: 'disk_full',
  EACCES: 'not_writable',
  EPERM: 'not_writable',
  EROFS: 'not_writable',
  ENOTDIR: 'not_writable',
  EEXIST: 'not_writable',
  SQLITE_READONLY: 'not_writable',
  SQLITE_CORRUPT: 'damaged',
  SQLITE_NOTADB: 'damaged',
};

/** The trouble behind what the file system or SQLite threw. */
export function toBackupError(error: unknown): BackupError {
  if (error instanceof BackupError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = CODES[code] ?? CODES[code.split('_').slice(0, 2).join('_')];
  return new BackupError(known ?? 'failed', [error instanceof Error ? error.message : 'unknown']);
}
