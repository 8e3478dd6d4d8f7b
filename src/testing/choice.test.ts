import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chosen, LONG, NO_MONEY, ON_BOTH } from './choice.ts';
import { testsByEngine } from './engines.ts';

const all = testsByEngine(globSync('{src,sandbox,test,scripts,simulate}/**/*.test.ts'));
const quick = chosen(all, 'quick');

const isLong = (path: string): boolean => Object.keys(LONG).some((name) => path.startsWith(name));

describe('npm test', () => {
  it('runs every test but the long ones, on one engine at least', () => {
    const every = new Set([...all.sqlite, ...all.postgres]);
    const taken = new Set([...quick.sqlite, ...quick.postgres]);
    expect([...every].filter((path) => !taken.has(path) && !isLong(path))).toEqual([]);
    expect([...taken].filter(isLong)).toEqual([]);
  });

  it.each(Object.keys(ON_BOTH))('runs what moves money in %s on both engines', (name) => {
    const isQuick = (path: string): boolean => !isLong(path) && !Object.hasOwn(NO_MONEY, path);
    const there = all.postgres.filter((path) => path.startsWith(name) && isQuick(path));
    expect(there).not.toEqual([]);
    expect(there.filter((path) => !quick.postgres.includes(path))).toEqual([]);
  });

  it.each(Object.keys(NO_MONEY))(
    'runs %s on SQLite alone, which is in one of those rooms',
    (name) => {
      expect(Object.keys(ON_BOTH).some((room) => name.startsWith(room))).toBe(true);
      expect(all.postgres).toContain(name);
      expect([quick.sqlite.includes(name), quick.postgres.includes(name)]).toEqual([true, false]);
    },
  );

  it('runs whatever starts a PostgreSQL of its own', () => {
    expect(quick.postgres).toContain('src/testing/postgres-cluster.test.ts');
  });

  it.each(Object.keys(LONG))('leaves out %s, which is there', (name) => {
    const every = [...all.sqlite, ...all.postgres];
    expect(every.filter((path) => path.startsWith(name))).not.toEqual([]);
  });
});

describe('.ci/run', () => {
  const ci = chosen(all, 'ci');

  it('runs every test there is, on one engine at least', () => {
    const every = [...new Set([...all.sqlite, ...all.postgres])];
    const taken = new Set([...ci.sqlite, ...ci.postgres]);
    expect(every.filter((path) => !taken.has(path))).toEqual([]);
  });

  it('runs whatever npm test does, where npm test does it', () => {
    expect(ci.sqlite).toEqual(expect.arrayContaining(quick.sqlite));
    expect(ci.postgres).toEqual(expect.arrayContaining(quick.postgres));
  });
});

it('without a choice everything runs, and a choice that is not known is refused', () => {
  expect(chosen(all, undefined)).toEqual(all);
  expect(chosen(all, 'all')).toEqual(all);
  expect(() => chosen(all, 'quik')).toThrow('TESTS is "quik"');
});
