/** Bills by state, service, user and time, and by whatever somebody may quote about them: see db/walk.ts. */
import { and, desc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { countOf } from '../db/exact.ts';
import { billHistory, bills } from '../db/tables.ts';
import { endAt, endOfHistory, idAt, type Span, walkBack } from '../db/walk.ts';
import type { Tiyin } from '../core/money.ts';
import type { BillState } from './states.ts';
import { sortedAccount } from './account.ts';
import { type Bill, type BillHistoryRow, OPEN_STATES } from './bill.ts';
import { othersPaying, type PaidAccount } from './shared.ts';

export const BILL_GROUPS = {
  all: null,
  open: ['held', 'created', 'drafting', 'awaiting_code', 'paying'],
  review: ['unknown', 'stuck'],
  paid: ['paid'],
  ended: ['failed', 'refunded'],
} as const satisfies Record<string, readonly BillState[] | null>;

type BillGroup = keyof typeof BILL_GROUPS;

interface BillFilter {
  group: BillGroup;
  serviceId: string | null;
  userId: number | null;
  /** Made, or for a final state ended, within: milliseconds since 1970, the end not included. */
  fromAt: number | null;
  toAt: number | null;
}

interface BillPage {
  bills: Bill[];
  /** What brings the next page; null: this is the last one. */
  cursor: number | null;
}

interface PageRequest {
  /** The cursor that came with the page before; null asks for the first page. */
  cursor: number | null;
  limit: number;
}

const MOST = 10;

/** Latest first. */
export async function listBills(
  queries: Queries,
  filter: BillFilter,
  page: PageRequest,
): Promise<BillPage> {
  const few = filter.group === 'open' || filter.group === 'review' || filter.userId !== null;
  return await (few ? byIndex(queries, filter, page) : byHistory(queries, filter, page));
}

async function byIndex(
  queries: Queries,
  filter: BillFilter,
  { cursor, limit }: PageRequest,
): Promise<BillPage> {
  const offset = cursor ?? 0;
  const isFinal = filter.group === 'paid' || filter.group === 'ended';
  const when = isFinal ? bills.endedAt : bills.createdAt;
  const states = BILL_GROUPS[filter.group];
  const rows = await queries
    .select()
    .from(bills)
    .where(
      and(
        filter.userId === null ? undefined : eq(bills.userId, filter.userId),
        states === null ? undefined : inArray(bills.state, [...states]),
        filter.serviceId === null ? undefined : eq(bills.serviceId, filter.serviceId),
        filter.fromAt === null ? undefined : gte(when, filter.fromAt),
        filter.toAt === null ? undefined : lt(when, filter.toAt),
      ),
    )
    .orderBy(desc(bills.createdAt), desc(bills.id))
    .limit(limit + 1)
    .offset(offset);
  return {
    bills: rows.slice(0, limit),
    cursor: rows.length > limit ? offset + limit : null,
  };
}

async function byHistory(
  queries: Queries,
  filter: BillFilter,
  { cursor, limit }: PageRequest,
): Promise<BillPage> {
  const { fromAt, toAt, group, serviceId } = filter;
  const fromId = fromAt === null ? 1 : await idAt(queries, billHistory, fromAt);
  const beforeId = cursor ?? (await endAt(queries, billHistory, toAt));
  const states = BILL_GROUPS[group];
  const where = and(
    states === null
      ? FIRST_STEP
      : and(
          inArray(billHistory.toState, [...states]),
          sql`${bills.state} || '' = ${billHistory.toState}`,
        ),
    serviceId === null ? undefined : eq(bills.serviceId, serviceId),
    fromAt === null ? undefined : gte(billHistory.at, fromAt),
    toAt === null ? undefined : lt(billHistory.at, toAt),
  );
  const found = await walkBack({ fromId, beforeId, limit }, (span) =>
    stepsWhere(queries, where, span),
  );
  return { bills: found.rows.map(({ bill }) => bill), cursor: found.beforeId };
}

/** The first step in a bill's history. Every bill has one; later ones of this kind name the transaction before. */
const FIRST_STEP = and(
  inArray(billHistory.toState, ['held', 'drafting']),
  isNull(billHistory.transactionId),
);

async function stepsWhere(queries: Queries, where: SQL | undefined, span: Span) {
  return await queries
    .select({ stepId: billHistory.id, bill: bills })
    .from(billHistory)
    .innerJoin(bills, eq(bills.id, billHistory.billId))
    .where(and(gte(billHistory.id, span.fromId), lt(billHistory.id, span.beforeId), where))
    .orderBy(desc(billHistory.id))
    .limit(span.limit);
}

async function recentBills(queries: Queries, where: SQL | undefined): Promise<Bill[]> {
  const span = { fromId: 1, beforeId: await endOfHistory(queries, billHistory), limit: MOST };
  const found = await walkBack(span, (each) => stepsWhere(queries, where, each));
  return found.rows.map(({ bill }) => bill);
}

/** Finds bills by our id, by any transaction they ever had at Paylov, or by Paylov's payment reference. */
export async function billsNamed(queries: Queries, text: string): Promise<Bill[]> {
  const [own] = await queries.select().from(bills).where(eq(bills.id, text.toUpperCase()));
  const earlier = await queries
    .select({ bill: bills })
    .from(billHistory)
    .innerJoin(bills, eq(bills.id, billHistory.billId))
    .where(eq(billHistory.transactionId, text))
    .limit(MOST);
  const named = [own, ...earlier.map(({ bill }) => bill)].filter((row) => row !== undefined);
  const found =
    named.length > 0
      ? named
      : await recentBills(
          queries,
          and(eq(billHistory.toState, 'paid'), eq(bills.paymentRef, text)),
        );
  return [...new Map(found.map((row) => [row.id, row])).values()];
}

/** Bills of exactly this sum, with or without the fee, latest first. */
export async function billsOfSum(queries: Queries, amountTiyin: Tiyin): Promise<Bill[]> {
  const total = sql`${bills.amountTiyin} + ${bills.feeTiyin} = ${amountTiyin}`;
  return await recentBills(queries, and(FIRST_STEP, or(eq(bills.amountTiyin, amountTiyin), total)));
}

export async function billsByIds(queries: Queries, ids: readonly string[]): Promise<Bill[]> {
  if (ids.length === 0) return [];
  const rows = await queries
    .select()
    .from(bills)
    .where(inArray(bills.id, [...ids]));
  return rows;
}

export interface ServiceName {
  id: string;
  name: string;
}

/** Services that were paid for lately, by name. */
export async function recentServices(queries: Queries): Promise<ServiceName[]> {
  const end = await endOfHistory(queries, billHistory);
  const rows = await queries
    .select({ id: bills.serviceId, name: sql<string>`max(${bills.serviceName})` })
    .from(billHistory)
    .innerJoin(bills, eq(bills.id, billHistory.billId))
    .where(and(gte(billHistory.id, end - RECENT_STEPS), FIRST_STEP))
    .groupBy(bills.serviceId)
    .limit(MOST_SERVICES);
  return rows.toSorted((a, b) => a.name.localeCompare(b.name));
}

const RECENT_STEPS = 20_000;
const MOST_SERVICES = 40;

/** Steps of one bill, latest first. */
export async function historyOf(
  queries: Queries,
  id: string,
  { offset = 0, limit }: { offset?: number; limit: number },
): Promise<BillHistoryRow[]> {
  return await queries
    .select()
    .from(billHistory)
    .where(eq(billHistory.billId, id))
    .orderBy(desc(billHistory.id))
    .limit(limit)
    .offset(offset);
}

/** How many bills nobody is sure about, and how many of them wait for an owner. */
export async function unclearBills(queries: Queries): Promise<Record<'unknown' | 'stuck', number>> {
  const rows = await queries
    .select({ state: bills.state, n: countOf() })
    .from(bills)
    .where(inArray(bills.state, ['unknown', 'stuck']))
    .groupBy(bills.state);
  return { unknown: 0, stuck: 0, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
}

/** How many bills are not over. */
export async function countOpen(queries: Queries): Promise<number> {
  const isOpen = inArray(bills.state, [...OPEN_STATES]);
  const [row] = await queries.select({ n: countOf() }).from(bills).where(isOpen);
  return row?.n ?? 0;
}

/** The bill of a confirmation, or null: nothing was written for it. */
export async function billOfConfirmation(
  queries: Queries,
  confirmationId: string,
): Promise<Bill | null> {
  const [row] = await queries.select().from(bills).where(eq(bills.confirmationId, confirmationId));
  return row ?? null;
}

/**
 * A bill of this account that is open, or was paid since then, by this person or somebody else of its home; the latest. Null:
 * nobody has paid it.
 */
export async function paidOrOpen(
  queries: Queries,
  { userId, serviceId, account }: PaidAccount,
  sinceAt: number,
): Promise<Bill | null> {
  const others = await othersPaying(queries, { userId, serviceId, account });
  const isPaid = and(eq(bills.state, 'paid'), gte(bills.endedAt, sinceAt));
  const [row] = await queries
    .select()
    .from(bills)
    .where(
      and(
        inArray(bills.userId, [userId, ...others]),
        eq(bills.serviceId, serviceId),
        eq(bills.account, sortedAccount(account)),
        or(inArray(bills.state, [...OPEN_STATES]), isPaid),
      ),
    )
    .orderBy(desc(bills.createdAt))
    .limit(1);
  return row ?? null;
}

/** The latest bill of this account, whatever became of it. */
export async function latestBillOf(
  queries: Queries,
  { userId, serviceId, account }: PaidAccount,
): Promise<Bill | null> {
  const [row] = await queries
    .select()
    .from(bills)
    .where(
      and(
        eq(bills.userId, userId),
        eq(bills.serviceId, serviceId),
        eq(bills.account, sortedAccount(account)),
      ),
    )
    .orderBy(desc(bills.createdAt), desc(bills.id))
    .limit(1);
  return row ?? null;
}

/** True when nothing was paid for this account before this bill: its payer is new to it. */
export async function isFirstPaid(queries: Queries, billId: string): Promise<boolean> {
  const [bill] = await queries.select().from(bills).where(eq(bills.id, billId));
  if (!bill) return false;
  const { userId, serviceId, account } = bill;
  const same = and(eq(bills.userId, userId), eq(bills.serviceId, serviceId));
  const rows = await queries
    .select({ id: bills.id })
    .from(bills)
    .where(and(same, eq(bills.account, account), eq(bills.state, 'paid')))
    .limit(2);
  return rows.length === 1 && rows[0]?.id === billId;
}
