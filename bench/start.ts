/** The program as it is started for real, against the simulated servers: how soon it is ready, and what it holds when nothing happens. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { realDeps } from '../src/core/deps.ts';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import { startSimulatedTelegram } from '../sandbox/telegram/simulated-telegram.ts';
import { heapSnapshots, mappedFigures } from './idle-memory.ts';
import { bareHouse } from './bot/houses.ts';
import { START } from '../test/process.ts';
import { processorMs, residentMb } from './bot/processor.ts';
import { type Figure, median } from './figures.ts';
import { profileOfOther, shares, steadyUs } from './profile.ts';

/** As `npm start` and the container start it. */
const FLAGS = ['--max-semi-space-size=16'];
const FIRST_STARTS = 3;
const LATER_STARTS = 5;
/** Longer than the program waits before it gives back what its start took. */
const IDLE_MS = 10_000;

export async function startFigures(): Promise<Figure[]> {
  const telegram = await startSimulatedTelegram({ ...realDeps(), token: TOKEN });
  const world = await startSimulatedProviders(realDeps());
  const settings = { ...world.settings, BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: telegram.url };
  try {
    return await measureStarts(settings);
  } finally {
    await telegram.close();
    await world.close();
  }
}

const TOKEN = '1:bench-token';

/** The first start compiles everything and holds the compiler; later ones find what it left. */
async function measureStarts(settings: Record<string, string>): Promise<Figure[]> {
  const first: Started[] = [];
  const later: Started[] = [];
  let where: Figure[] = [];
  for (let round = 0; round < FIRST_STARTS; round += 1) {
    const cache = mkdtempSync(join(tmpdir(), 'tolov-bench-cache-'));
    first.push(await startOnce({ settings, cache }));
    // All later starts use the last cache.
    while (round === FIRST_STARTS - 1 && later.length < LATER_STARTS)
      later.push(await startOnce({ settings, cache }));
    if (round === FIRST_STARTS - 1) {
      where = [
        ...(await whereItIs({ settings, cache })),
        ...(await profileOfStart({ settings, cache })),
      ];
    }
    rmSync(cache, { recursive: true });
  }
  const of = (starts: readonly Started[], key: keyof Started): number =>
    median(starts.map((each) => each[key]));
  return [
    {
      name: 'ready after the very first start, ms',
      value: of(first, 'readyMs'),
      limit: 1500,
      is: 'under',
    },
    { name: 'ready after a start, ms', value: of(later, 'readyMs'), limit: 800, is: 'under' },
    { name: 'processor until ready, the very first start, ms', value: of(first, 'processorMs') },
    { name: 'processor until ready, ms', value: of(later, 'processorMs') },
    { name: 'idle memory after the very first start, MB', value: of(first, 'idleMb') },
    {
      name: 'idle memory of a Node that waits for requests, MB',
      value: await idleOf(WAITING_NODE),
    },
    { name: 'idle memory of the bare bot, MB', value: await idleOfBareBot() },
    { name: 'idle memory, MB', value: of(later, 'idleMb'), limit: 100, is: 'under' },
    { name: 'idle memory: what JavaScript holds of it, MB', value: of(later, 'heapMb') },
    ...where,
  ];
}

/** Until it is ready. */
async function profileOfStart(how: StartOptions): Promise<Figure[]> {
  let toUs = 0;
  const profile = await profileOfOther(async (options) => {
    const started = await startOnce({ ...how, flags: options.split(' ') });
    toUs = started.readyUs;
  });
  return shares(profile, { of: 'a start', toUs });
}

/** In a process of its own: a snapshot takes memory itself. */
async function whereItIs(how: StartOptions): Promise<Figure[]> {
  const snapshots = heapSnapshots();
  try {
    const figures: Figure[] = [];
    await startOnce({
      ...how,
      flags: snapshots.flags,
      async whenIdle(child) {
        figures.push(...mappedFigures(child.pid ?? 0), ...(await snapshots.figuresOf(child)));
      },
    });
    return figures;
  } finally {
    snapshots.remove();
  }
}

/** The least that answers requests: what Node takes of itself. */
const WAITING_NODE = `require('node:http').createServer((_, answer) => answer.end()).listen(0, '127.0.0.1')`;

async function idleOf(code: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', code], { stdio: 'ignore' });
  try {
    await sleep(IDLE_MS);
    return residentMb(child.pid ?? 0);
  } finally {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}

async function idleOfBareBot(): Promise<number> {
  const house = await bareHouse();
  try {
    await sleep(IDLE_MS);
    return residentMb(house.pid);
  } finally {
    await house.close();
  }
}

interface Started {
  readyMs: number;
  /** When that was: see steadyUs. */
  readyUs: number;
  /** Of the processor until then: what a busy machine does not change. */
  processorMs: number;
  idleMb: number;
  /** Of the idle memory, the heap of V8 that is in use. */
  heapMb: number;
}

interface StartOptions {
  settings: Record<string, string>;
  cache: string;
  /** Of Node, beside those of every start. */
  flags?: readonly string[];
  whenIdle?: (child: ChildProcess) => Promise<void>;
}

async function startOnce({
  settings,
  cache,
  flags = [],
  whenIdle,
}: StartOptions): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-bench-'));
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...FLAGS, ...flags, START], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      ...settings,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: `file:${join(folder, 'bench.db')}`,
      LOG_LEVEL: 'warn',
      NODE_COMPILE_CACHE: cache,
    },
  });
  // Asked for now: one that could not start has ended before anybody would listen.
  const exited = once(child, 'exit');
  try {
    await untilReady(port);
    const readyMs = performance.now() - startedAt;
    const readyUs = steadyUs();
    const pid = child.pid ?? 0;
    const startedMs = processorMs(pid);
    await sleep(IDLE_MS);
    const idleMb = residentMb(pid);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    await whenIdle?.(child);
    const heap = Number(/^nodejs_heap_size_used_bytes (\S+)$/m.exec(metrics)?.[1] ?? NaN);
    return { readyMs, readyUs, processorMs: startedMs, idleMb, heapMb: heap / 1024 / 1024 };
  } finally {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true });
  }
}

async function untilReady(port: number): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => null);
    if (answer?.ok) return;
    await sleep(10);
  }
  throw new Error('the program did not get ready');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
