/** What the nightly audit found, kept in the table `reports`: a metric of any process, also after a restart. */
import { desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Queries, Tx } from '../db/database.ts';
import { reports } from '../db/tables.ts';
import { putReport } from './day-reports.ts';
import { dayOf } from '../core/calendar.ts';

/** `at`: milliseconds since 1970; `findings`: how many, at most 100. */
const auditReport = z.object({ at: z.int(), findings: z.int().nonnegative() });

type AuditNoted = z.infer<typeof auditReport>;

/** The last one of each day stays. */
export async function saveAudit(tx: Tx, noted: AuditNoted): Promise<void> {
  await putReport(tx, { kind: 'audit', day: dayOf(noted.at), data: noted, at: noted.at });
}

/** Null: there was none, or it was written by a program that this one does not understand. */
export async function lastAudit(queries: Queries): Promise<AuditNoted | null> {
  const [row] = await queries
    .select({ data: reports.data })
    .from(reports)
    .where(eq(reports.kind, 'audit'))
    .orderBy(desc(reports.day))
    .limit(1);
  return auditReport.safeParse(row?.data).data ?? null;
}
