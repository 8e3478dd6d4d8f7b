import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('slim.mjs', import.meta.url));
const HERE = `${process.platform}-${process.arch}`;

function installed(files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-slim-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

function slim(folder: string): { status: number | null; left: string[]; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' });
  const left = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  return { status, stderr, left: left.map(({ name }) => name).toSorted() };
}

test('leaves what runs, and the binary of this system', () => {
  const folder = installed([
    `better-sqlite3/prebuilds/${HERE}.node`,
    'better-sqlite3/prebuilds/plan9-mips.node',
    'better-sqlite3/deps/sqlite3.c',
    'better-sqlite3/lib/index.js',
    'some/index.js',
    'some/index.js.map',
    'some/index.d.ts',
    'some/src/index.ts',
    'some/package.json',
    'some/LICENSE',
  ]);
  const { status, left } = slim(folder);
  expect(status).toBe(0);
  expect(left).toEqual(
    [`${HERE}.node`, 'index.js', 'index.js', 'package.json', 'LICENSE'].toSorted(),
  );
});

test('removes nothing where there is no binary for this system', () => {
  const files = ['better-sqlite3/prebuilds/plan9-mips.node', 'some/index.d.ts'];
  const { status, left, stderr } = slim(installed(files));
  expect(status).toBe(1);
  expect(stderr).toContain(`there is no binary for ${HERE}`);
  expect(left).toEqual(['index.d.ts', 'plan9-mips.node']);
});

test('leaves a tree where somebody develops as it is, and knows Node and types from it', () => {
  const files = [`better-sqlite3/prebuilds/${HERE}.node`, 'node/bin/node', '@types/pg/index.d.ts'];
  const developing = slim(installed([...files, 'vitest/index.js', 'some/index.d.ts']));
  expect(developing.status).toBe(1);
  expect(developing.stderr).toContain('is for development (vitest)');
  expect(developing.left).toContain('index.d.ts');
  expect(slim(installed(files))).toMatchObject({ status: 0, left: [`${HERE}.node`, 'node'] });
});
