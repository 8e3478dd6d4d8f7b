/** Leaving a dialog, and what is said when nothing else fits. */
import { Composer, type MiddlewareFn } from 'grammy';
import type { TapKind } from '../callbacks.ts';
import type { BotContext, Parts } from '../context.ts';
import { answer, send } from '../reply.ts';
import { withMenu } from '../views/home.ts';

/** An order's buttons work beside a dialog; whoever checks a payment may still type the next sum. */
const STAYING = new Set<TapKind>(['order', 'owner_order', 'owner_orders']);

/** Commands, menu entries and most buttons lead elsewhere: the open dialog ends, they go on. */
export function leaveDialogs({ labels }: Parts): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const text = ctx.typed;
    const leadingTap = ctx.tap !== null && !STAYING.has(ctx.tap.kind);
    const leads = leadingTap || text.startsWith('/') || labels.entryOf(text) !== null;
    if (leads && Object.keys(ctx.conversation.active()).length > 0) {
      await ctx.conversation.exitAll();
      ctx.leftDialog = true;
    }
    await next();
  };
}

export function cancelFeature({ menu }: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('cancel', async (ctx) => {
    const key = ctx.leftDialog ? 'cancel-left' : 'cancel-nothing';
    await send(ctx, withMenu(ctx.t, ctx.t(key), menu));
  });
  return composer;
}

/** The last handler: every message and every tap gets an answer. */
export function fallback({ menu }: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on('callback_query', async (ctx) => await answer(ctx, ctx.t('toast-old')));
  composer.on('message:text', async (ctx) => {
    const key = ctx.typed.startsWith('/') ? 'unknown-command' : 'unknown-text';
    await send(ctx, withMenu(ctx.t, ctx.t(key), menu));
  });
  composer.on(['message:media', 'message:sticker', 'message:contact', 'message:location'], (ctx) =>
    send(ctx, withMenu(ctx.t, ctx.t('unknown-text'), menu)),
  );
  return composer;
}
