/**
 * Runs rows of a table that fall due: claims them by lease, a bounded number at once, sleeps until the next one.
 * The inbox and the outbox are two of these.
 */
import { type Clock, NO_LONGER } from './deps.ts';
import type { Log } from './log.ts';

interface DueWork<Row> {
  /** For the log. */
  name: string;
  /** Most rows at once, as things stand. */
  parallel: () => number;
  /** Takes at most `limit` rows that are due at `now`; they are this process's until their lease runs out. */
  claim(options: { now: number; limit: number }): Promise<Row[]>;
  run(row: Row, signals: RunSignals): Promise<void>;
  /** When to look again: the next due time or end of a lease; null when nothing waits. */
  nextAt(now: number): Promise<number | null>;
}

export interface RunSignals {
  /** The program is stopping: do not begin to wait. */
  stopping: AbortSignal;
  /** The deadline for stopping has passed. */
  abandoned: AbortSignal;
}

/** Looks at least this often, whatever it was told: another process may have written a row. */
const LOOK_EVERY_MS = 10_000;

/** Where there are others: they write rows, and leave some behind. */
const LOOK_AMONG_OTHERS_MS = 1000;

/** A due time that has passed while it was looked up must not make the loop spin. */
const SHORTEST_PAUSE_MS = 20;

const AFTER_ERROR_MS = 1000;

export class DueLoop<Row> {
  readonly #work: DueWork<Row>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #lookEveryMs: number;
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #abandoned = new AbortController();
  /** How many rows have come to their end. */
  #ended = 0;
  #notified = false;
  #pausing: AbortController | null = null;
  #loop: Promise<void> | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    work: DueWork<Row>,
    { clock, log, shared }: { clock: Clock; log: Log; shared: boolean },
  ) {
    this.#work = work;
    this.#clock = clock;
    this.#log = log;
    this.#lookEveryMs = shared ? LOOK_AMONG_OTHERS_MS : LOOK_EVERY_MS;
  }

  start(): void {
    this.#loop ??= this.#runLoop();
  }

  /** Something may be due now. */
  notify(): void {
    this.#notified = true;
    this.#pausing?.abort(NO_LONGER);
  }

  /** Runs what is due and returns when nothing is, whether started or not. */
  async settled(): Promise<void> {
    for (;;) {
      const ended = this.#ended;
      const claimed = await this.#claimInTurn();
      // What ended while the claim was under way may have made room for another row.
      if (claimed === 0 && this.#running.size === 0 && ended === this.#ended) return;
      if (this.#running.size > 0) await Promise.race(this.#running);
    }
  }

  /** Takes nothing new and waits for what runs, at most `deadlineMs`. */
  async stop({ deadlineMs }: { deadlineMs: number }): Promise<void> {
    this.#stopping.abort();
    this.notify();
    await this.#loop;
    const allDone = Promise.all(this.#running).then(() => true);
    if (await orAfter(this.#clock, deadlineMs, allDone)) return;
    this.#log.warn(
      { running: this.#running.size },
      `${this.#work.name}: stopped while work was under way`,
    );
    this.#abandoned.abort();
  }

  async #runLoop(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#notified = false;
      try {
        if ((await this.#claimInTurn()) === 0) await this.#pauseUntilDue();
      } catch (error) {
        this.#log.error({ err: error }, `${this.#work.name}: cannot look for work`);
        this.#notified = false;
        await this.#pause(AFTER_ERROR_MS);
      }
    }
  }

  /** One claim at a time: two would together exceed `parallel`. */
  async #claimInTurn(): Promise<number> {
    const mine = this.#turn.then(() => this.#claim());
    this.#turn = mine.catch(() => undefined);
    return await mine;
  }

  async #claim(): Promise<number> {
    const limit = this.#work.parallel() - this.#running.size;
    if (limit <= 0) return 0;
    const rows = await this.#work.claim({ now: this.#clock.now(), limit });
    for (const row of rows) this.#launch(row);
    return rows.length;
  }

  #launch(row: Row): void {
    const signals = { stopping: this.#stopping.signal, abandoned: this.#abandoned.signal };
    const run = this.#work
      .run(row, signals)
      .catch((error: unknown) =>
        this.#log.error({ err: error }, `${this.#work.name}: a row is left to its lease`),
      )
      .finally(() => {
        this.#running.delete(run);
        this.#ended += 1;
        this.notify();
      });
    this.#running.add(run);
  }

  async #pauseUntilDue(): Promise<void> {
    const now = this.#clock.now();
    const hasRoom = this.#running.size < this.#work.parallel();
    const next = hasRoom ? await this.#work.nextAt(now) : null;
    const waitMs = next === null ? this.#lookEveryMs : next - now;
    await this.#pause(Math.min(this.#lookEveryMs, Math.max(SHORTEST_PAUSE_MS, waitMs)));
  }

  async #pause(ms: number): Promise<void> {
    if (this.#notified || this.#stopping.signal.aborted) return;
    this.#pausing = new AbortController();
    await this.#clock.sleep(ms, this.#pausing.signal).catch(() => undefined);
    this.#pausing = null;
  }
}

/** What `work` gives, or undefined once `ms` have passed. `work` itself goes on. */
export async function orAfter<T>(
  clock: Clock,
  ms: number,
  work: Promise<T>,
): Promise<T | undefined> {
  const timer = new AbortController();
  const late = clock.sleep(ms, timer.signal).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort(NO_LONGER);
  }
}
