/** The jobs' hours by the injected clock, for time that runs faster than the world's: sandbox and simulation. */
import { Cron } from 'croner';
import type { Clock } from '../deps.ts';
import type { Log } from '../log.ts';
import type { Schedule, ScheduledJob } from './schedule.ts';

/** As `createSchedule`, by `clock`: a job that is due again while it runs is run once more afterwards. */
export function createClockSchedule({
  jobs,
  clock,
  log,
  onFailure,
}: {
  jobs: readonly ScheduledJob[];
  clock: Clock;
  log: Log;
  onFailure: (name: string) => Promise<void>;
}): Schedule {
  const next = new Map<string, number>();
  let stopping: AbortController | null = null;

  async function run(job: ScheduledJob, dueAt: number): Promise<void> {
    try {
      await job.run(dueAt);
    } catch (error) {
      log.error({ event: 'job_failed', job: job.name, err: error }, 'a job failed');
      await onFailure(job.name).catch(() => undefined);
    }
  }

  async function repeat(job: ScheduledJob, signal: AbortSignal): Promise<void> {
    const hours = new Cron(job.cron, { timezone: 'Asia/Tashkent', paused: true });
    for (;;) {
      const at = hours.nextRun(new Date(clock.now()))?.getTime();
      if (at === undefined || signal.aborted) return;
      next.set(job.name, at);
      if (!(await sleepUntil(clock, at, signal))) return;
      await run(job, at);
    }
  }

  return {
    start() {
      stopping ??= new AbortController();
      for (const job of jobs) void repeat(job, stopping.signal);
    },
    async stop() {
      // Jobs under way are waited for by who owns their work, as with the other schedule.
      stopping?.abort();
      stopping = null;
      next.clear();
    },
    nextRunOf: (name) => next.get(name) ?? null,
  };
}

/** False when it was cut short. */
async function sleepUntil(clock: Clock, at: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(Math.max(0, at - clock.now()), signal);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
