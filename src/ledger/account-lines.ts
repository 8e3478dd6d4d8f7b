/** Every account with what is on it, and one account line by line with the balance after each. For the staff. */
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { exact, sumOf } from '../db/exact.ts';
import { accounts, entries, lines } from '../db/tables.ts';
import type { Tiyin } from '../core/money.ts';
import type { AccountId } from './accounts.ts';
import { ofAccount, plainAccount } from './stripes.ts';

/** The accounts of all people together, as `allAccounts` calls them. */
const PEOPLE = { available: 'users:available', held: 'users:held' } as const;

const GROUP = sql<string>`case
  when ${accounts.id} like 'user:%:available' then ${sql.raw(`'${PEOPLE.available}'`)}
  when ${accounts.id} like 'user:%:held' then ${sql.raw(`'${PEOPLE.held}'`)}
  else ${accounts.id} end`;

/**
 * The operator's accounts, each together with its stripes, and those of all people as two: the whole books, so that they
 * add up to zero. They are read in one look, or they would not fit each other; it goes through every account.
 */
export async function allAccounts(
  queries: Queries,
): Promise<{ account: string; balanceTiyin: Tiyin }[]> {
  const rows = await queries
    .select({ id: GROUP, balanceTiyin: sumOf(accounts.balanceTiyin) })
    .from(accounts)
    .groupBy(GROUP)
    .orderBy(GROUP);
  const sums = new Map<string, Tiyin>();
  for (const { id, balanceTiyin } of rows) {
    const account = plainAccount(id);
    sums.set(account, (sums.get(account) ?? 0) + balanceTiyin);
  }
  return [...sums].map(([account, balanceTiyin]) => ({ account, balanceTiyin }));
}

interface AccountLine {
  entryId: number;
  kind: string;
  key: string;
  actor: string;
  reason: string | null;
  at: number;
  /** What the account gained (positive) or gave by this entry. */
  amountTiyin: Tiyin;
  /** What was on it after the entry, by the order of entries' ids. */
  balanceTiyin: Tiyin;
}

/**
 * Newest first. Balances are counted back from what is there now, in one query, so that they fit each other: what a page
 * costs grows with how far back it is, which `offset` bounds at the caller's.
 */
export async function accountLines(
  queries: Queries,
  { account, offset, limit }: { account: AccountId; offset: number; limit: number },
): Promise<AccountLine[]> {
  const own = queries
    .select({ entryId: lines.entryId, amount: sumOf(lines.amountTiyin).as('amount') })
    .from(lines)
    .where(ofAccount(lines.accountId, account))
    .groupBy(lines.entryId)
    .orderBy(desc(lines.entryId))
    .limit(offset + limit)
    .as('own');
  const total = queries
    .select({ tiyin: sumOf(accounts.balanceTiyin).as('tiyin') })
    .from(accounts)
    .where(ofAccount(accounts.id, account))
    .as('total');
  const later = sql`coalesce(sum(${own.amount}) over (order by ${own.entryId} desc rows between unbounded preceding and 1 preceding), 0)`;
  return await queries
    .select({
      entryId: own.entryId,
      kind: entries.kind,
      key: entries.key,
      actor: entries.actor,
      reason: entries.reason,
      at: entries.createdAt,
      amountTiyin: sql<number>`${own.amount}`.mapWith(exact),
      balanceTiyin: sql<number>`${total.tiyin} - ${later}`.mapWith(exact),
    })
    .from(own)
    .innerJoin(entries, eq(entries.id, own.entryId))
    .innerJoin(total, and(sql`1 = 1`))
    .orderBy(desc(own.entryId))
    .limit(limit)
    .offset(offset);
}
