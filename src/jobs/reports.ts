/** Days in Tashkent, and what is kept about them: one report of a kind for each day. */
import { and, eq } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { reports } from '../db/tables.ts';

/** Uzbekistan keeps UTC+5 all year. */
const OFFSET_MS = 5 * 3_600_000;
export const DAY_MS = 24 * 3_600_000;

/**
 * `shop`: what providers' shops had at the day's first look. `uptime`: minutes by provider. `digest`: what owners were
 * told. `figures`: what the day's charts are made of. `audit`: what the night's audit found.
 */
export type ReportKind = 'shop' | 'uptime' | 'digest' | 'bills' | 'backup' | 'figures' | 'audit';

/** `YYYY-MM-DD`. */
export function dayOf(at: number): string {
  return new Date(at + OFFSET_MS).toISOString().slice(0, 10);
}

/** The day's first millisecond. Throws for what is no day. */
export function startOf(day: string): number {
  const at = Date.parse(`${day}T00:00:00+05:00`);
  if (Number.isNaN(at)) throw new RangeError(`"${day}" is no day`);
  return at;
}

/** `days` later, or earlier when negative. */
export function dayAfter(day: string, days = 1): string {
  return dayOf(startOf(day) + days * DAY_MS);
}

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
