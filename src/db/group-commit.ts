/**
 * Group commit: transactions that wait at one moment run one after another, each in a savepoint, under one durable
 * commit. One that fails rolls back alone; all promises settle after the commit, because only then is anything true.
 */
import type SqliteClient from 'better-sqlite3';
import type { Queries, TransactionParts, Tx } from './database.ts';
import { type Ended, type Job, TransactionQueue, TransactionStalledError } from './queue.ts';

/** Where a crash can be simulated. What `beforeCommit` throws undoes the whole group, as a crash there would. */
export interface CommitHooks {
  beforeCommit?(): void;
  afterCommit?(): void;
  /** Every transaction that succeeds is undone and run again, as engines do when others were in its way. For tests. */
  runTwice?: boolean;
}

const MAX_GROUP = 256;

export class GroupCommit {
  readonly #client: SqliteClient.Database;
  readonly #tx: Tx;
  readonly #queue: TransactionQueue;
  readonly #statements;
  readonly #hooks: CommitHooks;
  /** Nobody else writes to the file, so nothing is ever in the way. */
  readonly figures = { commits: 0, conflicts: 0 };

  /** `queries` run on `client`. */
  constructor(client: SqliteClient.Database, queries: Queries, hooks: CommitHooks = {}) {
    this.#client = client;
    const parts: TransactionParts = {
      stripe: 0,
      afterCommit: (effect) => this.#queue.afterCommit(effect),
    };
    this.#tx = Object.assign(queries, parts) as Tx;
    this.#hooks = hooks;
    this.#queue = new TransactionQueue({
      maxGroup: MAX_GROUP,
      runGroup: (group) => this.#runGroup(group),
    });
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
    return await this.#queue.submit(work);
  }

  /** Is the caller inside the transaction that is active now? */
  isInside(): boolean {
    return this.#queue.isInside();
  }

  /** Throws unless the caller is inside the transaction that is active now. */
  assertInside(): void {
    this.#queue.assertInside();
    // After a full disk or an I/O error SQLite has undone everything: what came now would be kept by itself.
    if (!this.#client.inTransaction)
      throw new Error('The disk refused an earlier query; the transaction was undone.');
  }

  /** Resolves when everything submitted has ended; later submissions reject. */
  async drain(): Promise<void> {
    await this.#queue.drain();
  }

  async #runGroup(group: readonly Job[]): Promise<Ended[]> {
    const ended: Ended[] = [];
    try {
      this.#statements.begin.run();
      for (const job of group) ended.push(await this.#runJob(job));
      this.#hooks.beforeCommit?.();
      this.#statements.commit.run();
      this.figures.commits += 1;
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
    try {
      const value = await this.#queue.within(job, () => withoutStalling(job.work(this.#tx)));
      if (undone) this.#statements.undo.run();
      this.#statements.release.run();
      return { job, ok: true, value };
    } catch (error) {
      // A full disk or an I/O error makes SQLite undo the whole transaction by itself.
      if (!this.#client.inTransaction) throw error;
      this.#statements.undo.run();
      this.#statements.release.run();
      return { job, ok: false, error };
    }
  }
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
