/** Does the process work? Asked by monitoring, so cheap, and answered from what was seen, not from hope. */
import type { Database } from './db/database.ts';
import type { Mode } from './db/mode.ts';
import { meta } from './db/tables.ts';
import type { Clock } from './deps.ts';
import type { Processes } from './processes/processes.ts';
import type { Health } from './http/routes.ts';

/** The poller may be late by this much before it counts as stuck. */
const POLLER_LATE_MS = 60_000;
/** Telegram's longer outages make the process neither better nor worse; past this somebody should look. */
const MESSAGE_WAITS_MS = 15 * 60_000;
/** A day, and time to notice and mend. Never a reason for 503: restarting makes no backup. */
const BACKUP_LATE_MS = 36 * 60 * 60_000;
/** Writing proves the disk; doing it on every request would wear it. */
const PROOF_LASTS_MS = 5000;

export interface HealthDeps {
  db: Database;
  /** Real money or play money. */
  mode: Mode;
  /** Which process answers, and how many there are. */
  processes: Pick<Processes, 'id' | 'count'>;
  clock: Clock;
  /** When the poller ran last and is to run next; null before the first time. */
  poller(): { lastRunAt: number | null; nextRunAt: number | null };
  oldestMessageMs(): Promise<number>;
  /** Null: there was none. Milliseconds since 1970. */
  lastBackupAt(): Promise<number | null>;
}

export function createHealth(deps: HealthDeps): () => Promise<Health> {
  const proof = { at: -Infinity, failure: null as string | null };

  async function databaseFailure(): Promise<string | null> {
    const now = deps.clock.now();
    if (now - proof.at < PROOF_LASTS_MS) return proof.failure;
    proof.failure = await tryWriting(deps.db, now);
    proof.at = now;
    return proof.failure;
  }

  return async () => {
    const now = deps.clock.now();
    const { lastRunAt, nextRunAt } = deps.poller();
    const oldestMs = await deps.oldestMessageMs();
    const late = nextRunAt !== null && now > nextRunAt + POLLER_LATE_MS;
    const lost = deps.db.lost?.() ?? null;
    const failure = await databaseFailure();
    const backupAt = await deps.lastBackupAt();
    const reasons = [
      ...(lost === null ? [] : [`${lost}: stop the program and put it back, or restore a copy`]),
      ...(failure === null || lost ? [] : [`the database can't be written: ${failure}`]),
      ...(late ? ['the poller has not run when it should have'] : []),
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
        lastPollAt: isoTime(lastRunAt),
        oldestMessageSeconds: Math.round(oldestMs / 1000),
        lastBackupAt: isoTime(backupAt),
        backup: deps.db.shared ? 'elsewhere' : backupState(backupAt, now),
      },
    };
  };
}

/** Of copies that the program makes; a shared database is copied by its own tools. */
function backupState(at: number | null, now: number): 'none' | 'late' | 'ok' {
  if (at === null) return 'none';
  return now - at > BACKUP_LATE_MS ? 'late' : 'ok';
}

function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

async function tryWriting(db: Database, now: number): Promise<string | null> {
  try {
    const value = String(now);
    await db.tx(async (tx) => {
      await tx
        .insert(meta)
        .values({ key: 'health', value })
        .onConflictDoUpdate({ target: meta.key, set: { value } });
    });
    return null;
  } catch (error) {
    return codeOf(error) ?? 'unknown error';
  }
}

/** The driver's, also where the query builder stands between. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  return 'code' in error ? String(error.code) : codeOf(error.cause);
}
