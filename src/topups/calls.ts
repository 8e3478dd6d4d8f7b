/** How many calls a provider gets at once, whoever makes them. */
import pLimit, { type LimitFunction } from 'p-limit';
import type { Clock } from '../core/deps.ts';
import type { Metrics } from '../core/metrics.ts';
import type { Problem, Provider } from './provider.ts';

export interface CallQueue {
  /** Runs a call when the provider has a place for it; a queue that is too long is answered at once. */
  run<T extends { kind: string }>(
    provider: Provider,
    name: 'create' | 'check' | 'cancel' | 'health' | 'receipt',
    call: () => Promise<T>,
  ): Promise<T | Problem>;
}

const MAX_WAITING = 300;

/**
 * Together with the longest call this is less than a handler has: nobody would be there any more to hear the answer,
 * and a call that nobody waits for only makes others wait.
 */
const LONGEST_WAIT_MS = 30_000;

/** The provider has said and done nothing, so this is no reason to stay away from it. */
const tooMany: Problem = { kind: 'problem', code: 'busy_here', detail: 'our own queue is full' };
const tooLate: Problem = {
  kind: 'problem',
  code: 'busy_here',
  detail: 'waited too long for its turn',
};

export function createCallQueue({
  clock,
  metrics,
  partOf = (total) => total,
}: {
  clock: Clock;
  metrics: Metrics;
  /** What of a limit is this process's, where there are several. */
  partOf?: (total: number) => number;
}): CallQueue {
  const limits = new Map<string, LimitFunction>();

  function limitOf(provider: Provider): LimitFunction {
    let limit = limits.get(provider.id);
    if (!limit) {
      limit = pLimit(provider.concurrency);
      limits.set(provider.id, limit);
    }
    // Asked each time, because processes come and go.
    const places = partOf(provider.concurrency);
    if (limit.concurrency !== places) limit.concurrency = places;
    return limit;
  }

  return {
    async run(provider, name, call) {
      const limit = limitOf(provider);
      if (limit.pendingCount >= MAX_WAITING) return tooMany;
      const queuedAt = clock.elapsed();
      return await limit(async () => {
        const startedAt = clock.elapsed();
        if (startedAt - queuedAt > LONGEST_WAIT_MS) return tooLate;
        const outcome = await call();
        metrics.providerCall({
          provider: provider.id,
          call: name,
          outcome: outcomeName(outcome),
          durationMs: clock.elapsed() - startedAt,
        });
        return outcome;
      });
    },
  };
}

function outcomeName(outcome: { kind: string; code?: unknown }): string {
  return outcome.kind === 'problem' ? String(outcome.code) : outcome.kind;
}
