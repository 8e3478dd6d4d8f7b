/** A file that was there and is not: a start would begin new books, with everybody's balance at zero. */
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { baseOf, newestCopy } from './names.ts';

/** The file is missing, and its copies are there. The message says what to do. */
class DatabaseLostError extends Error {
  override name = 'DatabaseLostError';
  constructor(path: string, { what, copy }: { what: string; copy: string | null }) {
    const restore =
      copy === null
        ? 'Put it back'
        : `Put it back, or restore the newest copy (npm run restore -- ${copy}; docs/operations.md, "Restore")`;
    super(
      `${path} ${what}: a start would begin with empty books. ${restore}. ` +
        'DATABASE_URL names the file. If new books are what you want: npm start -- --new-database',
    );
  }
}

/** Throws DatabaseLostError when `path` is missing or empty, and something says that there were books, or should be. */
export function refuseLost(
  path: string,
  { backupDir, at }: { backupDir: string; at: number },
): void {
  if (sizeOf(path) > 0) return;
  // Where its disk is not mounted, the folder it leads to may be there, and empty.
  if (isLink(path)) {
    const what = 'is a link that leads to no database (is the disk mounted?)';
    throw new DatabaseLostError(path, { what, copy: null });
  }
  const name = newestCopy(namesIn(backupDir), { base: baseOf(path), at });
  if (name !== null) {
    const copy = join(backupDir, name);
    throw new DatabaseLostError(path, { what: 'is missing, and copies of it are there', copy });
  }
  // SQLite takes it away when it closes the file: it stays where a program was killed, and holds what was written last.
  if (sizeOf(`${path}-wal`) > 0) {
    throw new DatabaseLostError(path, { what: `is missing beside ${path}-wal`, copy: null });
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
