/** Orders, items of suspense and the books tell the same story about money that is nobody's. */
import { and, eq, isNull, like, ne, not, or, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { sumOf } from '../db/exact.ts';
import { entries, lines, suspenseItems, topups } from '../db/tables.ts';
import { type AccountId, RETURNS, SUSPENSE } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import type { Tiyin } from '../money.ts';

const MAX_FINDINGS = 100;

/** What does not hold, each a sentence for the owner. Run it on a snapshot. */
export async function suspenseAgainstBooks(queries: Queries): Promise<string[]> {
  return [
    ...(await wrongBalance(queries, SUSPENSE, await expectedSuspense(queries))),
    ...(await wrongBalance(queries, RETURNS, await expectedReturns(queries))),
    ...(await itemsWithoutEntries(queries)),
  ];
}

async function wrongBalance(
  queries: Queries,
  account: AccountId,
  expectedTiyin: Tiyin,
): Promise<string[]> {
  const balanceTiyin = await balanceOf(queries, account);
  if (balanceTiyin === expectedTiyin) return [];
  return [`${account} has ${balanceTiyin} tiyin, orders and items say ${expectedTiyin}`];
}

const paid = sumOf(topups.paidTiyin);
const amount = sumOf(suspenseItems.amountTiyin);

/** Orders in review and open items. */
async function expectedSuspense(queries: Queries): Promise<Tiyin> {
  const [reviews] = await queries.select({ paid }).from(topups).where(eq(topups.state, 'review'));
  const [open] = await queries
    .select({ amount })
    .from(suspenseItems)
    .where(eq(suspenseItems.state, 'open'));
  return (reviews?.paid ?? 0) + (open?.amount ?? 0);
}

/** Refused orders whose money did not go on into an item, and returned items. */
async function expectedReturns(queries: Queries): Promise<Tiyin> {
  const [refused] = await queries.select({ paid }).from(topups).where(eq(topups.state, 'refused'));
  const [redirected] = await queries.select({ amount }).from(suspenseItems).where(fromReview);
  const [returned] = await queries
    .select({ amount })
    .from(suspenseItems)
    .where(eq(suspenseItems.state, 'returned'));
  return (refused?.paid ?? 0) - (redirected?.amount ?? 0) + (returned?.amount ?? 0);
}

/** The order's own entry put this money into suspense. */
const fromReview = like(suspenseItems.key, 'topup:%:review');

/** An item from a review has no first entry of its own; every other one has. Decided ones have a second. */
async function itemsWithoutEntries(queries: Queries): Promise<string[]> {
  const first = await queries
    .select({ id: suspenseItems.id })
    .from(suspenseItems)
    .leftJoin(entries, eq(entries.key, sql`'suspense:' || ${suspenseItems.id}`))
    .leftJoin(lines, and(eq(lines.entryId, entries.id), eq(lines.position, 1)))
    .where(
      and(
        not(fromReview),
        or(
          isNull(entries.id),
          isNull(lines.entryId),
          ne(lines.amountTiyin, suspenseItems.amountTiyin),
        ),
      ),
    )
    .limit(MAX_FINDINGS);
  const decided = await queries
    .select({ id: suspenseItems.id, state: suspenseItems.state })
    .from(suspenseItems)
    .leftJoin(entries, eq(entries.key, sql`'suspense:' || ${suspenseItems.id} || ':decided'`))
    .where(
      or(
        and(ne(suspenseItems.state, 'open'), isNull(entries.id)),
        and(eq(suspenseItems.state, 'open'), not(isNull(entries.id))),
      ),
    )
    .limit(MAX_FINDINGS);
  return [
    ...first.map(({ id }) => `item ${id} of suspense and its entry differ`),
    ...decided.map(
      ({ id, state }) => `item ${id} of suspense is ${state}, its entries say otherwise`,
    ),
  ];
}
