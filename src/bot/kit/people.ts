/** Who is speaking: known, welcome, and in which language. */
import type { MiddlewareFn } from 'grammy';
import { languageOf } from '../../core/language.ts';
import { raiseAlarm } from '../../outbox/alarms.ts';
import { moveChat } from '../../outbox/chat-moves.ts';
import { park, unpark } from '../../outbox/park.ts';
import { seenUser, type UserRow } from '../../users/users.ts';
import type { BotContext, Parts } from './context.ts';
import { answer, send } from './reply.ts';

/** Puts the sender and their language on the context. Updates that no person sent end here. */
export function meetPerson(parts: Parts): MiddlewareFn<BotContext> {
  const { db, clock, notifyOutbox } = parts;
  return async (ctx, next) => {
    const { from } = ctx;
    if (!from) return;
    const at = clock.now();
    ctx.person = await seenUser(db, from, at, async (tx) => {
      // Alarms may have been waiting for an owner who had not pressed Start yet.
      const due = await unpark(tx, { chatId: from.id, at });
      if (due > 0) tx.afterCommit(notifyOutbox);
    });
    await parts.names.refresh();
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
    if (ctx.person.unreachableAt !== null) await welcomeBack(parts, ctx.person.id);
    if (!ctx.myChatMember) await next();
  };
}

async function markUnreachable({ db, clock }: Parts, { id: chatId }: UserRow): Promise<void> {
  await db.tx(async (tx) => {
    await park(tx, { chatId, at: clock.now(), reason: 'the person blocked the bot' });
  });
}

/** The bot was let into the group where alarms go, or back into it: what waited becomes due. */
export function followGroup(parts: Parts): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const status = ctx.myChatMember?.new_chat_member.status;
    const isIn = status === 'member' || status === 'administrator';
    if (isIn && ctx.chat) await welcomeBack(parts, ctx.chat.id);
    await next();
  };
}

/**
 * The owners' group became a supergroup and says so itself; the sender would find out with its next message. Other groups
 * are nobody's here.
 */
export function followMove(parts: Parts): MiddlewareFn<BotContext> {
  return async (ctx) => {
    const toChatId = ctx.message?.migrate_to_chat_id;
    const fromChatId = ctx.chat?.id;
    if (toChatId === undefined || fromChatId === undefined) return;
    if (fromChatId !== parts.adminChatId) return;
    const at = parts.clock.now();
    await parts.db.tx(async (tx) => {
      const isNews = await moveChat(tx, { fromChatId, toChatId, at });
      const alarm = { kind: 'chat_moved', fromChatId, toChatId } as const;
      if (isNews) await raiseAlarm(tx, alarm, { at, recipients: parts.adminIds });
    });
    parts.notifyOutbox();
  };
}

async function welcomeBack({ db, clock, notifyOutbox }: Parts, chatId: number): Promise<void> {
  const due = await db.tx(async (tx) => await unpark(tx, { chatId, at: clock.now() }));
  if (due > 0) notifyOutbox();
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
