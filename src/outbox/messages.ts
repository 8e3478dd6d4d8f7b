/** Messages that must arrive: how one is asked for inside the transaction that causes it. */
import { eq, sql } from 'drizzle-orm';
import { prepared, type Queries, type Tx } from '../db/database.ts';
import { outbox } from '../db/tables.ts';
import type { OutboxKind, OutboxParams } from './kinds.ts';

interface OutboxMessage<K extends OutboxKind = OutboxKind> {
  /** Asking for the same key again changes nothing. */
  key: string;
  chatId: number;
  kind: K;
  params: OutboxParams[K];
  /** Milliseconds since 1970. */
  at: number;
}

/** Puts a message into the outbox, in the caller's transaction. */
export async function enqueue<K extends OutboxKind>(
  tx: Tx,
  message: OutboxMessage<K>,
): Promise<void> {
  await tx
    .insert(outbox)
    .values({
      key: message.key,
      chatId: message.chatId,
      kind: message.kind,
      params: message.params,
      dueAt: message.at,
      createdAt: message.at,
    })
    .onConflictDoNothing({ target: outbox.key });
}

const addTwo = prepared((q) =>
  q
    .insert(outbox)
    .values(
      ['first', 'second'].map((place) => ({
        key: sql.placeholder(`${place}:key`),
        chatId: sql.placeholder('chatId'),
        kind: sql.placeholder(`${place}:kind`),
        params: sql.placeholder(`${place}:params`),
        dueAt: sql.placeholder('at'),
        createdAt: sql.placeholder('at'),
      })),
    )
    .onConflictDoNothing({ target: outbox.key }),
);

type News = { [K in OutboxKind]: Pick<OutboxMessage<K>, 'key' | 'kind' | 'params'> }[OutboxKind];

/** `enqueue` for two messages to one chat, in this order: a statement built once, for what happens most. */
export async function enqueueTwo(
  tx: Tx,
  to: { chatId: number; at: number },
  [first, second]: readonly [News, News],
): Promise<void> {
  await addTwo(tx).execute({
    ...to,
    'first:key': first.key,
    'first:kind': first.kind,
    'first:params': first.params,
    'second:key': second.key,
    'second:kind': second.kind,
    'second:params': second.params,
  });
}

/** When the message of this key arrived, in milliseconds since 1970; null: it has not, or was sent so long ago that it is forgotten. */
export async function arrivedAt(queries: Queries, key: string): Promise<number | null> {
  const [row] = await queries
    .select({ sentAt: outbox.sentAt })
    .from(outbox)
    .where(eq(outbox.key, key));
  return row?.sentAt ?? null;
}
