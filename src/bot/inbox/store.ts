/** The inbox's rows: what is written and read, in which order. */
import { and, asc, count, eq, inArray, isNull, lt, lte, min, sql } from 'drizzle-orm';
import type { Update } from 'grammy/types';
import { deleteInBatches } from '../../db/batches.ts';
import { type Database, prepared, type Queries, together, type Tx } from '../../db/database.ts';
import { leases } from '../../db/lease.ts';
import { inbox } from '../../db/tables.ts';
import { orderingKeyOf } from './ordering-key.ts';

export const lease = leases(inbox, inbox.updateId);

export const isWaiting = isNull(inbox.doneAt);

export interface InboxRow {
  updateId: number;
  orderingKey: number;
  update: Update;
  receivedAt: number;
  /** This one included. */
  attempts: number;
  /** Until then it is this process's, and what is done about it counts. */
  leaseUntil: number;
}

interface StoreOutcome {
  /** By chat, how many updates had no room. */
  dropped: Map<number, number>;
}

/** Writes down what is new, in order; what would make a chat longer than `maxWaitingPerKey` is left out. */
export async function storeUpdates(
  tx: Tx,
  options: { updates: readonly Update[]; at: number; maxWaitingPerKey: number },
): Promise<StoreOutcome> {
  const { at, maxWaitingPerKey } = options;
  const known = await knownIds(tx, options.updates);
  const fresh = options.updates
    .filter((update) => !known.has(update.update_id))
    .map((update) => ({
      updateId: update.update_id,
      orderingKey: orderingKeyOf(update),
      update,
      receivedAt: at,
      dueAt: at,
    }));
  const waiting = await waitingByKey(tx, [...new Set(fresh.map((row) => row.orderingKey))]);
  const dropped = new Map<number, number>();
  const rows = fresh.filter(({ orderingKey }) => {
    const length = (waiting.get(orderingKey) ?? 0) + 1;
    if (length > maxWaitingPerKey) dropped.set(orderingKey, (dropped.get(orderingKey) ?? 0) + 1);
    else waiting.set(orderingKey, length);
    return length <= maxWaitingPerKey;
  });
  const writeOne = insertRow(tx);
  await together(rows.map((row) => writeOne.execute(row)));
  return { dropped };
}

/** The ids that are stored already. Telegram repeats what it does not know we have; that takes no room in a chat. */
async function knownIds(tx: Tx, updates: readonly Update[]): Promise<Set<number>> {
  const look = rowOf(tx);
  const rows = await together(updates.map(({ update_id: updateId }) => look.execute({ updateId })));
  return new Set(rows.flat().map(({ updateId }) => updateId));
}

const rowOf = prepared((q) =>
  q
    .select({ updateId: inbox.updateId })
    .from(inbox)
    .where(eq(inbox.updateId, sql.placeholder('updateId'))),
);

const insertRow = prepared((q) =>
  q
    .insert(inbox)
    .values({
      updateId: sql.placeholder('updateId'),
      orderingKey: sql.placeholder('orderingKey'),
      update: sql.placeholder('update'),
      receivedAt: sql.placeholder('receivedAt'),
      dueAt: sql.placeholder('dueAt'),
    })
    .onConflictDoNothing({ target: inbox.updateId }),
);

async function waitingByKey(tx: Tx, orderingKeys: number[]): Promise<Map<number, number>> {
  const ask = lengthOf(tx);
  const rows = await together(orderingKeys.map((orderingKey) => ask.execute({ orderingKey })));
  return new Map(orderingKeys.map((key, index) => [key, rows[index]?.[0]?.waiting ?? 0]));
}

const lengthOf = prepared((q) =>
  q
    .select({ waiting: count() })
    .from(inbox)
    .where(and(isNull(inbox.doneAt), eq(inbox.orderingKey, sql.placeholder('orderingKey')))),
);

/**
 * How much later the first update of a chat has its turn for each one that waits behind it. Where there is time for all this
 * changes nothing; where there is not, who sends one thing and waits comes before who sends fifty.
 */
const BEHIND_FOR_EACH_MS = 3000;

/** From how many waiting updates on a line is long: more than people send before they look at an answer. */
const LONG_LINE = 5;

interface Claim {
  now: number;
  limit: number;
  /** At most so many of chats with a long line. */
  longLimit: number;
  /** Only updates of these chats are claimed; of all chats when it is left out. */
  orderingKeys?: readonly number[];
  leaseUntil: number;
  holder: string | null;
}

export interface Claimed {
  /** The updates, in the order they came. */
  rows: InboxRow[];
  /** The ids of those whose chat had a long line. */
  long: ReadonlySet<number>;
}

/**
 * Leases the first waiting updates of chats, in turn. A chat whose first one is leased or not due yet stands still. Counts the
 * attempt here, so that an update that kills the process does not do so for ever. May take fewer than there are: nobody is
 * left out for good as long as it is asked again until it takes none.
 */
