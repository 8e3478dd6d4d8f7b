/** Orders by whatever somebody may quote about them. */
import { and, desc, eq, gt, inArray, or, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { providerEvents, suspenseItems, topupHistory, topups } from '../db/tables.ts';
import { parseTypedSum, type Tiyin } from '../core/money.ts';
import { recentTopups } from './list.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import type { SuspenseItem } from './suspense.ts';
import type { Topup } from './topup.ts';

const PROVIDERS: readonly ProviderId[] = ['inpay', 'payfer', 'rasmiypay', 'autopaycard'];

const MOST = 10;
/** How many stored messages of providers are looked through. */
const LATEST_EVENTS = 20_000;
/** Shorter texts stand in every message. */
const MIN_QUOTE = 4;

/** By our id, our code, or the provider's name for it. */
export async function topupsNamed(queries: Queries, text: string): Promise<Topup[]> {
  const upper = text.toUpperCase();
  // One by one: together with the others, none of the indexes would be used.
  const found = [
    await queries.select().from(topups).where(eq(topups.id, upper)),
    await queries.select().from(topups).where(eq(topups.orderCode, upper)),
    await queries
      .select()
      .from(topups)
      .where(and(inArray(topups.provider, [...PROVIDERS]), eq(topups.providerOrder, text))),
  ].flat();
  return [...new Map(found.map((row) => [row.id, row])).values()];
}

/** How an order ended before money came for it all the same. */
export type Ending = 'expired' | 'cancelled' | 'closed';

/** How an order had ended before money came for it all the same. `closed` is what its payment system did. */
export async function endingBeforeMoney(queries: Queries, topupId: string): Promise<Ending> {
  const [last] = await queries
    .select({ toState: topupHistory.toState, cause: topupHistory.cause })
    .from(topupHistory)
    .where(
      and(
        eq(topupHistory.topupId, topupId),
        inArray(topupHistory.toState, ['expired', 'cancelled', 'failed']),
      ),
    )
    .orderBy(desc(topupHistory.id))
    .limit(1);
  if (last?.toState === 'expired') return 'expired';
  return last?.cause === 'user' ? 'cancelled' : 'closed';
}

/** Orders that were to be paid, or were paid, with exactly this sum, latest first. */
export async function topupsOfSum(queries: Queries, amountTiyin: Tiyin): Promise<Topup[]> {
  const of = or(eq(topups.amountTiyin, amountTiyin), eq(topups.paidTiyin, amountTiyin));
  return of ? await recentTopups(queries, of, MOST) : [];
}

export async function suspenseOfSum(queries: Queries, amountTiyin: Tiyin): Promise<SuspenseItem[]> {
  const rows = await queries
    .select()
    .from(suspenseItems)
    .where(eq(suspenseItems.amountTiyin, amountTiyin))
    .orderBy(desc(suspenseItems.createdAt))
    .limit(MOST);
  return rows;
}

/** The text as a sum, with tiyin where it has some: what `Copy the sum` copied. Null when it is none. */
export function quotedSum(text: string): Tiyin | null {
  return parseTypedSum(text, { tiyin: true });
}

/**
 * Orders and bills whose provider named this text (a transaction, a payment) in one of its latest messages. Their
 * ids, latest first.
 */
export async function subjectsQuoting(queries: Queries, text: string): Promise<string[]> {
  if (text.length < MIN_QUOTE) return [];
  const [last] = await queries
    .select({ id: providerEvents.id })
    .from(providerEvents)
    .orderBy(desc(providerEvents.id))
    .limit(1);
  const rows = await queries
    .select({ subject: providerEvents.topupId })
    .from(providerEvents)
    .where(
      and(
        gt(providerEvents.id, (last?.id ?? 0) - LATEST_EVENTS),
        sql`replace(${providerEvents.body}, ${text}, '') <> ${providerEvents.body}`,
      ),
    )
    .orderBy(desc(providerEvents.id))
    .limit(50);
  return [...new Set(rows.map(({ subject }) => subject))].slice(0, MOST);
}

export async function topupsByIds(queries: Queries, ids: readonly string[]): Promise<Topup[]> {
  if (ids.length === 0) return [];
  const rows = await queries
    .select()
    .from(topups)
    .where(inArray(topups.id, [...ids]));
  return rows;
}
