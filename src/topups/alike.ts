/** Orders whose money somebody is about to credit by hand: so that it is not credited twice the other way round. */
import { and, desc, eq, gte, inArray, lte, ne, or, type SQL } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { reservedSums, suspenseItems, topups } from '../db/tables.ts';
import type { Approval } from '../staff/approval.ts';
import { DAY_MS } from '../core/calendar.ts';
import { ID_LENGTH } from '../core/ids.ts';
import { canUndo, isFound, suspenseItem, type SuspenseItem } from './suspense.ts';
import { moneyById, suggestionsFor } from './suspense-list.ts';
import { isSettled, PAYABLE_STATES, type Topup } from './topup.ts';
import { inLiveIndex } from './transitions.ts';
import { seenAt } from './twins.ts';

/** How long before it is credited by hand its order may have been opened. */
const WITHIN_MS = 7 * DAY_MS;
const SHOWN = 3;
const LOOKED_AT = 20;

type Credit = Pick<
  Approval,
  'kind' | 'userId' | 'subject' | 'amountTiyin' | 'reason' | 'createdAt'
>;

/**
 * Orders that money credited by hand may be for: the person's of its sum, paid lately or such as a payment still counts for; and
 * anybody's that its reason names, or of that sum, where it was made to tell them from all others: an owner may have the wrong
 * person. None where the money came with an order of its own.
 */
export async function ordersAlike(queries: Queries, credit: Credit): Promise<Topup[]> {
  const { kind, subject } = credit;
  const item = kind === 'suspense_credit' ? await suspenseItem(queries, subject ?? '') : null;
  const isByHand = kind === 'credit' || (item !== null && canUndo(item));
  if (!isByHand) return [];
  const own = [...(await namedIn(queries, credit)), ...(await ofPerson(queries, credit))];
  const paid = item ? await paidWith(queries, item) : [];
  const others = [...paid, ...(await ofThatSumAlone(queries, credit))];
  const all = new Map([...own, ...others].map((topup) => [topup.id, topup]));
  return [...all.values()];
}

/**
 * Orders of other people that have the very sum, and had it to be told from all others: those that wait, and whatever had the sum
 * last on a card.
 */
async function ofThatSumAlone(
  queries: Queries,
  { userId, amountTiyin, createdAt }: Credit,
): Promise<Topup[]> {
  const isTheirs = and(
    eq(topups.amountTiyin, amountTiyin),
    ne(topups.baseTiyin, amountTiyin),
    ne(topups.userId, userId),
    isLately(createdAt),
  );
  const live = await queries
    .select()
    .from(topups)
    .where(and(inLiveIndex, isTheirs))
    .orderBy(desc(topups.createdAt))
    .limit(SHOWN);
  const last = queries
    .select({ id: reservedSums.topupId })
    .from(reservedSums)
    .where(eq(reservedSums.amountTiyin, amountTiyin));
  const others = await queries
    .select()
    .from(topups)
    .where(and(inArray(topups.id, last), isTheirs))
    .orderBy(desc(topups.createdAt))
    .limit(SHOWN);
  return [...live, ...others];
}

/** Opened not long before, and paid or such as a payment still counts for. */
function isLately(at: number): SQL | undefined {
  return and(
    gte(topups.createdAt, at - WITHIN_MS),
    inArray(topups.state, [...PAYABLE_STATES, 'paid', 'review']),
  );
}

/** Whosever they are. */
async function namedIn(queries: Queries, { reason, createdAt }: Credit): Promise<Topup[]> {
  const words = reason.toUpperCase().split(/[^\dA-Z]+/u);
  const ids = words.filter((word) => word.length === ID_LENGTH).slice(0, SHOWN);
  if (ids.length === 0) return [];
  return await queries
    .select()
    .from(topups)
    .where(and(inArray(topups.id, ids), isLately(createdAt)));
}

async function ofPerson(
  queries: Queries,
  { userId, amountTiyin, createdAt }: Credit,
): Promise<Topup[]> {
  return await queries
    .select()
    .from(topups)
    .where(
      and(
        eq(topups.userId, userId),
        isLately(createdAt),
        or(eq(topups.amountTiyin, amountTiyin), eq(topups.baseTiyin, amountTiyin)),
      ),
    )
    .orderBy(desc(topups.createdAt))
    .limit(SHOWN);
}

/** Orders that were paid with the sum of money somebody found, if nobody else had that sum. */
async function paidWith(queries: Queries, item: SuspenseItem): Promise<Topup[]> {
  const found = await moneyById(queries, item.id);
  const near = found ? await suggestionsFor(queries, found) : [];
  return near.filter(
    ({ state, amountTiyin, baseTiyin }) => isSettled(state) && amountTiyin !== baseTiyin,
  );
}

/** Two people of the staff may find the same line of a panel: what else was written down by hand of this sum there, near that time. */
export async function itemsAlike(queries: Queries, item: SuspenseItem): Promise<SuspenseItem[]> {
  if (!isFound(item)) return [];
  const rows = await queries
    .select()
    .from(suspenseItems)
    .where(
      and(
        eq(suspenseItems.amountTiyin, item.amountTiyin),
        eq(suspenseItems.provider, item.provider),
        ne(suspenseItems.id, item.id),
        ne(suspenseItems.kind, 'mistaken'),
        gte(suspenseItems.createdAt, item.createdAt - WITHIN_MS),
        lte(suspenseItems.createdAt, item.createdAt + WITHIN_MS),
      ),
    )
    .orderBy(desc(suspenseItems.createdAt))
    .limit(LOOKED_AT);
  return rows.filter(isFound).slice(0, SHOWN);
}

/** Was one of them reported since `at`? Whoever was asked then did not read it. */
export async function paidSince(
  queries: Queries,
  item: SuspenseItem,
  at: number,
): Promise<boolean> {
  if (!canUndo(item)) return false;
  return (await paidWith(queries, item)).some((topup) => (seenAt(topup) ?? 0) >= at);
}
