/** Whether anything that the staff looks at has changed: another word, and it has. Four looks at the ends of indexes. */
import { desc } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { billHistory, entries, staffLog, topupHistory } from '../db/tables.ts';

export async function pulseOf(queries: Queries): Promise<string> {
  const ends = [];
  for (const table of [entries, topupHistory, billHistory, staffLog]) {
    const [row] = await queries
      .select({ id: table.id })
      .from(table)
      .orderBy(desc(table.id))
      .limit(1);
    ends.push(row?.id ?? 0);
  }
  return ends.join('.');
}
