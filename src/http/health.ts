/** Does the process work? Asked by monitoring, so cheap, and answered from what was seen, not from hope. */
import type { Database } from '../db/database.ts';
import type { Mode } from '../db/mode.ts';
import { writeTrouble } from '../db/write-trouble.ts';
import type { Clock } from '../core/deps.ts';
import type { ContactFigures } from '../core/telegram-contact.ts';
import type { JobState } from '../core/job.ts';
import type { Processes } from '../processes/processes.ts';
import type { Health } from './routes.ts';

/** The poller may be late by this much before it counts as stuck. */
const POLLER_LATE_MS = 60_000;
/** Every call has a time limit, and a round of thousands of orders takes minutes. */
const POLLER_HANGS_MS = 30 * 60_000;
/** Telegram's longer outages make the process neither better nor worse; past this somebody should look. */
const MESSAGE_WAITS_MS = 15 * 60_000;
/** A long poll takes half a minute; an outage of Telegram's that lasts longer than this is one that people notice. */
const DEAF_MS = 5 * 60_000;
/** A handler is cut off after one minute. */
const UPDATE_WAITS_MS = 3 * 60_000;
/** A day, and time to notice and mend. Never a reason for 503: restarting makes no backup. */
const BACKUP_LATE_MS = 36 * 60 * 60_000;
/** Writing proves the disk; doing it on every request would wear it. */
const PROOF_LASTS_MS = 5000;

interface HealthDeps {
  db: Database;
  /** Real money or play money. */
  mode: Mode;
  /** Which process answers, and how many there are. */
  processes: Pick<Processes, 'id' | 'count'>;
  clock: Clock;
  /** Milliseconds since 1970; null before the first time. */
  lastPollAt(): number | null;
  /** How the poller is doing; null while nothing is expected of it. */
  poller(): JobState | null;
  oldestMessageMs(): Promise<number>;
  /** Age of the oldest update that is not handled, 0 when there is none. */
  oldestUpdateMs(): Promise<number>;
  telegram(): ContactFigures;
  /** Null: there was none. Milliseconds since 1970. */
  lastBackupAt(): Promise<number | null>;
}

export function createHealth(deps: HealthDeps): () => Promise<Health> {
  const proof = { at: -Infinity, failure: null as string | null };

  async function databaseFailure(): Promise<string | null> {
    const elapsed = deps.clock.elapsed();
    if (elapsed - proof.at < PROOF_LASTS_MS) return proof.failure;
    proof.failure = await writeTrouble(deps.db, deps.clock.now());
    proof.at = elapsed;
    return proof.failure;
  }

  return async () => {
    const now = deps.clock.now();
    const poller = pollerTrouble(deps.poller());
    const oldestMs = await deps.oldestMessageMs();
    const updateMs = await deps.oldestUpdateMs();
    const { deafMs, lastCallAt, lastUpdatesAt } = deps.telegram();
    const lost = deps.db.lost?.() ?? null;
    const failure = await databaseFailure();
    const backupAt = await deps.lastBackupAt();
    const reasons = [
      ...(lost === null ? [] : [`${lost}: stop the program and put it back, or restore a copy`]),
      ...(failure === null || lost ? [] : [`the database can't be written: ${failure}`]),
      ...(poller === null ? [] : [poller]),
      ...(deafMs !== null && deafMs > DEAF_MS
        ? [`no updates from Telegram for ${Math.floor(deafMs / 60_000)} minutes: nobody is heard`]
        : []),
      ...(updateMs > UPDATE_WAITS_MS ? ['people have waited for over 3 minutes'] : []),
      ...(oldestMs > MESSAGE_WAITS_MS ? ['messages have waited for over 15 minutes'] : []),
    ];
    return {
      ok: reasons.length === 0,
      reasons,
      facts: {
        mode: deps.mode,
        process: deps.processes.id,
        processes: deps.processes.count(),
        database: failure === null && lost === null ? 'writable' : 'failing',
        lastPollAt: isoTime(deps.lastPollAt()),
        oldestMessageSeconds: Math.round(oldestMs / 1000),
        oldestUpdateSeconds: Math.round(updateMs / 1000),
        lastUpdatesAt: isoTime(lastUpdatesAt),
        lastTelegramCallAt: isoTime(lastCallAt),
        lastBackupAt: isoTime(backupAt),
        backup: deps.db.shared ? 'elsewhere' : backupState(backupAt, now),
      },
    };
  };
}

/** Measured by a clock that nobody can set: setting the other one back must not hide a poller that is late. */
function pollerTrouble(state: JobState | null): string | null {
  if ((state?.lateMs ?? 0) > POLLER_LATE_MS) return 'the poller has not run when it should have';
  if ((state?.runningMs ?? 0) > POLLER_HANGS_MS) return 'the poller has run for over 30 minutes';
  return null;
}

/** The state of the backups the program makes. A shared database is backed up by its own tools, so it has none. */
function backupState(at: number | null, now: number): 'none' | 'late' | 'ok' {
  if (at === null) return 'none';
  return now - at > BACKUP_LATE_MS ? 'late' : 'ok';
}

function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
