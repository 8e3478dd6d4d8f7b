/** A person at the other end of every "help": what somebody writes to the staff, and how it is. */
import { Composer, type MiddlewareFn } from 'grammy';
import { type About, readAbout, writtenAbout } from '../../support/about.ts';
import type { Ticket, WriteTo, Written } from '../../support/support.ts';
import type { TapOf } from '../kit/callbacks.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import { quotaNotice } from '../kit/quota.ts';
import { answer, send, show } from '../kit/reply.ts';
import type { Screen } from '../kit/screen.ts';
import { place } from '../kit/talk.ts';
import { onTaps } from '../kit/taps.ts';
import { aboutLine } from '../kit/ticket-lines.ts';
import type { Words } from '../kit/told.ts';
import { askForWords } from '../kit/words.ts';
import { noteTicket, repliedTicket } from '../kit/ticket-places.ts';
import { writtenOf } from '../kit/written.ts';
import { contactScreen, sentScreen, staysScreen, ticketScreen, writeScreen } from './screens.ts';

/**
 * The name under which questions are asked whose answers go to the staff: `about` a payment, or into the ticket of this
 * id.
 */
const AREA = 'support';

const SHOWN_MESSAGES = 6;
const SHOWN_TICKETS = 5;

export function supportFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onTaps(composer, {
    help: async (ctx, tap) => await help(ctx, parts, tap),
    ticket: async (ctx, tap) => await onTicket(ctx, parts, tap),
  });
  composer.command('cancel', async (ctx, next) => {
    const ticket = await leftTicket(ctx, parts);
    if (ticket) await send(ctx, staysScreen(ctx.t, ticket));
    else await next();
  });
  composer.use(async (ctx, next) => {
    const { answering } = ctx;
    if (answering?.area === AREA) await takeWords(ctx, parts, answering);
    else await next();
  });
  return composer;
}

/** The open question to which something could be added until now: leaving that takes nothing of it back. */
async function leftTicket({ justLeft, person }: BotContext, parts: Parts): Promise<Ticket | null> {
  const asked = justLeft?.name === 'words' ? (justLeft.told.known as Words) : null;
  if (asked?.area !== AREA || asked.name !== 'ticket') return null;
  const ticket = await parts.support.ofUser(asked.arg, person.id);
  return ticket?.state === 'closed' ? null : ticket;
}

/** An answer to a message about a ticket goes into that ticket, whatever story is being told. */
export function ticketReplies(parts: Parts): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const ticketId = await repliedTicket(ctx, parts, 'user');
    const to = ticketId === null ? null : { ticketId };
    if (to && (await parts.support.ofUser(to.ticketId, ctx.person.id))) {
      await pass(ctx, parts, { to, screenId: null });
    } else {
      await next();
    }
  };
}

async function help(ctx: BotContext, parts: Parts, { of, id }: TapOf<'help'>): Promise<void> {
  const about = of === 'any' ? null : { kind: of, id };
  if (about && !(await isOwn(parts, about, ctx.person.id))) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const line = await aboutLine(parts, ctx.t, writtenAbout(about));
  const { contact } = await parts.terms(parts.db.read);
  if (contact) {
    await show(ctx, contactScreen(ctx.t, { contact, about: line }));
    return;
  }
  await ask(ctx, parts, { name: 'about', arg: writtenAbout(about) });
}

async function isOwn(
  { topups, bills }: Parts,
  { kind, id }: About,
  userId: number,
): Promise<boolean> {
  if (kind === 'topup') return (await topups.ofUser(id, userId)) !== null;
  return ((await bills?.ofUser(id, userId)) ?? null) !== null;
}

type Asked = Pick<Words, 'name' | 'arg'>;

async function ask(ctx: BotContext, parts: Parts, asked: Asked, notice?: string): Promise<void> {
  const view = await writeScreenOf(ctx, parts, { asked, notice });
  const screenId = await place(ctx, null, view);
  await askForWords(ctx, { ...asked, area: AREA, screenId });
}

async function writeScreenOf(
  ctx: BotContext,
  parts: Parts,
  { asked, notice }: { asked: Asked; notice?: string | undefined },
): Promise<Screen> {
  const { support } = parts;
  const ticket = asked.name === 'ticket' ? await support.get(asked.arg) : null;
  const all = await support.listOf(ctx.person.id, SHOWN_TICKETS);
  return writeScreen(ctx.t, {
    about: await aboutLine(parts, ctx.t, ticket?.about ?? asked.arg),
    answerWithinMs: support.answerWithinMs,
    open: all.filter(({ state, id }) => state !== 'closed' && id !== ticket?.id),
    notice: notice ?? null,
  });
}

