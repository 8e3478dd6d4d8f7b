/**
 * How a story talks with somebody: one question at a time, on one message. A story is a conversation that reads from top to
 * bottom and asks for whatever is not known yet. An answer changes what is known and begins the story again from its top
 * (`rewind`), so that its log never holds more than what is known now, however many questions, pages, searches, wrong
 * answers and steps back there were.
 */
import type { Conversation } from '@grammyjs/conversations';
import { refusalOf } from '../../core/telegram-errors.ts';
import type { Tap } from './callbacks.ts';
import type { BotContext } from './context.ts';
import { answer, send, show } from './reply.ts';
import type { Screen } from './screen.ts';
import type { Told } from './told.ts';

export type Telling = Conversation<BotContext>;

/** A story at this moment: what it knows, and the update that it has to do with. */
export interface Now<K> extends Told<K> {
  ctx: BotContext;
}

/** What an answer, or a step, leads to. */
export type Next<K> =
  | {
      known: K;
      notice?: string | undefined;
      /** It is another page of the same question, so the buttons of both pages are good. */
      isPage?: boolean;
    }
  /** The tap has got its answer; nothing else changes. */
  | 'stay'
  /** The story is over; its last screen stays. */
  | 'over'
  /** The story is over, and the update goes on to the next handler. */
  | 'handed on'
  /** The question has no use for this update. */
  | null;

/** What comes of a step that the story does by itself. It must change something, or the step would be done for ever. */
export type Done<K> = Exclude<Next<K>, 'stay' | null>;

/** What a story does by itself between two questions. */
export type Step<K> = (now: Now<K>) => Done<K> | Promise<Done<K>>;

type Hearing<K> = (now: Now<K>) => Next<K> | Promise<Next<K>>;

export interface Shown {
  messageId: number;
  screen: Screen;
}

export interface Question<K> {
  /** The question's screen, made from what is true now. */
  screen(now: Now<K>): Screen | Promise<Screen>;
  /** What is to be done once the screen stands in a message. */
  shown?(now: Now<K>, message: Shown): Promise<void>;
  tapped?(now: Now<K>, tap: Tap): Next<K> | Promise<Next<K>>;
  typed?(now: Now<K>, text: string): Next<K> | Promise<Next<K>>;
}

export interface Talk<K> {
  known: K;
  /** Asks, waits, and goes on from the top of the story with what the answer made known. */
  ask(question: Question<K>): Promise<never>;
  /** Does something, and goes on from the top of the story with what that made known. */
  act(step: Step<K>): Promise<never>;
  /** Waits for whatever comes next, without a question of its own. */
  hear(step: Hearing<K>): Promise<never>;
}

/** What a story knows so far, and how it goes on. To be called at the top of a story. */
export async function soFar<K>(telling: Telling): Promise<Talk<K>> {
  const top = telling.checkpoint();
  const { told } = await live(telling, (ctx) => ({ told: takeCarried(ctx) }));
  // The type is the story's own: what other sources wrote is not given to it (see `STORIES_VERSION`).
  const before = told as Told<K>;
  const goOn = async (next: Hearing<K>): Promise<never> => {
    const verdict = await live(telling, async (ctx) => {
      return carry(ctx, before, await next({ ctx, ...before }));
    });
    if (verdict === 'over' || verdict === 'handed on') {
      return await telling.halt({ next: verdict === 'handed on' });
    }
    if (verdict === 'skip') return await telling.skip({ next: true });
    return await telling.rewind(top);
  };
  return {
    known: before.known,
    act: goOn,
    async hear(step) {
      await telling.wait();
      return await goOn(step);
    },
    async ask(question) {
      if (before.question === 'new') {
        await live(telling, async (ctx) => await put(ctx, before, question));
        return await telling.rewind(top);
      }
      if (before.question === 'asked') await telling.wait();
      return await goOn(async (now) => await judge(now, question));
    },
  };
}

/**
 * Does something with the real context, once: later updates find its result in the log. Errors come out as they were
 * thrown, which the plugin's own `external` does not do: the inbox tells by their class what may be tried again.
 */
