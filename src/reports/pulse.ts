/**
 * Tells whether anything that the staff looks at has changed: then the word it gives is another one. That is cheap,
 * since it looks only at the ends of indexes.
 */
import { desc, max, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { countOf } from '../db/exact.ts';
import {
  adminActions,
  billHistory,
  entries,
  staffLog,
  ticketMessages,
  tickets,
  topupHistory,
} from '../db/tables.ts';

export async function pulseOf(queries: Queries): Promise<string> {
  const ends = [];
  for (const table of [entries, topupHistory, billHistory, staffLog, ticketMessages]) {
    const [row] = await queries
      .select({ id: table.id })
      .from(table)
      .orderBy(desc(table.id))
      .limit(1);
    ends.push(row?.id ?? 0);
  }
  return [...ends, ...(await waitingOf(queries))].join('.');
}

/** What begins and ends without a row of its own; few at any time. States as literals: their indexes are found so. */
async function waitingOf(queries: Queries): Promise<number[]> {
  const [decisions] = await queries
    .select({ n: countOf(), last: max(adminActions.pendingAt) })
    .from(adminActions)
    .where(sql`${adminActions.state} = 'pending'`);
  const [questions] = await queries
    .select({ n: countOf() })
    .from(tickets)
    .where(sql`${tickets.state} in ('open', 'answered')`);
  return [decisions?.n ?? 0, decisions?.last ?? 0, questions?.n ?? 0];
}
