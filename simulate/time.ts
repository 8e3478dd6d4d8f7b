/**
 * Simulated time. It stands still while anybody has something to do and then jumps to the hour of the next sleeper,
 * so that a day takes seconds and the same seed always takes the same way.
 */
import type { Clock } from '../src/core/deps.ts';

interface Sleeper {
  at: number;
  order: number;
  owner: object;
  isExact: boolean;
  wake: () => void;
}

/** Turns of the event loop without a sign of life after which everybody counts as asleep. */
const QUIET_TURNS = 3;

/** A turn limit: whoever needs more without time passing is in a loop. */
const MAX_TURNS = 20_000;
const ENDLESS = 'the program works without end while no time passes';

export class SimulatedTime {
  #now: number;
  #signs = 0;
  #order = 0;
  #sleepers: Sleeper[] = [];
  readonly #errands: (() => Promise<void>)[] = [];
  /**
   * While above zero, sleepers that are not exact oversleep by up to this much, as on a machine that stands still
   * now and then: what nobody waits for is passed over quickly.
   */
  strideMs = 0;

  constructor(startAt: number) {
    this.#now = startAt;
  }

  get now(): number {
    return this.#now;
  }

  /** Somebody did something: time must not pass yet. */
  sign(): void {
    this.#signs += 1;
  }

  /** A clock of this time. Who is `isExact` never oversleeps. */
  clockOf(owner: object, { isExact }: { isExact: boolean }): Clock {
    return {
      now: () => this.#now,
      elapsed: () => this.#now,
      sleep: (ms, signal) => this.sleep(ms, { owner, isExact, signal }),
    };
  }

  sleep(
    ms: number,
    options: { owner: object; isExact: boolean; signal?: AbortSignal | undefined },
  ): Promise<void> {
    const { owner, isExact, signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortError());
        return;
      }
      this.#order += 1;
      const wake = (): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const at = this.#now + Math.max(0, ms);
      const sleeper: Sleeper = { at, order: this.#order, owner, isExact, wake };
      const onAbort = (): void => {
        this.#signs += 1;
        this.#remove(sleeper);
        reject(abortError());
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#insert(sleeper);
    });
  }

  /** The dead are never woken. */
  forget(owner: object): void {
    this.#sleepers = this.#sleepers.filter((each) => each.owner !== owner);
  }

  /**
   * For work that takes real time, as a question to a database across a network. Simulated time stands still meanwhile.
   * One at a time, in their order, each when everybody else has come to rest: it does not matter how long one takes.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#errands.push(() => work().then(resolve, reject));
    return promise;
  }

  /** Lets everybody do what can be done without time passing. */
  async settle(): Promise<void> {
    for (let errands = 0; ; errands += 1) {
      await this.#rest();
      const errand = this.#errands.shift();
      if (!errand) return;
      await errand();
      if (errands > MAX_TURNS) throw new Error(ENDLESS);
    }
  }

  async #rest(): Promise<void> {
    let turns = 0;
    for (let quiet = 0; quiet < QUIET_TURNS;) {
      const before = this.#signs;
      await new Promise((resolve) => setImmediate(resolve));
      quiet = this.#signs === before ? quiet + 1 : 0;
      turns += 1;
      if (turns > MAX_TURNS) throw new Error(ENDLESS);
    }
  }

  /** Goes on to the next hour at which somebody wakes, and lets everybody work. Never passes `end`. */
  async step(end: number): Promise<void> {
    const stop = Math.min(end, this.#nextStop());
    this.#now = Math.max(this.#now, stop);
    // Sleepers that oversleep still wake in the order of their times: none of them may overtake another.
    for (let hour = this.#firstHour(); hour <= stop; hour = this.#firstHour()) {
      const due = this.#sleepers.findIndex((each) => each.at > hour);
      const woken = this.#sleepers.splice(0, due < 0 ? this.#sleepers.length : due);
      for (const { wake } of woken) wake();
      await this.settle();
    }
  }

  #firstHour(): number {
    return this.#sleepers[0]?.at ?? Infinity;
  }

  #nextStop(): number {
    const first = this.#firstHour();
    if (this.strideMs === 0) return first;
    const exact = this.#sleepers.find((each) => each.isExact)?.at ?? Infinity;
    return Math.min(exact, first + this.strideMs);
  }

  #insert(sleeper: Sleeper): void {
    const after = this.#sleepers.findIndex((each) => each.at > sleeper.at);
    if (after < 0) this.#sleepers.push(sleeper);
    else this.#sleepers.splice(after, 0, sleeper);
  }

  #remove(sleeper: Sleeper): void {
    const index = this.#sleepers.indexOf(sleeper);
    if (index >= 0) this.#sleepers.splice(index, 1);
  }
}

function abortError(): DOMException {
  return new DOMException('The sleep was cut short.', 'AbortError');
}
