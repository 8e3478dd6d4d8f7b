/** What is kept of a chat between two updates. */
import { eq } from 'drizzle-orm';
import { conversationStates } from '../../db/tables.ts';
import type { BotStage } from '../bot.fixture.ts';

interface KeptRow {
  key: string;
  state: unknown;
}

export async function rowOf({ db }: BotStage, chatId: number): Promise<KeptRow | null> {
  const [row] = await db.read
    .select()
    .from(conversationStates)
    .where(eq(conversationStates.key, `chat:${chatId}`));
  return row ?? null;
}

export async function writeRow({ db, clock }: BotStage, { key, state }: KeptRow): Promise<void> {
  const updatedAt = clock.now();
  await db.tx(async (tx) => {
    await tx
      .insert(conversationStates)
      .values({ key, state, updatedAt })
      .onConflictDoUpdate({ target: conversationStates.key, set: { state, updatedAt } });
  });
}

/** As long as it is on either engine, or a little less. */
export function bytesOf(row: KeptRow | null): number {
  return row === null ? 0 : Buffer.byteLength(JSON.stringify(row.state));
}
