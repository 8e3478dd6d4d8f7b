import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const PROGRAM = fileURLToPath(new URL('log-output.fixture.ts', import.meta.url));

interface Logging {
  child: ChildProcess;
  /** What it wrote to standard error. */
  complaints: string[];
  /** Resolves with how many lines it has lost. */
  logs: (line: string) => Promise<number>;
}

function startLogging(stdout: 'pipe' | number): Logging {
  const child = fork(PROGRAM, [], { stdio: ['ignore', stdout, 'pipe', 'ipc'], execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const complaints: string[] = [];
  child.stderr?.on('data', (chunk) => complaints.push(String(chunk)));
  return {
    child,
    complaints,
    async logs(line) {
      const answered = new AbortController();
      const { signal } = answered;
      const lost = Promise.race([
        once(child, 'message', { signal }),
        once(child, 'exit', { signal }).then(() => Promise.reject(new Error('the program ended'))),
      ]);
      child.send(line);
      const [count] = await lost;
      answered.abort();
      return Number(count);
    },
  };
}

it('goes on when whoever reads the log goes away, counts what is lost and says so once', async () => {
  const { child, logs, complaints } = startLogging('pipe');
  expect(await logs('heard')).toBe(0);
  child.stdout?.destroy();
  await once(child.stdout!, 'close');
  const lost = [await logs('one'), await logs('two'), await logs('three')];
  expect(lost).toEqual([1, 2, 3]);
  expect(complaints.join('')).toBe(
    "The log can't be written (EPIPE): its lines are lost until it can be. The program goes on.\n",
  );
});

it('goes on when nobody hears its complaint either', async () => {
  const { child, logs } = startLogging('pipe');
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.destroy();
    await once(stream, 'close');
  }
  await logs('one');
  expect(await logs('two')).toBe(2);
});

it('goes on when the disk of the log is full', async () => {
  const full = openSync('/dev/full', 'w');
  onTestFinished(() => closeSync(full));
  const { logs, complaints } = startLogging(full);
  await logs('one');
  expect(await logs('two')).toBe(2);
  expect(complaints.join('')).toContain("can't be written (ENOSPC)");
});

it('keeps no more than some megabytes for a reader that stands still', async () => {
  const { child, logs, complaints } = startLogging('pipe');
  child.stdout?.pause();
  const megabyte = Array.from({ length: 150 }, () => 'x'.repeat(7000));
  let lost = 0;
  for (let megabytes = 0; megabytes < 20 && lost === 0; megabytes += 1)
    for (const line of megabyte) lost = await logs(line);
  expect(lost).toBeGreaterThan(0);
  expect(complaints.join('')).toContain('nobody reads it');
});

it('says in the log itself how much is missing, once it can be written again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'log');
  execFileSync('mkfifo', [path]);
  const firstReader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, 'w');
  const { logs } = startLogging(writer);
  closeSync(writer);
  await logs('heard');
  closeSync(firstReader);
  await logs('one');
  expect(await logs('two')).toBe(2);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  onTestFinished(() => closeSync(reader));
  expect(await logs('heard again')).toBe(2);
  await logs('and again');
  const buffer = Buffer.alloc(10_000);
  const lines = buffer.toString('utf8', 0, readSync(reader, buffer)).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { msg: 'heard' },
    { msg: 'heard again' },
    { level: 'warn', event: 'log_lost', lost: 2 },
    { msg: 'and again' },
  ]);
});
