/**
 * Libraries below the bot (grammY, its conversations) set timers of their own. While a simulation runs these are of
 * simulated time, or its runs would differ from each other.
 */
import type { SimulatedTime } from './time.ts';

interface Handle {
  cancel: AbortController;
}

/** Returns the function that puts the real ones back. One simulation at a time. */
export function simulateTimers(time: SimulatedTime): () => void {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  const owner = {};

  const set = (callback: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): Handle => {
    const handle = { cancel: new AbortController() };
    const { signal } = handle.cancel;
    time.sign();
    const fire = async (): Promise<void> => {
      if (ms > 0) await time.sleep(ms, { owner, isExact: false, signal });
      await Promise.resolve();
      if (!signal.aborted) callback(...given);
    };
    // Rejects only when it is cleared.
    fire().catch(() => undefined);
    return handle;
  };

  // Node's own handles have methods that no library here calls.
  globalThis.setTimeout = set as unknown as typeof setTimeout;
  globalThis.clearTimeout = ((handle: Handle | undefined) =>
    handle?.cancel.abort()) as typeof clearTimeout;
  return () => {
    time.forget(owner);
    Object.assign(globalThis, real);
  };
}
