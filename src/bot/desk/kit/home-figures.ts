/** What `/admin` begins with: today's money and what waits for somebody. Cheap, however much there is. */
import type { Queries } from '../../../db/database.ts';
import { unclearBills } from '../../../bills/list.ts';
import { countPending } from '../../../staff/approval-rows.ts';
import { waitingNow } from '../../../support/figures.ts';
import { countReviews } from '../../../topups/list.ts';
import { countSuspense } from '../../../topups/suspense.ts';
import { type Figures, figuresOf, usersTotal } from '../../../ledger/figures.ts';
import { tashkentPeriod } from '../../../core/calendar.ts';
import type { Tiyin } from '../../../core/money.ts';
import type { ProviderId } from '../../../core/payment-systems.ts';
import type { Offer } from '../../../topups/ways.ts';
import type { Parts } from '../../kit/context.ts';

export interface HomeFigures {
  /** When they were read. */
  at: number;
  today: Figures;
  usersTiyin: Tiyin;
  reviews: number;
  suspense: number;
  unknownBills: number;
  stuckBills: number;
  pending: number;
  tickets: number;
  providers: readonly { id: ProviderId; availability: Offer['availability'] }[];
}

export async function homeFigures({ db, clock, topups: work }: Parts): Promise<HomeFigures> {
  const at = clock.now();
  const queries = db.read;
  const offers = await work.offers();
  return {
    at,
    today: await figuresOf(queries, tashkentPeriod(at)),
    usersTiyin: await usersTotal(queries),
    ...(await waiting(queries)),
    providers: offers.map(({ provider, availability }) => ({ id: provider.id, availability })),
  };
}

type Waiting = Pick<
  HomeFigures,
  'reviews' | 'suspense' | 'unknownBills' | 'stuckBills' | 'pending' | 'tickets'
>;

async function waiting(queries: Queries): Promise<Waiting> {
  const unclear = await unclearBills(queries);
  return {
    reviews: await countReviews(queries),
    suspense: await countSuspense(queries),
    pending: await countPending(queries),
    tickets: (await waitingNow(queries)).waiting,
    unknownBills: unclear.unknown,
    stuckBills: unclear.stuck,
  };
}
