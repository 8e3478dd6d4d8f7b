/** Which updates wait for each other. */
import type { Update } from 'grammy/types';
import { z } from 'zod';

const withId = z.object({ id: z.int() });

/** The places where the kinds of updates keep their chat or their person. */
const event = z.object({
  chat: withId.optional().catch(undefined),
  message: z.object({ chat: withId }).optional().catch(undefined),
  from: withId.optional().catch(undefined),
  user: withId.optional().catch(undefined),
});

/**
 * Updates of one chat are handled one after another; without a chat, those of one person. In a private chat both
 * have the same id. Whatever names neither shares the key 0.
 */
export function orderingKeyOf(update: Update): number {
  for (const [name, value] of Object.entries(update)) {
    const parsed = name === 'update_id' ? null : event.safeParse(value);
    if (!parsed?.success) continue;
    const { chat, message, from, user } = parsed.data;
    return (chat ?? message?.chat ?? from ?? user)?.id ?? 0;
  }
  return 0;
}
