import { globSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { chosen, LONG } from './src/testing/choice.ts';
import { testsByEngine } from './src/testing/engines.ts';
import { patience } from './src/testing/patience.ts';
import { findPostgres, HOW_TO_GET_POSTGRES } from './src/testing/postgres-binaries.ts';
import { SlowFirst } from './src/testing/sequence.ts';

// Which run on which engine, and which are long: see there.
const tests = chosen(
  testsByEngine(globSync('{src,sandbox,test,scripts,simulate}/**/*.test.ts')),
  process.env['TESTS'],
);

const sqlite = { extends: true, test: { name: 'sqlite', include: tests.sqlite } } as const;
const postgres = {
  extends: true,
  test: {
    name: 'postgres',
    include: tests.postgres,
    globalSetup: './src/testing/postgres-setup.ts',
  },
} as const;

const hasPostgres = findPostgres() !== undefined || process.env['REQUIRE_POSTGRES'] === '1';
if (!hasPostgres) {
  console.warn(`\n!!! SKIPPED: all tests on PostgreSQL. ${HOW_TO_GET_POSTGRES}\n`);
}

if (process.env['TESTS'] === 'quick') {
  console.log(`\nLeft to npm run test:ci: ${Object.keys(LONG).join(', ')}\n`);
}

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    // Loading the program anew for each file takes longer than most of their tests.
    isolate: false,
    // Most of what a worker needs to load the program would else be spent on looking up where its packages are.
    execArgv: ['--import', new URL('src/core/quick-imports.mjs', import.meta.url).href],
    // Tests wait more than they work: one more than the two processors of a small machine.
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    // What hangs is found all the same; a machine with other work must not fail what is only slow.
    testTimeout: patience(60_000),
    hookTimeout: patience(60_000),
    projects: hasPostgres ? [sqlite, postgres] : [sqlite],
  },
});
