import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SQLITE_ONLY, testsByEngine } from './engines.ts';

const ALL = globSync([
  'src/**/*.test.ts',
  'sandbox/**/*.test.ts',
  'test/**/*.test.ts',
  'simulate/**/*.test.ts',
]);
const { sqlite, postgres } = testsByEngine(ALL);

test('whatever has the database in its reach runs on PostgreSQL, also by way of a fixture', () => {
  for (const each of ['src/ledger/ledger.test.ts', 'src/bills/crash.test.ts', 'test/topup.test.ts'])
    expect([sqlite.includes(each), postgres.includes(each)]).toEqual([true, true]);
});

test('what needs no database runs once, and so does what starts a PostgreSQL itself', () => {
  expect(postgres).not.toContain('src/core/money.test.ts');
  expect(postgres).toContain('src/testing/postgres-cluster.test.ts');
  expect(sqlite).not.toContain('src/testing/postgres-cluster.test.ts');
});

test('every test runs somewhere', () => {
  expect(ALL.filter((each) => !sqlite.includes(each) && !postgres.includes(each))).toEqual([]);
});

test.each(Object.keys(SQLITE_ONLY))('%s is named because it would run on PostgreSQL', (path) => {
  const named = { ...SQLITE_ONLY };
  delete named[path];
  const without = testsByEngine(ALL, named).postgres;
  expect(without.length).toBeGreaterThan(postgres.length);
});
