/** The open draft of a chat: shown, kept, and where it goes next. */
import type { BotContext, Parts } from '../context.ts';
import { answer, send, show } from '../reply.ts';
import { refusalOf } from '../../telegram-errors.ts';
import type { Screen } from '../views/screen.ts';
import { type Draft, loadDraft, saveDraft, type Step } from './draft.ts';
import type { BillsPort } from './port.ts';
import { renderStep } from './render.ts';

/** The parts of a bot that has bills. */
export interface PayParts extends Parts {
  bills: BillsPort;
}

export interface Call {
  ctx: BotContext;
  parts: PayParts;
  draft: Draft;
}

/** Taps and messages come here only from private chats. */
export function chatOf(ctx: BotContext): number {
  if (ctx.chatId === undefined) throw new Error('drafts exist only where there is a chat');
  return ctx.chatId;
}

export async function openDraft(ctx: BotContext, parts: Parts): Promise<Draft | null> {
  return await loadDraft(parts, chatOf(ctx));
}

/** Another step: what buttons of the one before carry is old from now on. */
export function goTo(draft: Draft, step: Step, changes: Partial<Draft> = {}): Draft {
  return { ...draft, ...changes, step, seq: draft.seq + 1 };
}

/**
 * Shows a draft's step, then keeps it: in this order, so that an update which runs again after a failure finds the
 * question it was the answer to.
 */
export async function showDraft({ ctx, parts, draft }: Call, notice?: string): Promise<void> {
  const screen = await renderStep({ ctx, parts, draft }, notice);
  const screenId = await place(ctx, draft, screen);
  const updateId = ctx.update.update_id;
  await saveDraft(parts, chatOf(ctx), { ...draft, screenId, updateId, listening: true });
}

/** In place for a tap; under what was typed otherwise, and the screen above goes. */
async function place(ctx: BotContext, draft: Draft, screen: Screen): Promise<number> {
  if (ctx.callbackQuery) return await show(ctx, screen);
  const messageId = await send(ctx, screen);
  if (draft.screenId !== null) await removeMessage(ctx, draft.screenId);
  return messageId;
}

/** A message that is gone, or too old to be deleted, is no trouble. */
export async function removeMessage(ctx: BotContext, messageId: number): Promise<void> {
  try {
    await ctx.api.deleteMessage(chatOf(ctx), messageId);
  } catch (error) {
    if (refusalOf(error)?.error_code !== 400) throw error;
  }
}

/** What was typed is a secret: it goes from the chat before anything else happens. */
export async function removeTyped(ctx: BotContext): Promise<void> {
  const messageId = ctx.message?.message_id;
  if (messageId !== undefined) await removeMessage(ctx, messageId);
}

/** Somebody is about to wait for Paylov: the tap is answered, or the chat says that something goes on. */
export async function beforeWaiting(ctx: BotContext): Promise<void> {
  if (ctx.callbackQuery) await answer(ctx);
  else await ctx.replyWithChatAction('typing');
}
