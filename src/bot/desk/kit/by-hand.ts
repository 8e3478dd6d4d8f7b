/** Puts together what the screens show of money that was credited by hand. */
import type { Queries } from '../../../db/database.ts';
import { handCreditsOf } from '../../../topups/by-hand.ts';
import type { Topup } from '../../../topups/topup.ts';
import { getUser } from '../../../users/users.ts';
import type { Hand } from './by-hand-screens.ts';

/** More say nothing new. */
const SHOWN = 3;

/** With the people; of an unpaid order what there would be to decide if it were paid now. */
export async function handViews(queries: Queries, topup: Topup): Promise<Hand[]> {
  const credits = await handCreditsOf(queries, topup);
  const person = async (id: number | null) => (id === null ? null : await getUser(queries, id));
  return await Promise.all(
    credits.slice(0, SHOWN).map(async (credit) => ({
      credit,
      user: await person(credit.userId),
      staff: await person(credit.staffId),
    })),
  );
}
