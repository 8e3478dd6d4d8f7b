/**
 * Plants classic bugs one at a time in a copy of the program and shows that the tests notice each. Ends with 1 when
 * one stays unnoticed, or when a change does not fit the code any more. `npm run mutations -- <part of a name>`
 * takes only some.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Mutation, MUTATIONS } from './list.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The files git knows, and those it would, in a folder of their own. */
function copyProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-mutations-'));
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const name of new Set(listed.split('\0').filter((each) => each !== ''))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(ROOT, name), join(folder, name));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

interface Run {
  failed: boolean;
  /** The first test that failed, as the runner names it. */
  noticedBy: string | null;
}

async function runTests(folder: string, tests: readonly string[]): Promise<Run> {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const runner = spawn(
    process.execPath,
    [vitest, 'run', '--bail=1', '--reporter=verbose', ...tests],
    {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, to be ended as one.
      detached: true,
    },
  );
  const interrupted = (): void => {
    endGroup(runner);
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  const written = Promise.all([text(runner.stderr), text(runner.stdout)]);
  const [status] = (await once(runner, 'exit')) as [number | null];
  process.removeListener('SIGINT', interrupted);
  // The first failure ends the runner, and not the programs that other tests had started.
  endGroup(runner);
  const [errors, output] = await written;
  const noticedBy = /^\s*FAIL\s+(.+)$/m.exec(errors + output)?.[1]?.trim() ?? null;
  return { failed: status !== 0, noticedBy };
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}

/** Applies `work` to the copy with the bug in it, and takes the bug out again. */
async function withBug<T>(
  folder: string,
  { name, changes }: Mutation,
  work: () => Promise<T>,
): Promise<T> {
  const before = new Map<string, string>();
  try {
    for (const { file, from, to } of changes) {
      const path = join(folder, file);
      const code = readFileSync(path, 'utf8');
      if (code.split(from).length !== 2) {
        throw new Error(`"${name}": ${file} does not hold the text to change exactly once`);
      }
      if (!before.has(path)) before.set(path, code);
      writeFileSync(
        path,
        code.replace(from, () => to),
      );
    }
    return await work();
  } finally {
    for (const [path, code] of before) writeFileSync(path, code);
  }
}

async function main(): Promise<void> {
  const wanted = process.argv[2]?.toLowerCase() ?? '';
  const chosen = MUTATIONS.filter(({ name }) => name.toLowerCase().includes(wanted));
  const folder = copyProgram();
  try {
    const unnoticed: string[] = [];
    for (const mutation of chosen) {
      const { failed, noticedBy } = await withBug(folder, mutation, () =>
        runTests(folder, mutation.tests),
      );
      const seen = failed && noticedBy !== null;
      if (!seen) unnoticed.push(mutation.name);
      console.log(`${seen ? 'noticed  ' : 'UNNOTICED'}  ${mutation.name}: ${mutation.harm}`);
      if (noticedBy !== null) console.log(`           by ${noticedBy}`);
    }
    console.log(`${chosen.length - unnoticed.length} of ${chosen.length} bugs were noticed`);
    process.exitCode = unnoticed.length === 0 && chosen.length > 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
