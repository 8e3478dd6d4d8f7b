import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('test-summary.mjs', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tolov-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function summaryOf(report: object | null): { status: number | null; stdout: string } {
  const path = join(folder, 'report.json');
  if (report !== null) writeFileSync(path, JSON.stringify(report));
  return spawnSync(process.execPath, [SCRIPT, path], { encoding: 'utf8' });
}

const loaded = { status: 'passed', assertionResults: [{}] };
const broken = { status: 'failed', assertionResults: [] };

it.each([
  ['all passed', [loaded], { numPassedTests: 3, numFailedTests: 0 }, '3 passed, 0 failed\n', 0],
  ['some failed', [loaded], { numPassedTests: 2, numFailedTests: 1 }, '2 passed, 1 failed\n', 1],
  [
    'a file is broken',
    [loaded, broken],
    { numPassedTests: 2, numFailedTests: 0 },
    '2 passed, 1 failed\n',
    1,
  ],
  ['nothing ran', [], { numPassedTests: 0, numFailedTests: 0 }, '0 passed, 0 failed\n', 1],
])('says when %s', (_, testResults, counts, stdout, status) => {
  expect(summaryOf({ testResults, ...counts })).toMatchObject({ stdout, status });
});

it('counts tests that never started as a failure', () => {
  expect(summaryOf(null)).toMatchObject({ stdout: '0 passed, 1 failed\n', status: 1 });
});

it('names what passed only at the second try', () => {
  const second = { status: 'passed', fullName: 'a late page', failureMessages: ['Error: late'] };
  const first = { status: 'passed', fullName: 'a page', failureMessages: [] };
  const testResults = [{ status: 'passed', assertionResults: [first, second] }];
  const { status, stdout } = summaryOf({ testResults, numPassedTests: 2, numFailedTests: 0 });
  expect(stdout).toBe(
    '!!! PASSED AT THE SECOND TRY: a late page\n    Error: late\n2 passed, 0 failed\n',
  );
  expect(status).toBe(0);
});
