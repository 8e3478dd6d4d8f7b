import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const START = fileURLToPath(new URL('../start.mjs', import.meta.url));

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

describe('what is given', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tolov-start-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const start = (...args: string[]): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, [START, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'] },
      encoding: 'utf8',
    });

  it.each(['', '\uFEFF'])('a token that is the first line after "%s" is read', (mark) => {
    writeFileSync(join(folder, '.env'), `${mark}BOT_TOKEN=my-bot\nINPAY_MERCHANT_ID=1\n`);
    const { status, stderr } = start();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ {2}BOT_TOKEN: (?!is missing)/m);
    expect(stderr).toContain('INPAY_MERCHANT_TOKEN: is missing');
  });

  it('credentials without a token start nothing', () => {
    writeFileSync(join(folder, '.env'), 'PAYLOV_ACCESS_TOKEN=secret-of-paylov\n');
    const { status, stderr } = start();
    expect(status).toBe(1);
    expect(stderr).toContain('  BOT_TOKEN: is missing, although there are settings for real money');
    expect(stderr).not.toContain('secret-of-paylov');
    expect(readdirSync(folder)).toEqual(['.env']);
  });

  it('an .env that is no file is named, without a trace of the program', () => {
    mkdirSync(join(folder, '.env'));
    const { status, stderr } = start();
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^The settings file \.env can't be read \(EISDIR\): .*chmod 640 \.env"\.\n$/,
    );
  });

  it('a word that is mistyped starts nothing', () => {
    const { status, stderr } = start('--sanbox');
    expect(status).toBe(1);
    expect(stderr).toContain('npm start [-- --sandbox]');
    expect(readdirSync(folder)).toEqual([]);
  });
});
