/**
 * Money that came and is nobody's yet, beside orders in review: paid twice, or found at the provider only. Each item
 * has an entry from the provider to SUSPENSE when it is written down, and one out of SUSPENSE when it is decided.
 */
import { hash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { countOf } from '../db/exact.ts';
import { suspenseItems } from '../db/tables.ts';
import { providerClearing, RETURNS, SUSPENSE, userAvailable } from '../ledger/accounts.ts';
import { entryByKey, post } from '../ledger/ledger.ts';
import { assertTiyin, type Tiyin } from '../core/money.ts';
import { enqueue } from '../outbox/messages.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { ID_ALPHABET, ID_LENGTH } from '../core/ids.ts';

export type SuspenseItem = typeof suspenseItems.$inferSelect;

export type SuspenseKind = SuspenseItem['kind'];

export interface SuspenseMoney {
  /** Names the event in the world, so that writing it down again is harmless: `topup:<id>:second:<sum>` … */
  key: string;
  /** Whose clearing account took the money in. */
  provider: ProviderId;
  amountTiyin: Tiyin;
  kind: SuspenseKind;
  /** `system`, or `user:<Telegram id>` of the owner who found it. */
  actor: string;
  /** The order it came with, when one is known. */
  topupId?: string;
  note?: string;
  data?: unknown;
  /** Milliseconds since 1970. */
  at: number;
}

type Recorded =
  | { kind: 'recorded'; item: SuspenseItem }
  /** This key was written down before, whatever became of it; nothing moved. */
  | { kind: 'repeated'; item: SuspenseItem };

const MAX_NOTE = 300;

/**
 * Writes money down as nobody's, in the caller's transaction: the item and its entry are there together or not at
 * all, once for each key. Throws for a sum that is none.
 */
export async function recordSuspense(tx: Tx, money: SuspenseMoney): Promise<Recorded> {
  const recorded = await insertItem(tx, money);
  if (recorded.kind === 'repeated') return recorded;
  const { item } = recorded;
  await post(tx, {
    key: entryKey(item.id),
    kind: 'suspense_recorded',
    actor: money.actor,
    ...(item.note === null ? {} : { reason: item.note }),
    at: money.at,
    lines: [
      { account: providerClearing(item.provider), amountTiyin: -item.amountTiyin },
      { account: SUSPENSE, amountTiyin: item.amountTiyin },
    ],
  });
  return recorded;
}

/** An item without an entry: for money that is in SUSPENSE already. */
export async function insertItem(tx: Tx, money: SuspenseMoney): Promise<Recorded> {
  assertTiyin(money.amountTiyin, 'suspense');
  if (money.amountTiyin <= 0) throw new Error(`nothing to suspend for ${money.key}`);
  const [row] = await tx
    .insert(suspenseItems)
    .values({
      id: idOf(money.key),
      key: money.key,
      provider: money.provider,
      amountTiyin: money.amountTiyin,
      kind: money.kind,
      topupId: money.topupId ?? null,
      note: money.note?.slice(0, MAX_NOTE) ?? null,
      data: money.data ?? null,
      state: 'open',
      createdAt: money.at,
    })
    .onConflictDoNothing({ target: suspenseItems.key })
    .returning();
  if (row) return { kind: 'recorded', item: row };
  const known = await suspenseOfKey(tx, money.key);
  if (!known) throw new Error(`the suspense item ${money.key} was written and is not there`);
  return { kind: 'repeated', item: known };
}

/** The id follows from the key, so that nothing random is needed: it is a name, not a secret. */
function idOf(key: string): string {
  const bytes = hash('sha256', `suspense:${key}`, 'buffer');
  const letters = Array.from(bytes.subarray(0, ID_LENGTH - 1), (byte) =>
    ID_ALPHABET.charAt(byte % ID_ALPHABET.length),
  );
  return `S${letters.join('')}`;
}

const entryKey = (itemId: string): string => `suspense:${itemId}`;

interface SuspenseDecision {
  itemId: string;
  /** Who decided: a Telegram id. */
  staffId: number;
  reason: string;
  at: number;
}

/** Gives the money to a person and tells them, once. Null when it was decided before, or is unknown. */
export async function creditSuspense(
  tx: Tx,
  { userId, ...decision }: SuspenseDecision & { userId: number },
): Promise<SuspenseItem | null> {
  const set = { state: 'credited', creditedTo: userId } as const;
  const item = await endItem(tx, decision, set);
  if (!item) return null;
  await post(tx, {
    key: `${entryKey(item.id)}:decided`,
    kind: 'suspense_credited',
    actor: `user:${decision.staffId}`,
    reason: decision.reason,
    at: decision.at,
    lines: [
      { account: SUSPENSE, amountTiyin: -item.amountTiyin },
      { account: userAvailable(userId), amountTiyin: item.amountTiyin },
    ],
  });
  await enqueue(tx, {
    key: `suspense:${item.id}:credited`,
    chatId: userId,
    kind: 'suspense_credited',
    params: { itemId: item.id },
    at: decision.at,
  });
  return item;
}

/**
 * Writes down that the money goes back to whoever paid, outside the program. Null when it was decided before, or is
 * unknown.
 */
export async function returnSuspense(
  tx: Tx,
  decision: SuspenseDecision,
): Promise<SuspenseItem | null> {
  const item = await endItem(tx, decision, { state: 'returned' });
  if (!item) return null;
  await post(tx, {
    key: `${entryKey(item.id)}:decided`,
    kind: 'suspense_returned',
    actor: `user:${decision.staffId}`,
    reason: decision.reason,
    at: decision.at,
    lines: [
      { account: SUSPENSE, amountTiyin: -item.amountTiyin },
      { account: RETURNS, amountTiyin: item.amountTiyin },
    ],
  });
  return item;
}

/**
 * Begins the key of money that was written down by hand, from what somebody saw in a panel: nothing but their word says
 * that it came.
 */
const BY_HAND = 'manual:';

/** Keys of what was written down by hand are from the first on, and before the second. */
export const BEFORE_HAND = BY_HAND;
export const AFTER_HAND = 'manual;';

/** The key of money that a person found, by the message that says so. */
export function foundByHand({
  staffId,
  messageId,
}: {
  staffId: number;
  messageId: number;
}): string {
  return `${BY_HAND}${staffId}:${messageId}`;
}

/** Written down by hand, and nothing but that. */
export function isFound({ key }: SuspenseItem): boolean {
  return key.startsWith(BY_HAND);
}

export function canUndo(item: SuspenseItem): boolean {
  return item.state === 'open' && isFound(item);
}

/**
 * Undoes the entry of money that was written down by mistake. Null when it was decided before, or nobody wrote it by
 * hand.
 */
export async function undoSuspense(
  tx: Tx,
  decision: SuspenseDecision,
): Promise<SuspenseItem | null> {
  const known = await suspenseItem(tx, decision.itemId);
  if (!known || !canUndo(known)) return null;
  const item = await endItem(tx, decision, { state: 'returned', kind: 'mistaken' });
  if (!item) return null;
  await post(tx, {
    key: `${entryKey(item.id)}:decided`,
    kind: 'suspense_undone',
    actor: `user:${decision.staffId}`,
    reason: decision.reason,
    at: decision.at,
    lines: [
      { account: SUSPENSE, amountTiyin: -item.amountTiyin },
      { account: providerClearing(item.provider), amountTiyin: item.amountTiyin },
    ],
  });
  return item;
}

/** What was said when it was decided; null while it is open. */
export async function decisionReason(queries: Queries, itemId: string): Promise<string | null> {
  return (await entryByKey(queries, `${entryKey(itemId)}:decided`))?.reason ?? null;
}

async function endItem(
  tx: Tx,
  { itemId, staffId, at }: SuspenseDecision,
  set: Partial<Pick<SuspenseItem, 'kind' | 'creditedTo'>> & { state: 'credited' | 'returned' },
): Promise<SuspenseItem | null> {
  const [row] = await tx
    .update(suspenseItems)
    .set({ ...set, decidedBy: staffId, endedAt: at })
    .where(and(eq(suspenseItems.id, itemId), eq(suspenseItems.state, 'open')))
    .returning();
  return row ?? null;
}

export async function suspenseItem(queries: Queries, id: string): Promise<SuspenseItem | null> {
  const [row] = await queries.select().from(suspenseItems).where(eq(suspenseItems.id, id));
  return row ?? null;
}

/** The item by its key, which names the event that it was written down for. */
export async function suspenseOfKey(queries: Queries, key: string): Promise<SuspenseItem | null> {
  const [row] = await queries.select().from(suspenseItems).where(eq(suspenseItems.key, key));
  return row ?? null;
}

/** The items that came with an order. */
export async function suspenseOfOrder(
  queries: Queries,
  topupId: string,
  limit: number,
): Promise<SuspenseItem[]> {
  const own = eq(suspenseItems.topupId, topupId);
  return await queries.select().from(suspenseItems).where(own).limit(limit);
}

/** How many items wait for an owner. As a literal: the index of those is not found by a bound parameter. */
export async function countSuspense(queries: Queries): Promise<number> {
  const isOpen = sql`${suspenseItems.state} = 'open'`;
  const [row] = await queries.select({ n: countOf() }).from(suspenseItems).where(isOpen);
  return row?.n ?? 0;
}
