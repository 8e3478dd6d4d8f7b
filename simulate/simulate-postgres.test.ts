import { expect, it, onTestFinished } from 'vitest';
import { patience } from '../src/testing/patience.ts';
import { startPostgres } from '../src/testing/postgres-cluster.ts';
import { SAFE_IN_MEMORY } from './postgres-store.ts';
import { run } from './run.ts';

/** The machine may be busy; nothing is asserted about time. */
const PATIENCE_MS = patience(240_000);

it(
  'the simulation goes the same way twice on PostgreSQL, whose connections break and which crashes',
  { timeout: PATIENCE_MS },
  async () => {
    const postgres = await startPostgres(SAFE_IN_MEMORY);
    onTestFinished(() => postgres.remove());
    const options = { seed: 303, days: 0.02, users: 2, tell: 'database', postgres };
    const first = await run(options);
    expect(first.violations).toEqual([]);
    expect(first.figures.exchanges).toBeGreaterThan(50);
    expect(first.story.join('\n')).toMatch(/cut after commit[^]*crash/);
    const again = await run(options);
    expect(again.hash).toBe(first.hash);
  },
);
