/** Leaving a dialog, and what is said when nothing else fits. */
import { Composer, type MiddlewareFn } from 'grammy';
import type { Message } from 'grammy/types';
import type { BotContext, Parts } from './context.ts';
import { money } from './format.ts';
import { answer, send } from './reply.ts';
import { button, menuButton, type Screen, screen } from './screen.ts';
import { parseTypedSum, type Tiyin } from '../../core/money.ts';
import { type OfferedWay, takes } from '../../topups/ways.ts';
import type { Translate } from '../locales/texts.ts';
import { withMenu } from './menu.ts';

export function cancelFeature({ menu }: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('cancel', async (ctx) => {
    const key = ctx.leftDialog ? 'cancel-left' : 'cancel-nothing';
    await send(ctx, withMenu(ctx.t, ctx.t(key), menu));
  });
  return composer;
}

/** The last handler: every message and every tap gets an answer. */
export function fallback({ menu, topups }: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on('callback_query', async (ctx) => await answer(ctx, ctx.t('toast-old')));
  composer.on('message', async (ctx) => {
    if (!isFromPerson(ctx.message)) return;
    const sumTiyin = parseTypedSum(ctx.typed);
    if (sumTiyin !== null && (await isTopupSum({ topups }, ctx.typed))) {
      await send(ctx, sumTyped(ctx.t, sumTiyin));
      return;
    }
    await send(ctx, withMenu(ctx.t, ctx.t(unknownKey(ctx)), menu));
  });
  return composer;
}

/** True when the typed text is a sum that a balance can be topped up by. */
export async function isTopupSum(
  { topups }: Pick<Parts, 'topups'>,
  typed: string,
): Promise<boolean> {
  const sumTiyin = parseTypedSum(typed);
  if (sumTiyin === null) return false;
  return (await topups.ways()).few.some((way) => isOpenFor(way, sumTiyin));
}

function isOpenFor(way: OfferedWay, sumTiyin: Tiyin): boolean {
  return way.availability === 'open' && takes(way, sumTiyin);
}

/** The answer to a sum that nobody asked for: most likely the balance is to be topped up by it. */
function sumTyped(t: Translate, sumTiyin: Tiyin): Screen {
  const sum = money(t, sumTiyin);
  return screen(
    [t('sum-typed', { sum })],
    [[button(t('button-topup-sum', { sum }), { kind: 'topup_for', sumTiyin })], [menuButton(t)]],
  );
}

function unknownKey({ message, typed }: BotContext): string {
  if (message?.text === undefined) return 'unknown-media';
  return typed.startsWith('/') ? 'unknown-command' : 'unknown-text';
}

/** Lines that Telegram itself writes into a private chat; nobody waits for an answer to them. */
const SERVICE_LINES = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'chat_background_set',
  'write_access_allowed',
  'connected_website',
  'boost_added',
] as const satisfies readonly (keyof Message)[];

/** True for whatever is no line of Telegram's own, so that kinds which do not exist yet are answered, too. */
function isFromPerson(message: Message): boolean {
  return !SERVICE_LINES.some((kind) => kind in message);
}

/**
 * A command that was forwarded is somebody else's word: an owner who passes on "/credit 5 1000000" has not said it. The
 * same goes for what another bot put into the chat in its inline mode.
 */
export const refuseForwarded: MiddlewareFn<BotContext> = async (ctx, next) => {
  const { message } = ctx;
  const isOthers = message?.forward_origin !== undefined || message?.via_bot !== undefined;
  const isCommand = ctx.typed.startsWith('/') || (message?.caption ?? '').startsWith('/');
  if (isOthers && isCommand) await send(ctx, { text: ctx.t('forwarded-command') });
  else await next();
};
