import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadEnvFile } from './env-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tolov-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  delete process.env.TOLOV_TEST_NEW;
  delete process.env.TOLOV_TEST_OTHER;
  rmSync(folder, { recursive: true });
});

it('adds what the file sets and overrides nothing, not even an empty variable', () => {
  const path = join(folder, '.env');
  writeFileSync(
    path,
    '# comment\nTOLOV_TEST_NEW="a b"\nTOLOV_TEST_OLD=file\nTOLOV_TEST_EMPTY=file\n',
  );
  vi.stubEnv('TOLOV_TEST_OLD', 'real');
  vi.stubEnv('TOLOV_TEST_EMPTY', '');
  expect(loadEnvFile(path)).toBe(true);
  expect(process.env.TOLOV_TEST_NEW).toBe('a b');
  expect(process.env.TOLOV_TEST_OLD).toBe('real');
  expect(process.env.TOLOV_TEST_EMPTY).toBe('');
});

it('reads the first setting also after the mark that editors of Windows put before it', () => {
  const path = join(folder, '.env');
  writeFileSync(path, '\uFEFFTOLOV_TEST_NEW=first\r\nTOLOV_TEST_OTHER=x\r\n');
  expect(loadEnvFile(path)).toBe(true);
  expect(process.env.TOLOV_TEST_NEW).toBe('first');
  expect(process.env['\uFEFFTOLOV_TEST_NEW']).toBeUndefined();
});

it('refuses what is no UTF-8', () => {
  const path = join(folder, '.env');
  writeFileSync(path, Buffer.from('\uFEFFTOLOV_TEST_NEW=first\r\n', 'utf16le'));
  expect(() => loadEnvFile(path)).toThrow(`${path} is no text in UTF-8: save it as UTF-8.`);
});

it('does without a file', () => {
  expect(loadEnvFile(join(folder, '.env'))).toBe(false);
});

it('says so when the file cannot be read', () => {
  const path = join(folder, '.env');
  mkdirSync(path);
  expect(() => loadEnvFile(path)).toThrow(`The settings file ${path} can't be read (EISDIR)`);
});
