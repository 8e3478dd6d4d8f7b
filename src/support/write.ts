/** What a person writes to the staff: into the ticket that is open, or a new one. */
import { sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { tickets } from '../db/tables.ts';
import { enqueue } from '../outbox/messages.ts';
import { noteUse, quotaSpent, type QuotaSpent } from '../quotas/quotas.ts';
import { writtenAbout } from './about.ts';
import { changed, messageWrittenAt, noteMessage, openTicket, ticketById } from './rows.ts';
import type { SupportDeps, Ticket, WriteOutcome, WriteTo, Written } from './support.ts';

interface Taken {
  to: WriteTo;
  userId: number;
  written: Written;
  /** The id of the ticket, should a new one be needed. */
  id: string;
}

/** Writes the message down and tells the staff of it, in the caller's transaction. */
export async function take(deps: SupportDeps, tx: Tx, taken: Taken): Promise<WriteOutcome> {
  const { userId, written } = taken;
  const at = deps.clock.now();
  const known = await messageWrittenAt(tx, written);
  if (known) {
    const ticket = await ticketById(tx, known.ticketId);
    return ticket ? { kind: 'written', ticket, isNew: false } : { kind: 'not_found' };
  }
  const found = await ticketFor(tx, taken);
  if (found === 'none of theirs') return { kind: 'not_found' };
  const spent = await useOf(deps, tx, { userId, opens: found === null, at });
  if (spent) return spent;
  const ticket = found ? await reopened(tx, found, at) : await opened(deps, tx, { ...taken, at });
  const message = await noteMessage(tx, { ticket, staffId: null, written, at });
  for (const chatId of deps.staffChats) {
    const key = `ticket:${message.id}:asked:${chatId}`;
    const params = { messageId: message.id };
    await enqueue(tx, { key, chatId, kind: 'ticket_question', params, at });
  }
  return { kind: 'written', ticket, isNew: found === null };
}

/** The ticket that the message belongs to; null: there has to be a new one. */
async function ticketFor(tx: Tx, { to, userId }: Taken): Promise<Ticket | null | 'none of theirs'> {
  if ('about' in to) return await openTicket(tx, { userId, about: writtenAbout(to.about) });
  const named = await ticketById(tx, to.ticketId);
  if (named?.userId !== userId) return 'none of theirs';
  return named.state === 'closed' ? ((await openTicket(tx, named)) ?? named) : named;
}

async function useOf(
  { quotas }: SupportDeps,
  tx: Tx,
  { userId, opens, at }: { userId: number; opens: boolean; at: number },
): Promise<QuotaSpent | null> {
  const actions = opens ? (['open_ticket', 'write_ticket'] as const) : (['write_ticket'] as const);
  for (const action of actions) {
    const spent = await quotaSpent(tx, quotas, { userId, action, at });
    if (spent) return spent;
  }
  for (const action of actions) await noteUse(tx, quotas, { userId, action, at });
  return null;
}

async function opened(
  { metrics, log }: SupportDeps,
  tx: Tx,
  { id, to, userId, at }: Taken & { at: number },
): Promise<Ticket> {
  const about = 'about' in to ? writtenAbout(to.about) : '';
  const [ticket] = await tx
    .insert(tickets)
    .values({ id, userId, about, state: 'open', createdAt: at, waitingSince: at })
    .returning();
  if (!ticket) throw new Error(`the ticket ${id} was written and is not there`);
  tx.afterCommit(() => {
    metrics?.ticket('opened');
    log.info({ event: 'ticket', outcome: 'opened', ticket: id, about }, 'somebody asks the staff');
  });
  return ticket;
}

/** Somebody who has waited goes on waiting since the same time. */
async function reopened(tx: Tx, { id }: Ticket, at: number): Promise<Ticket> {
  return await changed(tx, id, {
    state: 'open',
    waitingSince: sql`coalesce(${tickets.waitingSince}, ${at})`,
    closedAt: null,
    closedBy: null,
  });
}
