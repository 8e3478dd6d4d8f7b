/** Which messages are about a bill that is not over: each becomes what the bill is, however long that takes. */
import { forgetPlace, notePlace } from '../../outbox/places.ts';
import type { BotContext, Parts } from './context.ts';

/** What a message about a bill is about, for `outbox/places.ts`. */
export const billSubject = (billId: string): string => `bill:${billId}`;

/** Notes that a message in this chat is about the bill, whatever it told of before. */
export async function noteBill(
  ctx: BotContext,
  { db, clock }: Parts,
  { messageId, billId }: { messageId: number; billId: string },
): Promise<void> {
  if (ctx.chatId === undefined) return;
  const place = { chatId: ctx.chatId, messageId, subject: billSubject(billId), at: clock.now() };
  await db.tx(async (tx) => {
    await forgetPlace(tx, place);
    await notePlace(tx, place);
  });
}
