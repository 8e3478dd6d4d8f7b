/** What happened, in order: a hash over everything proves that a seed repeats itself, the last lines explain a failure. */
import { createHash } from 'node:crypto';

interface Event {
  at: number;
  /** Who or what: `program`, `user 501`, `inpay` … */
  who: string;
  what: string;
}

/** Earlier lines are dropped, but stay part of the hash. */
const MAX_EVENTS = 20_000;

export class Story {
  readonly #hash = createHash('sha256');
  #events: Event[] = [];
  #count = 0;

  add(event: Event): void {
    this.#count += 1;
    this.#hash.update(`${event.at} ${event.who} ${event.what}\n`);
    this.#events.push(event);
    if (this.#events.length > MAX_EVENTS) this.#events = this.#events.slice(-MAX_EVENTS / 2);
  }

  /** Counts for the hash alone. */
  mark(text: string): void {
    this.#hash.update(text);
  }

  /** Of everything so far. */
  hash(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }

  get count(): number {
    return this.#count;
  }

  /** The last events that mention any of `names`; of all when there are no names. */
  tell(names: readonly string[], last: number): string[] {
    const told = this.#events.filter(
      ({ who, what }) =>
        !what.includes('/getUpdates') &&
        (names.length === 0 || names.some((name) => who.includes(name) || what.includes(name))),
    );
    return told.slice(-last).map(({ at, who, what }) => `${stamp(at)}  ${who.padEnd(12)} ${what}`);
  }
}

function stamp(at: number): string {
  return new Date(at).toISOString().slice(5, 23).replace('T', ' ');
}
