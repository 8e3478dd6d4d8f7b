/** One payment system answers nothing for a fifth of the run, in its middle: it takes requests and lets them wait. */
import { realClock } from '../../src/deps.ts';
import { DEFAULT_TIMEOUT_MS } from '../../src/providers/http.ts';
import type { SimulatedWorld } from '../../src/sandbox/providers/types.ts';

export const HANGING = 'payfer';
/** As screens name it. */
export const HANGING_TITLE = 'Payfer';

const BEGINS_AFTER = 0.4;
const LASTS = 0.2;

/** A request that came last before the end of it is still waited for. */
const FELT_FOR_MS = DEFAULT_TIMEOUT_MS + 5000;

export interface Hang {
  readonly beginsAt: number;
  readonly endsAt: number;
  /** Does whoever asks the system now have to wait for it? */
  isFelt(at: number): boolean;
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
    isFelt: (at) => at >= beginsAt - 1000 && at < endsAt + FELT_FOR_MS,
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
