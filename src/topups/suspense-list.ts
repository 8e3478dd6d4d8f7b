/** Money of which somebody has to decide whose it is, and whose it may be. */
import { and, desc, eq, gte, ne, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { suspenseItems, topupHistory, topups } from '../db/tables.ts';
import { idAt } from '../db/walk.ts';
import type { Tiyin } from '../core/money.ts';
import { topupsOpened } from './list.ts';
import { inLiveIndex, topupById } from './transitions.ts';
import { suspenseItem, type SuspenseItem } from './suspense.ts';
import type { Topup } from './topup.ts';
import { HOUR_MS } from '../core/calendar.ts';

/** An order in review, or an item, in the same words. */
export interface OpenMoney {
  /** The id of the item or the order. */
  id: string;
  source: { kind: 'review'; topup: Topup } | { kind: 'item'; item: SuspenseItem };
  provider: string;
  amountTiyin: Tiyin;
  at: number;
}

/** More are not listed: so many are a flood, not a list. */
const MOST = 500;

/** Latest first. */
export async function openMoney(queries: Queries): Promise<OpenMoney[]> {
  const reviews = await queries
    .select()
    .from(topups)
    .where(and(inLiveIndex, eq(topups.state, 'review')))
    .orderBy(desc(topups.endedAt))
    .limit(MOST);
  const items = await queries
    .select()
    .from(suspenseItems)
    .where(sql`${suspenseItems.state} = 'open'`)
    .orderBy(desc(suspenseItems.createdAt))
    .limit(MOST);
  const all = [...reviews.map(ofReview), ...items.map((item) => ofItem(item))];
  return all.toSorted((a, b) => b.at - a.at);
}

function ofReview(topup: Topup): OpenMoney {
  return {
    id: topup.id,
    source: { kind: 'review', topup },
    provider: topup.provider,
    amountTiyin: topup.paidTiyin ?? topup.amountTiyin,
    at: topup.endedAt ?? topup.createdAt,
  };
}

function ofItem(item: SuspenseItem): OpenMoney {
  const { id, provider, amountTiyin, createdAt: at } = item;
  return { id, source: { kind: 'item', item }, provider, amountTiyin, at };
}

/** Finds money by an item's id, decided ones too, or by that of an order in review. */
export async function moneyById(queries: Queries, id: string): Promise<OpenMoney | null> {
  const item = await suspenseItem(queries, id);
  if (item) return ofItem(item);
  const topup = await topupById(queries, id);
  return topup?.state === 'review' ? ofReview(topup) : null;
}

/** What its provider took back of the order the money came with; null is nothing. */
export async function takenBackWith(
  queries: Queries,
  { source }: OpenMoney,
): Promise<Tiyin | null> {
  if (source.kind === 'review') return source.topup.takenBackTiyin;
  const { topupId } = source.item;
  const topup = topupId === null ? null : await topupById(queries, topupId);
  return topup?.takenBackTiyin ?? null;
}

/** How long before the money came its order may have been opened. */
const BEFORE_MS = 72 * HOUR_MS;
const SUGGESTED = 5;

/**
 * Orders whose user may have paid this: the order it came with, then those that had this very sum on its card, at whichever
 * provider, or where no card is known at this provider, near that time, unpaid ones first.
 */
export async function suggestionsFor(queries: Queries, money: OpenMoney): Promise<Topup[]> {
  const { source } = money;
  const ownId = source.kind === 'review' ? source.topup.id : source.item.topupId;
  const own = ownId === null ? null : await topupById(queries, ownId);
  const near = await topupsNear(queries, {
    money,
    except: ownId ?? '',
    cardHash: own?.cardHash ?? null,
  });
  const unpaidFirst = near.toSorted(
    (a, b) => Number(a.state === 'paid') - Number(b.state === 'paid'),
  );
  const all = own ? [own, ...unpaidFirst] : unpaidFirst;
  const byUser = new Map(all.toReversed().map((topup) => [topup.userId, topup]));
  return all.filter((topup) => byUser.get(topup.userId) === topup).slice(0, SUGGESTED);
}

async function topupsNear(
  queries: Queries,
  { money, except, cardHash }: { money: OpenMoney; except: string; cardHash: string | null },
): Promise<Topup[]> {
  const { provider, amountTiyin, at } = money;
  const fromAt = at - BEFORE_MS;
  const fromId = await idAt(queries, topupHistory, fromAt);
  const beforeId = await idAt(queries, topupHistory, at + HOUR_MS);
  const where = and(
    eq(topups.amountTiyin, amountTiyin),
    cardHash === null
      ? sql`${topups.provider} || '' = ${provider}`
      : sql`${topups.cardHash} || '' = ${cardHash}`,
    ne(topups.id, except),
    gte(topups.createdAt, fromAt),
  );
  return await topupsOpened(queries, where, { fromId, beforeId, limit: 2 * SUGGESTED });
}
