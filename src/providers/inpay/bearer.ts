/** inPAY's bearer token: fetched once for everybody, kept for 23 of its 24 hours. */
import type { Clock } from '../../core/deps.ts';
import type { SecretScrubber } from '../../core/secrets.ts';
import type { Priority, Problem } from '../../topups/provider.ts';

/** The token lives 24 hours and its answer names no end. */
const KEPT_MS = 23 * 3_600_000;
const URGENCY: Readonly<Record<Priority, number>> = {
  rare: 0,
  poll: 1,
  prompt: 2,
  create: 3,
  report: 4,
};

export type BearerOutcome = { kind: 'bearer'; token: string } | Problem;

export interface BearerCache {
  /** The token at hand, if any. Sends nothing. */
  cached(): string | null;
  /** The token at hand or a new one. However many ask at once, one request is sent. */
  get(priority: Priority): Promise<BearerOutcome>;
  /** Forgets `token`, unless it has been replaced already. */
  drop(token: string): void;
}

export function createBearerCache(options: {
  clock: Clock;
  secrets: SecretScrubber;
  fetchToken: (priority: Priority) => Promise<BearerOutcome>;
}): BearerCache {
  const { clock, secrets, fetchToken } = options;
  let current: { token: string; fetchedAt: number } | null = null;
  let running: { priority: Priority; outcome: Promise<BearerOutcome> } | null = null;

  const cached = (): string | null => {
    return current && clock.elapsed() - current.fetchedAt < KEPT_MS ? current.token : null;
  };

  const renew = async (priority: Priority): Promise<BearerOutcome> => {
    const fetchedAt = clock.elapsed();
    const outcome = await fetchToken(priority);
    if (outcome.kind === 'bearer') {
      secrets.register(outcome.token, { temporary: true });
      current = { token: outcome.token, fetchedAt };
    }
    return outcome;
  };

  const start = (priority: Priority): Promise<BearerOutcome> => {
    const outcome = renew(priority).finally(() => {
      running = null;
    });
    running = { priority, outcome };
    return outcome;
  };

  const get = async (priority: Priority): Promise<BearerOutcome> => {
    const token = cached();
    if (token !== null) return { kind: 'bearer', token };
    if (!running) return start(priority);
    const { outcome: shared, priority: theirs } = running;
    const outcome = await shared;
    // What the budget refuses to a poll it may still grant to a create.
    const denied = outcome.kind === 'problem' && outcome.code === 'budget_spent';
    return denied && URGENCY[theirs] < URGENCY[priority] ? get(priority) : outcome;
  };

  return {
    cached,
    get,
    drop: (token) => {
      if (current?.token === token) current = null;
    },
  };
}
