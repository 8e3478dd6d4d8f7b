/** Which days still have to be compared with Paylov. */
import { and, eq, gte, min } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { bills, reports } from '../db/tables.ts';
import { dayOf, DAY_MS } from '../core/calendar.ts';

/** How far back a day that was missed is made up for. */
const DAYS = 7;

/**
 * Days without a report, yesterday first: yesterday in any case, and of the six before those since the first bill
 * (what was paid at Paylov earlier was no business of this program).
 */
export async function unreportedDays(queries: Queries, now: number): Promise<string[]> {
  const days = Array.from({ length: DAYS }, (_, ago) => dayOf(now - (ago + 1) * DAY_MS));
  const rows = await queries
    .select({ day: reports.day })
    .from(reports)
    .where(and(eq(reports.kind, 'bills'), gte(reports.day, days.at(-1) ?? '')));
  const [first] = await queries.select({ at: min(bills.createdAt) }).from(bills);
  const since = dayOf(first?.at ?? now);
  const known = new Set(rows.map(({ day }) => day));
  return days.filter((day, ago) => !known.has(day) && (ago === 0 || day >= since));
}
