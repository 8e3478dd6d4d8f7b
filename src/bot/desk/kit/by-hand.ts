/** Puts together what the screens show of money that was credited by hand. */
import type { Queries } from '../../../db/database.ts';
import type { Approval } from '../../../staff/approval.ts';
import {
  givenLately,
  type HandCredit,
  handCreditsOf,
  takenAfter,
} from '../../../topups/by-hand.ts';
import type { Topup } from '../../../topups/topup.ts';
import { getUser } from '../../../users/users.ts';
import type { Hand } from './by-hand-screens.ts';

/** More say nothing new. */
const SHOWN = 3;

/** With the people, and with what was taken again; of an unpaid order what there would be to decide if it were paid now. */
export async function handViews(queries: Queries, topup: Topup): Promise<Hand[]> {
  const hands = await handCreditsOf(queries, topup);
  return [
    ...(await withPeople(queries, hands)),
    ...(await withPeople(queries, await takenAfter(queries, hands))),
  ];
}

/** What the person was given by hand lately, of the very sum that is about to be credited by hand. */
export async function givenViews(queries: Queries, credit: Approval): Promise<Hand[]> {
  return await withPeople(queries, await givenLately(queries, credit));
}

/** With the people; the first few, where nothing is decided about each of them. */
export async function withPeople(
  queries: Queries,
  credits: readonly HandCredit[],
  most = SHOWN,
): Promise<Hand[]> {
  const person = async (id: number | null) => (id === null ? null : await getUser(queries, id));
  return await Promise.all(
    credits.slice(0, most).map(async (credit) => ({
      credit,
      user: await person(credit.userId),
      staff: await person(credit.staffId),
    })),
  );
}
