/**
 * How fast the sandbox's time passes.
 *
 * Time does not simply run n times as fast: at 4320×, a lease of a minute would be over in 14 ms and a call to a
 * payment system would time out before it left the machine. It goes with the machine's clock while anybody works or
 * waits for an answer, and leaps over the time in between, in which only the wall clock would move. So every time
 * limit and every lease holds what it promises at any rate, and a rate is what it comes to on average: a machine that
 * can't keep up makes time slower and breaks nothing.
 *
 * The program says when it rests (`rest.ts`), and only then is time moved on: the world's first, then the program's.
 */
import type { Clock } from '../../src/core/deps.ts';
import { createMovingClock, type MovingClock } from './moving-clock.ts';

export interface TimeKeeper {
  clock: MovingClock;
  /** How many times as fast as the machine's clock. */
  rate(): number;
  setRate(rate: number): void;
  /** So fast that `until` comes in about 5 s, then on with the rate there was, or with the one set meanwhile. */
  hurry(until: number): void;
  /** Everything rests: moves time on by what the rate has earned. Returns the time. */
  leap(): number;
  /** Calls `listener` when the rate has changed. Returns the function that ends it. */
  onRate(listener: () => void): () => void;
}

/** The longest leap: time that was spent working is not made up for all at once. */
const LONGEST_LEAP_REAL_MS = 150;
const HURRY_MS = 5000;
const LEAST_HURRY = 120;
const FASTEST = 4320;

export function createTimeKeeper(real: Clock, startAt: number): TimeKeeper {
  const clock = createMovingClock(real, startAt);
  const listeners = new Set<() => void>();
  let chosen = 1;
  let hurry: { rate: number; until: number } | null = null;
  let leaptAt = real.now();

  const rate = (): number => Math.max(chosen, hurry?.rate ?? 1);
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const earned = (): number => {
    const now = real.now();
    const passedMs = Math.min(LONGEST_LEAP_REAL_MS, Math.max(0, now - leaptAt));
    leaptAt = now;
    return passedMs * (rate() - 1);
  };

  return {
    clock,
    rate,
    setRate: (wanted) => {
      chosen = wanted;
      hurry = null;
      leaptAt = real.now();
      changed();
    },
    hurry: (until) => {
      const leftMs = until - clock.now();
      if (leftMs <= 0) return;
      const fast = Math.min(FASTEST, Math.max(LEAST_HURRY, leftMs / HURRY_MS));
      hurry = { rate: Math.round(fast), until: Math.max(until, hurry?.until ?? 0) };
      leaptAt = real.now();
      changed();
    },
    leap: () => {
      const to = clock.now() + earned();
      clock.moveTo(to);
      if (hurry && clock.now() >= hurry.until) {
        hurry = null;
        changed();
      }
      return clock.now();
    },
    onRate: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
