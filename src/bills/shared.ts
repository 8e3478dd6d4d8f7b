/** Saved accounts that lie in homes: who else sees and pays them, and what was paid for them there. */
import { and, desc, eq, gte, inArray } from 'drizzle-orm';
import { DAY_MS, dayOf, startOf } from '../core/calendar.ts';
import type { Clock } from '../core/deps.ts';
import type { Tiyin } from '../core/money.ts';
import type { Database, Queries } from '../db/database.ts';
import { bills, savedAccounts } from '../db/tables.ts';
import {
  accountsIn,
  type Home,
  homeFor,
  homeOfAccount,
  homesOf,
  peopleOf,
  putIntoHome,
  takeFromHome,
} from '../homes/home.ts';
import { sortedAccount } from './account.ts';
import type { Account } from './paylov/types.ts';

type SavedAccount = typeof savedAccounts.$inferSelect;

/** A saved account that a person may pay: their own, or one of a home they belong to. */
export interface SharedAccount extends SavedAccount {
  /** The home it lies in; null: none. */
  home: Home | null;
  /** True for an account of their own, false for one that they see through a home. */
  isOwn: boolean;
}

/** One account of a service, as a person pays it. */
export interface PaidAccount {
  userId: number;
  serviceId: string;
  account: Account;
}

/** All that is told of somebody else's payment. */
export interface PaidThisMonth {
  amountTiyin: Tiyin;
  /** Milliseconds since 1970. */
  paidAt: number;
}

export interface SharedAccounts {
  /** A person's own accounts, oldest first, then those of homes they were invited to: each account once. */
  visible(userId: number): Promise<SharedAccount[]>;
  /** All that lie in a home, oldest first; the caller has seen that this person belongs to it. */
  inHome(home: Home, userId: number): Promise<SharedAccount[]>;
  /** An account that this person may pay. Null: it is neither theirs nor in a home they belong to. */
  payable(id: number, userId: number): Promise<SharedAccount | null>;
  /** Puts one's own account into a home of one's own, or into none. False: one of them is not this person's. */
  putInto(id: number, request: { userId: number; homeId: string | null }): Promise<boolean>;
  /** What was paid for it in this month, by its owner and the people of its home; the latest first. */
  paidThisMonth(shared: SharedAccount): Promise<PaidThisMonth[]>;
}

/** How many payments are told of at most. */
const MOST_PAID = 3;
/** How much later a bill may end than it was made, when nobody was sure about it. */
const LONGEST_OPEN_MS = 7 * DAY_MS;

export function createSharedAccounts({
  db,
  clock,
}: {
  db: Database;
  clock: Clock;
}): SharedAccounts {
  return {
    visible: async (userId) => await visible(db.read, userId),
    async inHome(home, userId) {
      const placed = await accountsIn(db.read, [home.id]);
      const rows = await accountsNamed(
        db.read,
        placed.map(({ savedId }) => savedId),
      );
      return rows.map((row) => asSeen(row, home, userId));
    },
    payable: async (id, userId) => await payable(db.read, id, userId),
    putInto: async (id, { userId, homeId }) =>
      await db.tx(async (tx) => {
        const own = and(eq(savedAccounts.id, id), eq(savedAccounts.userId, userId));
        if ((await tx.select().from(savedAccounts).where(own)).length === 0) return false;
        if (homeId === null) await takeFromHome(tx, id);
        else if ((await homeFor(tx, homeId, userId))?.isOwner !== true) return false;
        else await putIntoHome(tx, id, homeId);
        return true;
      }),
    async paidThisMonth({ home, userId, serviceId, account }) {
      const people = home ? await peopleOf(db.read, [home]) : [userId];
      const beganAt = startOf(`${dayOf(clock.now()).slice(0, 7)}-01`);
      const rows = await db.read
        .select({ amountTiyin: bills.amountTiyin, endedAt: bills.endedAt })
        .from(bills)
        .where(
          and(
            inArray(bills.userId, people),
            gte(bills.createdAt, beganAt - LONGEST_OPEN_MS),
            eq(bills.serviceId, serviceId),
            eq(bills.account, sortedAccount(account)),
            eq(bills.state, 'paid'),
            gte(bills.endedAt, beganAt),
          ),
        )
        .orderBy(desc(bills.endedAt))
        .limit(MOST_PAID);
      return rows.map(({ amountTiyin, endedAt }) => ({ amountTiyin, paidAt: endedAt ?? beganAt }));
    },
  };
}

