/** Tickets as the staff sees them. */
import type { InlineKeyboardButton } from 'grammy/types';
import { z } from 'zod';
import { readAbout } from '../../../support/about.ts';
import type { SupportFigures } from '../../../support/figures.ts';
import type { Ticket, TicketMessage } from '../../../support/support.ts';
import type { OpenMoney } from '../../../topups/suspense-list.ts';
import type { UserRow } from '../../../users/users.ts';
import {
  clip,
  dateTime,
  duration,
  escapeHtml,
  personName,
  plainName,
  shortDateTime,
} from '../../kit/format.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { anId, whole } from '../../kit/tap-fields.ts';
import { quoted, ticketState } from '../../kit/ticket-lines.ts';
import type { Translate } from '../../locales/texts.ts';
import { deskButton, deskTap } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import { CREDIT, moneyRow } from '../suspense/suspense-screens.ts';
import { BILLS_AREA, orderAction, personButton, TICKETS_AREA } from '../kit/payments-screens.ts';

export const PAGE_OF = deskTap(TICKETS_AREA, 'page', { offset: whole });

/** Why a payment that somebody says they made is not put on their balance. */
export const REFUSALS = ['absent', 'other', 'unreadable'] as const;

export type Refusal = (typeof REFUSALS)[number];

export const REFUSE_AS = deskTap(TICKETS_AREA, 'refuse_as', { id: anId, why: z.enum(REFUSALS) });

export function ticketAction(text: string, action: string, arg = ''): InlineKeyboardButton {
  return deskButton(text, { area: TICKETS_AREA, action, arg });
}

interface TicketsPage {
  tickets: readonly { ticket: Ticket; user: UserRow | null }[];
  figures: SupportFigures;
  answerWithinMs: number;
  now: number;
  offset: number;
  hasMore: boolean;
  pageSize: number;
}

export function ticketsList(t: Translate, page: TicketsPage): Screen {
  const { tickets, figures, offset, pageSize } = page;
  return screen(
    [
      t('tickets-title', { count: String(figures.waiting) }),
      ...timeLines(t, page),
      '',
      t(tickets.length === 0 ? 'tickets-none' : 'tickets-hint'),
    ],
    [
      ...tickets.map((each) => [ticketRow(t, each, page)]),
      [
        offset > 0
          ? PAGE_OF.button(t('button-newer'), { offset: Math.max(0, offset - pageSize) })
          : null,
        page.hasMore ? PAGE_OF.button(t('button-older'), { offset: offset + pageSize }) : null,
      ],
      [deskHomeButton(t)],
    ],
  );
}

/** How long people wait for the first answer, beside what they are promised. */
function timeLines(t: Translate, { figures, answerWithinMs }: TicketsPage): string[] {
  const { answered, medianMs, inTime } = figures;
  if (medianMs === null) return [];
  const promised = duration(t, answerWithinMs);
  return [
    t('tickets-first-answer', { time: duration(t, medianMs) }),
    t('tickets-in-time', { count: String(inTime), all: String(answered), promised }),
  ];
}

function ticketRow(
  t: Translate,
  { ticket, user }: TicketsPage['tickets'][number],
  { now, answerWithinMs }: TicketsPage,
): InlineKeyboardButton {
  const { waitingSince } = ticket;
  const waitsMs = waitingSince === null ? null : now - waitingSince;
  const sign = waitsMs === null ? '💬' : waitsMs > answerWithinMs ? '🔴' : '⏳';
  const about = readAbout(ticket.about);
  const label = [
    `${sign} ${waitsMs === null ? t('ticket-state-answered') : duration(t, waitsMs)}`,
    (user && plainName(user)) || String(ticket.userId),
    about === null ? ticket.id : `№ ${about.id}`,
  ].join(' · ');
  return ticketAction(clip(label, 60), 'show', ticket.id);
}

export interface TicketView {
  ticket: Ticket;
  user: UserRow | null;
  about: string | null;
  /** Money that is nobody's yet and may be the payment that the ticket is about. */
  money?: readonly OpenMoney[];
  /** The ticket is about a payment that has not come. */
  isClaim?: boolean;
}

function head(t: Translate, { ticket, user, about }: TicketView): (string | null)[] {
  const { id, userId } = ticket;
  return [
    t('ticket-title', { id, state: ticketState(t, ticket) }),
    t('tickets-from', { name: user ? personName(user) : '—', id: String(userId) }),
    about,
  ];
}

const MAX_WORDS = 300;

