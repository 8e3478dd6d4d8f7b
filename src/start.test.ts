import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const START = fileURLToPath(new URL('start.mjs', import.meta.url));

function startUnder(version: string): { status: number | null; stderr: string } {
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  return spawnSync(process.execPath, ['--import', preload, START], { encoding: 'utf8' });
}

it.each(['16.20.2', '20.20.2', '23.11.0'])('Node %s is told what to do', (version) => {
  const { status, stderr } = startUnder(version);
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain(`This is Node ${version}`);
  expect(stderr).toMatch(/"npm ci".*"npm start"/);
});
