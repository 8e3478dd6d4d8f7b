/**
 * A provider's request budget, kept in the database so that a restart does not forget what was spent. Counted over
 * the last period, not a clock hour: any hour the provider may count in stays within it.
 */
import { and, count, eq, gt, lte, type SQL } from 'drizzle-orm';
import type { Database, Tx } from '../db/database.ts';
import { providerRequests } from '../db/tables.ts';
import type { Clock } from '../core/deps.ts';
import type { Priority, RequestBudget, SpendRequest } from './provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { PERSONS_SHARE, SHARE } from './shares.ts';

/** Asks for one request: one that is granted is counted and may be sent. */
export function createBudget(
  { db, clock }: { db: Database; clock: Clock },
  { provider, budget }: { provider: ProviderId; budget: RequestBudget },
): SpendRequest {
  return async ({ priority, userId }) =>
    await db.tx(async (tx) => {
      const now = clock.now();
      const mine = eq(providerRequests.provider, provider);
      await tx
        .delete(providerRequests)
        .where(and(mine, lte(providerRequests.sentAt, now - budget.perMs)));
      const all = await countSent(tx, mine);
      if (all >= Math.floor(budget.requests * SHARE[priority])) {
        return { kind: 'problem', code: 'budget_spent' };
      }
      if (userId !== undefined) {
        const own = await countSent(tx, and(mine, eq(providerRequests.userId, userId)));
        if (own >= personsPart(budget, priority)) return { kind: 'problem', code: 'share_spent' };
      }
      await tx
        .insert(providerRequests)
        .values({ provider, priority, sentAt: now, userId: userId ?? null });
      return { kind: 'granted' };
    });
}

/**
 * How much of the budget is kept for people: however small it is, a person can open an order and have it asked about.
 */
function personsPart({ requests }: RequestBudget, priority: Priority): number {
  return Math.max(2, Math.floor(requests * PERSONS_SHARE[priority]));
}

async function countSent(tx: Tx, which: SQL | undefined): Promise<number> {
  const [row] = await tx.select({ n: count() }).from(providerRequests).where(which);
  return row?.n ?? 0;
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
