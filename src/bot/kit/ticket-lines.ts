/** What both sides see of a ticket. */
import type { Rendered } from '../../outbox/sender.ts';
import type { Topic } from '../../outbox/topics.ts';
import { readAbout } from '../../support/about.ts';
import type { Ticket, TicketMessage } from '../../support/support.ts';
import type { Translate } from '../locales/texts.ts';
import { billIcon } from './bill-facts.ts';
import type { Parts } from './context.ts';
import { clip, escapeHtml, money, stateIcon } from './format.ts';
import { wayTitle } from './way-title.ts';
import type { Screen } from './screen.ts';

/** Says which payment the ticket is about, as that is now; null: about none. */
export async function aboutLine(
  { topups, ownerBills }: Parts,
  t: Translate,
  about: string,
): Promise<string | null> {
  const payment = readAbout(about);
  if (payment === null) return null;
  const { kind, id } = payment;
  if (kind === 'topup') {
    const topup = await topups.get(id);
    if (!topup) return t('ticket-about-gone', { id });
    return t('ticket-about-topup', {
      icon: stateIcon(topup.state),
      id,
      provider: escapeHtml(wayTitle(t, topup.provider)),
      sum: money(t, topup.amountTiyin),
    });
  }
  const bill = await ownerBills?.get(id);
  if (!bill) return t('ticket-about-gone', { id });
  const { name } = t.names.service({ id: bill.serviceId, name: bill.serviceName });
  return t('ticket-about-bill', {
    icon: billIcon(bill.state),
    id,
    service: escapeHtml(clip(name, 60)),
    sum: money(t, bill.amountTiyin),
  });
}

const STATES = {
  open: 'ticket-state-open',
  answered: 'ticket-state-answered',
  closed: 'ticket-state-closed',
} as const satisfies Record<Ticket['state'], string>;

export function ticketState(t: Translate, { state }: Ticket): string {
  return t(STATES[state]);
}

/** A message as somebody wrote it, at most so many characters; null for a picture without words. */
export function quoted(text: string, most: number): string | null {
  const words = text.trim();
  return words === '' ? null : `<blockquote>${escapeHtml(clip(words, most))}</blockquote>`;
}

/** With the heading it stays under Telegram's limits for a message, and for what stands below a picture. */
const MAX_WORDS = 2000;
const MAX_CAPTION = 600;

/** One message of a ticket, on its way to who has to read it: `lines` above its words. */
export function passedOn(
  { kind, text, chatId, messageId }: TicketMessage,
  view: {
    t: Translate;
    subject: string;
    topic?: Topic;
    screen: (words: string | null) => Screen;
  },
): Rendered {
  const { subject, topic, t } = view;
  const where = { subject, ...(topic === undefined ? {} : { topic }) };
  if (kind === 'text') {
    return { method: 'send', ...where, ...view.screen(quoted(text, MAX_WORDS)) };
  }
  const below = view.screen(quoted(text, MAX_CAPTION));
  const textWithout = `${below.text}\n\n${t('ticket-file-gone')}`;
  return { method: 'copy', ...where, from: { chatId, messageId }, ...below, textWithout };
}
