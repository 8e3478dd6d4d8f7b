/** How stories are begun, left for something else, and come back to. */
import type { MiddlewareFn } from 'grammy';
import type { TapKind } from './callbacks.ts';
import type { BotContext, Parts } from './context.ts';
import { answer, send } from './reply.ts';
import { button, menuButton, screen } from './screen.ts';
import { toldIn } from './stories.ts';
import { removeTyped } from './talk.ts';
import type { Left, StoryName, Told } from './told.ts';

/** Buttons that a story takes itself. */
const OWN: Readonly<Record<StoryName, ReadonlySet<TapKind>>> = {
  topup: new Set<TapKind>(['providers', 'topup_for', 'ways', 'provider', 'sum', 'method']),
  pay: new Set<TapKind>(['pay_step']),
  card: new Set<TapKind>(['pay_step']),
  words: new Set<TapKind>(),
};

/** Buttons that work beside a story: somebody who checks a payment may still type the next sum. */
const BESIDE = new Set<TapKind>(['order']);

/** Stories that can be come back to, because their buttons carry the story's name. */
const MAY_COME_BACK = new Set<StoryName>(['pay', 'card']);

/** Begins a story with what is known already; another one that is being told ends. */
export async function begin(
  ctx: BotContext,
  name: StoryName,
  known: unknown,
  notice: string | null = null,
): Promise<void> {
  await tell(ctx, name, { ...newlyTold(ctx, known), notice, screenId: promptLeft(ctx, name) });
}

/**
 * The message in which the same story was asking before it was begun once more by a command: the new question takes its
 * place, so that one question stands in the chat. A message that tells of a bill is no question, and stays.
 */
function promptLeft(ctx: BotContext, name: StoryName): number | null {
  if (ctx.callbackQuery) return null;
  const left = [ctx.justLeft, ctx.stories.left].find((each) => each?.name === name);
  return left && !left.isCovered && !isAboutBill(left) ? left.told.screenId : null;
}

function isAboutBill({ told }: Left): boolean {
  const { billId = null } = told.known as { billId?: string | null };
  return billId !== null;
}

/** Begins a story whose first question the update itself answers: a button that still stands somewhere. */
export async function answerWith(ctx: BotContext, name: StoryName, known: unknown): Promise<void> {
  await tell(ctx, name, { ...newlyTold(ctx, known), updateId: -1, question: 'answered' });
}

function newlyTold(ctx: BotContext, known: unknown): Told {
  const { update_id: updateId } = ctx.update;
  const id = updateId.toString(36);
  return { id, seq: 0, updateId, screenId: null, question: 'new', notice: null, known };
}

/** Tells a story that begins with this state; another one that is being told ends. */
export async function tell(ctx: BotContext, name: StoryName, told: Told): Promise<void> {
  await ctx.conversation.exitAll();
  if (MAY_COME_BACK.has(name)) ctx.stories.left = null;
  ctx.stories.carried = told;
  await ctx.conversation.enter(name);
}

/**
 * Leaves the story that is being told where an update leads elsewhere, as commands, menu entries and most buttons do,
 * and passes the update on.
 */
export function leaveStories(parts: Parts): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const told = toldIn(ctx.stories.data);
    if (told && leads(ctx, parts, told.name)) {
      if (MAY_COME_BACK.has(told.name)) ctx.stories.left = told;
      await ctx.conversation.exitAll();
      // A payment that was made is not called off by going elsewhere.
      ctx.leftDialog = !isAboutBill(told);
      ctx.justLeft = told;
    }
    const { left } = ctx.stories;
    if (left && covers(ctx, left)) ctx.stories.left = { ...left, isCovered: true };
    if (/^\/cancel(?:@|\s|$)/.test(ctx.typed)) {
      ctx.leftDialog ||= !told && left !== null && !isAboutBill(left);
      ctx.stories.left = null;
    }
    await next();
  };
}

/** True when a tap on the story's own message leads elsewhere: something else is then shown there. */
function covers({ tap, callbackQuery }: BotContext, { told }: Left): boolean {
  return tap?.kind !== 'pay_step' && callbackQuery?.message?.message_id === told.screenId;
}

function leads(ctx: BotContext, { labels }: Parts, name: StoryName): boolean {
  const { tap, typed } = ctx;
  if (tap !== null) return !OWN[name].has(tap.kind) && !BESIDE.has(tap.kind);
  return typed.startsWith('/') || labels.entryOf(typed) !== null;
}

/** A tap on a screen of the story that was left: it is told again, and takes the tap as its answer. */
export async function comeBack(ctx: BotContext): Promise<void> {
  const { left } = ctx.stories;
  const isIts = ctx.tap?.kind === 'pay_step' && ctx.tap.storyId === left?.told.id;
  if (!left || !isIts) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  ctx.stories.left = null;
  await tell(ctx, left.name, { ...left.told, question: 'answered' });
}

/** "Continue": the story that was left asks its question anew. `refreshed` is what it knows by now. */
export async function goOnWith(ctx: BotContext, left: Left, refreshed = left.told.known) {
  ctx.stories.left = null;
  const { update_id: updateId } = ctx.update;
  await tell(ctx, left.name, { ...left.told, question: 'new', updateId, known: refreshed });
}

/** Makes of what a story knew, when another version of the program told it, what today's can use; null: nothing. */
type Recall = (known: unknown) => unknown;

/** An answer that may be the number of a card or a code: nobody knows any more what was asked. */
const PERHAPS_SECRET = /\d{4}/;

/** Whoever was in the middle of a story when the program changed hears so, and begins again where they were. */
export function bringOver(
  parts: Parts,
  recalls: Partial<Record<StoryName, Recall>>,
): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const { cutShort, left } = ctx.stories;
    const old = cutShort ?? (ctx.stories.isOld ? left : null);
    if (!old) {
      await next();
      return;
    }
    const { name, told } = old;
    const known = recalls[name]?.(told.known) ?? null;
    ctx.stories.left = known === null ? null : { name, told: { ...told, notice: null, known } };
    // Nobody waits for an answer to a story that had been left before.
    if (!cutShort || leads(ctx, parts, name) || isBeside(ctx)) {
      await next();
      return;
    }
    if (PERHAPS_SECRET.test(ctx.typed)) await removeTyped(ctx);
    await send(ctx, cutShortScreen(ctx, known !== null));
  };
}

function isBeside({ tap }: BotContext): boolean {
  return tap !== null && BESIDE.has(tap.kind);
}

function cutShortScreen({ t }: BotContext, mayGoOn: boolean) {
  const goOn = mayGoOn ? button(t('button-continue'), { kind: 'pay_continue' }) : null;
  return screen([t('story-changed')], [[goOn, menuButton(t)]]);
}
