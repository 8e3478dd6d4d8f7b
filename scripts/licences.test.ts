import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('licences.mjs', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tolov-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
}

/** A project whose lock file names packages, and which has those installed that have a manifest. */
function project(packages: Record<string, { entry?: object; manifest?: object }>): string {
  const entries = Object.entries(packages).map(([name, { entry, manifest }]) => {
    const path = `node_modules/${name}`;
    if (manifest) {
      mkdirSync(join(folder, path), { recursive: true });
      writeFileSync(join(folder, path, 'package.json'), JSON.stringify(manifest));
    }
    return [path, { version: '1.0.0', ...entry }];
  });
  const lock = { packages: { '': { name: 'project' }, ...Object.fromEntries(entries) } };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  return folder;
}

it('every package that runs in production is under a licence that was allowed', () => {
  const { status, stdout, stderr } = run();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^grammy@.*: MIT$/m);
  expect(stdout).toMatch(/^\d+ packages, 0 refused$/m);
});

it.each([
  ['GPL-3.0-only'],
  [''],
  ['SEE LICENSE IN LICENSE.md'],
  ['MIT AND GPL-3.0-only'],
  ['UNLICENSED'],
])('refuses "%s" and names the package', (license) => {
  const { status, stderr } = run(project({ some: { manifest: { license } } }));
  expect(status).toBe(1);
  expect(stderr).toContain(`some is under "${license}"`);
});

it.each<[object]>([
  [{ license: '(MIT OR GPL-3.0-only)' }],
  [{ license: 'Apache-2.0 AND MIT' }],
  [{ license: { type: 'ISC' } }],
  [{ licenses: [{ type: 'GPL-2.0' }, { type: 'MIT' }] }],
])('allows %j', (manifest) => {
  expect(run(project({ some: { manifest } })).status).toBe(0);
});

it('leaves out what is for development alone, and asks the lock file about other systems', () => {
  const { status, stdout } = run(
    project({
      tool: { entry: { dev: true }, manifest: { license: 'GPL-3.0-only' } },
      windows: { entry: { optional: true, license: 'MIT' } },
    }),
  );
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: 'windows@1.0.0: MIT\n1 packages, 0 refused\n',
  });
});

it('does not pass over what is not installed', () => {
  expect(run(project({ missing: {} })).status).toBe(1);
});
