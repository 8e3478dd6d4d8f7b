/** A person who sends more than a person can: the surplus is left out, they hear so once, and others notice nothing. */
import type { Middleware } from 'grammy';
import { languageOf } from '../../core/language.ts';
import { createRateLimiter } from '../../core/rate-limit.ts';
import { errorForLog } from '../../core/telegram-errors.ts';
import { getUser } from '../../users/users.ts';
import type { BotContext, FloodOptions, Parts } from './context.ts';

/** Faster than anybody taps for long; after an hour without the bot, what waited is less than a burst. */
export const FLOOD: FloodOptions = {
  person: { burst: 40, perSecond: 2 },
  staff: { burst: 300, perSecond: 10 },
};

const MAX_PEOPLE = 10_000;

/** A flood is over once its sender has paused for so long that this share of the burst is back. */
const OVER_AT = 0.5;

/** Nothing but messages and taps counts: who blocks the bot and comes back is heard in any case. */
export function stopFloods(parts: Parts): Middleware<BotContext> {
  const { flood } = parts;
  if (!flood) return async (_ctx, next) => await next();
  const limiter = createRateLimiter({ clock: parts.clock, maxKeys: MAX_PEOPLE });
  /** By person, the update let in last: one that failed runs again and must not count twice. */
  const admitted = new Map<string, number>();
  /** Those who heard that they are too fast. */
  const told = new Set<string>();
  return async (ctx, next) => {
    const from = ctx.message?.from ?? ctx.callbackQuery?.from;
    if (!from) return await next();
    const key = String(from.id);
    const rate = parts.staff.roleOf(from.id) === null ? flood.person : flood.staff;
    if (admitted.get(key) === ctx.update.update_id) return await next();
    if (limiter.left(key, rate) >= OVER_AT) told.delete(key);
    if (limiter.take(key, rate) === null) {
      remember(admitted, key, ctx.update.update_id);
      return await next();
    }
    // Set before the answer is sent: a failing answer is not worth a second one.
    const isFirst = !told.has(key);
    if (told.size >= MAX_PEOPLE) told.clear();
    told.add(key);
    if (isFirst) await askToSlowDown(parts, ctx);
    else ctx.answered = true;
  };
}

function remember(admitted: Map<string, number>, key: string, updateId: number): void {
  admitted.delete(key);
  admitted.set(key, updateId);
  if (admitted.size <= MAX_PEOPLE) return;
  const [oldest] = admitted.keys();
  if (oldest !== undefined) admitted.delete(oldest);
}

/** Asks somebody to slow down, by a message or by the words above a tapped button. A failure is only logged. */
async function askToSlowDown(parts: Parts, ctx: BotContext): Promise<void> {
  const userId = ctx.from?.id ?? 0;
  parts.log.warn({ event: 'flood', userId }, 'a person sends faster than a person can');
  ctx.answered = true;
  try {
    const telegramLanguage = ctx.from?.language_code ?? null;
    const known = await getUser(parts.db.read, userId);
    const spoken = known ?? { language: null, telegramLanguage };
    const text = parts.texts(languageOf(spoken, parts.defaultLanguage))('slow-down');
    if (ctx.callbackQuery) await ctx.answerCallbackQuery({ text, show_alert: true });
    else await ctx.reply(text);
  } catch (error) {
    parts.log.warn({ event: 'flood', err: errorForLog(error) }, 'nobody heard to slow down');
  }
}
