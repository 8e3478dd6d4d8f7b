import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  lstatSync,
  chmodSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writePrivately } from './write-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tolov-write-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('a new file is for its owner alone, and nothing is left beside it', () => {
  const path = join(folder, '.env');
  writePrivately(path, 'A=1\n');
  expect(readFileSync(path, 'utf8')).toBe('A=1\n');
  expect(modeOf(path)).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['.env']);
});

test('a file that is there keeps what its group may, and loses what everybody may', () => {
  const path = join(folder, '.env');
  writeFileSync(path, 'A=1\n');
  chmodSync(path, 0o644);
  writePrivately(path, 'A=2\n');
  expect(readFileSync(path, 'utf8')).toBe('A=2\n');
  expect(modeOf(path)).toBe(0o640);
});

test('a link stays one: what it leads to is replaced', () => {
  const target = join(folder, 'settings');
  mkdirSync(join(folder, 'release'));
  const path = join(folder, 'release', '.env');
  writeFileSync(target, 'A=1\n');
  symlinkSync('../settings', path);
  writePrivately(path, 'A=2\n');
  expect(readFileSync(target, 'utf8')).toBe('A=2\n');
  expect(lstatSync(path).isSymbolicLink()).toBe(true);
});

test('what can not be written leaves what was there', () => {
  const path = join(folder, '.env');
  mkdirSync(path);
  expect(() => writePrivately(path, 'A=1\n')).toThrow('EISDIR');
  expect(readdirSync(folder)).toEqual(['.env']);
  expect(() => writePrivately(join(folder, 'nowhere', '.env'), 'A=1\n')).toThrow('ENOENT');
});
