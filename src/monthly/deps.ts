/** What everything that is paid without a tap works with. */
import type { Bills } from '../bills/bills.ts';
import type { Clock } from '../core/deps.ts';
import type { Log } from '../core/log.ts';
import type { Database, Queries } from '../db/database.ts';
import type { QuotaLimits } from '../quotas/limits.ts';
import type { Terms } from '../settings/terms.ts';
import type { Topups } from '../topups/topups.ts';

export interface MonthlyDeps {
  db: Database;
  /** `db.tx` for what may put messages into the outbox: whoever sends them is woken after the commit. */
  write: Database['tx'];
  clock: Clock;
  log: Log;
  /** Money moves by these calls and nowhere else. */
  bills: Pick<Bills, 'confirm' | 'quote' | 'info' | 'saved' | 'catalog'>;
  /** How much may be looked at for one person, and for all together. */
  quotas: QuotaLimits;
  topups: Pick<Topups, 'history'>;
  /** What owners have changed while the program runs. */
  terms: (queries: Queries) => Promise<Pick<Terms, 'quietHours'>>;
}

/** Longer than a payment takes, with all its time limits. */
export const LEASE_MS = 3 * 60_000;
