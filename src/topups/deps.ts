/** What every part of top-ups works with. */
import type { ReadTerms, Terms } from '../settings/terms.ts';
import type { TopupConfig } from '../settings/types.ts';
import type { Database, Tx } from '../db/database.ts';
import type { Clock, Random } from '../core/deps.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { AlarmParams } from '../outbox/kinds.ts';
import type { QuotaLimits } from '../quotas/limits.ts';
import type { AnswerMemory } from './raw-answers.ts';
import type { CallQueue } from './calls.ts';
import type { HashCard } from '../db/card-hash.ts';
import type { Provider } from './provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';

export interface TopupDeps {
  db: Database;
  /** `db.tx` for what may put messages into the outbox: whoever sends them is woken after the commit. */
  write: Database['tx'];
  /** This process's name on what it takes, where there are several. */
  holder?: string | null;
  clock: Clock;
  /** Whether the time may decide what can't be undone. Left out, it always may. */
  isSure?: (() => boolean) | undefined;
  random: Random;
  /** Hashes a card with the database's own key. */
  hashCard: HashCard;
  log: Log;
  metrics: Metrics;
  /** Settings that only a restart changes. */
  config: Omit<TopupConfig, keyof Terms>;
  /** Limits, order and hiding of payment systems, as they are now. */
  terms: ReadTerms;
  /** What one person may do. */
  quotas: QuotaLimits;
  /** The payment systems, in the order they are offered. */
  providers: ReadonlyMap<ProviderId, Provider>;
  calls: CallQueue;
  answers: AnswerMemory;
  /** Where owners hear of reviews and alarms: chats. */
  ownerChats: readonly number[];
  /** Tells owners, in the caller's transaction; the same trouble again is counted, not told. */
  alarm: (tx: Tx, alarm: AlarmParams, at: number) => Promise<void>;
  /** The address a provider reports this order to, or undefined when we can't be reached. */
  webhookUrl: (provider: Provider, topupId: string) => string | undefined;
}
