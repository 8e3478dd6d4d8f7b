/** What the workflows of the repository promise: nothing foreign that can change by itself, and no right to write. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('../.github/workflows/', import.meta.url);
const workflows = readdirSync(FOLDER).map((name) => {
  return { name, text: readFileSync(new URL(name, FOLDER), 'utf8') };
});

/** A full commit, and beside it the version it is, for who reads or updates it. */
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

it('there is a workflow', () => {
  expect(workflows.map(({ name }) => name)).toContain('ci.yml');
});

describe.each(workflows)('$name', ({ text }) => {
  const lines = text.split('\n').map((line) => line.trim());

  it('takes every action by its full commit', () => {
    const used = lines.filter((line) => /^(?:- )?uses\b/.test(line));
    const named = used.map((line) => line.replace(/^(?:- )?uses:\s*/, ''));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((each) => !PINNED.test(each))).toEqual([]);
  });

  it('may read the repository and nothing else, and keeps no token', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
    expect(lines.filter((line) => /^permissions\b/.test(line))).toHaveLength(1);
    expect(lines.filter((line) => /\bwrite(?:-all)?\b|secrets\./.test(line))).toEqual([]);
    const checkouts = lines.filter((line) => line.includes('actions/checkout@'));
    const without = lines.filter((line) => line === 'persist-credentials: false');
    expect(without).toHaveLength(checkouts.length);
    // That event runs a stranger's change with the repository's rights.
    expect(text).not.toContain('pull_request_target');
  });

  it('ends by itself', () => {
    const jobs = lines.filter((line) => line.startsWith('runs-on:'));
    expect(lines.filter((line) => /^timeout-minutes: \d+$/.test(line))).toHaveLength(jobs.length);
  });
});
