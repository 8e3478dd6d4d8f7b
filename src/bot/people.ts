/** Who is speaking: known, welcome, and in which language. */
import type { MiddlewareFn } from 'grammy';
import { languageOf } from '../language.ts';
import { park, unpark } from '../outbox/park.ts';
import { seenUser, type UserRow } from '../users/users.ts';
import type { BotContext, Parts } from './context.ts';
import { answer, send } from './reply.ts';

/** Puts the sender and their language on the context. Updates that no person sent end here. */
export function meetPerson(parts: Parts): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    if (!ctx.from) return;
    ctx.person = await seenUser(parts.db, ctx.from, parts.clock.now());
    ctx.language = languageOf(ctx.person, parts.defaultLanguage);
    ctx.t = parts.texts(ctx.language);
    await next();
  };
}

/**
 * Somebody who blocked the bot gets nothing until they are back; then everything that waited becomes due.
 * `my_chat_member` ends here.
 */
export function followPresence(parts: Parts): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    if (ctx.myChatMember?.new_chat_member.status === 'kicked') {
      await markUnreachable(parts, ctx.person);
      return;
    }
    if (ctx.person.unreachableAt !== null) await welcomeBack(parts, ctx.person);
    if (!ctx.myChatMember) await next();
  };
}

async function markUnreachable({ db, clock }: Parts, { id: chatId }: UserRow): Promise<void> {
  await db.tx(async (tx) => {
    await park(tx, { chatId, at: clock.now(), reason: 'the person blocked the bot' });
  });
}

async function welcomeBack({ db, clock, notifyOutbox }: Parts, person: UserRow): Promise<void> {
  await db.tx(async (tx) => await unpark(tx, { chatId: person.id, at: clock.now() }));
  notifyOutbox();
}

/** Somebody an owner shut out hears so and can do nothing. */
export const refuseBlocked: MiddlewareFn<BotContext> = async (ctx, next) => {
  if (ctx.person.blockedAt === null) {
    await next();
  } else if (ctx.callbackQuery) {
    await answer(ctx, ctx.t('blocked'), { alert: true });
  } else {
    await send(ctx, { text: ctx.t('blocked') });
  }
};
