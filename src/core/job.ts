/** A job, as it is told and as it is run: see jobs/schedule.ts for when. */

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
  /** As of `Job`. Any other waits until the time is sure: it is for an hour, and may be for a day. */
  everywhere?: true;
  /** `dueAt`: the hour of its cron, in milliseconds since 1970. */
  run(dueAt: number): Promise<void>;
}

export interface JobState {
  /** So long after its hour it has not begun; negative before it, null while it runs. */
  lateMs: number | null;
  /** So long it has run; null while it waits. */
  runningMs: number | null;
}
