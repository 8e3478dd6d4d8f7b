/** What the parts of the desk share when they ask for words. */
import type { BotContext } from '../../kit/context.ts';
import { answer, send, show } from '../../kit/reply.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { askForWords } from '../../kit/words.ts';
import type { Words } from '../../kit/told.ts';
import { deskHomeButton } from './home.ts';

const MAX_REASON = 300;

/** Asks for words; groups have no open questions, because everybody writes there. */
export async function askWords(
  ctx: BotContext,
  { screen: asked, ...question }: Words & { screen: Screen },
): Promise<void> {
  if (ctx.chat?.type !== 'private') {
    await answer(ctx, ctx.t('people-toast-private'), { alert: true });
    return;
  }
  await askForWords(ctx, question);
  await show(ctx, asked);
}

/** Says what was wrong with an answer, and waits for another to the same question. */
export async function askAgain(ctx: BotContext, notice: string): Promise<void> {
  if (ctx.answering) await askForWords(ctx, ctx.answering);
  await send(ctx, screen([notice], [[deskHomeButton(ctx.t)]]));
}

/** Reads the reason from the message; null: there was none, and it was asked for again. */
export async function reasonOf(ctx: BotContext): Promise<string | null> {
  const text = ctx.typed.trim();
  if (text !== '' && text.length <= MAX_REASON) return text;
  await askAgain(ctx, ctx.t('payments-bad-reason'));
  return null;
}

/** An id made from the message or tap that asks: handling that again gives the same id, and so no second question. */
export function approvalId({ message, update, person }: BotContext): string {
  const parts = message ? [message.date, message.message_id] : [0, update.update_id];
  return [person.id, ...parts].map((part) => part.toString(36)).join('-');
}