async function takeWords(ctx: BotContext, parts: Parts, asked: Words): Promise<void> {
  const to: WriteTo =
    asked.name === 'ticket' ? { ticketId: asked.arg } : { about: readAbout(asked.arg) };
  await pass(ctx, parts, { to, screenId: asked.screenId ?? null, asked });
}

interface Passed {
  to: WriteTo;
  /** The message of the question it answers, which is removed. */
  screenId: number | null;
  /** What was asked, to ask it again where the answer can't be taken. */
  asked?: Words | undefined;
}

/**
 * Passes a message on to the staff. What is sent after the answer to a question belongs to the same ticket: a picture,
 * and then another one.
 */
async function pass(ctx: BotContext, parts: Parts, { to, screenId, asked }: Passed): Promise<void> {
  const written = writtenOf(ctx);
  if (written === null) {
    const screen: Screen = { text: ctx.t('ticket-bad-kind') };
    const shownId = await place(ctx, null, screen);
    if (asked) await askForWords(ctx, { ...asked, screenId: shownId });
    return;
  }
  await write(ctx, parts, { to, screenId, asked, written });
}

/** Passes on the picture in an earlier message, and listens for the words about it. */
export async function passPicture(ctx: BotContext, parts: Parts, messageId: number): Promise<void> {
  const written = { chatId: ctx.person.id, messageId, kind: 'photo', text: '' } as const;
  const asked = { area: AREA, name: 'about', arg: writtenAbout(null) };
  await write(ctx, parts, { to: { about: null }, screenId: null, asked, written });
}

async function write(
  ctx: BotContext,
  parts: Parts,
  { to, screenId, asked, written }: Passed & { written: Written },
): Promise<void> {
  const outcome = await parts.support.write(to, { userId: ctx.person.id, written });
  switch (outcome.kind) {
    case 'not_found':
      await send(ctx, { text: ctx.t('toast-old') });
      return;
    case 'quota_spent':
      await send(ctx, { text: quotaNotice(ctx.t, outcome, parts.clock.now()) });
      return;
    case 'written':
      await goOn(ctx, parts, { ticket: outcome.ticket, screenId, asked });
  }
}

async function goOn(
  ctx: BotContext,
  parts: Parts,
  { ticket, screenId, asked }: Pick<Passed, 'screenId' | 'asked'> & { ticket: Ticket },
): Promise<void> {
  const { answerWithinMs } = parts.support;
  const listens = asked !== undefined;
  const view = sentScreen(ctx.t, { ticket, answerWithinMs, listens });
  const messageId = await place(ctx, screenId, view);
  await noteTicket(ctx, parts, { messageId, ticketId: ticket.id, side: 'user' });
  // Somebody who answered a message may be in the middle of something else, so nothing more is listened for.
  if (!listens) return;
  await askForWords(ctx, { area: AREA, name: 'ticket', arg: ticket.id, screenId: messageId });
}

async function onTicket(ctx: BotContext, parts: Parts, tap: TapOf<'ticket'>): Promise<void> {
  const ticket = await parts.support.ofUser(tap.ticketId, ctx.person.id);
  if (!ticket) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  if (tap.action === 'write') {
    await ask(ctx, parts, { name: 'ticket', arg: ticket.id });
    return;
  }
  const shown = tap.action === 'close' ? await closed(ctx, parts, ticket) : ticket;
  const messages = await parts.support.messages(ticket.id, SHOWN_MESSAGES);
  const about = await aboutLine(parts, ctx.t, ticket.about);
  const messageId = await show(ctx, ticketScreen(ctx.t, { ticket: shown, about, messages }));
  await noteTicket(ctx, parts, { messageId, ticketId: ticket.id, side: 'user' });
}

async function closed(ctx: BotContext, { support }: Parts, ticket: Ticket): Promise<Ticket> {
  const outcome = await support.close(ticket.id, { personId: ctx.person.id, byStaff: false });
  await answer(ctx, ctx.t('toast-ticket-closed'));
  return outcome.kind === 'not_found' ? ticket : outcome.ticket;
}