export async function claimUpdates(tx: Tx, claim: Claim): Promise<Claimed> {
  const { now, limit, longLimit, leaseUntil, holder, orderingKeys } = claim;
  const longestLine = longLimit > 0 ? Number.MAX_SAFE_INTEGER : LONG_LINE;
  const first = orderingKeys ? firstInLine(tx, orderingKeys).prepare() : firstOfAll(tx);
  const heads = await first.execute({ now, limit, longestLine });
  const isLong = (head: Head): boolean => head.length > LONG_LINE;
  const beyond = new Set(heads.filter(isLong).slice(Math.max(0, longLimit)));
  const taken = heads.filter((head) => !beyond.has(head));
  const rows: InboxRow[] = [];
  for (const { updateId } of taken) {
    const [row] = await leaseOne(tx).execute({ updateId, leaseUntil, holder });
    if (row) rows.push(toRow(row));
  }
  return {
    rows: rows.toSorted((a, b) => a.updateId - b.updateId),
    long: new Set(taken.filter(isLong).map(({ updateId }) => updateId)),
  };
}

interface Head {
  updateId: number;
  /** How many wait in its chat, itself included. */
  length: number;
}

const leaseOne = prepared((q) =>
  q
    .update(inbox)
    .set({
      leaseUntil: sql`${sql.placeholder('leaseUntil')}`,
      holder: sql`${sql.placeholder('holder')}`,
      attempts: sql`${inbox.attempts} + 1`,
    })
    .where(eq(inbox.updateId, sql.placeholder('updateId')))
    .returning(),
);

const firstOfAll = prepared((q) => firstInLine(q));

function firstInLine(q: Queries, orderingKeys?: readonly number[]) {
  const line = q
    .select({ first: min(inbox.updateId).as('first'), length: count().as('length') })
    .from(inbox)
    .where(and(isNull(inbox.doneAt), orderingKeys && inArray(inbox.orderingKey, [...orderingKeys])))
    .groupBy(inbox.orderingKey)
    .having(lte(count(), sql.placeholder('longestLine')))
    .as('line');
  const behindMs = sql.raw(String(BEHIND_FOR_EACH_MS));
  const now = sql.placeholder('now');
  return q
    .select({ updateId: inbox.updateId, length: line.length })
    .from(inbox)
    .innerJoin(line, eq(inbox.updateId, line.first))
    .where(lease.isDue(now))
    .orderBy(asc(sql`${inbox.receivedAt} + ${line.length} * ${behindMs}`), asc(inbox.updateId))
    .limit(sql.placeholder('limit'));
}

function toRow(row: typeof inbox.$inferSelect): InboxRow {
  const { updateId, orderingKey, receivedAt, attempts, leaseUntil } = row;
  return { updateId, orderingKey, receivedAt, attempts, leaseUntil, update: row.update as Update };
}

/** When a waiting update falls due or a lease runs out; null when nothing waits for either. */
export const nextUpdateAt = lease.nextAt(isWaiting);

/** An update and the lease it was taken with: whose lease was taken over changes nothing any more. */
type Leased = Pick<InboxRow, 'updateId' | 'leaseUntil'>;

// Of a handled update only the id is kept, which is enough to know a repetition by: what it said may be a card number
// or a code.
const markRow = prepared((q) =>
  q
    .update(inbox)
    .set({ doneAt: sql`${sql.placeholder('at')}`, leaseUntil: 0, update: {} })
    .where(
      and(
        eq(inbox.updateId, sql.placeholder('updateId')),
        eq(inbox.leaseUntil, sql.placeholder('leaseUntil')),
      ),
    )
    .returning({ updateId: inbox.updateId }),
);

/** False: somebody else has it by now. */
export async function markDone(tx: Tx, leased: Leased, { at }: { at: number }): Promise<boolean> {
  const { updateId, leaseUntil } = leased;
  return (await markRow(tx).execute({ updateId, leaseUntil, at })).length > 0;
}

export async function postpone(
  tx: Tx,
  { updateId, leaseUntil }: Leased,
  again: { dueAt: number; attempts: number },
): Promise<void> {
  await lease.giveBack(tx, updateId, leaseUntil, again);
}

/** False: somebody else has it by now. */
export async function extendLease(
  tx: Tx,
  leased: Leased,
  { leaseUntil }: { leaseUntil: number },
): Promise<boolean> {
  const held = await tx
    .update(inbox)
    .set({ leaseUntil })
    .where(lease.isHeld(leased.updateId, leased.leaseUntil))
    .returning({ updateId: inbox.updateId });
  return held.length > 0;
}

export async function countWaiting(queries: Queries): Promise<number> {
  const [row] = await queries.select({ waiting: count() }).from(inbox).where(isNull(inbox.doneAt));
  return row?.waiting ?? 0;
}

/** When the oldest update came that is not handled; null when all are. */
export async function oldestWaitingAt(queries: Queries): Promise<number | null> {
  const [row] = await queries
    .select({ at: min(inbox.receivedAt) })
    .from(inbox)
    .where(isNull(inbox.doneAt));
  return row?.at ?? null;
}

/** Removes updates handled before `before`; returns how many. */
export async function removeDone(db: Database, before: number): Promise<number> {
  return await deleteInBatches(db, inbox, { key: inbox.updateId, old: lt(inbox.doneAt, before) });
}

/** Frees the updates that an ended process had taken; null: all of them, for a process that is the only one. */
export async function freeUpdates(tx: Tx, holder: string | null): Promise<void> {
  await lease.freeOf(tx, isWaiting, holder);
}
