/**
 * What an export holds, page by page. Orders and bills are those made in the period; entries are all of the period,
 * one row for each line. Every page is a range of ids found by bisection, so the age of the bot does not matter.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { entryRows, historyRows, idsAround } from '../db/first-id.ts';
import type { History } from '../db/walk.ts';
import { billHistory, bills, entries, lines, topupHistory, topups, users } from '../db/tables.ts';
import { madeIn } from '../ledger/figures.ts';
import type { Period } from '../core/calendar.ts';
import { plainAccount } from '../ledger/stripes.ts';

/** Read in some milliseconds. */
const PAGE = 1000;

/** The last one not included. */
interface IdRange {
  fromId: number;
  toId: number;
}

/** A page of a period: what is in the range and of that time. */
type Page = IdRange & Period;

async function* pages<T>(
  { fromId, toId, ...period }: Page,
  read: (page: Page) => Promise<T[]>,
): AsyncGenerator<T[]> {
  for (let from = fromId; from < toId; from += PAGE) {
    const page = await read({ ...period, fromId: from, toId: Math.min(from + PAGE, toId) });
    if (page.length > 0) yield page;
    // Others get their turn between two pages.
    await nextTurn();
  }
}

const person = {
  firstName: users.firstName,
  lastName: users.lastName,
  username: users.username,
};

function stepsOf(steps: History, { fromId, toId, fromAt, toAt }: Page): SQL | undefined {
  const ids = and(gte(steps.id, fromId), lt(steps.id, toId));
  return and(ids, gte(steps.at, fromAt), lt(steps.at, toAt));
}

export type OrderRow = Awaited<ReturnType<typeof readOrders>>[number];

/** The first step of an order's history says when it was made. */
const firstOfOrder = sql`${topupHistory.id} = (select min(first.id) from ${topupHistory} as first where first.topup_id = ${topups.id})`;

async function readOrders(queries: Queries, page: Page) {
  return await queries
    .select({ order: topups, ...person })
    .from(topupHistory)
    .innerJoin(topups, eq(topups.id, topupHistory.topupId))
    .leftJoin(users, eq(users.id, topups.userId))
    .where(and(stepsOf(topupHistory, page), firstOfOrder))
    .orderBy(asc(topupHistory.id));
}

export async function* ordersOf(queries: Queries, period: Period): AsyncGenerator<OrderRow[]> {
  const range = await idsAround(historyRows(queries, topupHistory), period);
  yield* pages({ ...range, ...period }, (page) => readOrders(queries, page));
}

export type BillRow = Awaited<ReturnType<typeof readBills>>[number];

const firstOfBill = sql`${billHistory.id} = (select min(first.id) from ${billHistory} as first where first.bill_id = ${bills.id})`;

async function readBills(queries: Queries, page: Page) {
  return await queries
    .select({ bill: bills, ...person })
    .from(billHistory)
    .innerJoin(bills, eq(bills.id, billHistory.billId))
    .leftJoin(users, eq(users.id, bills.userId))
    .where(and(stepsOf(billHistory, page), firstOfBill))
    .orderBy(asc(billHistory.id));
}

export async function* billsOf(queries: Queries, period: Period): AsyncGenerator<BillRow[]> {
  const range = await idsAround(historyRows(queries, billHistory), period);
  yield* pages({ ...range, ...period }, (page) => readBills(queries, page));
}

export type LineRow = Awaited<ReturnType<typeof readLines>>[number];

async function readLines(queries: Queries, { fromId, toId, ...period }: Page) {
  const rows = await queries
    .select({
      id: entries.id,
      createdAt: entries.createdAt,
      kind: entries.kind,
      key: entries.key,
      actor: entries.actor,
      reason: entries.reason,
      account: lines.accountId,
      amountTiyin: lines.amountTiyin,
    })
    .from(entries)
    .innerJoin(lines, eq(lines.entryId, entries.id))
    .where(and(gte(entries.id, fromId), lt(entries.id, toId), madeIn(period)))
    .orderBy(asc(entries.id), asc(lines.position));
  return rows.map((row) => Object.assign(row, { account: plainAccount(row.account) }));
}

export async function* linesOf(queries: Queries, period: Period): AsyncGenerator<LineRow[]> {
  const range = await idsAround(entryRows(queries), period);
  yield* pages({ ...range, ...period }, (page) => readLines(queries, page));
}
