import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { DatabaseTakenError, lockDatabase } from './lock.ts';

const NOW = { patienceMs: 0 };
let path: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-'));
  path = join(folder, 'tolov.db');
  writeFileSync(path, '');
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

it('is held once, until it is freed', () => {
  const free = lockDatabase(path, NOW);
  expect(() => lockDatabase(path, NOW)).toThrow(DatabaseTakenError);
  expect(() => lockDatabase(path, NOW)).toThrow(`Another Tolov works on ${path}.`);
  free();
  lockDatabase(path, NOW)();
});

it('is one, by whatever name the file is called', () => {
  const other = `${path}.link`;
  symlinkSync(path, other);
  const free = lockDatabase(path, NOW);
  expect(() => lockDatabase(other, NOW)).toThrow(DatabaseTakenError);
  free();
});

it('ends with its process, also with one that is killed', async () => {
  const script = `import { lockDatabase } from '${import.meta.resolve('./lock.ts')}';
    lockDatabase(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  expect(() => lockDatabase(path, NOW)).toThrow(DatabaseTakenError);
  child.kill('SIGKILL');
  await exited;
  lockDatabase(path, NOW)();
});

it('nobody else may read or write it', () => {
  lockDatabase(path, NOW)();
  expect(statSync(`${path}-lock`).mode & 0o777).toBe(0o600);
});
