/** Finds out when nothing is left to do until the next timer: only then may time leap (see time-keeper.ts). */
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/core/deps.ts';
import type { CallsUnderWay } from './calls-under-way.ts';

type Calls = Pick<CallsUnderWay, 'any' | 'none'>;

/** After so many turns of the event loop, ordinary chains of promises and commits have ended. */
const TURNS = 50;

/** Between two leaps, so that a screen can follow and a processor rests too. */
const PAUSE_MS = 40;

/**
 * Calls `atRest` again and again until `stop` aborts, each time when the process does nothing and waits for nobody.
 * Looks for rest only once `wanted` has resolved.
 */
export async function eachRest(
  options: { real: Clock; calls: Calls; stop: AbortSignal; wanted: () => Promise<void> },
  atRest: () => Promise<void>,
): Promise<void> {
  const { real, calls, stop, wanted } = options;
  while (!stop.aborted) {
    await wanted();
    await real.sleep(PAUSE_MS, stop).catch(() => undefined);
    await untilRest(calls);
    if (!stop.aborted) await atRest();
  }
}

/** Resolves when no call waits for an answer and the event loop has had its turns without one beginning. */
export async function untilRest(calls: Calls): Promise<void> {
  for (let quiet = 0; quiet < TURNS; quiet += 1) {
    await turn();
    if (!calls.any()) continue;
    await calls.none();
    quiet = 0;
  }
}
