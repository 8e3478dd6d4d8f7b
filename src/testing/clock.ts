/** Time under a test's control. */
import type { Clock } from '../core/deps.ts';
import { untilRest } from './rest.ts';

export interface TestClock extends Clock {
  /**
   * Moves time on by `ms`, waking sleepers one by one in the order of their times. After each one the program gets
   * turns of the event loop, so that what it does next (and sleeps next) happens at the right time.
   */
  advance(ms: number): Promise<void>;
  /**
   * Gives the program `turns` turns of the event loop without moving time, counted anew whenever it had to wait for a
   * database that answers in its own time.
   */
  settle(turns?: number): Promise<void>;
  /**
   * Moves time on in steps until `done` holds; throws after `withinMs`. For what also waits for a real socket,
   * whose answer takes an unknown number of turns.
   */
  until(
    done: () => boolean | Promise<boolean>,
    options?: { stepMs?: number; withinMs?: number },
  ): Promise<void>;
  /** How many sleep now. */
  sleeping(): number;
  /** Somebody sets the machine's clock: `now` is another, and nobody's sleep is longer or shorter. */
  jump(byMs: number): void;
}

interface Sleeper {
  at: number;
  wake: () => void;
}

/** Turns after which a chain of promises and database commits of ordinary length has come to rest. */
const TURNS = 20;

const DEFAULT_START = Date.UTC(2026, 0, 5, 7);

/** A clock that stands still until the test moves it. */
export function createTestClock(startAt: number = DEFAULT_START): TestClock {
  let now = startAt;
  let wrongByMs = 0;
  const sleepers: Sleeper[] = [];

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortError());
        return;
      }
      const sleeper: Sleeper = {
        at: now + Math.max(0, ms),
        wake: () => {
          signal?.removeEventListener('abort', aborted);
          resolve();
        },
      };
      function aborted(): void {
        sleepers.splice(sleepers.indexOf(sleeper), 1);
        reject(abortError());
      }
      signal?.addEventListener('abort', aborted, { once: true });
      sleepers.push(sleeper);
    });
  }

  async function advance(ms: number): Promise<void> {
    const end = now + ms;
    await settle();
    for (let next = takeDue(sleepers, end); next; next = takeDue(sleepers, end)) {
      now = Math.max(now, next.at);
      next.wake();
      await settle();
    }
    now = end;
  }

  async function until(
    done: () => boolean | Promise<boolean>,
    { stepMs = 50, withinMs = 10 * 60 * 1000 } = {},
  ): Promise<void> {
    const end = now + withinMs;
    while (!(await done())) {
      if (now >= end) throw new Error(`Not done within ${withinMs} ms of the test's time.`);
      await advance(stepMs);
    }
  }

  return {
    now: () => now + wrongByMs,
    // Small, so that whoever takes one for the other is found out.
    elapsed: () => now - startAt + 1,
    sleep,
    advance,
    settle,
    until,
    sleeping: () => sleepers.length,
    jump: (byMs) => void (wrongByMs += byMs),
  };
}

/** Takes out the sleeper that wakes first, if that is by `end`. Of two at one moment the one that slept first. */
function takeDue(sleepers: Sleeper[], end: number): Sleeper | undefined {
  let first: Sleeper | undefined;
  for (const each of sleepers) if (each.at <= end && (!first || each.at < first.at)) first = each;
  if (first) sleepers.splice(sleepers.indexOf(first), 1);
  return first;
}

async function settle(turns = TURNS): Promise<void> {
  for (let i = 0; i < turns; i += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    const rest = untilRest();
    if (rest === null) continue;
    await rest;
    i = 0;
  }
}

function abortError(): DOMException {
  return new DOMException('The sleep was cut short.', 'AbortError');
}
