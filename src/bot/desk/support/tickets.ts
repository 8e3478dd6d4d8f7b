/** What people ask of the staff: the list, one ticket, answers, ends. */
import type { MiddlewareFn } from 'grammy';
import { languageOf } from '../../../core/language.ts';
import { refusalOf } from '../../../core/telegram-errors.ts';
import type { Place } from '../../../outbox/places.ts';
import { placeNamed } from '../../../support/place.ts';
import type { CloseOutcome, Ticket } from '../../../support/support.ts';
import { getUser } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { plainName } from '../../kit/format.ts';
import { answer, send, show } from '../../kit/reply.ts';
import type { Screen } from '../../kit/screen.ts';
import { aboutLine } from '../../kit/ticket-lines.ts';
import { noteTicket, repliedTicket } from '../../kit/ticket-places.ts';
import { writtenOf } from '../../kit/written.ts';
import { askWords } from '../kit/asking.ts';
import type { DeskFeature } from '../kit/feature.ts';
import { deskAction } from '../kit/lists.ts';
import { TICKETS_AREA } from '../kit/payments-screens.ts';
import { isClaim, maybeItsMoney } from './maybe.ts';
import {
  answeredScreen,
  answerQuestion,
  deskTicketScreen,
  PAGE_OF,
  type Refusal,
  REFUSE_AS,
  refusalQuestion,
  ticketsList,
} from './screens.ts';

const PAGE = 10;
const SHOWN_MESSAGES = 8;

export function ticketsDesk(parts: Parts): DeskFeature {
  return {
    area: TICKETS_AREA,
    menu: { label: 'tickets-menu', action: 'list', role: 'viewer' },
    commands: {
      tickets: deskAction(parts, 'viewer', async (ctx) => {
        await send(ctx, await list(ctx, parts, 0));
      }),
    },
    taps: {
      list: deskAction(parts, 'viewer', async (ctx) => {
        await show(ctx, await list(ctx, parts, 0));
      }),
      page: PAGE_OF.by('viewer', async (ctx, { offset }) => {
        await show(ctx, await list(ctx, parts, offset));
      }),
      show: deskAction(parts, 'viewer', showTicket),
      files: deskAction(parts, 'viewer', sendFiles),
      answer: deskAction(parts, 'operator', askAnswer),
      close: deskAction(parts, 'operator', close),
      refuse: deskAction(parts, 'operator', askRefusal),
      refuse_as: REFUSE_AS.by('operator', async (ctx, { id, why }) => {
        await refuse(ctx, parts, { id, why });
      }),
    },
    inputs: {
      answer: deskAction(parts, 'operator', async (ctx, _parts, ticketId) => {
        await takeAnswer(ctx, parts, ticketId);
      }),
    },
    async tick() {
      await parts.support.remind();
    },
  };
}

async function list({ t }: BotContext, parts: Parts, offset: number): Promise<Screen> {
  const { support, db, clock } = parts;
  const found = await support.open({ offset, limit: PAGE + 1 });
  const tickets = await Promise.all(
    found.slice(0, PAGE).map(async (ticket) => ({
      ticket,
      user: await getUser(db.read, ticket.userId),
    })),
  );
  return ticketsList(t, {
    tickets,
    figures: await support.figures(),
    answerWithinMs: support.answerWithinMs,
    now: clock.now(),
    offset,
    hasMore: found.length > PAGE,
    pageSize: PAGE,
  });
}

async function showTicket(ctx: BotContext, parts: Parts, ticketId: string): Promise<void> {
  const ticket = await parts.support.get(ticketId);
  if (!ticket) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const messageId = await show(ctx, await ticketScreenOf(ctx, parts, ticket));
  await noteTicket(ctx, parts, { messageId, ticketId, side: 'staff' });
}

async function ticketScreenOf(ctx: BotContext, parts: Parts, ticket: Ticket): Promise<Screen> {
  const { db, support, staff } = parts;
  const latest = await support.messages(ticket.id, SHOWN_MESSAGES);
  const messages = await Promise.all(
    latest.map(async (message) => ({
      message,
      by: await getUser(db.read, message.staffId ?? ticket.userId),
    })),
  );
  return deskTicketScreen(ctx.t, {
    ticket,
    user: await getUser(db.read, ticket.userId),
    about: await aboutLine(parts, ctx.t, ticket.about),
    money: await maybeItsMoney(parts, ticket.about),
    isClaim: await isClaim(parts, ticket.about),
    messages,
    mayAnswer: staff.may(ctx.person.id, 'operator'),
  });
}

/** Pictures and documents of the ticket once more, from where they were sent, beside the message that was tapped. */
async function sendFiles(ctx: BotContext, parts: Parts, ticketId: string): Promise<void> {
  const messages = await parts.support.messages(ticketId, SHOWN_MESSAGES);
  const files = messages.filter(({ kind }) => kind !== 'text');
  if (ctx.chatId === undefined || files.length === 0) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  for (const { chatId, messageId } of files) {
    const shownId = await copyHere(ctx, { chatId, messageId });
    if (shownId !== null)
      await noteTicket(ctx, parts, { messageId: shownId, ticketId, side: 'staff' });
  }
}

