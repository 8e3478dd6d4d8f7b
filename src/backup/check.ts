/** Proves a copy: whole as a file, whole as books. */
import { inArray, max } from 'drizzle-orm';
import { OPEN_STATES } from '../bills/bill.ts';
import { type OpenCopy, openCopy } from '../db/copy.ts';
import type { Mode } from '../db/mode.ts';
import { countOf } from '../db/exact.ts';
import { readMeta } from '../db/meta.ts';
import { bills, entries, topups } from '../db/tables.ts';
import { auditBooks } from '../books/audit.ts';
import type { Tiyin } from '../core/money.ts';

/** What stands in a copy. Times are milliseconds since 1970. */
export interface CopyFacts {
  mode: Mode | null;
  entries: number;
  usersTiyin: Tiyin;
  /** Null: there is none. */
  lastEntryAt: number | null;
  lastOrderAt: number | null;
  /** Orders that wait for their payment. */
  openOrders: number;
  /** Bills that are not over, at most 100. */
  openBills: { id: string; state: string; transactionId: string | null }[];
}

type CopyCheck =
  | { kind: 'good'; facts: CopyFacts }
  /** SQLite can't read all of it. */
  | { kind: 'damaged'; findings: string[] }
  | { kind: 'books_broken'; findings: string[]; facts: CopyFacts };

/** Opens the copy read-only and reads every page of it. Never throws for what is wrong with the file. */
export async function checkCopy(path: string): Promise<CopyCheck> {
  let copy: OpenCopy | null = null;
  try {
    copy = openCopy(path);
    const damage = copy.damage();
    if (damage.length > 0) return { kind: 'damaged', findings: damage };
    const report = await auditBooks(copy);
    const facts = await factsOf(copy, report);
    return report.clean
      ? { kind: 'good', facts }
      : { kind: 'books_broken', findings: report.findings, facts };
  } catch (error) {
    return { kind: 'damaged', findings: [error instanceof Error ? error.message : 'unreadable'] };
  } finally {
    copy?.close();
  }
}

const MAX_OPEN_BILLS = 100;

const count = countOf();

async function factsOf(
  { read }: OpenCopy,
  report: { entries: number; usersTiyin: Tiyin },
): Promise<CopyFacts> {
  const mode = await readMeta(read, 'mode');
  const [entry] = await read.select({ at: max(entries.createdAt) }).from(entries);
  const [order] = await read.select({ at: max(topups.createdAt) }).from(topups);
  const [waiting] = await read
    .select({ n: count })
    .from(topups)
    .where(inArray(topups.state, ['creating', 'waiting']));
  const openBills = await read
    .select({ id: bills.id, state: bills.state, transactionId: bills.transactionId })
    .from(bills)
    .where(inArray(bills.state, [...OPEN_STATES]))
    .limit(MAX_OPEN_BILLS);
  return {
    mode: mode === 'live' || mode === 'sandbox' ? mode : null,
    entries: report.entries,
    usersTiyin: report.usersTiyin,
    lastEntryAt: entry?.at ?? null,
    lastOrderAt: order?.at ?? null,
    openOrders: waiting?.n ?? 0,
    openBills,
  };
}
