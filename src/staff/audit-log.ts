/** What the staff did beside the books: written in the transaction that does it, never changed. */
import { desc, eq } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { staffLog } from '../db/tables.ts';

export type StaffLogRow = typeof staffLog.$inferSelect;

interface AuditEntry {
  /** Who did it. */
  staffId: number;
  /** `block`, `unblock`, `message` … */
  action: string;
  /** What it is about: `user:<id>`, a provider, an order, a bill. */
  subject?: string;
  /** Why, or what was said. */
  note?: string;
  at: number;
}

export const userSubject = (userId: number): string => `user:${userId}`;

export async function writeAuditLog(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.insert(staffLog).values(entry);
}

/** Latest first. */
export async function auditEntriesAbout(
  queries: Queries,
  subject: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<StaffLogRow[]> {
  return await queries
    .select()
    .from(staffLog)
    .where(eq(staffLog.subject, subject))
    .orderBy(desc(staffLog.at), desc(staffLog.id))
    .limit(limit)
    .offset(offset);
}
