/**
 * deploy/update.sh for real, in a folder of its own: a repository of a tiny program, and a systemctl that starts and ends
 * it as a unit would.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { patience } from '../src/testing/patience.ts';

const SCRIPT = fileURLToPath(new URL('../deploy/update.sh', import.meta.url));
const TIME_LIMIT_MS = patience(240_000);

const SYSTEMCTL = `#!/usr/bin/env bash
# The unit: one process, whose number stands in a file.
pid=$TOLOV_ROOT/pid
case $1 in
  restart)
    if [[ -f $pid ]]; then kill "$(cat "$pid")" 2>/dev/null; fi
    cd "$TOLOV_ROOT/current" || exit 1
    node program.mjs >>"$TOLOV_ROOT/out" 2>&1 9>&- & echo $! >"$pid"
    ;;
  is-failed) ! kill -0 "$(cat "$pid")" 2>/dev/null ;;
esac
`;

/** Answers with its version; waits for the port, which the one before it may still have. */
const program = (version: string): string => `
import { createServer } from 'node:http';
const server = createServer((request, answer) => answer.end('${version} ' + request.url));
server.on('error', () => setTimeout(() => server.listen(process.env.PORT, '127.0.0.1'), 50));
server.listen(process.env.PORT, '127.0.0.1');
`;

const GOOD = { 'migrations/sqlite/0000_tables.sql': 'CREATE TABLE a (b text);' };

let root: string;
let environment: Record<string, string>;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'update-'));
  const mine = root;
  onTestFinished(() => rmSync(mine, { recursive: true, force: true }));
  const port = await freePort();
  mkdirSync(join(root, 'bin'));
  writeFileSync(join(root, 'bin/systemctl'), SYSTEMCTL, { mode: 0o755 });
  const own = [join(root, 'bin'), dirname(process.execPath), process.env['PATH'] ?? ''];
  environment = {
    ...(process.env as Record<string, string>),
    PATH: own.join(delimiter),
    TOLOV_ROOT: root,
    TOLOV_URL: `http://127.0.0.1:${port}`,
    TOLOV_KEEP: '2',
    PORT: String(port),
    ...Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((who) => [
        [`GIT_${who}_NAME`, 'test'],
        [`GIT_${who}_EMAIL`, 'test@example.com'],
      ]),
    ),
  };
  git('init', '--quiet', join(root, 'source'));
  onTestFinished(() => void spawnSync('bash', ['-c', `kill "$(cat '${mine}/pid')"`]));
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function git(...args: string[]): string {
  const done = spawnSync('git', args, { env: environment, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout.trim();
}

/** Another version of the tiny program; resolves with its commit. */
function commit(version: string, files: Record<string, string> = {}): string {
  const source = join(root, 'source');
  const about = { name: 'tiny', version: '1.0.0', lockfileVersion: 3, packages: {} };
  const all = {
    'package.json': JSON.stringify({ name: about.name, version: about.version }),
    'package-lock.json': JSON.stringify(about),
    'program.mjs': program(version),
    ...GOOD,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(source, name)), { recursive: true });
    writeFileSync(join(source, name), text);
  }
  git('-C', source, 'add', '--all');
  git('-C', source, 'commit', '--quiet', '--message', version);
  return git('-C', source, 'rev-parse', 'HEAD');
}

async function update(...args: string[]): Promise<{ status: number; output: string }> {
  const child = spawn(SCRIPT, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const [status] = (await once(child, 'exit')) as [number];
  return { status, output };
}

const running = (): string => readlinkSync(join(root, 'current')).replace('releases/', '');

async function answer(): Promise<string> {
  return await (await fetch(`${environment['TOLOV_URL']}/health`)).text();
}

it(
  'puts releases side by side, switches to the newest, and keeps so many',
  async () => {
    const commits = ['one', 'two', 'three'].map((version) => commit(version));
    for (const each of commits) {
      expect(await update(each)).toMatchObject({
        status: 0,
        output: expect.stringContaining(each),
      });
      expect(running()).toBe(each);
    }
    expect(await answer()).toBe('three /health');
    expect(readlinkSync(join(root, 'current/.env'))).toBe('../../.env');
    expect(readdirSync(join(root, 'releases')).toSorted()).toEqual(commits.slice(1).toSorted());
    const again = await update(commits[2]!);
    expect(again).toMatchObject({ status: 0, output: expect.stringContaining('runs already') });
  },
  TIME_LIMIT_MS,
);

it(
  'goes back when the new one does not come up, and leaves all as it is when it can’t be installed',
  async () => {
    const good = commit('good');
    await update(good);
    const broken = commit('broken', { 'program.mjs': 'process.exit(1);' });
    const outcome = await update(broken);
    expect(outcome.output).toContain(`${good} runs again; ${broken} was not taken`);
    expect(outcome.status).toBe(1);
    expect(running()).toBe(good);
    expect(await answer()).toBe('good /health');

    const absent = commit('absent', { 'package.json': 'not JSON' });
    expect((await update(absent)).status).not.toBe(0);
    expect(readdirSync(join(root, 'releases'))).not.toContain(absent);
    expect(await answer()).toBe('good /health');
    expect(await update('no-such-tag')).toMatchObject({
      status: 1,
      output: expect.stringContaining('there is no "no-such-tag"'),
    });
  },
  TIME_LIMIT_MS,
);

it(
  'refuses a version whose tables the running one can’t use, unless it is told that there is no way back',
  async () => {
    const before = commit('before');
    await update(before);
    const allowed = (names: string[]) => ({
      'migrations/compatibility.json': JSON.stringify({ back: names, beside: [] }),
    });
    const added = { 'migrations/sqlite/0001_more.sql': 'ALTER TABLE a ADD COLUMN c text;' };
    const unsaid = commit('unsaid', { ...added, ...allowed([]) });
    expect(await update(unsaid)).toMatchObject({
      status: 1,
      output: expect.stringContaining('(sqlite/0001_more)'),
    });
    expect(await answer()).toBe('before /health');

    const harmless = commit('harmless', allowed(['sqlite/0001_more']));
    expect(await update(harmless)).toMatchObject({ status: 0 });
    // Its own word is not enough where the tables say otherwise.
    const dropped = { 'migrations/sqlite/0002_less.sql': 'ALTER TABLE a DROP COLUMN b;' };
    const less = commit('less', {
      ...dropped,
      ...allowed(['sqlite/0001_more', 'sqlite/0002_less']),
    });
    expect(await update(less)).toMatchObject({
      status: 1,
      output: expect.stringContaining('(sqlite/0002_less)'),
    });
    expect(await update('--no-way-back', less)).toMatchObject({ status: 0 });
    expect(await answer()).toBe('less /health');
    // And there really is none.
    expect(await update(harmless)).toMatchObject({ status: 1 });
    expect(running()).toBe(less);
  },
  TIME_LIMIT_MS,
);
