/**
 * Transactions that wait at one moment are handed to the engine as a group, one group at a time. What a transaction
 * is, and when its group is safe, is the engine's business; who is inside which one is known here.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tx } from './database.ts';

export interface Job {
  work: (tx: Tx) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  /** What the last run of the transaction wants done after the commit. */
  effects: (() => void)[];
}

export type Ended =
  { job: Job; ok: true; value: unknown } | { job: Job; ok: false; error: unknown };

/** A transaction that waited for anything but its own queries: it would hold up everybody else's. */
export class TransactionStalledError extends Error {
  override name = 'TransactionStalledError';
  constructor() {
    super('A transaction may await its own queries and nothing else; it was rolled back.');
  }
}

interface QueueOptions {
  /** Bounds how long the first of a group waits for the last. */
  maxGroup: number;
  /** Resolves with how each ended once that is final. Rejects never. */
  runGroup(group: readonly Job[]): Promise<Ended[]>;
}

export class TransactionQueue {
  readonly #options: QueueOptions;
  readonly #context = new AsyncLocalStorage<Job>();
  #waiting: Job[] = [];
  #active: Job | null = null;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  async submit<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.isInside())
      throw new Error('A transaction inside a transaction: pass the outer tx on.');
    if (this.#closed) throw new Error('The database is closing; nothing was written.');
    return await new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        work,
        resolve: resolve as (value: unknown) => void,
        reject,
        effects: [],
      });
      this.#running ??= this.#run();
    });
  }

  /** Runs `work` as the active transaction, `job`'s. */
  async within<T>(job: Job, work: () => Promise<T>): Promise<T> {
    this.#active = job;
    job.effects = [];
    try {
      return await this.#context.run(job, work);
    } finally {
      this.#active = null;
    }
  }

  /** Is the caller inside the transaction that is active now? */
  isInside(): boolean {
    return this.#active !== null && this.#context.getStore() === this.#active;
  }

  /** Throws unless the caller is inside the transaction that is active now. */
  assertInside(): void {
    this.#activeJob();
  }

  /** `TransactionParts.afterCommit` of the transaction that is active now. */
  afterCommit(effect: () => void): void {
    this.#activeJob().effects.push(effect);
  }

  #activeJob(): Job {
    if (this.#active === null || !this.isInside())
      throw new Error('A query of a transaction that has ended, or of another one.');
    return this.#active;
  }

  /** Resolves when everything submitted has ended; later submissions reject. */
  async drain(): Promise<void> {
    this.#closed = true;
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // One turn of the event loop later, so that whoever writes at this moment joins the group.
      await new Promise((resolve) => setImmediate(resolve));
      const group = this.#waiting.splice(0, this.#options.maxGroup);
      for (const each of await this.#options.runGroup(group)) {
        if (each.ok) succeed(each.job, each.value);
        else each.job.reject(each.error);
      }
    }
    this.#running = null;
  }
}

/** Effects first. One that throws is a bug of its own: the transaction is committed, and whoever waits has to hear so. */
function succeed(job: Job, value: unknown): void {
  for (const effect of job.effects) queueMicrotask(effect);
  job.resolve(value);
}
