/** Orders, items of suspense and the books tell the same story about money that is nobody's. */
import { and, eq, isNotNull, isNull, like, ne, not, or, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { sumOf } from '../db/exact.ts';
import { adminActions, entries, lines, suspenseItems, topups } from '../db/tables.ts';
import { type AccountId, RETURNS, SUSPENSE, userAvailable } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import type { Tiyin } from '../core/money.ts';
import { SAME_ELSEWHERE_ENTRY } from '../topups/same-money.ts';
import { TAKEN_BACK_ENTRY } from '../topups/taken-back.ts';

const MAX_FINDINGS = 100;

/** What does not hold, each a sentence for the owner. Run it on a snapshot. */
export async function suspenseAgainstBooks(queries: Queries): Promise<string[]> {
  return [
    ...(await wrongBalance(queries, SUSPENSE, await expectedSuspense(queries))),
    ...(await wrongBalance(queries, RETURNS, await expectedReturns(queries))),
    ...(await itemsWithoutEntries(queries)),
  ];
}

/**
 * What was debited because a payment was taken back, told by entries, by the staff's requests and by orders: the same
 * sums, never more than was credited and is gone. Run it on a snapshot.
 */
export async function takenBackAgainstBooks(queries: Queries): Promise<string[]> {
  const booked = await queries
    .select({ key: entries.key, tiyin: lines.amountTiyin, account: lines.accountId })
    .from(entries)
    .innerJoin(lines, and(eq(lines.entryId, entries.id), eq(lines.position, 1)))
    .where(eq(entries.kind, TAKEN_BACK_ENTRY));
  const asked = await queries
    .select({ subject: adminActions.subject, tiyin: adminActions.amountTiyin })
    .from(adminActions)
    .where(and(eq(adminActions.kind, 'taken_back'), eq(adminActions.state, 'done')));
  const orders = await queries.select().from(topups).where(isNotNull(topups.takenBackAt));
  const known = new Map(orders.map((order) => [order.id, order]));
  const inBooks = Map.groupBy(booked, ({ key }) => key.split(':')[1] ?? '');
  const requested = Map.groupBy(asked, ({ subject }) => subject ?? '');
  const ended = orders.filter((order) => order.takenBackEnd === 'debited').map(({ id }) => id);
  const ids = new Set([...inBooks.keys(), ...requested.keys(), ...ended]);
  return [...ids].slice(0, MAX_FINDINGS).flatMap((id) => {
    const debits = inBooks.get(id) ?? [];
    const debitedTiyin = 0 - debits.reduce((sum, { tiyin }) => sum + tiyin, 0);
    const askedTiyin = requested.get(id)?.reduce((sum, { tiyin }) => sum + tiyin, 0) ?? 0;
    const order = known.get(id);
    const findings: string[] = [];
    if (debitedTiyin !== askedTiyin) {
      findings.push(`${debitedTiyin} tiyin of order ${id} were debited, ${askedTiyin} asked for`);
    }
    const own = order && debits.every(({ account }) => account === userAvailable(order.userId));
    const most = Math.min(order?.takenBackTiyin ?? 0, order?.paidTiyin ?? 0);
    if (!own || order.state !== 'paid' || debitedTiyin <= 0 || debitedTiyin > most) {
      findings.push(`order ${id} does not say that ${debitedTiyin} tiyin of it were debited`);
    }
    return findings;
  });
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

/**
 * Refused orders whose money did not go on into an item and was not in the books already, and returned items; not what was a
 * mistake in the books.
 */
async function expectedReturns(queries: Queries): Promise<Tiyin> {
  const [refused] = await queries.select({ paid }).from(topups).where(eq(topups.state, 'refused'));
  const [known] = await queries
    .select({ amount: sumOf(lines.amountTiyin) })
    .from(entries)
    .innerJoin(lines, and(eq(lines.entryId, entries.id), eq(lines.position, 0)))
    .where(eq(entries.kind, SAME_ELSEWHERE_ENTRY));
  const [redirected] = await queries.select({ amount }).from(suspenseItems).where(fromReview);
  const [returned] = await queries
    .select({ amount })
    .from(suspenseItems)
    .where(and(eq(suspenseItems.state, 'returned'), ne(suspenseItems.kind, 'mistaken')));
  // Their first line takes it out of suspense.
  const stillTiyin = (refused?.paid ?? 0) + (known?.amount ?? 0) - (redirected?.amount ?? 0);
  return stillTiyin + (returned?.amount ?? 0);
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
