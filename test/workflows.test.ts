/** What the workflows of the repository promise: nothing foreign that can change by itself, and no right that is not needed. */
import { readdirSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { describe, expect, it } from 'vitest';

// GitHub's parser imports its own JSON as bundlers take it, and Node does not.
const hooks = registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');
hooks.deregister();

const FOLDER = new URL('../.github/workflows/', import.meta.url);
const workflows = readdirSync(FOLDER).map((name) => {
  return { name, text: readFileSync(new URL(name, FOLDER), 'utf8') };
});

/** A full commit, and beside it the version it is, for who reads or updates it. */
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

it('there are workflows', () => {
  const names = workflows.map(({ name }) => name);
  expect(names.toSorted()).toEqual(['ci.yml', 'codeql.yml', 'release.yml']);
});

/** What single jobs may write, for what they are there for: to publish the image and the release, to report what was found. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  'release.yml': ['contents: write', 'packages: write', 'packages: write'],
  'codeql.yml': ['security-events: write'],
};

const errorsIn = (name: string, content: string): string[] =>
  parseWorkflow({ name, content }, new NoOperationTraceWriter())
    .context.errors.getErrors()
    .map(({ message }) => message);

it('a workflow that GitHub would refuse is noticed', () => {
  const [first] = workflows;
  expect(errorsIn('broken.yml', (first?.text ?? '').replace('runs-on:', 'runs-at:'))).not.toEqual(
    [],
  );
});

describe.each(workflows)('$name', ({ name, text }) => {
  it('is what GitHub takes', () => {
    expect(errorsIn(name, text)).toEqual([]);
  });

  const lines = text.split('\n').map((line) => line.trim());

  it('takes every action by its full commit', () => {
    const used = lines.filter((line) => /^(?:- )?uses\b/.test(line));
    const named = used.map((line) => line.replace(/^(?:- )?uses:\s*/, ''));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((each) => !PINNED.test(each))).toEqual([]);
  });

  it('may read the repository, and write what single jobs are there for; and keeps no token', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
    const writing = lines.filter((line) => /^[\w-]+: write(?:-all)?$/.test(line));
    expect(writing.toSorted()).toEqual(WRITES[name] ?? []);
    const jobs = text.match(/^ {4}permissions:/gm) ?? [];
    expect(jobs.length).toBeLessThanOrEqual(writing.length);
    expect(lines.filter((line) => /secrets\.|write-all/.test(line))).toEqual([]);
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
