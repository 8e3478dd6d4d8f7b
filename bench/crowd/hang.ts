/** One payment system answers nothing for a fifth of the run, in its middle: it takes requests and lets them wait. */
import { realClock } from '../../src/core/deps.ts';
import { DEFAULT_TIMEOUT_MS } from '../../src/client/http.ts';
import type { SimulatedWorld } from '../../sandbox/providers/types.ts';

export const HANGING = 'payfer';
/** As screens name it. */
export const HANGING_TITLE = 'Payfer';

const BEGINS_AFTER = 0.4;
const LASTS = 0.2;

export interface Hang {
  readonly beginsAt: number;
  readonly endsAt: number;
  /** Had somebody to wait for the system who asked it `from` then and had an answer then? */
  isFelt(wait: { from: number; to: number }): boolean;
  /** Makes the system hang, and answer again, when it is time. */
  tick(world: SimulatedWorld): void;
}

export function createHang({ startsAt, lengthMs }: { startsAt: number; lengthMs: number }): Hang {
  const beginsAt = startsAt + lengthMs * BEGINS_AFTER;
  const endsAt = beginsAt + lengthMs * LASTS;
  let hangs = false;
  return {
    beginsAt,
    endsAt,
    // A request that came last before its end is waited for until its own.
    isFelt: ({ from, to }) => to >= beginsAt && from < endsAt + DEFAULT_TIMEOUT_MS,
    tick(world) {
      const now = realClock.now();
      const should = now >= beginsAt && now < endsAt;
      if (should === hangs) return;
      hangs = should;
      // Longer than anybody waits; what was asked meanwhile is never answered.
      const fault = { kind: 'slow', delayMs: 10 * 60_000 } as const;
      world.provider(HANGING).fault(should ? fault : { kind: 'none' });
    },
  };
}
