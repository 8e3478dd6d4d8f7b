/** What people ask of the staff, on the web page: read, answered in words and closed there as in the chat. */
import { cleanTyped } from '../../../core/typed-text.ts';
import { placeNamed } from '../../../support/place.ts';
import type { Ticket, TicketMessage } from '../../../support/support.ts';
import { getUser } from '../../../users/users.ts';
import type { Parts } from '../../kit/context.ts';
import { plainName } from '../../kit/format.ts';
import { aboutLine } from '../../kit/ticket-lines.ts';
import type { Translate } from '../../locales/texts.ts';
import { textsOf } from './decisions.ts';
import { plainText } from './plain-text.ts';

const PAGE = 30;
const SHOWN_MESSAGES = 50;

export interface PageTicket {
  id: string;
  state: Ticket['state'];
  userId: number;
  name: string;
  /** The payment that the ticket is about; null: none. */
  about: string | null;
  waitingSince: number | null;
}

export interface PageTicketMessage {
  id: number;
  at: number;
  byStaff: boolean;
  name: string;
  kind: TicketMessage['kind'];
  text: string;
}

export interface PageTickets {
  /** Those that are not closed, who waits longest first. `offset`: where the next ones begin; null: there are none. */
  open(personId: number, offset: number): Promise<{ rows: PageTicket[]; offset: number | null }>;
  one(
    personId: number,
    id: string,
  ): Promise<{ ticket: PageTicket; messages: PageTicketMessage[]; mayAnswer: boolean } | null>;
  /** `answerId` names this answer: sent twice it is one. */
  answer(
    personId: number,
    answer: { id: string; answerId: string; text: string },
  ): Promise<'answered' | 'empty' | 'refused'>;
  close(personId: number, id: string): Promise<'closed' | 'was_closed' | 'refused'>;
}

export function pageTickets(parts: Parts): PageTickets {
  const { support, staff, log } = parts;
  return {
    async open(personId, offset) {
      const t = await textsOf(parts, personId);
      const found = await support.open({ offset, limit: PAGE + 1 });
      const rows = found.slice(0, PAGE).map((each) => shown(parts, t, each));
      return { rows: await Promise.all(rows), offset: found.length > PAGE ? offset + PAGE : null };
    },
    async one(personId, id) {
      const ticket = await support.get(id);
      if (!ticket) return null;
      const messages = await support.messages(id, SHOWN_MESSAGES);
      return {
        ticket: await shown(parts, await textsOf(parts, personId), ticket),
        messages: await Promise.all(messages.map((each) => written(parts, ticket, each))),
        mayAnswer: staff.may(personId, 'operator'),
      };
    },
    async answer(personId, { id, answerId, text }) {
      const words = cleanTyped(text).trim();
      if (!staff.may(personId, 'operator')) return 'refused';
      if (words === '') return 'empty';
      const place = placeNamed(personId, answerId);
      const outcome = await support.answer(id, {
        staffId: personId,
        written: { ...place, kind: 'text', text: words },
      });
      if (outcome.kind === 'not_found') return 'refused';
      log.info({ event: 'desk_answered', ticket: id, by: personId }, 'answered on the web page');
      return 'answered';
    },
    async close(personId, id) {
      if (!staff.may(personId, 'operator')) return 'refused';
      const { kind } = await support.close(id, { personId, byStaff: true });
      return kind === 'not_found' ? 'refused' : kind;
    },
  };
}

async function written(
  { db }: Parts,
  ticket: Ticket,
  { id, at, staffId, kind, text }: TicketMessage,
): Promise<PageTicketMessage> {
  const by = staffId ?? ticket.userId;
  const user = await getUser(db.read, by);
  const name = (user && plainName(user)) || String(by);
  return { id, at, byStaff: staffId !== null, name, kind, text };
}

async function shown(parts: Parts, t: Translate, ticket: Ticket): Promise<PageTicket> {
  const { id, state, userId, waitingSince } = ticket;
  const user = await getUser(parts.db.read, userId);
  const about = await aboutLine(parts, t, ticket.about);
  return {
    id,
    state,
    userId,
    name: (user && plainName(user)) || '',
    about: about === null ? null : plainText(about),
    waitingSince,
  };
}
