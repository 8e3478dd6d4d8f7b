/** When jobs run, by the program's own time. Each is a function of its own that can be called by hand as well. */
import type { Clock } from '../core/deps.ts';
import type { Log } from '../core/log.ts';
import { type ScheduledTimes, timesOf } from '../core/cron.ts';
import type { ScheduledJob, JobState } from '../core/job.ts';

export interface Schedule {
  start(): void;
  /** Starts nothing more; jobs under way are waited for by who owns their work. */
  stop(): Promise<void>;
  /** How this job is doing, by a clock that nobody can set; null while stopped. */
  stateOf(name: string): JobState | null;
}

interface ScheduleOptions {
  jobs: readonly ScheduledJob[];
  clock: Clock;
  log: Log;
  /** Whether what belongs to a scheduled time may be done. Asked again until it may. */
  isSure?: () => boolean;
  /** Tells whoever must hear of it. */
  onFailure: (name: string) => Promise<void>;
}

/** No sleep is longer: by then the clock may have been set. */
const SLICE_MS = 60_000;

/** A clock that is set back by more than this was wrong before, and so were the times planned by it. */
const SMALL_STEP_MS = 60_000;

/** How often a job that is due looks whether the clock is trusted by now. */
const UNSURE_SLICE_MS = 5000;

/** Whether a job waits or runs, and since or until when, by `elapsed`. */
type Doing = { kind: 'waits'; until: number } | { kind: 'runs'; since: number };

/** No job overlaps itself: one that is due again while it runs is run once more afterwards. */
export function createSchedule(options: ScheduleOptions): Schedule {
  const { clock } = options;
  const doing = new Map<string, Doing>();
  let stopping: AbortController | null = null;

  return {
    start() {
      stopping ??= new AbortController();
      for (const job of options.jobs) {
        const note = (what: Doing): void => void doing.set(job.name, what);
        void repeat(options, job, { note, signal: stopping.signal });
      }
    },
    async stop() {
      stopping?.abort();
      stopping = null;
      doing.clear();
    },
    stateOf(name) {
      const what = doing.get(name);
      if (!what) return null;
      const now = clock.elapsed();
      return what.kind === 'waits'
        ? { lateMs: now - what.until, runningMs: null }
        : { lateMs: null, runningMs: now - what.since };
    },
  };
}

interface Course {
  note: (what: Doing) => void;
  signal: AbortSignal;
}

async function repeat(
  options: ScheduleOptions,
  job: ScheduledJob,
  { note, signal }: Course,
): Promise<void> {
  const { clock } = options;
  const times = timesOf(job.cron);
  for (let last = -Infinity; ;) {
    const at = await untilDue(options, { times, last }, { note, signal });
    const isFree = job.everywhere === true || (await untilSure(options, signal));
    if (at === null || !isFree || signal.aborted) return;
    note({ kind: 'runs', since: clock.elapsed() });
    await run(options, job, at);
    if (signal.aborted) return;
    last = at;
  }
}

/** Resolves with the scheduled time that has come; null when it was cut short. */
async function untilDue(
  { clock }: ScheduleOptions,
  plan: { times: ScheduledTimes; last: number },
  { note, signal }: Course,
): Promise<number | null> {
  for (let before = clock.now(), at = nextTime(plan, before); ; before = clock.now()) {
    const leftMs = at - before;
    note({ kind: 'waits', until: clock.elapsed() + leftMs });
    if (leftMs <= 0) return at;
    if (!(await slept(clock, Math.min(leftMs, SLICE_MS), signal))) return null;
    // The clock was set back, so the next scheduled time is an earlier one.
    if (clock.now() < before) at = nextTime(plan, clock.now());
  }
}

/** A scheduled time comes once, also when a time server sets the clock back by some seconds just then. */
function nextTime({ times, last }: { times: ScheduledTimes; last: number }, now: number): number {
  const isStep = last > now && last - now <= SMALL_STEP_MS;
  return times.after(isStep ? last : now);
}

async function untilSure(
  { clock, isSure = () => true }: ScheduleOptions,
  signal: AbortSignal,
): Promise<boolean> {
  while (!isSure()) if (!(await slept(clock, UNSURE_SLICE_MS, signal))) return false;
  return true;
}

async function run({ log, onFailure }: ScheduleOptions, job: ScheduledJob, dueAt: number) {
  try {
    await job.run(dueAt);
  } catch (error) {
    log.error({ event: 'job_failed', job: job.name, err: error }, 'a job failed');
    // What broke the job may break this too; it is in the log.
    await onFailure(job.name).catch(() => undefined);
  }
}

/** False when it was cut short. */
async function slept(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  await clock.sleep(ms, signal).catch(() => undefined);
  return !signal.aborted;
}
