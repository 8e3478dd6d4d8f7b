/** Where processor time goes, by a profile of V8: which share of it is spent where, waiting for the disk included. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figures.ts';

interface Frame {
  functionName: string;
  url: string;
}

/** In the order of the table. The first that fits a frame counts it; the code of the machine counts for who called it. */
const PLACES: readonly [name: string, fits: (frame: Frame) => boolean][] = [
  ['garbage', ({ functionName }) => functionName === '(garbage collector)'],
  ['commits, which wait for the disk', ({ url }) => url.endsWith('/db/group-commit.ts')],
  ['statements in SQLite', ({ url }) => /better-sqlite3\/(session\.js|lib)|\/db\/sqlite/.test(url)],
  ['the driver of PostgreSQL', ({ url }) => /\/node_modules\/pg(-protocol)?\//.test(url)],
  ['building and reading queries', ({ url }) => /\/drizzle-orm\/|\/src\/db\//.test(url)],
  ['the bot framework and its conversations', ({ url }) => /\/grammy\/|\/@grammyjs\//.test(url)],
  ['Node: sockets, HTTP, timers, cryptography', ({ url }) => url.startsWith('node:')],
  ['the program itself', ({ url }) => url.includes('/src/')],
];
const ELSEWHERE = 'everything else';
export const PROFILE_PLACES: readonly string[] = [...PLACES.map(([name]) => name), ELSEWHERE];

/** Percents of what was busy from `fromUs` to `toUs`, by the machine's steady clock in microseconds: one for each place where something was. */
export function shares(
  profile: Profiler.Profile,
  { of, fromUs = 0, toUs = Infinity }: { of: string; fromUs?: number; toUs?: number },
): Figure[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const callers = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const spent = new Map<string, number>();
  let at = profile.startTime;
  let busy = 0;
  for (const [index, id] of (profile.samples ?? []).entries()) {
    const us = profile.timeDeltas?.[index] ?? 0;
    at += us;
    if (at < fromUs || at > toUs || nodes.get(id)?.functionName === '(idle)') continue;
    const place = placeOf(id);
    spent.set(place, (spent.get(place) ?? 0) + us);
    busy += us;
  }
  return PROFILE_PLACES.filter((name) => spent.has(name)).map((name) => ({
    name: shareName(of, name),
    value: (100 * (spent.get(name) ?? 0)) / busy,
  }));

  function placeOf(id: number): string {
    const frame = nodes.get(id);
    const place = frame && PLACES.find(([, fits]) => fits(frame));
    if (place) return place[0];
    const caller = frame?.url === '' ? callers.get(id) : undefined;
    return caller === undefined ? ELSEWHERE : placeOf(caller);
  }
}

/** What the share of a place is called in the table. */
export function shareName(of: string, place: string): string {
  return `${of}, by its profile: ${place}, %`;
}

/** By the machine's steady clock, in microseconds: profiles of other processes tell it, too. */
export function steadyUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

/** Of this process, while `work` runs. */
export async function profileOf(work: () => Promise<unknown>): Promise<Profiler.Profile> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return profile;
}

/** Of another process: `work` is told the options of Node to start it with, and has to have it ended by itself. */
export async function profileOfOther(
  work: (options: string) => Promise<unknown>,
): Promise<Profiler.Profile> {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-bench-profile-'));
  try {
    await work(`--cpu-prof --cpu-prof-dir=${folder}`);
    const [file = ''] = readdirSync(folder);
    return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profiler.Profile;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
