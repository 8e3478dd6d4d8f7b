/**
 * Is anything under way that takes real time? A SQLite file answers within the same turn of the event loop; PostgreSQL
 * does when it does, and a test that moves time must not run ahead of it.
 */
let count = 0;

/** Notes `work` until it ends. */
export function underWay(work: Promise<unknown>): void {
  count += 1;
  const ended = (): void => void (count -= 1);
  work.then(ended, ended);
}

export function isAtRest(): boolean {
  return count === 0;
}
