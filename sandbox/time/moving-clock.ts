/** A clock that goes with the machine's and can be moved on: the sandbox's time. */
import type { Clock } from '../../src/core/deps.ts';

export interface MovingClock extends Clock {
  /** Brings time to `at`, never back. Whoever's hour has come meanwhile wakes, earliest hour first. */
  moveTo(at: number): void;
}

interface Sleeper {
  at: number;
  wake: () => void;
}

/** Timers of the machine hold no more than 24 days. */
const LONGEST_TIMER_MS = 20 * 86_400_000;

/** Begins at `startAt`. When the machine's clock is set back, this one stands still instead. */
export function createMovingClock(real: Clock, startAt: number): MovingClock {
  let ahead = startAt - real.now();
  let latest = startAt;
  const sleepers = new Set<Sleeper>();
  let timer: { at: number; stop: AbortController } | null = null;

  const now = (): number => {
    latest = Math.max(latest, real.now() + ahead);
    return latest;
  };

  function wakeDue(): void {
    timer?.stop.abort();
    timer = null;
    const due = [...sleepers].filter(({ at }) => at <= now()).toSorted((a, b) => a.at - b.at);
    for (const sleeper of due) {
      sleepers.delete(sleeper);
      sleeper.wake();
    }
    setTimer();
  }

  /** One timer for all: moving time on is then one step, however many sleep. */
  function setTimer(): void {
    const first = Math.min(...[...sleepers].map(({ at }) => at));
    if (first === Infinity || timer?.at === first) return;
    timer?.stop.abort();
    const stop = new AbortController();
    timer = { at: first, stop };
    const waitMs = Math.min(LONGEST_TIMER_MS, Math.max(0, first - now()));
    real.sleep(waitMs, stop.signal).then(wakeDue, () => undefined);
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper: Sleeper = {
      at: now() + Math.max(0, ms),
      wake: () => {
        signal?.removeEventListener('abort', cutShort);
        resolve();
      },
    };
    function cutShort(): void {
      sleepers.delete(sleeper);
      if (timer?.at === sleeper.at) wakeDue();
      reject(new DOMException('The sleep was cut short.', 'AbortError'));
    }
    if (signal?.aborted) {
      cutShort();
      return promise;
    }
    signal?.addEventListener('abort', cutShort, { once: true });
    sleepers.add(sleeper);
    setTimer();
    return promise;
  }

  return {
    now,
    // Nobody sets this clock, so a leap counts as time that has passed.
    elapsed: () => now() - startAt,
    sleep,
    moveTo: (at) => {
      const byMs = at - now();
      if (byMs <= 0) return;
      ahead += byMs;
      wakeDue();
    },
  };
}
