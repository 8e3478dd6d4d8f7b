/** What moved money of an order is counted, and stands in the log with ids and sums and nothing of a person. */
import type { Tx } from '../db/database.ts';
import type { TopupMetric } from '../core/metrics.ts';
import type { Tiyin } from '../core/money.ts';
import type { TopupDeps } from './deps.ts';
import type { ProviderId } from '../core/payment-systems.ts';

export interface MoneyMoved {
  outcome: TopupMetric;
  /** The order. */
  id: string;
  provider: ProviderId;
  amountTiyin: Tiyin;
  /** Whose decision it was: a Telegram id. Left out where the payment system's word decided. */
  staffId?: number;
}

/** Once, after the commit that made it so: what is rolled back did not happen. */
export function noteMoney(
  deps: Pick<TopupDeps, 'log' | 'metrics'>,
  tx: Tx,
  { outcome, id, provider, amountTiyin, staffId }: MoneyMoved,
): void {
  const by = staffId === undefined ? {} : { by: staffId };
  const facts = { event: 'topup_money', outcome, order: id, provider, amountTiyin, ...by };
  tx.afterCommit(() => {
    deps.metrics.topup(provider, outcome);
    deps.log.info(facts, 'top-up');
  });
}
