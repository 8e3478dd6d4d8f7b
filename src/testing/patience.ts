/** How long a test waits for what must come. Nothing is lost by waiting: it only tells slow from never. */
import { availableParallelism, loadavg } from 'node:os';

/** A machine that is busier than this has more to be looked at than tests. */
const MOST_TIMES = 10;

/**
 * `ms` of a machine with nothing else to do, as many times as there are programs for each of its processors, and twice
 * at least: other work may begin at any time. `programs` is how many want a processor.
 */
export function patience(ms: number, programs = loadavg()[0] ?? 0): number {
  const each = Math.ceil(programs / availableParallelism());
  return ms * Math.min(Math.max(2, each + 1), MOST_TIMES);
}
