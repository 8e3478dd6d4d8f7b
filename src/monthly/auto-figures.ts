/** What owners see of accounts that pay themselves. */
import { and, count, gte, lte, sum } from 'drizzle-orm';
import type { Tiyin } from '../core/money.ts';
import type { Queries } from '../db/database.ts';
import { autoPayments, watches } from '../db/tables.ts';
import { isOpen } from './announce.ts';

export interface AutoFigures {
  /** Accounts that pay themselves. */
  accounts: number;
  /** Paid in the last thirty days. */
  paid: number;
  paidTiyin: Tiyin;
  failed: number;
  /** How much of the operator's card is needed for what is announced for tomorrow or before. */
  neededTiyin: Tiyin;
}

/** For owners. `sinceAt`: milliseconds since 1970. */
export async function autoFigures(
  queries: Queries,
  { sinceAt, until }: { sinceAt: number; until: string },
): Promise<AutoFigures> {
  const [on] = await queries
    .select({ n: count() })
    .from(watches)
    .where(gte(watches.autoCapTiyin, 0));
  const ends = await queries
    .select({ state: autoPayments.state, n: count(), sum: sum(autoPayments.amountTiyin) })
    .from(autoPayments)
    .where(gte(autoPayments.endedAt, sinceAt))
    .groupBy(autoPayments.state);
  const of = (state: string) => ends.find((row) => row.state === state);
  return {
    accounts: on?.n ?? 0,
    paid: of('paid')?.n ?? 0,
    paidTiyin: Number(of('paid')?.sum ?? 0),
    failed: of('failed')?.n ?? 0,
    neededTiyin: await autoNeeded(queries, until),
  };
}

/** How much of the operator's card is needed for what is announced until that day (`YYYY-MM-DD`). */
export async function autoNeeded(queries: Queries, until: string): Promise<Tiyin> {
  const [needed] = await queries
    .select({ sum: sum(autoPayments.owedTiyin) })
    .from(autoPayments)
    .where(and(isOpen, lte(autoPayments.payDay, until)));
  return Number(needed?.sum ?? 0);
}