/** Copies one message here; null: whoever sent it has removed it since. */
async function copyHere(ctx: BotContext, from: Place): Promise<number | null> {
  const { chatId = 0, msg } = ctx;
  const topicId = msg?.is_topic_message === true ? msg.message_thread_id : undefined;
  const where = topicId === undefined ? {} : { message_thread_id: topicId };
  try {
    return (await ctx.api.copyMessage(chatId, from.chatId, from.messageId, where)).message_id;
  } catch (error) {
    if (refusalOf(error)?.error_code !== 400) throw error;
    return null;
  }
}

async function askAnswer(ctx: BotContext, parts: Parts, ticketId: string): Promise<void> {
  if (!(await parts.support.get(ticketId))) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const screen = answerQuestion(ctx.t, ticketId);
  await askWords(ctx, { area: TICKETS_AREA, name: 'answer', arg: ticketId, screen });
}

async function takeAnswer(ctx: BotContext, parts: Parts, ticketId: string): Promise<void> {
  const written = writtenOf(ctx);
  if (written === null) {
    await send(ctx, { text: ctx.t('ticket-bad-kind') });
    return;
  }
  const outcome = await parts.support.answer(ticketId, { staffId: ctx.person.id, written });
  if (outcome.kind === 'not_found') {
    await send(ctx, { text: ctx.t('toast-old') });
    return;
  }
  const { ticket, before } = outcome;
  const { read } = parts.db;
  const colleague = before?.staffId ? await getUser(read, before.staffId) : null;
  const name = (colleague && plainName(colleague)) || String(before?.staffId ?? '');
  await send(
    ctx,
    answeredScreen(ctx.t, {
      ticket,
      user: await getUser(read, ticket.userId),
      before: before && { at: before.at, name },
    }),
  );
}

async function askRefusal(ctx: BotContext, parts: Parts, ticketId: string): Promise<void> {
  const ticket = await parts.support.get(ticketId);
  if (!ticket || ticket.state === 'closed' || !(await isClaim(parts, ticket.about))) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  await show(ctx, refusalQuestion(ctx.t, ticketId));
}

/** The payer reads why in their own language, and that the question is closed; writing again opens it. No money moves. */
async function refuse(
  ctx: BotContext,
  parts: Parts,
  { id, why }: { id: string; why: Refusal },
): Promise<void> {
  const ticket = await parts.support.get(id);
  // The payment may have come meanwhile and be on the balance: an old button must not tell its payer otherwise.
  if (!ticket || ticket.state === 'closed' || !(await isClaim(parts, ticket.about))) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const { id: staffId } = ctx.person;
  const [latest] = await parts.support.messages(id, 1);
  const user = await getUser(parts.db.read, ticket.userId);
  const spoken = user ?? { language: null, telegramLanguage: null };
  const text = parts.texts(languageOf(spoken, parts.defaultLanguage))(`refusal-${why}`);
  const place = placeNamed(staffId, `${id}:${latest?.id ?? 0}:${why}`);
  const written = { ...place, kind: 'text', text } as const;
  await showEnd(ctx, parts, await parts.support.refuse(id, { staffId, written }));
}

async function close(ctx: BotContext, parts: Parts, ticketId: string): Promise<void> {
  const by = { personId: ctx.person.id, byStaff: true };
  await showEnd(ctx, parts, await parts.support.close(ticketId, by));
}

async function showEnd(ctx: BotContext, parts: Parts, outcome: CloseOutcome): Promise<void> {
  if (outcome.kind === 'not_found') {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const isNews = outcome.kind === 'closed';
  await answer(ctx, ctx.t(isNews ? 'toast-ticket-closed' : 'toast-ticket-was-closed'));
  if (isNews) await send(ctx, await ticketScreenOf(ctx, parts, outcome.ticket));
}

/** Somebody of the staff answers a message about a ticket, in the group or in their own chat: that goes to its person. */
export function staffReplies(parts: Parts): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const mayAnswer = parts.staff.may(ctx.person.id, 'operator');
    const ticketId = mayAnswer ? await repliedTicket(ctx, parts, 'staff') : null;
    if (ticketId === null) await next();
    else await takeAnswer(ctx, parts, ticketId);
  };
}

/** Anybody else who answers such a message in the group hears that it went nowhere, an anonymous owner, too. */
export function othersReplies(parts: Parts): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const isSent = ctx.from !== undefined && parts.staff.may(ctx.from.id, 'operator');
    if (isSent || (await repliedTicket(ctx, parts, 'staff')) === null) await next();
    else await send(ctx, { text: parts.texts(parts.defaultLanguage)('tickets-not-staff') });
  };
}
