/** Open pages and what they are told: each gets the whole state first, then every change in order. */
import type { Clock } from '../deps.ts';

export interface LiveEvent {
  event: 'state' | 'telegram' | 'world';
  data: unknown;
}

export interface LiveClient {
  /** The next event as it goes over the wire; null when the page is let go. */
  next(): Promise<{ event: string; data: string } | null>;
  leave(): void;
}

export interface LiveEvents {
  /** Null when too many pages are open. */
  join(first: LiveEvent): LiveClient | null;
  tell(event: LiveEvent): void;
  close(): void;
}

const MAX_CLIENTS = 50;
/** A page that reads slower than this is let go: it comes back by itself and gets the whole state. */
const MAX_WAITING = 1000;
const TICK_MS = 3000;

type Frame = { event: string; data: string };

/** `tick` runs every 3 s while a page is open: time alone changes things, too. */
export function createLiveEvents(options: { clock: Clock; tick: () => void }): LiveEvents {
  const clients = new Set<{ push: (frame: Frame | null) => void }>();
  let ticking: AbortController | null = null;
  let isClosed = false;

  const stopIfAlone = (): void => {
    if (clients.size > 0) return;
    ticking?.abort();
    ticking = null;
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

function frameOf({ event, data }: LiveEvent): Frame {
  return { event, data: JSON.stringify(data) };
}

/** A null ends the queue: what waits is dropped. */
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

function startTicking({ clock, tick }: { clock: Clock; tick: () => void }): AbortController {
  const controller = new AbortController();
  const run = async (): Promise<void> => {
    while (!controller.signal.aborted) {
      await clock.sleep(TICK_MS, controller.signal);
      tick();
    }
  };
  // Only the pause rejects, when it is cut short.
  run().catch(() => undefined);
  return controller;
}
