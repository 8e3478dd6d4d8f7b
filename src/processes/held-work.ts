/** The work of one role: begun when the role is this process's, aborted when it is lost. */
import type { Log } from '../core/log.ts';

export class HeldWork {
  readonly #work: (signal: AbortSignal) => Promise<void>;
  readonly #log: Log;
  readonly #free: () => Promise<void>;
  #signal: AbortController | null = null;
  #running: Promise<void> | null = null;
  #isOver = false;

  constructor(
    work: (signal: AbortSignal) => Promise<void>,
    { log, free }: { log: Log; free: () => Promise<void> },
  ) {
    this.#work = work;
    this.#log = log;
    this.#free = free;
  }

  get isWanted(): boolean {
    return !this.#isOver;
  }

  /** Begins it unless it runs, or is still ending since it was lost. */
  run(): void {
    if (this.#isOver || this.#running !== null) return;
    const signal = new AbortController();
    this.#signal = signal;
    this.#running = this.#work(signal.signal)
      .then(
        // Work that ended by itself is not begun again.
        () =>
          signal.signal.aborted
            ? undefined
            : new Promise<void>((resolve) => {
                signal.signal.addEventListener('abort', () => resolve(), { once: true });
              }),
        (error: unknown) => this.#log.error({ err: error }, 'work of this process alone failed'),
      )
      .finally(() => {
        this.#running = null;
      });
  }

  /** Ends the work because another process has the role now. */
  lose(): void {
    this.#signal?.abort();
  }

  /** Ends the work for good; another process may take the role at once. */
  async stop(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.lose();
    await this.#running;
    await this.#free();
  }
}
