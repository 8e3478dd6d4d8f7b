/** Files with balances and names are for this user alone. */
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

const FILE = 0o600;
const FOLDER = 0o700;

/** Makes the folder where there is none. */
function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: FOLDER });
}

/** Makes an empty file where there is none. What SQLite keeps beside a file gets the same rights. */
export function makePrivateFile(path: string): void {
  makePrivateFolder(dirname(path));
  if (existsSync(path)) return;
  closeSync(openSync(path, 'a', FILE));
}

/**
 * Takes from others what an earlier version, or somebody's hand, left open to them: the file at `path`, what stands beside
 * it under its name, its folder, and copies in `backups` whose names `isCopy` knows. Returns what was changed. What belongs
 * to somebody else, and folders that hold more than the program's files, stay as they are.
 */
export function tighten(
  path: string,
  backups: { dir: string; isCopy: (name: string) => boolean },
): string[] {
  const folder = dirname(path);
  const name = basename(path);
  const beside = entriesOf(folder).filter((each) => each.startsWith(name));
  const copies = entriesOf(backups.dir).filter((each) => backups.isCopy(each));
  const isOwn = dirname(resolve(backups.dir)) === resolve(folder);
  const isOurs = (each: string): boolean =>
    each.includes('.db') || resolve(folder, each) === resolve(backups.dir);
  return [
    ...(entriesOf(folder).every(isOurs) ? [folder] : []),
    ...beside.map((each) => join(folder, each)),
    ...(isOwn ? [backups.dir] : []),
    ...copies.map((each) => join(backups.dir, each)),
  ].filter(takeFromOthers);
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const STICKY = 0o1000;

/** Returns whether it was open to others and now is not. */
function takeFromOthers(path: string): boolean {
  try {
    const found: Stats = statSync(path);
    const isShared = found.isDirectory() && (found.mode & STICKY) !== 0;
    if ((found.mode & 0o077) === 0 || isShared || found.uid !== process.getuid?.()) return false;
    chmodSync(path, found.isDirectory() ? FOLDER : FILE);
    return true;
  } catch {
    return false;
  }
}

/** Gives a file that root made to the user whose file `like` is: the program runs as that user. */
export function giveTo(path: string, like: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(like);
  chownSync(path, uid, gid);
}
