import type { Clock } from '../../src/core/deps.ts';
import { ApiError } from './api-error.ts';
import type { QueuedUpdate, UpdateQueue } from './update-queue.ts';

const OTHER_POLL =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
const BY_WEBHOOK = 'Conflict: terminated by setWebhook request';

interface WaitingPoll {
  fail: (reason: string) => void;
}

/** Long polling: one waiting poll at a time, the newer one ends the older with 409 as the real server does. */
export class Polling {
  readonly #clock: Clock;
  readonly #queue: UpdateQueue;
  #waiting: WaitingPoll | null = null;

  constructor(clock: Clock, queue: UpdateQueue) {
    this.#clock = clock;
    this.#queue = queue;
  }

  /** `timeoutMs` of the simulation's clock. `signal` is the caller's connection. */
  async poll(request: {
    offset: number;
    limit: number;
    timeoutMs: number;
    signal: AbortSignal;
  }): Promise<QueuedUpdate[]> {
    const { offset, limit } = request;
    const ready = this.#queue.read(offset, limit);
    if (ready.length > 0 || request.timeoutMs === 0) return ready;
    this.abort(OTHER_POLL);
    await this.#wait(request.timeoutMs, request.signal);
    return request.signal.aborted ? [] : this.#queue.read(offset, limit);
  }

  abortForWebhook(): void {
    this.abort(BY_WEBHOOK);
  }

  abort(reason: string): void {
    this.#waiting?.fail(reason);
    this.#waiting = null;
  }

  /** Until there is an update, the time is over or the caller went away; throws 409 when another takes over. */
  async #wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const timer = new AbortController();
    let conflict: string | undefined;
    const poll: WaitingPoll = {
      fail: (reason) => {
        conflict = reason;
        timer.abort();
      },
    };
    this.#waiting = poll;
    const forget = this.#queue.onNew(() => timer.abort());
    try {
      await this.#clock.sleep(timeoutMs, AbortSignal.any([signal, timer.signal]));
    } catch (error) {
      if (!timer.signal.aborted && !signal.aborted) throw error;
    } finally {
      forget();
      if (this.#waiting === poll) this.#waiting = null;
    }
    if (conflict !== undefined) throw new ApiError(409, conflict);
  }
}
