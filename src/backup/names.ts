/** What copies are called, and which of them are kept. */
import { basename } from 'node:path';
import { DAY_MS, TASHKENT_OFFSET_MS } from '../core/calendar.ts';

/** Tashkent knows no summer time. */

/** Beside the daily ones: the last copy of each of so many weeks. */
const KEPT_WEEKS = 4;
/** Copies of broken books are for finding the cause. */
const KEPT_SUSPECTS = 3;

/** `tolov` for `data/tolov.db`. */
export function baseOf(databasePath: string): string {
  return basename(databasePath).replace(/\.(?:db|sqlite3?)$/i, '');
}

/** `tolov-2026-01-31-034000`, in Tashkent's time; `at` in milliseconds since 1970. */
export function copyName(base: string, at: number): string {
  const stamp = new Date(at + TASHKENT_OFFSET_MS).toISOString();
  return `${base}-${stamp.slice(0, 10)}-${stamp.slice(11, 19).replaceAll(':', '')}`;
}

interface Copy {
  stem: string;
  day: string;
  isSuspect: boolean;
  files: string[];
}

/**
 * Copies of `base` among the names of a folder, the newest first, each with its encrypted twin. What bears a time after `at` was
 * made while the clock was ahead: it is older than all that is made now, and comes last.
 */
function copiesIn(names: readonly string[], { base, at }: { base: string; at: number }): Copy[] {
  const copies = new Map<string, Copy>();
  for (const name of names) {
    if (!name.startsWith(`${base}-`)) continue;
    const rest = name.slice(base.length + 1);
    const match = /^(\d{4}-\d\d-\d\d)-\d{6}(\.suspect)?\.db(?:\.gz\.age)?$/.exec(rest);
    if (!match) continue;
    const [, day = '', suspect] = match;
    const stem = `${base}-${rest.slice(0, 'YYYY-MM-DD-hhmmss'.length)}`;
    const copy = copies.get(stem) ?? { stem, day, isSuspect: suspect !== undefined, files: [] };
    copy.files.push(name);
    copies.set(stem, copy);
  }
  const all = [...copies.values()].toSorted((a, b) => (a.stem < b.stem ? 1 : -1));
  const latest = copyName(base, at);
  return [...all.filter(({ stem }) => stem <= latest), ...all.filter(({ stem }) => stem > latest)];
}

/** The name of the newest good copy of `base`, the plain one where there is one; null: there is none. */
export function newestCopy(
  names: readonly string[],
  of: { base: string; at: number },
): string | null {
  const newest = copiesIn(names, of).find((copy) => !copy.isSuspect);
  return newest?.files.find((file) => file.endsWith('.db')) ?? newest?.files[0] ?? null;
}

/** Is it a copy of `base` that everybody who may read it can read? */
export function isPlainCopy(name: string, base: string): boolean {
  return name.endsWith('.db') && copiesIn([name], { base, at: 0 }).length > 0;
}

/**
 * The files that may go: all but the last copy of each of the newest `keepDays` days that have one, the last copy of
 * each of the newest 4 weeks, and 3 suspect ones. Files that are no copies of `base` are never among them.
 */
export function outdated(
  names: readonly string[],
  { keepDays, ...of }: { base: string; at: number; keepDays: number },
): string[] {
  const copies = copiesIn(names, of);
  const good = copies.filter((copy) => !copy.isSuspect);
  const kept = new Set([
    ...newestOfEach(good, (copy) => copy.day).slice(0, keepDays),
    ...newestOfEach(good, weekOf).slice(0, KEPT_WEEKS),
    ...copies.filter((copy) => copy.isSuspect).slice(0, KEPT_SUSPECTS),
  ]);
  return copies.filter((copy) => !kept.has(copy)).flatMap((copy) => copy.files);
}

function newestOfEach(copies: Copy[], period: (copy: Copy) => string | number): Copy[] {
  const seen = new Map<string | number, Copy>();
  for (const copy of copies) if (!seen.has(period(copy))) seen.set(period(copy), copy);
  return [...seen.values()];
}

/** 1970 began on a Thursday; weeks begin on Mondays. */
function weekOf({ day }: Copy): number {
  return Math.floor((Date.parse(day) / DAY_MS + 3) / 7);
}

/** A copy being written: its process is in the name, so that what a dead one left is found and removed. */
export function partialName(file: string, pid: number): string {
  return `${file}.${pid}.partial`;
}

/** The process that writes (or wrote) this file; null when it is no unfinished copy of `base`. */
export function writerOf(name: string, base: string): number | null {
  if (!name.startsWith(`${base}-`)) return null;
  const match = /\.(\d+)\.partial$/.exec(name);
  return match ? Number(match[1]) : null;
}
