/** The program as `npm start` runs it without any setting: the sandbox, in a process, on a free port and a new file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { realClock } from '../../src/core/deps.ts';

const START = fileURLToPath(new URL('../../src/start.mjs', import.meta.url));

export interface SandboxProcess {
  /** `http://127.0.0.1:port/sandbox` */
  url: string;
  /** Ends it in order, and removes its files. */
  stop(): Promise<void>;
}

/** Resolves when the program is ready. */
export async function startSandboxProcess(): Promise<SandboxProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-browser-'));
  const port = await freePort();
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: `file:${join(folder, 'sandbox.db')}`,
    HOST: '127.0.0.1',
    PORT: String(port),
    POLL_CRON: '* * * * * *',
    LOG_LEVEL: 'error',
  };
  const stdio: ['ignore', 'ignore', 'inherit'] = ['ignore', 'ignore', 'inherit'];
  const child = spawn(process.execPath, [START], { env, cwd: folder, stdio });
  const stop = async (): Promise<void> => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(child, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}/sandbox`, stop };
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => null);
    if (answer?.ok) return;
    if (child.exitCode !== null) throw new Error('the sandbox ended by itself');
    await realClock.sleep(50);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}