export function deskTicketScreen(
  t: Translate,
  view: TicketView & {
    messages: readonly { message: TicketMessage; by: UserRow | null }[];
    mayAnswer: boolean;
  },
): Screen {
  const { ticket, messages, mayAnswer, money = [] } = view;
  const { id } = ticket;
  const hasFiles = messages.some(({ message }) => message.kind !== 'text');
  return screen(
    [
      ...head(t, view),
      ticket.closedAt === null ? null : t('tickets-closed-at', { at: dateTime(ticket.closedAt) }),
      ...messages.flatMap(messageLines),
    ],
    [
      mayAnswer
        ? [
            ticketAction(t('button-ticket-answer'), 'answer', id),
            ticket.state === 'closed' ? null : ticketAction(t('button-ticket-close'), 'close', id),
          ]
        : [],
      ...money.map((each) => moneyWays(t, view, each)),
      mayAnswer ? refusing(t, view) : [],
      hasFiles ? [ticketAction(t('button-ticket-files'), 'files', id)] : [],
      ways(t, ticket),
      [ticketAction(t('tickets-menu'), 'list'), deskHomeButton(t)],
    ],
  );
}

/** Buttons to the ticket's payment and its person. */
function ways(t: Translate, { about, userId }: Ticket): InlineKeyboardButton[] {
  const payment = readAbout(about);
  const person = personButton(t, userId);
  if (payment === null) return [person];
  const { kind, id } = payment;
  const label = `🧾 № ${id}`;
  if (kind === 'topup') return [orderAction(label, 'show', id), person];
  return [deskButton(label, { area: BILLS_AREA, action: 'show', arg: id }), person];
}

/** Buttons to the money, and one that asks whether it shall be this person's. */
function moneyWays(
  t: Translate,
  { ticket: { userId }, user }: TicketView,
  each: OpenMoney,
): InlineKeyboardButton[] {
  const name = clip((user && plainName(user)) || String(userId), 20);
  const credit = CREDIT.button(t('payments-button-credit-to', { name }), { id: each.id, userId });
  return [moneyRow(t, each), credit];
}

function refusing(t: Translate, { ticket, isClaim }: TicketView): InlineKeyboardButton[] {
  if (isClaim !== true || ticket.state === 'closed') return [];
  return [ticketAction(t('button-ticket-refuse'), 'refuse', ticket.id)];
}

/** Asks what the payer shall read. */
export function refusalQuestion(t: Translate, ticketId: string): Screen {
  return screen(
    [t('tickets-ask-refusal')],
    [
      ...REFUSALS.map((why) => [
        REFUSE_AS.button(t(`button-refusal-${why}`), { id: ticketId, why }),
      ]),
      [ticketAction(t('button-refusal-words'), 'answer', ticketId)],
      [ticketAction(t('button-back'), 'show', ticketId)],
    ],
  );
}

function messageLines({
  message,
  by,
}: {
  message: TicketMessage;
  by: UserRow | null;
}): (string | null)[] {
  const { staffId, kind, text, at } = message;
  const name = by ? personName(by) : String(staffId ?? '—');
  const who = `${staffId === null ? '👤' : '🗂'} ${name} · ${shortDateTime(at)}`;
  return ['', kind === 'text' ? who : `${who} 📎`, quoted(clip(text, MAX_WORDS), MAX_WORDS)];
}

/** Somebody wrote. An answer to this message goes to them. */
export function questionMessage(t: Translate, view: TicketView, words: string | null): Screen {
  const { ticket, money = [] } = view;
  return screen(
    [
      ...head(t, view),
      words,
      money.length > 0 ? t('tickets-maybe') : null,
      t('tickets-reply-hint'),
    ],
    [
      ...money.map((each) => moneyWays(t, view, each)),
      refusing(t, view),
      [
        ticketAction(t('button-ticket-open'), 'show', ticket.id),
        ticketAction(t('button-ticket-close'), 'close', ticket.id),
      ],
      ways(t, ticket),
    ],
  );
}

/** A colleague has answered. */
export function colleagueMessage(
  t: Translate,
  { by, ...view }: TicketView & { by: UserRow | null },
  words: string | null,
): Screen {
  const { ticket } = view;
  return screen(
    [t('tickets-colleague', { name: by ? personName(by) : '—' }), ...head(t, view), words],
    [[ticketAction(t('button-ticket-open'), 'show', ticket.id)]],
  );
}

/** To who answered: it is on its way. */
export function answeredScreen(
  t: Translate,
  view: {
    ticket: Ticket;
    /** The person who gets the answer; away: they blocked the bot. */
    user: UserRow | null;
    /** What a colleague had answered before, and when. */
    before: { at: number; name: string } | null;
  },
): Screen {
  const { ticket, user, before } = view;
  const isAway = user !== null && user.unreachableAt !== null;
  return screen(
    [
      t('tickets-answered', { name: user ? personName(user) : '—', id: ticket.id }),
      isAway ? t('tickets-away') : null,
      before === null
        ? null
        : t('tickets-before', { name: escapeHtml(before.name), at: shortDateTime(before.at) }),
    ],
    [
      [
        ticketAction(t('button-ticket-open'), 'show', ticket.id),
        ticket.state === 'closed'
          ? null
          : ticketAction(t('button-ticket-close'), 'close', ticket.id),
      ],
    ],
  );
}

export function answerQuestion(t: Translate, ticketId: string): Screen {
  return screen([t('tickets-ask-answer')], [[ticketAction(t('button-back'), 'show', ticketId)]]);
}
