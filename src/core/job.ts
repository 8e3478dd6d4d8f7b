/** A job, as its room declares it and as the scheduler runs it: jobs/schedule.ts says when. */

export interface Job {
  name: string;
  /** In Tashkent time, with an optional field for seconds in front. */
  cron: string;
  /** Runs in every process: it does what others have not taken. Any other job runs in one. */
  everywhere?: true;
  run(): Promise<void>;
}

/** A job as the scheduler runs it. It is given its scheduled time, by which several processes agree on who does it. */
export interface ScheduledJob {
  name: string;
  cron: string;
  /**
   * As in `Job`. A job without it waits until the clock is trusted: it belongs to a scheduled time, and may be for a
   * whole day.
   */
  everywhere?: true;
  /** `dueAt`: the scheduled time by its cron expression, in milliseconds since 1970. */
  run(dueAt: number): Promise<void>;
}

export interface JobState {
  /** How long after its scheduled time it has still not begun; negative before that time, null while it runs. */
  lateMs: number | null;
  /** How long it has run; null while it waits. */
  runningMs: number | null;
}
