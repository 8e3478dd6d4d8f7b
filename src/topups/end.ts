/** How a waiting order ends for its payer without a payment: by its deadline, by somebody, or at the provider. */
import type { Tx } from '../db/database.ts';
import type { TopupDeps } from './deps.ts';
import { transitionTopup } from './transitions.ts';
import { enqueueScreen } from './settle.ts';
import { restSum } from './sums.ts';
import type { Cause } from './states.ts';
import { type Topup, type TransitionName, TRANSITIONS } from './topup.ts';
import { endedTurn } from './turns.ts';

export const CLOSED_AT_PROVIDER = {
  expired: 'expiredAtProvider',
  cancelled: 'cancelledAtProvider',
  failed: 'failedAtProvider',
} as const satisfies Record<string, TransitionName>;

const LOOKED_AT_ONCE: ReadonlySet<TransitionName> = new Set([
  'deadlinePassed',
  'cancelledByUser',
  'closedByStaff',
]);

/** Ends a waiting order for its payer: its sum goes into quarantine, its screen says so. Null when it had ended. */
export async function endTopup(
  deps: TopupDeps,
  tx: Tx,
  end: {
    id: string;
    transition:
      | 'deadlinePassed'
      | 'cancelledByUser'
      | 'closedByStaff'
      | (typeof CLOSED_AT_PROVIDER)['expired' | 'cancelled' | 'failed'];
    cause: Cause;
    at: number;
    cancelWanted: boolean;
  },
): Promise<Topup | null> {
  const { id, transition, cause, at, cancelWanted } = end;
  // Where the provider did not say so itself, it is asked once more.
  const lookNow = LOOKED_AT_ONCE.has(transition);
  const ended = await transitionTopup(tx, {
    id,
    transition,
    cause,
    at,
    set: { endedAt: at, cancelWanted, ...(lookNow ? { dueAt: at, urgency: endedTurn } : {}) },
  });
  if (!ended) return null;
  await restSum(deps, tx, { id, at, providerEndsAt: ended.providerEndsAt });
  await enqueueScreen(tx, ended, at);
  tx.afterCommit(() => deps.metrics.topup(ended.provider, TRANSITIONS[transition].to));
  return ended;
}
