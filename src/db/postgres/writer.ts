/**
 * The writer: groups of transactions on one connection, SERIALIZABLE, run again when they met another process's, when
 * the connection broke before their COMMIT, or when the server says that a COMMIT without an answer did not happen.
 */
import type { Clock, Random } from '../../core/deps.ts';
import { randomInt } from '../../core/deps.ts';
import type { Tx } from '../database.ts';
import { type Ended, type Job, TransactionQueue } from '../queue.ts';
import { type Attempt, type AttemptDeps, Attempts } from './attempt.ts';
import type { Connection } from './connection.ts';
import type { Rows } from './driver.ts';
import { LAST_MARK } from './marks.ts';
import { CommitUnknownError, isLost } from './errors.ts';

/**
 * A group holds its locks until all of it is done, and all of it runs again when any of it met another process.
 */
const MAX_GROUP = 32;

/** Conflicts of one group before its error is passed on. */
const MAX_CONFLICTS = 20;
const LONGEST_PAUSE_MS = 250;
/** A server that starts again is back within seconds. */
const PATIENCE_MS = 30_000;
const RECONNECT_MS = 100;

interface WriterOptions {
  connect(session: { writer: string }): Promise<Connection>;
  clock: Clock;
  random: Random;
  hooks: AttemptDeps['hooks'];
  /** Told of every group that has to run again. */
  onConflict(): void;
}

export class Writer {
  readonly figures = { commits: 0, conflicts: 0 };
  readonly #options: WriterOptions;
  readonly #queue: TransactionQueue;
  readonly #attempts: Attempts;
  #connection: Connection | null = null;
  readonly #name: string;
  #groups = 0;

  constructor(options: WriterOptions, tx: (writer: Writer) => Tx) {
    this.#options = options;
    this.#name = Buffer.from(options.random.bytes(16)).toString('hex');
    this.#queue = new TransactionQueue({
      maxGroup: MAX_GROUP,
      runGroup: (group) => this.#runGroup(group),
    });
    const { hooks } = options;
    this.#attempts = new Attempts({ queue: this.#queue, tx: tx(this), hooks });
  }

  async submit<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return await this.#queue.submit(work);
  }

  isInside(): boolean {
    return this.#queue.isInside();
  }

  async query(text: string, params: readonly unknown[]): Promise<Rows> {
    return await this.#attempts.query(text, params);
  }

  afterCommit(effect: () => void): void {
    this.#queue.afterCommit(effect);
  }

  /** The stripe of the connection in use. */
  get stripe(): number {
    return this.#connection?.stripe ?? 0;
  }

  async close(): Promise<void> {
    await this.#queue.drain();
    await this.#connection?.close();
    this.#connection = null;
  }

  async #runGroup(group: readonly Job[]): Promise<Ended[]> {
    try {
      return await this.#untilDone(group);
    } catch (error) {
      return group.map((job) => ({ job, ok: false, error }));
    }
  }

  /** A group that met another transaction again and again is run one by one: less to hold, less to lose. */
  async #untilDone(group: readonly Job[]): Promise<Ended[]> {
    const { clock } = this.#options;
    const until = clock.elapsed() + PATIENCE_MS;
    for (let conflicts = 0; ; conflicts += 1) {
      const attempt = await this.#attempt(group, until);
      if (attempt.kind === 'committed') return attempt.ended;
      if (attempt.kind === 'apart') return await this.#oneByOne(group);
      this.figures.conflicts += 1;
      this.#options.onConflict();
      if (conflicts >= MAX_CONFLICTS || clock.elapsed() > until) throw attempt.error;
      if (conflicts >= 2 && group.length > 1) return await this.#oneByOne(group);
      await clock.sleep(this.#pauseMs(conflicts));
    }
  }

  async #oneByOne(group: readonly Job[]): Promise<Ended[]> {
    const ended: Ended[] = [];
    for (const job of group) ended.push(...(await this.#runGroup([job])));
    return ended;
  }

  /** Until it was committed or met another transaction; a lost connection is replaced. */
  async #attempt(
    group: readonly Job[],
    until: number,
  ): Promise<Exclude<Attempt, { kind: 'lost' | 'unknown' }>> {
    for (;;) {
      const connection = await this.#connected(until);
      this.#groups += 1;
      const mark = this.#groups;
      const attempt = await this.#attempts.run(connection, group, {
        writer: this.#name,
        group: mark,
      });
      if (attempt.kind === 'committed') this.figures.commits += 1;
      if (attempt.kind !== 'lost' && attempt.kind !== 'unknown') return attempt;
      this.#drop();
      if (attempt.kind === 'lost') {
        if (this.#options.clock.elapsed() > until) throw attempt.error;
        continue;
      }
      if (await this.#tookPlace(mark, attempt.error, until)) {
        this.figures.commits += 1;
        this.#options.hooks.afterCommit?.();
        return { kind: 'committed', ended: attempt.ended };
      }
    }
  }

  /** Asks about a COMMIT without an answer. */
  async #tookPlace(mark: number, error: unknown, until: number): Promise<boolean> {
    for (;;) {
      try {
        const connection = await this.#connected(until);
        const [row] = await connection.run(LAST_MARK, [this.#name]);
        if (row) return row[0] === mark;
      } catch {
        // Also when the server took too long: the group may be waiting for a standby, and holds its row meanwhile.
        this.#drop();
      }
      if (this.#options.clock.elapsed() > until) throw new CommitUnknownError(error);
      await this.#pause();
    }
  }

  #drop(): void {
    this.#connection?.abandon();
    this.#connection = null;
  }

  async #connected(until: number): Promise<Connection> {
    for (;;) {
      try {
        this.#connection ??= await this.#options.connect({ writer: this.#name });
        return this.#connection;
      } catch (error) {
        if (!isLost(error) || this.#options.clock.elapsed() > until) throw error;
        await this.#pause();
      }
    }
  }

  async #pause(): Promise<void> {
    const { clock, random } = this.#options;
    await clock.sleep(RECONNECT_MS + randomInt(random, RECONNECT_MS));
  }

  /** At random, so that two that met do not meet again, and longer each time. */
  #pauseMs(conflicts: number): number {
    return randomInt(this.#options.random, Math.min(LONGEST_PAUSE_MS, 4 * 2 ** conflicts));
  }
}
