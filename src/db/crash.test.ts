/** What was acknowledged is there whatever happens to the process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { audit } from '../ledger/audit.ts';
import { type TemporaryFile, temporaryFile } from '../testing/sqlite-file.ts';

const PROGRAM = fileURLToPath(new URL('../testing/post-forever.ts', import.meta.url));

// Starting a process takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let temporary: TemporaryFile;

beforeEach(() => {
  temporary = temporaryFile();
});

afterEach(async () => {
  await temporary.remove();
});

/** Starts `command` and returns the lines it printed; it is killed after `killAfter` of them. */
async function linesOf(command: string[], killAfter = Infinity): Promise<string[]> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (lines.length === killAfter) child.kill('SIGKILL');
  }
  await closed;
  return lines;
}

async function expectAllThere(acknowledged: readonly string[]): Promise<void> {
  const db = await temporary.reopen();
  const connection = temporary.connect();
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
  const report = await db.snapshot(audit);
  expect(report.findings).toEqual([]);
  const keys = connection.prepare<[], string>('select key from entries').pluck().all();
  const stored = new Set(keys.filter((key) => !key.endsWith(':hold')));
  expect(acknowledged.filter((key) => !stored.has(key))).toEqual([]);
  // A transaction is there whole: each top-up with its hold.
  expect(keys).toHaveLength(stored.size * 2);
  expect(report.usersTiyin).toBe(stored.size * 100);
}

it('a process killed between any two lines loses nothing it acknowledged', async () => {
  const acknowledged: string[] = [];
  for (const killAfter of [1, 60, 300]) {
    const command = [process.execPath, PROGRAM, temporary.path, `round${killAfter}`];
    const lines = await linesOf(command, killAfter);
    expect(lines.length).toBeGreaterThanOrEqual(killAfter);
    // The last line may have been cut by the kill.
    acknowledged.push(...lines.slice(0, killAfter));
    await expectAllThere(acknowledged);
  }
});

it('a write that the system refuses is an error, and loses nothing that was acknowledged', async () => {
  // No file of the child may grow beyond this many blocks: writing to the log fails in the middle of a group.
  const limited = ['sh', '-c', 'ulimit -f 1500; exec "$@"', 'sh'];
  const lines = await linesOf([...limited, process.execPath, PROGRAM, temporary.path, 'limited']);
  expect(lines.at(-1)).toMatch(/^refused SQLITE_(?:IOERR|FULL)/);
  const acknowledged = lines.slice(0, -1);
  expect(acknowledged.length).toBeGreaterThan(0);
  await expectAllThere(acknowledged);
});
