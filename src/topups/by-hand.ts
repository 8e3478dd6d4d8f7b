/**
 * Money that an owner credited by hand while an order could still be confirmed: found in a panel, given with `/credit`, or
 * vouched for as another order. When the payment system then reports the order, it may be that very money, and what would be
 * credited twice is an owner's to decide. A credit by hand counts as what may be an order's money only if
 *
 * - it was made since the order was opened;
 * - it was not taken again by a `/debit` of the same sum after it;
 * - it is not known to be another order's money;
 * - it went to the order's person, with the order's sum or the one that was asked for; or with the order's number in its reason,
 *   where all that has it is together at least half of that sum (less is a compensation about the order, and not its payment); or
 *   it went elsewhere with the very sum that was made to tell this order from all others: then somebody may have credited the
 *   wrong person.
 */
import {
  aliasedTable,
  and,
  desc,
  eq,
  exists,
  gte,
  isNull,
  lt,
  ne,
  not,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { suspenseItems, topupHistory, topups } from '../db/tables.ts';
import { DAY_MS } from '../core/calendar.ts';
import type { Tiyin } from '../core/money.ts';
import { noEntry } from '../ledger/no-entry.ts';
import type { Approval } from '../staff/approval.ts';
import {
  type Given,
  type GivenFor,
  givenTo,
  MOST_LISTED,
  takenSince,
  wasGiven,
  wasTaken,
} from '../staff/given.ts';
import { AFTER_HAND, BEFORE_HAND, type SuspenseItem } from './suspense.ts';
import type { Topup } from './topup.ts';

export interface HandCredit {
  /** The item of suspense, the order that was vouched for, or else the request of the staff. */
  id: string;
  kind: Given['kind'] | 'returned' | 'debit';
  /** Who got it; null where it was given back outside of the program. */
  userId: number | null;
  amountTiyin: Tiyin;
  /** Who did it: a Telegram id. */
  staffId: number | null;
  /** Milliseconds since 1970. */
  at: number;
  /** Its reason names the order: it may be one of several pieces. */
  isNamed?: boolean;
}

const item = aliasedTable(suspenseItems, 'hand_item');
const called = aliasedTable(topupHistory, 'hand_called');

/** Nothing but somebody's word says that it came. */
const isByHand = and(gte(item.key, BEFORE_HAND), lt(item.key, AFTER_HAND));

type Fact = 'id' | 'userId' | 'provider' | 'amountTiyin' | 'baseTiyin' | 'createdAt';
/** An order, or the orders of a statement. */
type OrderFacts = Pick<Topup, Fact> | Pick<typeof topups, Fact>;

const SAME = 'same:';

/** The entry's key by which a credit by hand is known to be the money of one order, and of no other. */
export function sameMoneyKey(id: string): string {
  return `${SAME}${id}`;
}

function isUnexplained(queries: Queries, id: SQL | typeof item.id): SQL {
  return noEntry(queries, sql`${SAME} || ${id}`);
}

/**
 * What the order's person was given since it was opened: its sum, the sum that was asked for, or what names the order. Vouching for another order that its system called paid as well was right, and what came with an order is no other's.
 */
function forItsPerson(queries: Queries, order: OrderFacts): GivenFor {
  return {
    userId: order.userId,
    amounts: [order.amountTiyin, order.baseTiyin],
    named: { name: order.id, ofTiyin: order.baseTiyin },
    since: order.createdAt,
    counts: ({ kind, subject, name }) => {
      const ownItem = queries
        .select({ id: item.id })
        .from(item)
        .where(and(eq(item.id, subject), isByHand));
      const calledPaid = queries
        .select({ id: called.id })
        .from(called)
        .where(and(eq(called.topupId, subject), eq(called.toState, 'called_paid')));
      return and(
        or(ne(kind, 'suspense_credit'), exists(ownItem)),
        or(ne(kind, 'approve'), notExists(calledPaid)),
        isUnexplained(queries, name),
      );
    },
  };
}

/**
 * Found in a panel and given to somebody else, or given back, since the order was opened, of the very sum that was made to
 * tell it from all others. A common sum says nothing about another person.
 */
function goneElsewhere(queries: Queries, order: OrderFacts): SQL | undefined {
  const { creditedTo: userId, amountTiyin, endedAt: since } = item;
  return and(
    eq(item.amountTiyin, order.amountTiyin),
    eq(item.provider, order.provider),
    ne(item.state, 'open'),
    ne(item.kind, 'mistaken'),
    isByHand,
    gte(item.endedAt, order.createdAt),
    or(isNull(item.creditedTo), ne(item.creditedTo, order.userId)),
    not(wasTaken(queries, { userId, amountTiyin, since })),
    isUnexplained(queries, item.id),
  );
}

/** Given with `/credit` to somebody else, since the order was opened, with the very sum that was made to tell it from all others. */
function forAnother(queries: Queries, { userId, amountTiyin, createdAt }: OrderFacts): GivenFor {
  return {
    userId,
    toOthers: true,
    amounts: [amountTiyin],
    since: createdAt,
    counts: ({ kind, name }) => and(eq(kind, 'credit'), isUnexplained(queries, name)),
  };
}

/** For the statement that credits an order: nobody was credited by hand with what may be its money. */
export function notGivenByHand(queries: Queries): SQL | undefined {
  const elsewhere = queries
    .select({ id: item.id })
    .from(item)
    .where(goneElsewhere(queries, topups));
  return and(
    not(wasGiven(queries, forItsPerson(queries, topups))),
    or(
      eq(topups.amountTiyin, topups.baseTiyin),
      and(notExists(elsewhere), not(wasGiven(queries, forAnother(queries, topups)))),
    ),
  );
}

/** Whoever credits the same sum to the same person again so soon may mean the same money. */
const LATELY_MS = 3 * DAY_MS;

/** What the person was given by hand lately, of the sum that is about to be credited by hand. */
export async function givenLately(queries: Queries, credit: Approval): Promise<HandCredit[]> {
  const { userId, amountTiyin, createdAt } = credit;
  const wanted: GivenFor = {
    userId,
    amounts: [amountTiyin],
    since: createdAt - LATELY_MS,
    counts: () => undefined,
  };
  return (await givenTo(queries, wanted)).map((row) => handCredit(row));
}

type HandRow = Approval & { kind: HandCredit['kind'] & Approval['kind'] };

function handCredit(row: HandRow, orderId?: string): HandCredit {
  const { id, subject, kind, userId, amountTiyin, ownerId: staffId, endedAt, createdAt } = row;
  const isNamed = orderId !== undefined && row.reason.toUpperCase().includes(orderId.toUpperCase());
  const at = endedAt ?? createdAt;
  return { id: subject ?? id, kind, userId, amountTiyin, staffId, at, isNamed };
}

/**
 * What was taken from whoever has these credits since the first of them: one debit may have undone several, which none of
 * their sums tells.
 */
export async function takenAfter(
  queries: Queries,
  hands: readonly HandCredit[],
): Promise<HandCredit[]> {
  const since = new Map<number, number>();
  for (const { userId, at } of hands) {
    if (userId !== null) since.set(userId, Math.min(at, since.get(userId) ?? at));
  }
  const taken: HandCredit[] = [];
  for (const [userId, at] of since) {
    for (const row of await takenSince(queries, { userId, since: at })) {
      taken.push(handCredit({ ...row, kind: 'debit' }));
    }
  }
  return taken;
}

/** What was credited by hand and may be this order's money, latest first; of an unpaid order what there would be now. */
export async function handCreditsOf(queries: Queries, order: Topup): Promise<HandCredit[]> {
  const wanted = forItsPerson(queries, order);
  // Found with the sum that came, before the payment system said so.
  const cameTiyin = order.paidTiyin ?? order.amountTiyin;
  const amounts = [...wanted.amounts, cameTiyin];
  const given = await givenTo(queries, { ...wanted, amounts });
  const own = given.map((row) => handCredit(row, order.id));
  if (order.amountTiyin === order.baseTiyin || cameTiyin !== order.amountTiyin) return own;
  const items = await queries
    .select()
    .from(item)
    .where(goneElsewhere(queries, order))
    .orderBy(desc(item.endedAt))
    .limit(MOST_LISTED);
  const others = (await givenTo(queries, forAnother(queries, order))).map((row) => handCredit(row));
  const elsewhere = [...items.map(ofItem), ...others].toSorted((a, b) => b.at - a.at);
  return [...own, ...elsewhere];
}

function ofItem(row: SuspenseItem): HandCredit {
  const { id, creditedTo: userId, amountTiyin, decidedBy: staffId, endedAt, createdAt } = row;
  const kind = userId === null ? 'returned' : 'suspense_credit';
  return { id, kind, userId, amountTiyin, staffId, at: endedAt ?? createdAt };
}
