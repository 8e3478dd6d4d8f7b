/** Bills and the books tell the same story: each bill from a balance against its hold, and back. */
import { and, eq, isNull, like, ne, or, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { bills, entries, holds } from '../db/tables.ts';

const MAX_FINDINGS = 100;

/** What does not hold, each a sentence for the owner. Run it on a snapshot. */
export async function billsAgainstBooks(queries: Queries): Promise<string[]> {
  return [
    ...(await wrongHolds(queries)),
    ...(await holdsWithoutBill(queries)),
    ...(await refundsWithoutEntry(queries)),
  ];
}

const holdOfBill = eq(holds.id, sql`'bill:' || ${bills.id}`);

const stateOfHold = sql`case
  when ${bills.state} in ('paid', 'refunded') then 'captured'
  when ${bills.state} = 'failed' then 'released'
  else 'held' end`;

async function wrongHolds(queries: Queries): Promise<string[]> {
  const rows = await queries
    .select({ id: bills.id, state: bills.state, hold: holds.state })
    .from(bills)
    .leftJoin(holds, holdOfBill)
    .where(
      and(
        eq(bills.source, 'balance'),
        or(
          isNull(holds.id),
          sql`${holds.state} <> ${stateOfHold}`,
          ne(holds.userId, bills.userId),
          sql`${holds.amountTiyin} <> ${bills.amountTiyin} + ${bills.feeTiyin}`,
        ),
      ),
    )
    .limit(MAX_FINDINGS);
  return rows.map(
    ({ id, state, hold }) => `bill ${id} is ${state}, its hold is ${hold ?? 'missing'} or differs`,
  );
}

async function holdsWithoutBill(queries: Queries): Promise<string[]> {
  const ofHold = eq(bills.id, sql`substr(${holds.id}, ${'bill:'.length + 1})`);
  const rows = await queries
    .select({ id: holds.id })
    .from(holds)
    .leftJoin(bills, and(ofHold, eq(bills.source, 'balance')))
    .where(and(like(holds.id, 'bill:%'), isNull(bills.id)))
    .limit(MAX_FINDINGS);
  return rows.map(({ id }) => `hold ${id} belongs to no bill from a balance`);
}

async function refundsWithoutEntry(queries: Queries): Promise<string[]> {
  const refund = eq(entries.key, sql`'bill:' || ${bills.id} || ':refunded'`);
  const rows = await queries
    .select({ id: bills.id, state: bills.state })
    .from(bills)
    .leftJoin(entries, refund)
    .where(
      or(
        and(eq(bills.state, 'refunded'), isNull(entries.id)),
        and(ne(bills.state, 'refunded'), sql`${entries.id} is not null`),
      ),
    )
    .limit(MAX_FINDINGS);
  return rows.map(({ id, state }) => `bill ${id} is ${state}, and its refund says otherwise`);
}
