/** What is wrong with a file that can't be the database, and what to do about it. Nothing here changes anything. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statfsSync,
  statSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import { HEADER_BYTES, saysNotAlone } from './log-mark.ts';

/** A sentence for the operator that says what is wrong, and what to do. */
class UnusableError extends Error {
  override name = 'UnusableError';
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`The database ${path} can't be used: ${reason}`, options);
  }
}

const ANOTHER =
  'DATABASE_URL must name a file on a local disk, in a folder this user may write to.';

/** What SQLite keeps beside a file, and the program's lock. */
const PARTS = ['', '-wal', '-shm', '-lock'] as const;

/**
 * Throws what is wrong with what stands at `path`, before anything is touched. Where nothing stands, or an empty file, a
 * database may begin.
 */
export function refuseUnusable(path: string): void {
  try {
    look(path);
  } catch (error) {
    throw unusable(path, error);
  }
}

function look(path: string): void {
  // What stands beside a file stands beside its own name, not beside that of a link to it.
  const real = existsSync(path) ? realpathSync(path) : path;
  for (const part of PARTS) refusePart(path, real + part);
  if (sizeOf(real) > 0) refuseOtherContent(path, real);
  const lock = `${real}-lock`;
  if (sizeOf(lock) === 0) return;
  throw new UnusableError(
    path,
    `${lock} is not the empty file by which two programs on one database are kept apart. Move it away.`,
  );
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function refusePart(path: string, part: string): void {
  const found = statSync(part, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isFile()) {
    const what = found.isDirectory() ? 'is a folder' : 'is no file';
    throw new UnusableError(path, `${part} ${what}. Move it away. ${ANOTHER}`);
  }
  try {
    accessSync(part, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new UnusableError(path, forbidden(part, found, error), { cause: error });
  }
}

function forbidden(part: string, { uid }: Stats, error: unknown): string {
  if (codeOf(error) === 'EROFS') {
    return `its disk is mounted read-only. A disk with errors is, too: "dmesg" says why. ${ANOTHER}`;
  }
  const own = process.getuid?.();
  const mend = uid === own ? `chmod u+rw ${part}` : `chown ${userName()} ${part}`;
  const owner = uid === own ? '' : ` and belongs to another user (${uid})`;
  return `${part} may not be written by ${userName()}${owner}. As root: ${mend}`;
}

/** As whom this process runs, for `chown`. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that has no name.
    return String(process.getuid?.() ?? 'the user of the program');
  }
}

const MAGIC = 'SQLite format 3\0';
/** gzip, and what `age` writes. */
const PACKED = ['\u001f\u008b', 'age-encryption.org'];

const RESTORE = 'npm run restore -- <file>; docs/operations.md, "Restore"';

function refuseOtherContent(path: string, real: string): void {
  const header = headerOf(path);
  const start = header.toString('latin1');
  if (start.startsWith(MAGIC)) {
    if (saysNotAlone(header) && sizeOf(`${real}-wal`) === 0) throw withoutLog(path, real);
    return;
  }
  if (PACKED.some((magic) => start.startsWith(magic))) {
    throw new UnusableError(
      path,
      `it is a packed copy. Move it away and restore it (${RESTORE}). It was left as it is.`,
    );
  }
  throw new UnusableError(
    path,
    'what is in it is no database: it was overwritten, or is another file. It was left as it is. If the database is to ' +
      `be there, move this file away, keep it, and restore the newest copy (${RESTORE}); else let DATABASE_URL name the right file.`,
  );
}

function withoutLog(path: string, real: string): UnusableError {
  return new UnusableError(
    path,
    `${real}-wal is not beside it, and what was written last stands there alone: the file was copied without it, or it was ` +
      'removed. Put it back, or copy the file again once the program there has ended. If it is lost for good, this file is an ' +
      `old copy: move it away and restore it (${RESTORE}, and "After a restore"). It was left as it is.`,
  );
}

/** Before SQLite has it open: closing a file frees all locks of this process on it. */
function headerOf(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(HEADER_BYTES);
    return buffer.subarray(0, readSync(file, buffer, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

const DISK =
  'Its disk is full, or fails: "df -h" and "df -i" show what is left, "dmesg" what is wrong. Free some space and start again.';

/** What the system or SQLite said when the file was opened, in a sentence for the operator. */
export function unusable(path: string, error: unknown): Error {
  if (error instanceof UnusableError) return error;
  const advice = isDisk(path, error) ? DISK : ANOTHER;
  return new UnusableError(path, `${reasonOf(error)}. ${advice}`, { cause: error });
}

/** drizzle wraps what happened into the statement that it happened to. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}

const DISK_CODES = /^(?:ENOSPC|EDQUOT|EFBIG|EIO|SQLITE_FULL|SQLITE_IOERR.*)$/;
/** With less nothing can be opened: the log's index alone takes 32 KB. */
const LEAST_BYTES = 256 * 1024;

/** SQLite has no word for some ways in which a disk is full: “unable to open database file”. */
function isDisk(path: string, error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (DISK_CODES.test(codeOf(each))) return true;
  }
  const folder = dirname(resolve(path));
  if (!existsSync(folder)) return false;
  const { bavail, bsize, files, ffree } = statfsSync(folder);
  return bavail * bsize < LEAST_BYTES || (files > 0 && ffree === 0);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
