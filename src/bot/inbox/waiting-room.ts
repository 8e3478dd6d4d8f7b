/**
 * Where handlers wait for a payment system. Whoever is in here holds none of the inbox's places, so that one system that
 * hangs holds up nobody but its own people; their chats stand still meanwhile, as for any handler.
 */

/** How many may wait for each system: more people than a slow one can serve before they give up. */
const PLACES = 100;

export interface WaitingRoom {
  /** Runs `work`, counted as waiting for `system`. Null when that system's part is full: nothing was run. */
  wait<T>(system: string, work: () => Promise<T>): Promise<T | null>;
  /** How many are in here. */
  waiting(): number;
  /** Calls `listener` whenever somebody comes in: a place in the inbox is free. One listener. */
  onEnter(listener: () => void): void;
}

export function createWaitingRoom({ places = PLACES }: { places?: number } = {}): WaitingRoom {
  const bySystem = new Map<string, number>();
  let waiting = 0;
  let entered: (() => void) | undefined;

  function count(system: string, change: 1 | -1): void {
    waiting += change;
    bySystem.set(system, (bySystem.get(system) ?? 0) + change);
  }

  return {
    async wait(system, work) {
      if ((bySystem.get(system) ?? 0) >= places) return null;
      count(system, 1);
      entered?.();
      try {
        return await work();
      } finally {
        count(system, -1);
      }
    },
    waiting: () => waiting,
    onEnter(listener) {
      entered = listener;
    },
  };
}
