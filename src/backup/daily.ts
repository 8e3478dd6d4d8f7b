/** The backup of each day, made beside the running program. */
import type { BackupConfig } from '../settings/types.ts';
import type { Tx } from '../db/database.ts';
import type { Clock } from '../core/deps.ts';
import type { Log } from '../core/log.ts';
import type { AlarmParams } from '../outbox/kinds.ts';
import type { BackupMade } from './make.ts';
import { saveBackupReport } from '../books/backup-report.ts';
import type { BackupRunner } from './run.ts';
import { toBackupError } from './trouble.ts';
import { dayOf } from '../core/calendar.ts';

interface DailyBackupDeps {
  databasePath: string;
  config: BackupConfig;
  runner: BackupRunner;
  clock: Clock;
  log: Log;
  /** A transaction after which the outbox is woken. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  alarm(tx: Tx, alarm: AlarmParams, at: number): Promise<void>;
  /** Throws a BackupError. */
  send(copy: { path: string; bytes: number }): Promise<void>;
}

export interface DailyBackup {
  /** Never rejects for a backup that failed: that is an alarm, and a line in the log. */
  run(): Promise<void>;
  /** Ends a copy that is being made. */
  stop(): Promise<void>;
}

export function createDailyBackup(deps: DailyBackupDeps): DailyBackup {
  let isStopping = false;
  return {
    async run() {
      const at = deps.clock.now();
      try {
        await backUp(deps, at);
      } catch (error) {
        // The program ends: nobody is to blame, and nothing is written any more.
        if (!isStopping) await tellOfFailure(deps, error);
      }
    },
    async stop() {
      isStopping = true;
      await deps.runner.stop();
    },
  };
}

async function backUp(deps: DailyBackupDeps, at: number): Promise<void> {
  const { config, clock, log } = deps;
  const begunAt = clock.elapsed();
  const { dir, keepDays, ageRecipient } = config;
  const order = { databasePath: deps.databasePath, dir, keepDays, ageRecipient, at };
  const { path: file, bytes, encrypted, facts, removed }: BackupMade = await deps.runner.run(order);
  const good = {
    at,
    file,
    bytes,
    encryptedBytes: encrypted?.bytes ?? null,
    entries: facts.entries,
  };
  await deps.write((tx) => saveBackupReport(tx, { day: dayOf(at), at, good }));
  log.info(
    { event: 'backup', ...good, removed, tookMs: clock.elapsed() - begunAt },
    'a copy was made',
  );
  if (config.toOwners && encrypted) await deps.send(encrypted);
}

async function tellOfFailure(deps: DailyBackupDeps, error: unknown): Promise<void> {
  const { code: trouble, details } = toBackupError(error);
  const level = trouble === 'too_large' || trouble === 'not_sent' ? 'warn' : 'error';
  deps.log[level]({ event: 'backup_failed', trouble, details }, 'the backup failed');
  const at = deps.clock.now();
  const failed = { at, trouble, details: details.slice(0, 20) };
  await deps.write(async (tx) => {
    await saveBackupReport(tx, { day: dayOf(at), at, failed });
    await deps.alarm(tx, { kind: 'backup_failed', trouble, detail: details.join('; ') }, at);
  });
}
