/**
 * Group commit: transactions that wait at one moment run one after another, each in a savepoint, under one durable
 * commit. One that fails rolls back alone; all promises settle after the commit, because only then is anything true.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type SqliteClient from 'better-sqlite3';
import type { Queries, TransactionParts, Tx } from './database.ts';

interface Job {
  work: (tx: Tx) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  /** Of the last run. */
  effects: (() => void)[];
}

type Ended = { job: Job; ok: true; value: unknown } | { job: Job; ok: false; error: unknown };

/** Where a crash can be simulated. What `beforeCommit` throws undoes the whole group, as a crash there would. */
export interface CommitHooks {
  beforeCommit?(): void;
  afterCommit?(): void;
  /** Every transaction that succeeds is undone and run again, as engines do when others were in its way. For tests. */
  runTwice?: boolean;
}

/** A transaction that waited for anything but its own queries: it would hold up everybody else's. */
export class TransactionStalledError extends Error {
  override name = 'TransactionStalledError';
  constructor() {
    super('A transaction may await its own queries and nothing else; it was rolled back.');
  }
}

/** Bounds how long the first of a group waits for the last. */
const MAX_GROUP = 256;

export class GroupCommit {
  readonly #client: SqliteClient.Database;
  readonly #tx: Tx;
  readonly #context = new AsyncLocalStorage<Job>();
  readonly #statements;
  readonly #hooks: CommitHooks;
  #waiting: Job[] = [];
  #active: Job | null = null;
  #running: Promise<void> | null = null;
  #closed = false;

  /** `queries` run on `client`. */
  constructor(client: SqliteClient.Database, queries: Queries, hooks: CommitHooks = {}) {
    this.#client = client;
    const parts: TransactionParts = {
      stripe: 0,
      afterCommit: (effect) => this.#activeJob().effects.push(effect),
    };
    this.#tx = Object.assign(queries, parts) as Tx;
    this.#hooks = hooks;
    this.#statements = {
      begin: client.prepare('BEGIN IMMEDIATE'),
      commit: client.prepare('COMMIT'),
      rollback: client.prepare('ROLLBACK'),
      savepoint: client.prepare('SAVEPOINT one'),
      release: client.prepare('RELEASE one'),
      undo: client.prepare('ROLLBACK TO one'),
    };
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

  /** Is the caller inside the transaction that is active now? */
  isInside(): boolean {
    return this.#active !== null && this.#context.getStore() === this.#active;
  }

  /** Throws unless the caller is inside the transaction that is active now. */
  assertInside(): void {
    this.#activeJob();
    // After a full disk or an I/O error SQLite has undone everything: what came now would be kept by itself.
    if (!this.#client.inTransaction)
      throw new Error('The disk refused an earlier query; the transaction was undone.');
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
      const group = this.#waiting.splice(0, MAX_GROUP);
      for (const each of await this.#runGroup(group)) {
        if (each.ok) succeed(each.job, each.value);
        else each.job.reject(each.error);
      }
    }
    this.#running = null;
  }

  async #runGroup(group: Job[]): Promise<Ended[]> {
    const ended: Ended[] = [];
    try {
      this.#statements.begin.run();
      for (const job of group) ended.push(await this.#runJob(job));
      this.#hooks.beforeCommit?.();
      this.#statements.commit.run();
      this.#hooks.afterCommit?.();
      return ended;
    } catch (error) {
      // Nothing of the group reached the disk, whatever its members returned.
      if (this.#client.inTransaction) this.#statements.rollback.run();
      return group.map((job, index) => {
        const own = ended[index];
        return own && !own.ok ? own : { job, ok: false, error };
      });
    }
  }

  async #runJob(job: Job): Promise<Ended> {
    if (!this.#hooks.runTwice) return await this.#runOne(job);
    const first = await this.#runOne(job, { undone: true });
    return first.ok ? await this.#runOne(job) : first;
  }

  /** Throws only when the whole group is lost; the transaction's own failure is returned. */
  async #runOne(job: Job, { undone = false } = {}): Promise<Ended> {
    this.#statements.savepoint.run();
    this.#active = job;
    job.effects = [];
    try {
      const value = await this.#context.run(job, () => withoutStalling(job.work(this.#tx)));
      this.#active = null;
      if (undone) this.#statements.undo.run();
      this.#statements.release.run();
      return { job, ok: true, value };
    } catch (error) {
      this.#active = null;
      // A full disk or an I/O error makes SQLite undo the whole transaction by itself.
      if (!this.#client.inTransaction) throw error;
      this.#statements.undo.run();
      this.#statements.release.run();
      return { job, ok: false, error };
    }
  }
}

/** Effects first. One that throws is a bug of its own: the transaction is committed, and whoever waits has to hear so. */
function succeed(job: Job, value: unknown): void {
  for (const effect of job.effects) queueMicrotask(effect);
  job.resolve(value);
}

/**
 * SQLite answers within the same turn of the event loop, so work that is still pending in the next one is waiting
 * for something else.
 */
async function withoutStalling<T>(work: Promise<T>): Promise<T> {
  let watch: NodeJS.Immediate | undefined;
  const stalled = new Promise<never>((_, reject) => {
    watch = setImmediate(() => reject(new TransactionStalledError()));
  });
  try {
    return await Promise.race([work, stalled]);
  } finally {
    clearImmediate(watch);
  }
}
