/** What the staff hears of backups. */
import type { BackupTrouble } from '../books/backup-report.ts';

declare module '../outbox/kinds.ts' {
  interface Alarms {
    /** There is no good copy of today, or it did not leave the machine. */
    backup_failed: { trouble: BackupTrouble; detail?: string };
  }
}
