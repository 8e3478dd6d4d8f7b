/**
 * Time that goes by, also while the machine sleeps. The runtime's own count stands still then; the system's uptime goes
 * on, but is coarse, and costs a read of a file that some containers answer slowly and some put in from elsewhere.
 */

/** What a machine has to tell the time by. */
interface Readings {
  /** The clock on the wall, which somebody may set. */
  wallMs: () => number;
  /** Never goes back, and stands still while the machine sleeps. */
  awakeMs: () => number;
  /** Goes on while the machine sleeps. */
  uptimeMs: () => number;
}

/** How often to look whether the machine slept. */
const LOOK_EVERY_MS = 1000;

/** Shorter is no sleep: the uptime comes in hundredths of a second. */
const SHORTEST_SLEEP_MS = 1000;

/** A sleep is one only if the clock on the wall went on by as much: a container that moved has another uptime. */
const AGREE_WITHIN_MS = 5000;

/** Returns the count: milliseconds since some moment. */
export function elapsedOf({ wallMs, awakeMs, uptimeMs }: Readings): () => number {
  let sleptMs = 0;
  let last = { wall: wallMs(), awake: awakeMs(), uptime: uptimeMs() };

  function look(awake: number): void {
    const now = { wall: wallMs(), awake, uptime: uptimeMs() };
    const asleepMs = now.uptime - last.uptime - (awake - last.awake);
    const aheadMs = now.wall - last.wall - (awake - last.awake);
    const isSleep = asleepMs >= SHORTEST_SLEEP_MS && Math.abs(aheadMs - asleepMs) < AGREE_WITHIN_MS;
    if (isSleep) sleptMs += asleepMs;
    last = now;
  }

  return () => {
    const awake = awakeMs();
    if (awake - last.awake >= LOOK_EVERY_MS) look(awake);
    return awake + sleptMs;
  };
}
