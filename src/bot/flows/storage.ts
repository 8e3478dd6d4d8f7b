/** Where dialogs are kept between updates. */
import type {
  ConversationContextStorage,
  ConversationData,
  VersionedState,
} from '@grammyjs/conversations';
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { conversationStates } from '../../db/tables.ts';
import type { Clock } from '../../deps.ts';
import type { BotContext } from '../context.ts';

/** To be raised whenever a dialog's code changes: an old dialog replayed by new code goes astray. */
const FLOW_VERSION = 1;

export function flowStorage({
  db,
  clock,
}: {
  db: Database;
  clock: Clock;
}): ConversationContextStorage<BotContext, ConversationData> {
  return {
    type: 'context',
    version: FLOW_VERSION,
    adapter: {
      read: async (ctx) => await readState(db, keyOf(ctx)),
      async write(ctx, state) {
        if (ctx.failed) return;
        const updatedAt = clock.now();
        await db.tx((tx) =>
          tx
            .insert(conversationStates)
            .values({ key: keyOf(ctx), state, updatedAt })
            .onConflictDoUpdate({ target: conversationStates.key, set: { state, updatedAt } }),
        );
      },
      async delete(ctx) {
        // A failed update runs again: it must find the dialog as it was.
        if (ctx.failed) return;
        await db.tx((tx) =>
          tx.delete(conversationStates).where(eq(conversationStates.key, keyOf(ctx))),
        );
      },
    },
  };
}

async function readState(
  db: Database,
  key: string,
): Promise<VersionedState<ConversationData> | undefined> {
  const [row] = await db.read
    .select({ state: conversationStates.state })
    .from(conversationStates)
    .where(eq(conversationStates.key, key));
  return row?.state as VersionedState<ConversationData> | undefined;
}

function keyOf(ctx: BotContext): string {
  if (ctx.chatId === undefined) throw new Error('dialogs exist only where there is a chat');
  return `chat:${ctx.chatId}:v${FLOW_VERSION}`;
}
