/** What `/admin` begins with: today's money and what waits for somebody. Cheap, however much there is. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Queries } from '../../../db/database.ts';
import { countOf } from '../../../db/exact.ts';
import { adminActions, bills, suspenseItems, topups } from '../../../db/tables.ts';
import { type Figures, figuresOf, usersTotal } from '../../../ledger/figures.ts';
import { tashkentPeriod } from '../../../core/calendar.ts';
import type { Tiyin } from '../../../core/money.ts';
import type { ProviderId } from '../../../core/payment-systems.ts';
import type { Offer } from '../../../topups/topups.ts';
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
  'reviews' | 'suspense' | 'unknownBills' | 'stuckBills' | 'pending'
>;

const count = countOf();

/** The conditions repeat the partial indexes' own words, or they would not be used. */
async function waiting(queries: Queries): Promise<Waiting> {
  const [reviews] = await queries
    .select({ n: count })
    .from(topups)
    .where(
      and(sql`${topups.state} in ('creating', 'waiting', 'review')`, eq(topups.state, 'review')),
    );
  const [suspense] = await queries
    .select({ n: count })
    .from(suspenseItems)
    .where(sql`${suspenseItems.state} = 'open'`);
  const [pending] = await queries
    .select({ n: count })
    .from(adminActions)
    .where(sql`${adminActions.state} = 'pending'`);
  const unclear = await queries
    .select({ state: bills.state, n: count })
    .from(bills)
    .where(inArray(bills.state, ['unknown', 'stuck']))
    .groupBy(bills.state);
  const inState = (state: string): number => unclear.find((row) => row.state === state)?.n ?? 0;
  return {
    reviews: reviews?.n ?? 0,
    suspense: suspense?.n ?? 0,
    pending: pending?.n ?? 0,
    unknownBills: inState('unknown'),
    stuckBills: inState('stuck'),
  };
}
