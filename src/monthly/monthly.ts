/** Everything that is paid without a tap, put together: for the bot, and what drives it. */
import type { MonthlyDeps } from './deps.ts';
import {
  agreeToWait,
  goOnWaiting,
  waitingBill,
  type WaitingBill,
  type WaitRequest,
} from './waiting.ts';

/** What the bot asks for. */
export interface Monthly {
  /** The bill is paid by itself once a top-up is credited, if it still is what was shown. */
  wait(request: WaitRequest): Promise<{ kind: 'agreed' } | { kind: 'too_many' }>;
  waiting(id: string, userId: number): Promise<WaitingBill | null>;
}

export interface MonthlyWork {
  /** Looks at bills that wait for money. Overlapping calls are one. */
  goOn(): Promise<void>;
  /** Starts nothing new; resolves when what runs is over. */
  stop(): Promise<void>;
}

export function createMonthly(deps: MonthlyDeps): Monthly & MonthlyWork {
  let stopped = false;
  let round: Promise<void> | null = null;
  return {
    wait: (request) => agreeToWait(deps, request),
    waiting: (id, userId) => waitingBill(deps.db.read, id, userId),
    goOn: async () => {
      if (stopped) return;
      round ??= goOnWaiting(deps, () => stopped).finally(() => {
        round = null;
      });
      await round;
    },
    stop: async () => {
      stopped = true;
      await round?.catch(() => undefined);
    },
  };
}
