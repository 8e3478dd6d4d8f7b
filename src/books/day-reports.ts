/** Days in Tashkent, and what is kept about them: one report of a kind for each day. */
import { and, eq, gt } from 'drizzle-orm';
import { AHEAD_MS, type BringBack } from '../core/clock/ahead.ts';
import type { Queries, Tx } from '../db/database.ts';
import { reports } from '../db/tables.ts';

/**
 * `shop`: what providers' shops had at the day's first look. `uptime`: minutes by provider. `digest`: what owners were
 * told. `figures`: what the day's charts are made of. `audit`: what the night's audit found.
 */
type ReportKind = typeof reports.$inferSelect.kind;

/** What another program, or an older version of this one, may have written: parse it. Undefined when there is none. */
export async function reportOf(queries: Queries, kind: ReportKind, day: string): Promise<unknown> {
  const [row] = await queries
    .select({ data: reports.data })
    .from(reports)
    .where(and(eq(reports.kind, kind), eq(reports.day, day)));
  return row?.data;
}

/** Writes the day's report if there is none. False: there was one, and nothing was written. */
export async function addReport(
  tx: Tx,
  { kind, day, data, at }: { kind: ReportKind; day: string; data: unknown; at: number },
): Promise<boolean> {
  const added = await tx
    .insert(reports)
    .values({ kind, day, data, createdAt: at })
    .onConflictDoNothing({ target: [reports.kind, reports.day] })
    .returning({ day: reports.day });
  return added.length > 0;
}

/** Writes the day's report, in the place of one that is there. */
export async function putReport(
  tx: Tx,
  { kind, day, data, at }: { kind: ReportKind; day: string; data: unknown; at: number },
): Promise<void> {
  await tx
    .insert(reports)
    .values({ kind, day, data, createdAt: at })
    .onConflictDoUpdate({ target: [reports.kind, reports.day], set: { data } });
}

/** Removes reports of days that have not been yet: they were written while the clock was ahead. */
export async function bringReportsBack(tx: Tx, { now, isSure }: BringBack): Promise<void> {
  if (isSure) await tx.delete(reports).where(gt(reports.createdAt, now + AHEAD_MS));
}
