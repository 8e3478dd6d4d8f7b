/** A request for a bill and the bill that is paid for it: one at a time, in the transactions that change the bill. */
import { and, eq, gt } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { requests } from '../db/tables.ts';
import { tellPaid } from './news.ts';

/** Whoever pays for it is the only one from now on. False: it is not open any more, and nothing was written. */
export async function claimRequest(
  tx: Tx,
  { id, billId, payerId, at }: { id: string; billId: string; payerId: number; at: number },
): Promise<boolean> {
  const claimed = await tx
    .update(requests)
    .set({ state: 'paying', billId, payerId })
    .where(and(eq(requests.id, id), eq(requests.state, 'open'), gt(requests.expiresAt, at)))
    .returning({ id: requests.id });
  return claimed.length > 0;
}

/** The bill that was made for it came to its end. One that failed leaves the request to whoever comes next. */
export async function endClaim(
  tx: Tx,
  { id, billId, isPaid, at }: { id: string; billId: string; isPaid: boolean; at: number },
): Promise<void> {
  const own = and(eq(requests.id, id), eq(requests.billId, billId), eq(requests.state, 'paying'));
  if (!isPaid) {
    await tx.update(requests).set({ state: 'open', billId: null, payerId: null }).where(own);
    return;
  }
  const [paid] = await tx
    .update(requests)
    .set({ state: 'paid', endedAt: at })
    .where(own)
    .returning();
  if (paid) await tellPaid(tx, paid, at);
}
