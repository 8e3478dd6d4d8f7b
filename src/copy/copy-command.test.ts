/** The command as an operator runs it: what it prints, how it ends, and what is left when it is killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { openSqlite } from '../db/sqlite.ts';
import { users } from '../db/tables.ts';
import { type PostgresCluster, startPostgres } from '../testing/postgres-cluster.ts';
import { fill } from './filled.fixture.ts';

const COMMAND = fileURLToPath(new URL('copy-command.ts', import.meta.url));
const PASSWORD = 'hunter2-very-secret';

// Starting a process takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let cluster: PostgresCluster;
let databases = 0;
let folder: string;
let file: string;
let server: string;

beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(async () => await cluster.remove());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tolov-copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  file = `file:${join(folder, 'tolov.db')}`;
  databases += 1;
  const url = await cluster.createDatabase(`command_${databases}`);
  // The cluster trusts everybody; the password is there to be printed by mistake.
  server = url.replace('postgres@', `postgres:${PASSWORD}@`);
  const db = openSqlite(join(folder, 'tolov.db'));
  await fill(db);
  await db.close();
});

interface Ran {
  code: number | null;
  out: string;
  all: string;
}

/** Killed once it says `killAt`. */
async function run(
  args: string[],
  { killAt, env = {} }: { killAt?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const out = text(child.stdout);
  const errors: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    errors.push(line);
    if (killAt !== undefined && line.includes(killAt)) child.kill('SIGKILL');
  }
  await ended;
  return { code: child.exitCode, out: await out, all: `${await out}\n${errors.join('\n')}` };
}

it('copies, prints a table and what comes next, and never the password', async () => {
  const ran = await run(['--from', file, '--to', server]);
  expect(ran.all).not.toContain(PASSWORD);
  expect(ran.code).toBe(0);
  expect(ran.out).toMatch(
    /^Copied .*tolov\.db to PostgreSQL 127\.0\.0\.1:\d+\/command_\d+: \d+ rows/,
  );
  expect(ran.out).toMatch(/^ {2}users +9$/m);
  expect(ran.out).toContain('The books add up: 18 entries');
  expect(ran.out).toContain('The chain of seals ends at entry 17');
  expect(ran.out).toContain('1. Let DATABASE_URL name PostgreSQL 127.0.0.1');
});

it('takes the target from DATABASE_URL', async () => {
  const ran = await run(['--from', file], { env: { DATABASE_URL: server } });
  expect([ran.code, ran.out.split('\n')[0]]).toEqual([0, expect.stringContaining('command_')]);
});

it('killed before the end, it leaves nothing in PostgreSQL and can be run again', async () => {
  const killed = await run(['--from', file, '--to', server], { killAt: 'comparing users' });
  expect([killed.code, killed.out]).toEqual([null, '']);
  expect((await run(['--from', file, '--to', server])).out).toMatch(/^Copied /);
  expect((await run(['--from', file, '--to', server])).out).toContain('Nothing was written.');
});

it('killed before the end, it leaves nothing in a file and can be run again', async () => {
  await run(['--from', file, '--to', server]);
  const back = `file:${join(folder, 'back.db')}`;
  const killed = await run(['--from', server, '--to', back], { killAt: 'comparing users' });
  expect([killed.code, killed.out]).toEqual([null, '']);
  const db = openSqlite(join(folder, 'back.db'));
  expect(await db.read.select().from(users)).toEqual([]);
  await db.close();
  expect((await run(['--from', server, '--to', back])).out).toMatch(/^Copied PostgreSQL /);
});

it('ends with 1 and a sentence when something else is in the target', async () => {
  await run(['--from', file, '--to', server]);
  const db = openSqlite(join(folder, 'tolov.db'));
  await db.tx((tx) => tx.update(users).set({ lastName: 'changed' }));
  await db.close();
  const ran = await run(['--from', file, '--to', server]);
  expect(ran.all).toContain('/command_');
  expect(ran.all).toContain('is not empty (there are rows in accounts)');
  expect(ran.all).not.toContain(PASSWORD);
  expect([ran.code, ran.out]).toEqual([1, '']);
});

it.each([
  ["can't be reached", ['--to', `postgres://u:${PASSWORD}@127.0.0.1:1/db`], "can't be reached"],
  [
    'is no address',
    ['--to', `postgres://u:${PASSWORD}@[host/db`],
    '--to is not a PostgreSQL address',
  ],
  ['is not given', [], 'npm run db:copy -- --from'],
])('ends with 1 and a sentence when the target %s', async (_what, args, words) => {
  const ran = await run(['--from', file, ...args]);
  expect(ran.all).toContain(words);
  expect(ran.all).not.toContain(PASSWORD);
  expect([ran.code, ran.out]).toEqual([1, '']);
});
