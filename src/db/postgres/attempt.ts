/**
 * One try to run a group of transactions under one COMMIT. They have no savepoints: those are two more statements for
 * each, and the server keeps what was read inside of them in mind for longer, so more groups would meet. When one of a
 * group fails, which is rare, nothing of the group is kept and each runs alone.
 */
import { type Ended, type Job, type TransactionQueue, TransactionStalledError } from '../queue.ts';
import type { Tx } from '../database.ts';
import type { Connection } from './connection.ts';
import type { Rows } from './driver.ts';
import { isConflict, isLost } from './errors.ts';
import { MARK } from './marks.ts';

export type Attempt =
  | { kind: 'committed'; ended: Ended[] }
  /** Nothing was written: run it again. */
  | { kind: 'again'; error: unknown }
  /** Nothing was written, because one of several failed: run each alone. */
  | { kind: 'apart' }
  /** Nothing was written: run it again on another connection. */
  | { kind: 'lost'; error: unknown }
  /** The COMMIT had no answer. */
  | { kind: 'unknown'; error: unknown; ended: Ended[] };

/** Recognises a COMMIT without an answer: see marks.ts. */
interface Mark {
  writer: string;
  group: number;
}

/** The transaction that runs, and which of its queries is under way. */
interface Active {
  connection: Connection;
  /** The first error after which the whole group has to run again, also when the transaction's own code caught it. */
  fatal: unknown;
  pending: number;
  /** Called whenever no query is under way. */
  onIdle: () => void;
}

export interface AttemptDeps {
  queue: TransactionQueue;
  tx: Tx;
  hooks: { beforeCommit?(): void; afterCommit?(): void };
}

export class Attempts {
  readonly #deps: AttemptDeps;
  #active: Active | null = null;

  constructor(deps: AttemptDeps) {
    this.#deps = deps;
  }

  /** Runs a query of the active transaction. */
  async query(text: string, params: readonly unknown[]): Promise<Rows> {
    this.#deps.queue.assertInside();
    const active = this.#active;
    if (!active) throw new Error('A query without a transaction.');
    active.pending += 1;
    try {
      return await active.connection.run(text, params);
    } catch (error) {
      if (isConflict(error) || isLost(error)) active.fatal ??= error;
      throw error;
    } finally {
      active.pending -= 1;
      if (active.pending === 0) active.onIdle();
    }
  }

  /** Rejects only with what the hooks throw. */
  async run(connection: Connection, group: readonly Job[], mark: Mark): Promise<Attempt> {
    // What goes wrong with these shows in the queries that follow, or in the commit.
    send(connection, 'begin isolation level serializable');
    const ended: Ended[] = [];
    for (const job of group) {
      const { fatal, ...own } = await this.#runOne(connection, job);
      if (fatal !== undefined) return await giveUp(connection, fatal);
      ended.push(own);
      if (own.ok) continue;
      await rollBack(connection);
      return group.length > 1 ? { kind: 'apart' } : { kind: 'committed', ended };
    }
    return await this.#commit(connection, ended, mark);
  }

  async #commit(connection: Connection, ended: Ended[], mark: Mark): Promise<Attempt> {
    try {
      this.#deps.hooks.beforeCommit?.();
    } catch (error) {
      await rollBack(connection);
      throw error;
    }
    try {
      const marked = connection.run(MARK, [mark.writer, mark.group]).then(() => null, keep);
      if (!(await connection.commit())) return await giveUp(connection, (await marked)?.error);
    } catch (error) {
      if (isLost(error)) return { kind: 'unknown', error, ended };
      return { kind: 'again', error };
    }
    this.#deps.hooks.afterCommit?.();
    return { kind: 'committed', ended };
  }

  async #runOne(connection: Connection, job: Job): Promise<Ended & { fatal?: unknown }> {
    const active: Active = { connection, fatal: undefined, pending: 0, onIdle: () => undefined };
    this.#active = active;
    const outcome = await this.#deps.queue
      .within(job, () => withoutStalling(active, () => job.work(this.#deps.tx)))
      .then(
        (value: unknown) => ({ job, ok: true, value }) as const,
        (error: unknown) => ({ job, ok: false, error }) as const,
      );
    this.#active = null;
    return active.fatal === undefined ? outcome : { ...outcome, fatal: active.fatal };
  }
}

/** Not waited for: it costs no round trip. */
function send(connection: Connection, text: string): void {
  connection.say(text).catch(() => undefined);
}

async function rollBack(connection: Connection): Promise<void> {
  await connection.say('rollback').catch(() => undefined);
}

function keep(error: unknown): { error: unknown } {
  return { error };
}

async function giveUp(
  connection: Connection,
  error: unknown = new Error('PostgreSQL rolled back at the commit'),
): Promise<Attempt> {
  if (isLost(error)) return { kind: 'lost', error };
  await rollBack(connection);
  return { kind: 'again', error };
}

/**
 * Work that has no query under way and does not go on within the same turn of the event loop is waiting for something
 * else, while it holds everybody up.
 */
async function withoutStalling<T>(active: Active, work: () => Promise<T>): Promise<T> {
  let watch: NodeJS.Immediate | undefined;
  const stalled = new Promise<never>((_, reject) => {
    active.onIdle = () => {
      clearImmediate(watch);
      watch = setImmediate(() => {
        if (active.pending === 0) reject(new TransactionStalledError());
      });
    };
  });
  try {
    const running = work();
    if (active.pending === 0) active.onIdle();
    return await Promise.race([running, stalled]);
  } finally {
    clearImmediate(watch);
    active.onIdle = () => undefined;
  }
}
