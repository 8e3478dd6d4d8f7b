/** What somebody has here, as the account's screens say it. */
import type { Tiyin } from '../../core/money.ts';
import type { Queries } from '../../db/database.ts';
import { type UserBalance, userBalance } from '../../ledger/ledger.ts';
import { reviewTotal } from '../../topups/list.ts';

/** What is on the balance, with money that came and is still being looked at, which is on no balance yet. */
export interface Balance extends UserBalance {
  reviewTiyin: Tiyin;
}

export async function balanceOfUser(queries: Queries, userId: number): Promise<Balance> {
  const [balance, reviewTiyin] = await Promise.all([
    userBalance(queries, userId),
    reviewTotal(queries, userId),
  ]);
  return { ...balance, reviewTiyin };
}
