/**
 * A provider's request budget, kept in the database so that a restart does not forget what was spent. Counted over
 * the last period, not a clock hour: any hour the provider may count in stays within it.
 */
import { and, count, eq, gt, lte } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { providerRequests } from '../db/tables.ts';
import type { Clock } from '../deps.ts';
import type { ProviderId, RequestBudget, SpendRequest } from './provider.ts';
import { SHARE } from './shares.ts';

/** Asks for one request: true means it is counted and may be sent. */
export function createBudget(
  { db, clock }: { db: Database; clock: Clock },
  { provider, budget }: { provider: ProviderId; budget: RequestBudget },
): SpendRequest {
  return async (priority) =>
    await db.tx(async (tx) => {
      const now = clock.now();
      const mine = eq(providerRequests.provider, provider);
      await tx
        .delete(providerRequests)
        .where(and(mine, lte(providerRequests.sentAt, now - budget.perMs)));
      const [spent] = await tx.select({ n: count() }).from(providerRequests).where(mine);
      if ((spent?.n ?? 0) >= Math.floor(budget.requests * SHARE[priority])) return false;
      await tx.insert(providerRequests).values({ provider, priority, sentAt: now });
      return true;
    });
}

/** Requests spent in the period that ends now. */
export async function spentRequests(
  db: Database,
  { provider, budget, at }: { provider: ProviderId; budget: RequestBudget; at: number },
): Promise<number> {
  const [row] = await db.read
    .select({ n: count() })
    .from(providerRequests)
    .where(
      and(eq(providerRequests.provider, provider), gt(providerRequests.sentAt, at - budget.perMs)),
    );
  return row?.n ?? 0;
}
