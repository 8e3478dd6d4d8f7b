import { describe, expect, it, onTestFinished } from 'vitest';
import { startPostgres } from '../src/testing/postgres-cluster.ts';
import { SAFE_IN_MEMORY } from './postgres-store.ts';
import { run } from './run.ts';
import { FORMER_FAILURES } from './seeds.ts';
import type { Stage } from './stage.ts';

/** The machine may be busy; nothing is asserted about time. */
const PATIENCE_MS = 240_000;

const SHORT = { days: 0.12, users: 3 };

describe('the whole program under simulated time and faults', { timeout: PATIENCE_MS }, () => {
  it.each([101, 102])('seed %i ends with everything accounted for', async (seed) => {
    const { violations, story, figures } = await run({ seed, ...SHORT });
    expect({ violations, story }).toEqual({ violations: [], story: [] });
    expect(figures.exchanges).toBeGreaterThan(50);
  });

  it('goes the same way twice for one seed, and another way for another one', async () => {
    const first = await run({ seed: 103, ...SHORT });
    const again = await run({ seed: 103, ...SHORT });
    const other = await run({ seed: 104, ...SHORT });
    expect(again.hash).toBe(first.hash);
    expect(other.hash).not.toBe(first.hash);
  });

  it('does so on PostgreSQL, whose connections break and which crashes', async () => {
    const postgres = await startPostgres(SAFE_IN_MEMORY);
    onTestFinished(() => postgres.remove());
    const options = { seed: 303, days: 0.02, users: 2, tell: 'database', postgres };
    const first = await run(options);
    expect(first.violations).toEqual([]);
    expect(first.figures.exchanges).toBeGreaterThan(50);
    expect(first.story.join('\n')).toMatch(/cut after commit[^]*crash/);
    const again = await run(options);
    expect(again.hash).toBe(first.hash);
  });

  it.each(FORMER_FAILURES)('does not fail again: $found', async (options) => {
    const { violations, story } = await run(options);
    expect({ violations, story }).toEqual({ violations: [], story: [] });
  });

  it('would say so if a payment were forgotten, and tell its story', async () => {
    const { violations, story } = await run({ seed: 111, ...SHORT, meddle: payUnseen });
    expect(violations.map(({ what }) => what).join('\n')).toMatch(/was paid, order \w+ is expired/);
    expect(story.length).toBeGreaterThan(3);
  });
});

/** Somebody pays after the program has stopped looking. */
function payUnseen({ books, truth, world }: Stage): void {
  for (const { provider, provider_order: id, state } of books.orders()) {
    const order = state === 'expired' ? truth.order(`${provider}/${id}`) : undefined;
    if (!order || order.state === 'paid') continue;
    world.providers.provider(order.provider).pay(order.id);
    return;
  }
  throw new Error('choose a seed with an order that nobody paid');
}
