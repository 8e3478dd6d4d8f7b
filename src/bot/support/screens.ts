/** What a person sees who asks the staff. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Ticket, TicketMessage } from '../../support/support.ts';
import type { TapOf } from '../kit/callbacks.ts';
import { clip, dateTime, duration, escapeHtml, shortDateTime } from '../kit/format.ts';
import { button, linkButton, menuButton, record, type Screen, screen } from '../kit/screen.ts';
import { quoted, ticketState } from '../kit/ticket-lines.ts';
import type { Translate } from '../locales/texts.ts';

function ticketButton(
  text: string,
  ticketId: string,
  action: TapOf<'ticket'>['action'],
): InlineKeyboardButton {
  return button(text, { kind: 'ticket', action, ticketId });
}

/** Makes the next message the question. `notice`: why the one before was not taken. */
export function writeScreen(
  t: Translate,
  {
    about,
    answerWithinMs,
    open,
    notice = null,
  }: {
    about: string | null;
    answerWithinMs: number;
    /** Tickets of this person that are not closed. */
    open: readonly Ticket[];
    notice?: string | null;
  },
): Screen {
  return screen(
    [
      notice,
      t('ticket-write'),
      about,
      '',
      t('ticket-write-hint'),
      t('ticket-promise', { time: duration(t, answerWithinMs) }),
    ],
    [
      ...open.map((ticket) => [ticketButton(ticketLabel(t, ticket), ticket.id, 'show')]),
      [menuButton(t)],
    ],
  );
}

function ticketLabel(t: Translate, ticket: Ticket): string {
  return `💬 № ${ticket.id} · ${ticketState(t, ticket)}`;
}

/** Says that somebody outside of the program helps. */
export function contactScreen(
  t: Translate,
  { contact, about }: { contact: { shown: string; url: string | null }; about: string | null },
): Screen {
  return screen(
    [
      t('ticket-contact', { contact: escapeHtml(contact.shown) }),
      about === null ? null : t('ticket-contact-quote'),
      about,
    ],
    [[linkButton(t('button-write'), contact.url)], [menuButton(t)]],
  );
}

export function sentScreen(
  t: Translate,
  {
    ticket,
    answerWithinMs,
    listens,
  }: {
    ticket: Ticket;
    answerWithinMs: number;
    /** Whether what is sent next belongs to this ticket. */
    listens: boolean;
  },
): Screen {
  return screen(
    [
      t('ticket-sent', { id: ticket.id }),
      t('ticket-promise', { time: duration(t, answerWithinMs) }),
      '',
      t(listens ? 'ticket-sent-more' : 'ticket-sent-reply'),
    ],
    [[ticketButton(t('button-my-ticket'), ticket.id, 'show'), menuButton(t)]],
  );
}

/** To who typed `/cancel` at a question that was passed on. */
export function staysScreen(t: Translate, { id }: Ticket): Screen {
  return screen(
    [t('ticket-stays', { id })],
    [
      [
        ticketButton(t('button-my-ticket'), id, 'show'),
        ticketButton(t('button-solved'), id, 'close'),
      ],
      [menuButton(t)],
    ],
  );
}

export function ticketScreen(
  t: Translate,
  view: { ticket: Ticket; about: string | null; messages: readonly TicketMessage[] },
): Screen {
  const { ticket, about, messages } = view;
  const { id } = ticket;
  return screen(
    [
      t('ticket-title', { id, state: ticketState(t, ticket) }),
      about,
      ...messages.flatMap((message) => messageLines(t, message)),
    ],
    [
      [
        ticketButton(t('button-write-more'), id, 'write'),
        ticket.state === 'closed' ? null : ticketButton(t('button-solved'), id, 'close'),
      ],
      [menuButton(t)],
    ],
  );
}

const MAX_WORDS = 300;

function messageLines(t: Translate, { staffId, kind, text, at }: TicketMessage): string[] {
  const who = t(staffId === null ? 'ticket-by-you' : 'ticket-by-staff', { at: shortDateTime(at) });
  const words = quoted(clip(text, MAX_WORDS), MAX_WORDS);
  return ['', kind === 'text' ? who : `${who} 📎`, ...(words === null ? [] : [words])];
}

/** A message from the staff. */
export function answerMessage(t: Translate, ticketId: string, words: string | null): Screen {
  return record(
    [t('ticket-answer', { id: ticketId }), words, '', t('ticket-answer-hint')],
    [
      [
        ticketButton(t('button-write-more'), ticketId, 'write'),
        ticketButton(t('button-solved'), ticketId, 'close'),
      ],
      [menuButton(t)],
    ],
  );
}

export function closedMessage(t: Translate, { id, closedAt, createdAt }: Ticket): Screen {
  return record(
    [t('ticket-closed', { id, at: dateTime(closedAt ?? createdAt) })],
    [[ticketButton(t('button-write-more'), id, 'write')], [menuButton(t)]],
  );
}
