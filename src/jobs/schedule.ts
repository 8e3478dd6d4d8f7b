/** When jobs run. Each is a function of its own that can be called by hand as well. */
import { type Logger, schedule, type ScheduledTask } from 'node-cron';
import type { Log } from '../log.ts';

export interface Job {
  name: string;
  /** In Tashkent time, with an optional field for seconds in front. */
  cron: string;
  /** Runs in every process: it does what others have not taken. Any other job runs in one. */
  everywhere?: true;
  run(): Promise<void>;
}

/** A job as it is run: told for which hour, so that several processes can agree on it. */
export interface ScheduledJob {
  name: string;
  cron: string;
  /** `dueAt`: the hour of its cron, in milliseconds since 1970. */
  run(dueAt: number): Promise<void>;
}

export interface Schedule {
  start(): void;
  /** Starts nothing more; jobs under way are waited for by who owns their work. */
  stop(): Promise<void>;
  /** When this job runs next; null while stopped. Milliseconds since 1970. */
  nextRunOf(name: string): number | null;
}

/** No job overlaps itself: a run that is due while the last one works is left out. */
export function createSchedule({
  jobs,
  log,
  onFailure,
}: {
  jobs: readonly ScheduledJob[];
  log: Log;
  /** Tells whoever must hear of it. */
  onFailure: (name: string) => Promise<void>;
}): Schedule {
  const tasks = new Map<string, ScheduledTask>();

  async function run(job: ScheduledJob, dueAt: number): Promise<void> {
    try {
      await job.run(dueAt);
    } catch (error) {
      log.error({ event: 'job_failed', job: job.name, err: error }, 'a job failed');
      // What broke the job may break this too; it is in the log.
      await onFailure(job.name).catch(() => undefined);
    }
  }

  return {
    start() {
      for (const job of jobs) {
        const logger = loggerOf(log, job.name);
        const options = { name: job.name, timezone: 'Asia/Tashkent', noOverlap: true, logger };
        tasks.set(
          job.name,
          schedule(job.cron, ({ date }) => run(job, wholeSecond(date)), options),
        );
      }
    },
    async stop() {
      for (const task of tasks.values()) await task.destroy();
      tasks.clear();
    },
    nextRunOf: (name) => tasks.get(name)?.getNextRun()?.getTime() ?? null,
  };
}

/** No cron has anything finer. */
function wholeSecond(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000;
}

/** What the library has to say about a job goes through our log; that a run was left out is no trouble. */
function loggerOf(log: Log, job: string): Logger {
  const write = (level: 'debug' | 'error') => (said: string | Error, err?: Error) => {
    const cause = err ?? (said instanceof Error ? said : undefined);
    log[level]({ event: 'cron', job, ...(cause ? { err: cause } : {}) }, String(said));
  };
  return {
    info: write('debug'),
    warn: write('debug'),
    error: write('error'),
    debug: write('debug'),
  };
}