async function live<T>(telling: Telling, task: (ctx: BotContext) => T | Promise<T>): Promise<T> {
  const failed: unknown[] = [];
  const done = await telling.external(async (ctx) => {
    try {
      return [await task(ctx)];
    } catch (error) {
      failed.push(error);
      return [];
    }
  });
  if (done.length === 0) throw failed[0];
  return done[0] as T;
}

function takeCarried(ctx: BotContext): Told {
  const { carried } = ctx.stories;
  if (carried === null) throw new Error('a story is told that nobody began');
  ctx.stories.carried = null;
  return carried;
}

/** Carries what is known over to the story's next beginning. */
function carry<K>(
  ctx: BotContext,
  before: Told<K>,
  next: Next<K>,
): 'again' | 'over' | 'handed on' | 'skip' {
  const isBack = before.question === 'answered';
  if (next === 'over' || next === 'handed on') return next;
  if (next === null && !isBack) return 'skip';
  if (next === 'stay' || next === null) {
    ctx.stories.carried = { ...before, question: next === null ? 'new' : 'asked' };
    return 'again';
  }
  const { known, notice = null, isPage = false } = next;
  ctx.stories.carried = {
    ...before,
    known,
    notice,
    question: 'new',
    seq: isPage ? before.seq : before.seq + 1,
    updateId: ctx.update.update_id,
  };
  return 'again';
}

async function judge<K>(now: Now<K>, question: Question<K>): Promise<Next<K>> {
  const { ctx, known } = now;
  const asBefore: Next<K> = { known, notice: now.notice ?? undefined, isPage: true };
  if (ctx.update.update_id === now.updateId) return asBefore;
  const { tap } = ctx;
  if (tap?.kind === 'pay_step') {
    if (tap.storyId !== now.id) return null;
    const isElsewhere = ctx.callbackQuery?.message?.message_id !== now.screenId;
    // The first tap on this screen has done the work: a second one is shown what came of it.
    if (tap.seq !== now.seq) return isElsewhere ? null : asBefore;
  }
  if (tap) return (await question.tapped?.(now, tap)) ?? null;
  if (ctx.message?.text === undefined) return null;
  return (await question.typed?.(now, ctx.typed)) ?? null;
}

async function put<K>(ctx: BotContext, before: Told<K>, question: Question<K>): Promise<void> {
  const now = { ctx, ...before };
  const screen = await question.screen(now);
  const screenId = await place(ctx, before.screenId, screen);
  await question.shown?.(now, { messageId: screenId, screen });
  ctx.stories.carried = { ...before, screenId, question: 'asked' };
}

/**
 * Shows the next screen of a dialog. After a tap the message is edited; after typed text a new message is sent below it and the old
 * screen is removed. Resolves with the id of the message that shows the screen.
 */
export async function place(
  ctx: BotContext,
  screenId: number | null,
  screen: Screen,
): Promise<number> {
  if (ctx.callbackQuery) return await show(ctx, screen);
  const messageId = await send(ctx, screen);
  if (screenId !== null) await removeMessage(ctx, screenId);
  return messageId;
}

/** Removes a message. False for one that is gone already, or too old to be deleted. */
export async function removeMessage(ctx: BotContext, messageId: number): Promise<boolean> {
  if (ctx.chatId === undefined) return false;
  try {
    return await ctx.api.deleteMessage(ctx.chatId, messageId);
  } catch (error) {
    if (refusalOf(error)?.error_code !== 400) throw error;
    return false;
  }
}

/** Removes what was typed, which is a secret, from the chat before anything else happens. */
export async function removeTyped(ctx: BotContext): Promise<void> {
  const messageId = ctx.message?.message_id;
  if (messageId !== undefined) await removeMessage(ctx, messageId);
}

/** Called before somebody has to wait: answers the tap, or shows in the chat that something goes on. */
export async function beforeWaiting(ctx: BotContext): Promise<void> {
  if (ctx.callbackQuery) await answer(ctx);
  else await ctx.replyWithChatAction('typing');
}
