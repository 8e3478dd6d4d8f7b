/** What moved money of an order is counted, and stands in the log with ids and sums and nothing of a person. */
import type { Tx } from '../db/database.ts';
import { DAY_MS } from '../core/calendar.ts';
import type { TopupMetric } from '../core/metrics.ts';
import type { Tiyin } from '../core/money.ts';
import type { TopupDeps } from './deps.ts';
import type { ProviderId } from '../core/payment-systems.ts';

export interface MoneyMoved {
  outcome: TopupMetric;
  /** The id of the order. */
  id: string;
  provider: ProviderId;
  amountTiyin: Tiyin;
  /** Whose decision it was: a Telegram id. Left out where the payment system's word decided. */
  staffId?: number;
  /** When it was paid, by the payment system's clock, and when it was credited. Left out where it names no time. */
  paid?: { at: number; creditedAt: number } | undefined;
}

/** Counts and logs it once, after the commit that made it so: what is rolled back did not happen. */
export function noteMoney(
  deps: Pick<TopupDeps, 'log' | 'metrics'>,
  tx: Tx,
  { outcome, id, provider, amountTiyin, staffId, paid }: MoneyMoved,
): void {
  const by = staffId === undefined ? {} : { by: staffId };
  const facts = { event: 'topup_money', outcome, order: id, provider, amountTiyin, ...by };
  tx.afterCommit(() => {
    deps.metrics.topupMoney({ provider, outcome, amountTiyin, tookMs: waited(paid) });
    deps.log.info(facts, 'top-up');
  });
}

/** Their clock may be wrong: a payment of the future, or of days ago, tells nothing about us. */
function waited(paid: MoneyMoved['paid']): number | null {
  const tookMs = paid === undefined ? -1 : paid.creditedAt - paid.at;
  return tookMs >= 0 && tookMs < DAY_MS ? tookMs : null;
}
