/** The outbox's rows: which may be sent now, and what becomes of them. */
import {
  aliasedTable,
  and,
  asc,
  count,
  eq,
  gt,
  inArray,
  lt,
  min,
  notExists,
  type Placeholder,
  sql,
} from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { outbox } from '../db/tables.ts';
import { type UserRow, usersByIds } from '../users/users.ts';
import { type Language, languageOf } from '../core/language.ts';
import type { OutboxKind, OutboxParams } from './kinds.ts';
import { currentChat, moveChat } from './chat-moves.ts';
import { lease, park } from './park.ts';

/** A kind with its own params. */
type Message = { [K in OutboxKind]: { kind: K; params: OutboxParams[K] } }[OutboxKind];

export type OutboxRow = Message & {
  id: number;
  chatId: number;
  /** Failed ones so far. */
  attempts: number;
  createdAt: number;
  leaseUntil: number;
  language: Language;
};

interface ClaimOptions {
  now: number;
  limit: number;
  leaseUntil: number;
  /** The process that holds the lease, where there are several. */
  holder: string | null;
  defaultLanguage: Language;
}

interface Claimed {
  rows: OutboxRow[];
  /** Some of the rows needed no sending, so there is room for others: claim again. */
  hasMore: boolean;
}

/** As a literal: the index of waiting rows is not found by a bound parameter. */
const isWaiting = sql`${outbox.state} = 'waiting'`;

type StoredRow = typeof outbox.$inferSelect;

/** Leases the first waiting message of chats; a chat whose first one is leased or not due yet stands still. */
export async function claimMessages(tx: Tx, options: ClaimOptions): Promise<Claimed> {
  const leased = await leaseHeads(tx, options);
  if (leased.length === 0) return { rows: [], hasMore: false };
  const people = await usersByIds(
    tx,
    leased.map(({ chatId }) => chatId),
  );
  const rows: OutboxRow[] = [];
  for (const row of leased.toSorted((a, b) => a.id - b.id)) {
    const person = people.get(row.chatId);
    const toChatId = await currentChat(tx, row.chatId);
    if (toChatId !== row.chatId) {
      await moveChat(tx, { fromChatId: row.chatId, toChatId, at: options.now });
    } else if (person && person.unreachableAt !== null) {
      await park(tx, { chatId: row.chatId, at: person.unreachableAt, reason: 'unreachable' });
    } else if (await isSuperseded(tx, row)) {
      await markDropped(tx, { id: row.id, reason: 'superseded' });
    } else {
      rows.push(toRow(row, person, options.defaultLanguage));
    }
  }
  return { rows, hasMore: rows.length < leased.length };
}

function toRow(row: StoredRow, person: UserRow | undefined, fallback: Language): OutboxRow {
  const { id, chatId, attempts, createdAt, leaseUntil, kind, params } = row;
  // `enqueue` alone writes rows, and pairs each kind with its params.
  const message = { kind, params } as unknown as Message;
  const language = person ? languageOf(person, fallback) : fallback;
  return { ...message, id, chatId, attempts, createdAt, leaseUntil, language };
}

async function leaseHeads(
  tx: Tx,
  { now, limit, leaseUntil, holder }: ClaimOptions,
): Promise<StoredRow[]> {
  return await takeHeads(tx, limit, { leaseUntil, holder, now });
}

const takeHeads = lease.taking((q, limit: number) =>
  inArray(outbox.id, dueHeads(q, { now: sql.placeholder('now'), limit })),
);

/** The first waiting message of each chat where that one is due and nobody has taken it. */
function dueHeads(queries: Queries, { now, limit }: { now: number | Placeholder; limit: number }) {
  const earlier = aliasedTable(outbox, 'earlier');
  const isHead = notExists(
    queries
      .select({ id: earlier.id })
      .from(earlier)
      .where(
        and(
          eq(earlier.chatId, outbox.chatId),
          lt(earlier.id, outbox.id),
          eq(earlier.state, 'waiting'),
        ),
      ),
  );
  return queries
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(isWaiting, lease.isDue(now), isHead))
    .orderBy(asc(outbox.dueAt), asc(outbox.id))
    .limit(literal(limit));
}

/** SQLite compiles a statement anew for each other value that its limit is bound to. */
function literal(limit: number): Placeholder {
  return sql.raw(String(limit)) as unknown as Placeholder;
}

/** True while a message could be sent that nobody has taken yet: broadcasts wait for those. */
export async function hasDueMessage(queries: Queries, now: number): Promise<boolean> {
  return (await dueHeads(queries, { now, limit: 1 })).length > 0;
}

/** A screen shows what the order is when it is sent, so only the newest request for it matters. */
async function isSuperseded(tx: Tx, row: StoredRow): Promise<boolean> {
  if (row.kind !== 'topup_screen') return false;
  const later = await tx
    .select({ params: outbox.params })
    .from(outbox)
    .where(
      and(
        eq(outbox.chatId, row.chatId),
        gt(outbox.id, row.id),
        isWaiting,
        eq(outbox.kind, 'topup_screen'),
      ),
    );
  return later.some(({ params }) => params['topupId'] === row.params['topupId']);
}

/** When a waiting message falls due or a lease runs out; null when nothing waits for either. */
export const nextMessageAt = lease.nextAt(isWaiting);

/** Marks a message as sent, even if somebody parked it or took it over meanwhile: it did arrive. */
export async function markSent(tx: Tx, { id, at }: { id: number; at: number }): Promise<void> {
  await tx
    .update(outbox)
    .set({ state: 'sent', sentAt: at, leaseUntil: 0, lastError: null })
    .where(eq(outbox.id, id));
}

export async function markDropped(
  tx: Tx,
  { id, reason }: { id: number; reason: string },
): Promise<void> {
  await tx
    .update(outbox)
    .set({ state: 'dropped', leaseUntil: 0, lastError: reason })
    .where(and(eq(outbox.id, id), isWaiting));
}

/** Gives a claimed message back: due again at `dueAt`. Nothing happens when somebody else has it by now. */
export async function giveBack(
  tx: Tx,
  { id, leaseUntil }: Pick<OutboxRow, 'id' | 'leaseUntil'>,
  again: { dueAt: number; attempts: number; lastError: string | null },
): Promise<void> {
  await tx
    .update(outbox)
    .set({ ...again, leaseUntil: 0 })
    .where(and(lease.isHeld(id, leaseUntil), isWaiting));
}

export async function countWaiting(queries: Queries): Promise<number> {
  const [row] = await queries.select({ waiting: count() }).from(outbox).where(isWaiting);
  return row?.waiting ?? 0;
}

/** Null when nothing waits. */
export async function oldestWaitingAt(queries: Queries): Promise<number | null> {
  const [row] = await queries
    .select({ at: min(outbox.createdAt) })
    .from(outbox)
    .where(isWaiting);
  return row?.at ?? null;
}

/** Frees the messages that an ended process had taken; null: all of them, for a process that is the only one. */
export async function freeMessages(tx: Tx, holder: string | null): Promise<void> {
  await lease.freeOf(tx, isWaiting, holder);
}
