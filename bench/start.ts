/** The program as it is started, in the sandbox: how soon it is ready, and what it holds when nothing happens. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, median } from './figures.ts';

const STARTS = 3;
const IDLE_MS = 15_000;

export async function startFigures(): Promise<Figure[]> {
  const ready: number[] = [];
  const idle: number[] = [];
  for (let i = 0; i < STARTS; i += 1) {
    const run = await startOnce({ idleMs: i === 0 ? IDLE_MS : 0 });
    ready.push(run.readyMs);
    if (run.idleMb !== null) idle.push(run.idleMb);
  }
  return [
    { name: 'ready after start, ms', value: median(ready), limit: 2000, is: 'under' },
    {
      name: 'idle memory (with the simulated servers), MB',
      value: median(idle),
      limit: 150,
      is: 'under',
    },
  ];
}

async function startOnce({
  idleMs,
}: {
  idleMs: number;
}): Promise<{ readyMs: number; idleMb: number | null }> {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-bench-'));
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['src/start.mjs'], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DATABASE_URL: `file:${join(folder, 'bench.db')}`,
      LOG_LEVEL: 'warn',
    },
  });
  try {
    await untilReady(port);
    const readyMs = performance.now() - startedAt;
    if (idleMs === 0 || child.pid === undefined) return { readyMs, idleMb: null };
    await sleep(idleMs);
    return { readyMs, idleMb: residentMb(child.pid) };
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
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

/** Linux only: what the operating system says of the process. */
function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
