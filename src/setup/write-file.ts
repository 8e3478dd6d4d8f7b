/** Writes a file of secrets: as a whole or not at all, and for its owner alone. */
import {
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  type Stats,
} from 'node:fs';

/** For the owner alone. */
const PRIVATE = 0o600;
/** A file that is there keeps what its group may; nobody else may anything. */
const NOT_OTHERS = 0o770;

/** A link is followed: what it leads to is replaced. */
export function writePrivately(path: string, text: string): void {
  const before = statOf(path);
  const target = before === null ? path : realpathSync(path);
  const partial = `${target}.${process.pid}.partial`;
  try {
    const mode = before === null ? PRIVATE : before.mode & NOT_OTHERS;
    const file = openSync(partial, 'wx', mode);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (before !== null) keepOwner(partial, before);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function statOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

/** Only root may give a file away: whoever else writes it has it afterwards. */
function keepOwner(path: string, { uid, gid }: Stats): void {
  if (process.getuid?.() === 0) chownSync(path, uid, gid);
}
