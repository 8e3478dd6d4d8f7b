/** Open pages and what they are told: each gets the whole state first, then every change in order. */
import type { Clock } from '../src/core/deps.ts';

/** As one of the events of api.ts. */
export interface Told {
  event: string;
  data: unknown;
}

interface LiveClient {
  /** The next event as it goes over the wire; null when the page is let go. */
  next(): Promise<{ event: string; data: string } | null>;
  leave(): void;
}

export interface LiveEvents {
  /** Null when too many pages are open. */
  join(first: Told): LiveClient | null;
  tell(event: Told): void;
  close(): void;
}

const MAX_CLIENTS = 50;
/** A page that reads slower than this is let go: it comes back by itself and gets the whole state. */
const MAX_WAITING = 1000;

type Frame = { event: string; data: string };

/** Repeated as long as a page is open. */
interface Tick {
  everyMs: number;
  run: () => void;
}

interface Options {
  clock: Clock;
  ticks: readonly Tick[];
  /** Once, when the last page has been away for `afterMs`. */
  whenAlone?: { afterMs: number; run: () => void };
}

export function createLiveEvents(options: Options): LiveEvents {
  const clients = new Set<{ push: (frame: Frame | null) => void }>();
  let ticking: AbortController | null = null;
  let leaving: AbortController | null = null;
  let isClosed = false;

  const stopIfAlone = (): void => {
    if (clients.size > 0) return;
    ticking?.abort();
    ticking = null;
    leaving?.abort();
    leaving = isClosed ? null : startLeaving(options);
  };

  return {
    join: (first) => {
      if (isClosed || clients.size >= MAX_CLIENTS) return null;
      const queue = createQueue();
      const member = {
        push: (frame: Frame | null) => {
          if (!queue.push(frame)) member.leave();
        },
        leave: () => {
          queue.push(null);
          clients.delete(member);
          stopIfAlone();
        },
      };
      clients.add(member);
      leaving?.abort();
      queue.push(frameOf(first));
      ticking ??= startTicking(options);
      return { next: () => queue.next(), leave: () => member.leave() };
    },
    tell: (event) => {
      if (clients.size === 0) return;
      const frame = frameOf(event);
      for (const client of clients) client.push(frame);
    },
    close: () => {
      isClosed = true;
      for (const client of clients) client.push(null);
      clients.clear();
      stopIfAlone();
    },
  };
}

function frameOf({ event, data }: Told): Frame {
  return { event, data: JSON.stringify(data) };
}

/** A null ends the queue, and drops what still waits in it. */
function createQueue(): { push(frame: Frame | null): boolean; next(): Promise<Frame | null> } {
  const waiting: Frame[] = [];
  let isOver = false;
  let wake: (() => void) | null = null;
  return {
    push: (frame) => {
      const isFull = waiting.length >= MAX_WAITING;
      if (frame === null || isFull) isOver = true;
      else waiting.push(frame);
      wake?.();
      return !isFull;
    },
    next: async () => {
      while (!isOver && waiting.length === 0) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
      }
      return isOver ? null : (waiting.shift() ?? null);
    },
  };
}

function startLeaving({ clock, whenAlone }: Options): AbortController {
  const controller = new AbortController();
  if (whenAlone) {
    // Only the pause rejects, when somebody comes back.
    clock.sleep(whenAlone.afterMs, controller.signal).then(whenAlone.run, () => undefined);
  }
  return controller;
}

function startTicking(options: Options): AbortController {
  const controller = new AbortController();
  const { signal } = controller;
  for (const { everyMs, run } of options.ticks) {
    const repeat = async (): Promise<void> => {
      while (!signal.aborted) {
        await options.clock.sleep(everyMs, signal);
        run();
      }
    };
    // Only the pause rejects, when it is cut short.
    repeat().catch(() => undefined);
  }
  return controller;
}
