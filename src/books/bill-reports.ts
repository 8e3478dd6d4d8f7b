/** What the daily comparisons with Paylov found, kept by day. */
import { and, desc, eq, gte, min } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { bills, reports } from '../db/tables.ts';
import type { ReconcileFinding, ReconcileOutcome } from '../bills/reconcile.ts';
import { dayOf, DAY_MS } from '../core/calendar.ts';

const KIND = 'bills';
/** How far back a day that was missed is made up for. */
const DAYS = 7;

export type Compared = Extract<ReconcileOutcome, { kind: 'compared' }>;

export interface BillReport {
  /** In Tashkent, `YYYY-MM-DD`. */
  day: string;
  /** When it was compared, in milliseconds since 1970. */
  at: number;
  findings: ReconcileFinding[];
  /** As in `ReconcileOutcome`. */
  there: number;
  here: number;
  complete: boolean;
}

/** The latest day first. */
export async function billReports(
  queries: Queries,
  { limit }: { limit: number },
): Promise<BillReport[]> {
  const rows = await queries
    .select()
    .from(reports)
    .where(eq(reports.kind, KIND))
    .orderBy(desc(reports.day))
    .limit(limit);
  return rows.map(({ day, createdAt, data }) => {
    // Written by `keepBillReport` alone.
    const { findings, there, here, complete } = data as Compared;
    return { day, at: createdAt, findings, there, here, complete };
  });
}

/** False when that day has its report already: then nothing is written. */
export async function keepBillReport(
  tx: Tx,
  { day, at, outcome }: { day: string; at: number; outcome: Compared },
): Promise<boolean> {
  const kept = await tx
    .insert(reports)
    .values({ kind: KIND, day, data: outcome, createdAt: at })
    .onConflictDoNothing({ target: [reports.kind, reports.day] })
    .returning({ day: reports.day });
  return kept.length > 0;
}

/**
 * Days without a report, yesterday first: yesterday in any case, and of the six before those since the first bill
 * (what was paid at Paylov earlier was no business of this program).
 */
export async function unreportedDays(queries: Queries, now: number): Promise<string[]> {
  const days = Array.from({ length: DAYS }, (_, ago) => dayOf(now - (ago + 1) * DAY_MS));
  const rows = await queries
    .select({ day: reports.day })
    .from(reports)
    .where(and(eq(reports.kind, KIND), gte(reports.day, days.at(-1) ?? '')));
  const [first] = await queries.select({ at: min(bills.createdAt) }).from(bills);
  const since = dayOf(first?.at ?? now);
  const known = new Set(rows.map(({ day }) => day));
  return days.filter((day, ago) => !known.has(day) && (ago === 0 || day >= since));
}
