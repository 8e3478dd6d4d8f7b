/**
 * The program's time. It is the machine's as long as that goes evenly. When the machine's clock jumps, nobody knows yet
 * whether it was wrong before or is wrong now: the program goes on by its own count, and follows only once the clock has
 * stayed where it jumped to. So a clock that is days ahead for a minute ends no order, frees no sum and makes nothing
 * wait, in memory or in a table.
 */
import type { Clock } from '../deps.ts';

/** Steps of a time server are followed at once; no lease of ours is so short. */
const FOLLOWED_MS = 5000;

/** How long the clock must stay at its new time before it is believed: the second reading. */
export const BELIEVED_AFTER_MS = 10 * 60_000;

/**
 * So long after a start there is no reading to compare with: a machine may boot with any time and set it right a minute
 * later. A jump is followed at once, and nothing is decided that can't be undone.
 */
export const UNSURE_MS = 2 * 60_000;

/** What a look at the machine's clock found. `byMs`: positive is ahead of the program's time. */
export type Look =
  | { kind: 'even' }
  /** It is somewhere else since the last look; the program's time is not. */
  | { kind: 'jumped'; byMs: number }
  /** It is back where it was. */
  | { kind: 'returned' }
  /** The program's time is the machine's from now on. */
  | { kind: 'followed'; byMs: number };

export interface SteadyClock extends Clock {
  /** Whether this time may decide what can't be undone. Not shortly after the start. */
  isSure(): boolean;
  /** Compares the machine's clock with the program's time, and follows where it is to be believed. */
  look(): Look;
}

/** `machine` is read whenever the time is asked for; look at it every few seconds. */
export function createSteadyClock(machine: Clock): SteadyClock {
  let offsetMs = machine.now() - machine.elapsed();
  let unsureSince = machine.elapsed();
  let jump: { byMs: number; since: number } | null = null;

  const aheadMs = (): number => machine.now() - machine.elapsed() - offsetMs;
  const isSure = (): boolean => machine.elapsed() - unsureSince >= UNSURE_MS;

  function follow(byMs: number): Look {
    // Beginning anew: what the clock said until now was not true either.
    if (!isSure()) unsureSince = machine.elapsed();
    offsetMs += byMs;
    jump = null;
    return { kind: 'followed', byMs };
  }

  function lookAt(byMs: number): Look {
    const stays = jump !== null && Math.abs(byMs - jump.byMs) <= FOLLOWED_MS;
    const since = stays && jump !== null ? jump.since : machine.elapsed();
    if (!isSure() || machine.elapsed() - since >= BELIEVED_AFTER_MS) return follow(byMs);
    if (stays) return { kind: 'even' };
    jump = { byMs, since };
    return { kind: 'jumped', byMs };
  }

  return {
    now() {
      const byMs = aheadMs();
      if (Math.abs(byMs) <= FOLLOWED_MS) offsetMs += byMs;
      return Math.round(machine.elapsed() + offsetMs);
    },
    elapsed: () => machine.elapsed(),
    sleep: (ms, signal) => machine.sleep(ms, signal),
    isSure,
    look() {
      const byMs = aheadMs();
      if (Math.abs(byMs) > FOLLOWED_MS) return lookAt(byMs);
      if (jump === null) return { kind: 'even' };
      jump = null;
      return { kind: 'returned' };
    },
  };
}
