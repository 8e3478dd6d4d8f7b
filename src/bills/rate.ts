/** How well bills go lately, read from the end of their history: it has no index on its time, but its ids grow with it. */
import { and, desc, gte, inArray } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { firstIdSince, historyRows } from '../db/first-id.ts';
import { billHistory } from '../db/tables.ts';

export interface BillRate {
  ended: number;
  paid: number;
  /** How many became unclear, whatever came of it. */
  unclear: number;
}

/** More steps than this are not read; then the latest speak for the period. */
const MAX_ROWS = 20_000;

export async function billRateSince(queries: Queries, sinceAt: number): Promise<BillRate> {
  const rows = await queries
    .select({ billId: billHistory.billId, toState: billHistory.toState })
    .from(billHistory)
    .where(
      and(
        gte(billHistory.id, await firstIdSince(historyRows(queries, billHistory), sinceAt)),
        inArray(billHistory.toState, ['paid', 'failed', 'unknown']),
      ),
    )
    .orderBy(desc(billHistory.id))
    .limit(MAX_ROWS);
  const of = (state: string): number =>
    new Set(rows.filter(({ toState }) => toState === state).map(({ billId }) => billId)).size;
  const paid = of('paid');
  return { paid, ended: paid + of('failed'), unclear: of('unknown') };
}
