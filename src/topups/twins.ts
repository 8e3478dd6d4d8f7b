/**
 * Twins: two orders of one exact sum on one card that could both be paid at the same time. A transfer is recognised by its
 * sum alone, so when both are reported paid it may be one transfer that two orders, or two systems, took for theirs. The
 * first report is credited; the second is an owner's to decide.
 */
import {
  aliasedTable,
  and,
  desc,
  eq,
  gte,
  inArray,
  lte,
  ne,
  notExists,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { topups } from '../db/tables.ts';
import { isSettled, SETTLED_STATES, type Topup } from './topup.ts';

const twin = aliasedTable(topups, 'twin');

/** An order that was paid with another sum than its own was paid by another transfer. */
const cameInFull = and(
  inArray(twin.state, [...SETTLED_STATES]),
  eq(twin.paidTiyin, twin.amountTiyin),
);

const twinSeenAt = sql<number>`coalesce(${twin.paidAt}, ${twin.endedAt})`;

/** How many twins are shown: more say nothing new. */
const SHOWN = 3;

/** When the order's payment was seen; null while none was. */
export function seenAt({ state, paidAt, endedAt }: Topup): number | null {
  return isSettled(state) ? (paidAt ?? endedAt) : null;
}

/**
 * For the statement that credits an order: nobody else was credited what may be this order's transfer. A payment that was
 * seen before this order was opened can't be it.
 */
export function hasNoTwin(queries: Queries): SQL {
  return notExists(
    queries
      .select({ id: twin.id })
      .from(twin)
      .where(
        and(
          eq(twin.cardHash, topups.cardHash),
          eq(twin.amountTiyin, topups.amountTiyin),
          ne(twin.id, topups.id),
          cameInFull,
          gte(twinSeenAt, topups.createdAt),
        ),
      ),
  );
}

/** The order's twins, latest first; of an unpaid order those that it would have if it were reported now. */
export async function twinsOf(queries: Queries, order: Topup): Promise<Topup[]> {
  if (order.cardHash === null) return [];
  const seen = seenAt(order);
  const rows = await queries
    .select()
    .from(twin)
    .where(
      and(
        eq(twin.cardHash, order.cardHash),
        eq(twin.amountTiyin, order.amountTiyin),
        ne(twin.id, order.id),
        cameInFull,
        gte(twinSeenAt, order.createdAt),
        seen === null ? undefined : lte(twin.createdAt, seen),
      ),
    )
    .orderBy(desc(twinSeenAt))
    .limit(SHOWN);
  return rows;
}

/** True for an order that is in review with its very sum: another order had that sum, too. */
export function isTwin({ amountTiyin, paidTiyin }: Topup): boolean {
  return paidTiyin === amountTiyin;
}
