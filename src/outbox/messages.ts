/** Messages that must arrive: what can be sent, and how it is asked for inside the transaction that causes it. */
import { sql } from 'drizzle-orm';
import { prepared, type Tx } from '../db/database.ts';
import { outbox } from '../db/tables.ts';

/** By kind, what the text needs; everything else is looked up when it is sent. Each room declares its own in `news.ts`. */
export interface OutboxParams {
  /** To an owner. `times` counts what was not told since the last time. */
  owner_alarm: { alarm: AlarmParams; times: number };
}

export type OutboxKind = keyof OutboxParams;

/** What an owner must hear about, by kind, with what its text needs. Each room declares its own in `news.ts`. */
export interface Alarms {
  /** The file itself: gone from its place, so that nothing is written any more, or no longer whole. */
  database_trouble: { trouble: 'gone' | 'damaged'; detail: string };
  /** Held back in a storm: how many, and the keys of some. */
  many_alarms: { count: number; subjects: string[] };
  /** The owners' group became a supergroup: its id in the settings is the old one. */
  chat_moved: { fromChatId: number; toChatId: number };
  /** The owners' group takes no messages; `waiting` of them are kept for it. */
  chat_silent: { chatId: number; reason: string; waiting: number };
  /** The machine's clock was set: what it says, and what the program counted. Milliseconds since 1970. */
  clock_jumped: { wallAt: number; countedAt: number };
  program_error: { where: string };
}

export type AlarmKind = keyof Alarms;

export type AlarmParams = { [K in AlarmKind]: { kind: K } & Alarms[K] }[AlarmKind];

export interface OutboxMessage<K extends OutboxKind = OutboxKind> {
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
