/** What became of each day's backup, in the table `reports`. */
import { and, desc, eq } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { reports } from '../db/tables.ts';

interface GoodBackup {
  /** Milliseconds since 1970. */
  at: number;
  file: string;
  bytes: number;
  /** Size of the encrypted copy; null when no copy is encrypted. */
  encryptedBytes: number | null;
  entries: number;
}

/** The last of each on that day. */
interface BackupReport {
  good: GoodBackup | null;
  failed: { at: number; trouble: BackupTrouble; details: readonly string[] } | null;
}

const KIND = 'backup';

/** Days looked through for a good one; beyond that there is none worth the name. */
const LOOK_BACK_DAYS = 60;

/** Adds to what is known of `day` (in Tashkent, `YYYY-MM-DD`). */
export async function saveBackupReport(
  tx: Tx,
  { day, at, ...news }: { day: string; at: number } & Partial<BackupReport>,
): Promise<void> {
  const [row] = await tx
    .select()
    .from(reports)
    .where(and(eq(reports.kind, KIND), eq(reports.day, day)));
  const before = (row?.data as BackupReport | undefined) ?? { good: null, failed: null };
  const data: BackupReport = { ...before, ...news };
  await tx
    .insert(reports)
    .values({ kind: KIND, day, data, createdAt: at })
    .onConflictDoUpdate({ target: [reports.kind, reports.day], set: { data } });
}

/** Null: none in the last 60 reports. */
export async function lastGoodBackup(queries: Queries): Promise<GoodBackup | null> {
  const rows = await queries
    .select({ data: reports.data })
    .from(reports)
    .where(eq(reports.kind, KIND))
    .orderBy(desc(reports.day))
    .limit(LOOK_BACK_DAYS);
  const good = rows.map((row) => (row.data as BackupReport).good);
  return good.find((each) => each !== null) ?? null;
}

export type BackupTrouble =
  | 'disk_full'
  /** The folder can't be made or written to. */
  | 'not_writable'
  /** The file, or the copy of it, is not whole. */
  | 'damaged'
  /** The copy is whole, and its books do not add up. */
  | 'books_broken'
  /** The copy is kept; it is larger than bots may send. */
  | 'too_large'
  /** The copy is kept; Telegram did not take it. */
  | 'not_sent'
  | 'failed';
