/**
 * Whose turn it is to be asked about. What somebody reported comes first, then orders that can be paid, then those that
 * ended; and of the first and the last no one person has more than a share.
 */
import { and, asc, count, eq, gt, inArray, isNotNull, ne, type SQL, sql } from 'drizzle-orm';
import { prepared, type Tx } from '../db/database.ts';
import { type Lease, leases } from '../db/lease.ts';
import { topups } from '../db/tables.ts';
import type { TopupDeps } from './deps.ts';
import { inLiveIndex } from './transitions.ts';
import type { Provider } from './provider.ts';
import type { Topup } from './topup.ts';

/** Longer than a cancel and a check with their time limits, so that nobody asks about an order twice at once. */
export const CHECK_LEASE_MS = 60_000;

export const lease = leases(topups, topups.id);

export function checkLease({ holder = null }: Pick<TopupDeps, 'holder'>, at: number): Lease {
  return { leaseUntil: at + CHECK_LEASE_MS, holder };
}

/** Places in the line, as `topups.urgency` has them: the index of due orders is in this order. */
export const REPORTED = 0;
export const LIVE = 1;
export const ENDED = 2;

/** An order's place as its row is when this is written. It is SQL, because the states change meanwhile. */
const inTurn = sql.raw(`in ('creating', 'waiting') then ${LIVE} else ${ENDED} end`);
export const ownTurn: SQL<Topup['urgency']> = sql<
  Topup['urgency']
>`case when ${topups.state} ${inTurn}`;

/** The place of an order that ends unpaid: only the report of a payment keeps its place. */
export const endedTurn: SQL<Topup['urgency']> = sql<
  Topup['urgency']
>`case when ${topups.urgency} = ${sql.raw(String(REPORTED))} and ${topups.reportedPaidAt} is not null then ${sql.raw(String(REPORTED))} else ${sql.raw(String(ENDED))} end`;

/** How many of one person's, among the reported and the ended orders of one claim, while others wait. */
const SHARE = 2;

/** How many candidates are read for each place, to find other people's among one person's. */
const WINDOW = 8;

/** How many ended orders of a person are watched at the schedule's pace; more of them share that pace. */
const WATCHED_AT_PACE = 5;
const WATCHED_FOR_MS = 7 * 24 * 60 * 60_000;

/**
 * Leases at most `limit` due orders. Reported ones leave half of the places to orders that can be paid; the ended get what
 * these leave. Reads a bounded number of rows of the index, however many are due.
 */
export async function claimDue(
  deps: TopupDeps,
  provider: Provider,
  { reportedOnly, limit }: { reportedOnly: boolean; limit: number },
): Promise<Topup[]> {
  const at = deps.clock.now();
  return await deps.db.tx(async (tx) => {
    const due = (place: Topup['urgency'], most: number): Promise<Candidate[]> =>
      dueIn(tx, { provider, place, at, most });
    const reported = await due(REPORTED, limit * WINDOW);
    const live = reportedOnly ? [] : await due(LIVE, limit);
    const room = limit - Math.min(live.length, Math.floor(limit / 2));
    const first = fairly(reported, room);
    const chosen = [...first, ...live.slice(0, limit - first.length)];
    if (!reportedOnly && chosen.length < limit) {
      chosen.push(...fairly(await due(ENDED, limit * WINDOW), limit - chosen.length));
    }
    if (chosen.length === 0) return [];
    const ids = chosen.map(({ id }) => id);
    const rows = await lease.take(tx, inArray(topups.id, ids), checkLease(deps, at));
    const order = new Map(chosen.map(({ id }, index) => [id, index]));
    return rows.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  });
}

type Candidate = Pick<Topup, 'id' | 'userId'>;

/**
 * Reads due orders, the longest due first, for one place at a time: the index is read in its order and no further than
 * `most`.
 */
async function dueIn(
  tx: Tx,
  {
    provider,
    place,
    at,
    most,
  }: { provider: Provider; place: Topup['urgency']; at: number; most: number },
): Promise<Candidate[]> {
  return await dueRows(tx).execute({ provider: provider.id, place, at, most });
}

/** Asked several times in each round of the poller. */
const dueRows = prepared((queries) =>
  queries
    .select({ id: topups.id, userId: topups.userId })
    .from(topups)
    .where(
      and(
        eq(topups.provider, sql.placeholder('provider')),
        eq(topups.urgency, sql.placeholder('place')),
        isNotNull(topups.dueAt),
        lease.isDue(sql.placeholder('at')),
      ),
    )
    .orderBy(asc(topups.dueAt))
    .limit(sql.placeholder('most')),
);

/** Takes at most `SHARE` of each person first; places that nobody else wants go to those who have more. */
export function fairly<T extends { userId: number }>(candidates: readonly T[], limit: number): T[] {
  const taken = new Map<number, number>();
  const within: T[] = [];
  const beyond: T[] = [];
  for (const each of candidates) {
    const had = taken.get(each.userId) ?? 0;
    taken.set(each.userId, had + 1);
    (had < SHARE ? within : beyond).push(each);
  }
  return [...within, ...beyond].slice(0, limit);
}

/**
 * When an ended order is looked at next: `dueAt`, or later where its person has so many that together they would be
 * asked about more often than `WATCHED_AT_PACE` are.
 */
export async function stretched(
  tx: Tx,
  topup: Topup,
  { dueAt, at }: { dueAt: number; at: number },
): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(topups)
    .where(
      and(
        eq(topups.userId, topup.userId),
        gt(topups.createdAt, at - WATCHED_FOR_MS),
        eq(topups.provider, topup.provider),
        inArray(topups.state, ['expired', 'cancelled', 'failed']),
        isNotNull(topups.dueAt),
        ne(topups.id, topup.id),
      ),
    );
  const watched = (row?.n ?? 0) + 1;
  return at + Math.round((dueAt - at) * Math.max(1, watched / WATCHED_AT_PACE));
}

/**
 * Frees the orders that an ended process had taken; null: all of them, for a process that is the only one. Orders that
 * it was opening are not touched: they have to end, not to go on.
 */
export async function freeTopups(tx: Tx, holder: string | null): Promise<void> {
  // One statement for each partial index: without them the whole table would be read.
  const places =
    holder === null ? [ne(topups.state, 'creating')] : [inLiveIndex, isNotNull(topups.dueAt)];
  for (const place of places) await lease.freeOf(tx, place, holder);
}
