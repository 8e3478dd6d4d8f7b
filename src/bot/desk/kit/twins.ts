/** Puts together what the screens show of orders that one transfer may have paid. */
import type { Queries } from '../../../db/database.ts';
import type { Topup } from '../../../topups/topup.ts';
import { twinsOf } from '../../../topups/twins.ts';
import { getUser } from '../../../users/users.ts';
import type { Twin } from './twins-screens.ts';

/**
 * The order's twins with the people they belong to; of an unpaid order those that it would have if it were paid now.
 */
export async function twinViews(queries: Queries, topup: Topup): Promise<Twin[]> {
  const twins = await twinsOf(queries, topup);
  return await Promise.all(
    twins.map(async (each) => ({ topup: each, user: await getUser(queries, each.userId) })),
  );
}
