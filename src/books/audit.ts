/** Proves the books and that orders and entries tell the same story; what does not hold becomes an alarm. */
import { and, eq, inArray, isNull, like, ne, or, sql } from 'drizzle-orm';
import { billsAgainstBooks } from './bills-audit.ts';
import type { Database, Queries } from '../db/database.ts';
import { entries, lines, topups } from '../db/tables.ts';
import { adjustmentsAgainstBooks } from './adjustments-audit.ts';
import { audit, type AuditReport } from '../ledger/audit.ts';
import { type SealReport, verifySeals } from '../ledger/seals.ts';
import { SETTLED_STATES } from '../topups/topup.ts';
import { requestsAgainstBooks } from './requests-audit.ts';
import { suspenseAgainstBooks, takenBackAgainstBooks } from './suspense-audit.ts';

const MAX_FINDINGS = 100;

export interface BooksReport extends AuditReport {
  /** The chain of seals: where it ends, and how many entries are too new to be in it. */
  seals: Pick<SealReport, 'head' | 'waiting'>;
}

export interface AuditOptions {
  /** Now; with it an entry that nobody sealed for minutes is a finding. */
  at?: number | undefined;
}

/** Everything that can be proved about the books, as they are at one moment. */
export async function auditBooks(
  db: Pick<Database, 'snapshot'>,
  options: AuditOptions = {},
): Promise<BooksReport> {
  return await db.snapshot((queries) => auditAll(queries, options));
}

/** The ledger's own audit, the chain of seals, and each credited order and paid bill against its entry and back. */
export async function auditAll(queries: Queries, options: AuditOptions = {}): Promise<BooksReport> {
  const report = await audit(queries);
  const { findings: broken, ...seals } = await verifySeals(queries, options);
  const findings = [
    ...report.findings,
    ...broken,
    ...(await ordersAgainstEntries(queries)),
    ...(await billsAgainstBooks(queries)),
    ...(await suspenseAgainstBooks(queries)),
    ...(await takenBackAgainstBooks(queries)),
    ...(await adjustmentsAgainstBooks(queries)),
    ...(await requestsAgainstBooks(queries)),
  ];
  const clean = findings.length === 0;
  return { ...report, seals, findings: findings.slice(0, MAX_FINDINGS), clean };
}

async function ordersAgainstEntries(queries: Queries): Promise<string[]> {
  // The same condition from either side, each so that the other side's index serves it.
  const own = eq(entries.key, sql`'topup:' || ${topups.id}`);
  const ofEntry = eq(topups.id, sql`substr(${entries.key}, ${'topup:'.length + 1})`);
  const withoutEntry = await queries
    .select({ id: topups.id })
    .from(topups)
    .leftJoin(entries, own)
    .where(and(inArray(topups.state, SETTLED_STATES), isNull(entries.id)))
    .limit(MAX_FINDINGS);
  const withoutOrder = await queries
    .select({ key: entries.key })
    .from(entries)
    .leftJoin(topups, and(ofEntry, inArray(topups.state, SETTLED_STATES)))
    .where(
      and(
        inArray(entries.kind, ['topup', 'suspense', 'topup_approved']),
        like(entries.key, 'topup:%'),
        isNull(topups.id),
      ),
    )
    .limit(MAX_FINDINGS);
  const otherSum = await queries
    .select({ id: topups.id })
    .from(topups)
    .innerJoin(entries, own)
    .innerJoin(lines, and(eq(lines.entryId, entries.id), eq(lines.position, 1)))
    .where(
      and(
        inArray(topups.state, SETTLED_STATES),
        or(isNull(topups.paidTiyin), ne(topups.paidTiyin, lines.amountTiyin)),
      ),
    )
    .limit(MAX_FINDINGS);
  return [
    ...withoutEntry.map(({ id }) => `order ${id} is settled and has no entry`),
    ...withoutOrder.map(({ key }) => `entry ${key} belongs to no settled order`),
    ...otherSum.map(({ id }) => `order ${id} and its entry name different sums`),
  ];
}
