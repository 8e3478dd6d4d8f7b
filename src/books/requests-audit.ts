/** Requests for money onto a balance and the books tell the same story: each that was paid against its entry, and back. */
import { and, eq, isNull, ne, or, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { bills, entries, lines, requests } from '../db/tables.ts';

const MAX_FINDINGS = 100;

/** What does not hold, each a sentence for the owner. Run it on a snapshot. */
export async function requestsAgainstBooks(queries: Queries): Promise<string[]> {
  return [
    ...(await withoutEntry(queries)),
    ...(await withoutRequest(queries)),
    ...(await otherLines(queries)),
    ...(await otherBills(queries)),
  ];
}

// The same condition from either side, each so that the other side's index serves it.
const ownEntry = eq(entries.key, sql`'request:' || ${requests.id}`);
const ofEntry = eq(requests.id, sql`substr(${entries.key}, ${'request:'.length + 1})`);
const isGiven = and(eq(requests.kind, 'balance'), eq(requests.state, 'paid'));

async function withoutEntry(queries: Queries): Promise<string[]> {
  const rows = await queries
    .select({ id: requests.id })
    .from(requests)
    .leftJoin(entries, ownEntry)
    .where(and(isGiven, isNull(entries.id)))
    .limit(MAX_FINDINGS);
  return rows.map(({ id }) => `request ${id} is paid and has no entry`);
}

async function withoutRequest(queries: Queries): Promise<string[]> {
  const rows = await queries
    .select({ key: entries.key })
    .from(entries)
    .leftJoin(requests, and(ofEntry, isGiven))
    .where(and(eq(entries.kind, 'request'), isNull(requests.id)))
    .limit(MAX_FINDINGS);
  return rows.map(({ key }) => `entry ${key} belongs to no paid request`);
}

const givenLine = sql`(${lines.position} = 0
  and ${lines.accountId} = 'user:' || ${requests.payerId} || ':available'
  and ${lines.amountTiyin} = 0 - ${requests.amountTiyin})`;
const takenLine = sql`(${lines.position} = 1
  and ${lines.accountId} = 'user:' || ${requests.userId} || ':available'
  and ${lines.amountTiyin} = ${requests.amountTiyin})`;

async function otherLines(queries: Queries): Promise<string[]> {
  const rows = await queries
    .selectDistinct({ id: requests.id })
    .from(requests)
    .innerJoin(entries, ownEntry)
    .innerJoin(lines, eq(lines.entryId, entries.id))
    .where(and(isGiven, sql`not (${givenLine} or ${takenLine})`))
    .limit(MAX_FINDINGS);
  return rows.map(({ id }) => `request ${id} and its entry name different people or sums`);
}

const stateOfBill = sql`case
  when ${bills.state} in ('paid', 'refunded') then 'paid'
  when ${bills.state} = 'failed' then 'open'
  else 'paying' end`;

/** A failed bill has left its request to others. */
async function otherBills(queries: Queries): Promise<string[]> {
  const rows = await queries
    .select({ id: requests.id, bill: bills.id })
    .from(bills)
    .leftJoin(requests, eq(requests.id, bills.requestId))
    .where(
      and(
        sql`${bills.requestId} is not null`,
        or(
          isNull(requests.id),
          and(eq(requests.billId, bills.id), sql`${requests.state} <> ${stateOfBill}`),
          and(ne(bills.state, 'failed'), sql`coalesce(${requests.billId}, '') <> ${bills.id}`),
        ),
      ),
    )
    .limit(MAX_FINDINGS);
  return rows.map(({ id, bill }) => `bill ${bill} and the request ${id ?? 'it is for'} differ`);
}
