/**
 * A group that becomes a supergroup gets another id (Bot API: `migrate_to_chat_id`). The owners' group is a setting, and it
 * does so behind their back when somebody changes its rights: what is meant for the old id goes to the new one.
 */
import { and, eq, inArray } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { chatMoves, outbox } from '../db/tables.ts';

interface ChatMove {
  fromChatId: number;
  toChatId: number;
  /** Milliseconds since 1970. */
  at: number;
}

/** Remembers the move; what waited for the old id is due in the new chat. False: it was known. */
export async function moveChat(tx: Tx, move: ChatMove): Promise<boolean> {
  const { fromChatId, toChatId, at } = move;
  const learned = await tx
    .insert(chatMoves)
    .values(move)
    .onConflictDoNothing()
    .returning({ id: chatMoves.fromChatId });
  await tx
    .update(outbox)
    .set({ chatId: toChatId, state: 'waiting', dueAt: at, leaseUntil: 0 })
    .where(and(eq(outbox.chatId, fromChatId), inArray(outbox.state, ['waiting', 'parked'])));
  return learned.length > 0;
}

/** Where a chat is today. */
export async function currentChat(queries: Queries, chatId: number): Promise<number> {
  // People never move, and a supergroup stays one.
  if (chatId > 0) return chatId;
  const [move] = await queries.select().from(chatMoves).where(eq(chatMoves.fromChatId, chatId));
  return move?.toChatId ?? chatId;
}
