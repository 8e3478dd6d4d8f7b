/**
 * Is anything under way that takes real time? A SQLite file answers within the same turn of the event loop; PostgreSQL
 * does when it does, and a test that moves time must not run ahead of it.
 */
let count = 0;
const waiting: (() => void)[] = [];

/** Notes `work` until it ends. */
export function underWay(work: Promise<unknown>): void {
  count += 1;
  work.then(ended, ended);
}

function ended(): void {
  count -= 1;
  if (count > 0) return;
  for (const resolve of waiting.splice(0)) resolve();
}

/** Null when nothing is under way, else resolves when that has ended. */
export function untilRest(): Promise<void> | null {
  if (count === 0) return null;
  return new Promise((resolve) => waiting.push(resolve));
}
