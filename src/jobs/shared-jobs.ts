/** Jobs where several processes have the same scheduled times. */
import type { Processes } from '../processes/processes.ts';
import type { Job, ScheduledJob } from '../core/job.ts';

/**
 * Each scheduled time of a job belongs to one process, the first whose clock reached it. What runs `everywhere` claims
 * single rows by lease, so that more processes mean more hands.
 */
export function sharedJobs(
  jobs: readonly Job[],
  processes: Pick<Processes, 'once'>,
): ScheduledJob[] {
  return jobs.map((job) => {
    if (job.everywhere) return { ...job, run: () => job.run() };
    const { name } = job;
    return { ...job, run: (slot) => processes.once({ name, slot }, () => job.run()) };
  });
}