function asSeen(row: SavedAccount, home: Home | null, userId: number): SharedAccount {
  return { ...row, home, isOwn: row.userId === userId };
}

async function accountsNamed(queries: Queries, ids: readonly number[]): Promise<SavedAccount[]> {
  if (ids.length === 0) return [];
  return await queries
    .select()
    .from(savedAccounts)
    .where(inArray(savedAccounts.id, [...ids]))
    .orderBy(savedAccounts.id);
}

async function visible(queries: Queries, userId: number): Promise<SharedAccount[]> {
  const all = await homesOf(queries, userId);
  const homes = new Map(all.map(({ home }) => [home.id, home]));
  const placed = await accountsIn(queries, [...homes.keys()]);
  const homeOf = new Map(placed.map(({ savedId, homeId }) => [savedId, homes.get(homeId)]));
  const own = await queries
    .select()
    .from(savedAccounts)
    .where(eq(savedAccounts.userId, userId))
    .orderBy(savedAccounts.id);
  const isOwn = new Set(own.map(({ id }) => id));
  const others = placed.map(({ savedId }) => savedId).filter((id) => !isOwn.has(id));
  const shared = await accountsNamed(queries, others);
  const seen = new Map<string, SharedAccount>();
  for (const row of [...own, ...shared]) {
    const key = JSON.stringify([row.serviceId, row.account]);
    const home = homeOf.get(row.id) ?? null;
    if (!seen.has(key)) seen.set(key, asSeen(row, home, userId));
  }
  return [...seen.values()];
}

async function payable(
  queries: Queries,
  id: number,
  userId: number,
): Promise<SharedAccount | null> {
  const [row] = await queries.select().from(savedAccounts).where(eq(savedAccounts.id, id));
  if (!row) return null;
  const home = await homeOfAccount(queries, id);
  const isOwn = row.userId === userId;
  const isShared = home !== null && (await homeFor(queries, home.id, userId)) !== null;
  return isOwn || isShared ? { ...row, home, isOwn } : null;
}

/** The homes through which this person pays this account: their own, and those they were invited to. */
export async function homesPaying(
  queries: Queries,
  { userId, serviceId, account }: PaidAccount,
): Promise<Home[]> {
  const homes = (await homesOf(queries, userId)).map(({ home }) => home);
  const placed = await accountsIn(
    queries,
    homes.map(({ id }) => id),
  );
  if (placed.length === 0) return [];
  const same = await queries
    .select({ id: savedAccounts.id })
    .from(savedAccounts)
    .where(
      and(
        inArray(
          savedAccounts.id,
          placed.map(({ savedId }) => savedId),
        ),
        eq(savedAccounts.serviceId, serviceId),
        eq(savedAccounts.account, sortedAccount(account)),
      ),
    );
  const ids = new Set(same.map(({ id }) => id));
  const meant = new Set(
    placed.filter(({ savedId }) => ids.has(savedId)).map((each) => each.homeId),
  );
  return homes.filter(({ id }) => meant.has(id));
}

/** Who else pays this account, because it lies in a home with them. */
export async function othersPaying(queries: Queries, paid: PaidAccount): Promise<number[]> {
  const people = await peopleOf(queries, await homesPaying(queries, paid));
  return people.filter((id) => id !== paid.userId);
}
