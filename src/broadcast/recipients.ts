/** The people of one broadcast, one after another, to several at once. */
import type { Database } from '../db/database.ts';
import type { Clock } from '../core/deps.ts';
import { type Reach, recipientsAfter } from '../users/audience.ts';
import { Position } from './position.ts';

/** So far the others may run ahead of somebody who takes long; all of them are in the note. */
const MAX_WIDTH = 64;
const WIDE_MS = 100;

export class Recipients {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #reach: Reach;
  readonly #position: Position;
  #page: number[] = [];
  /** Where the next page begins; null when there is none. */
  #pageEnd: number | null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    from: { cursor: number; ahead: readonly number[] },
    { db, clock, reach }: { db: Database; clock: Clock; reach: Reach },
  ) {
    this.#db = db;
    this.#clock = clock;
    this.#reach = reach;
    this.#position = new Position(from);
    this.#pageEnd = from.cursor;
  }

  /** Everybody up to `cursor` and those in `ahead` are served. */
  get position(): { cursor: number; ahead: number[] } {
    return { cursor: this.#position.cursor, ahead: this.#position.ahead };
  }

  /** Null when there are no more, or `signal` aborts. */
  async next(signal: AbortSignal): Promise<number | null> {
    const mine = this.#turn.then(() => this.#next(signal));
    this.#turn = mine.catch(() => undefined);
    return await mine;
  }

  done(userId: number): void {
    this.#position.done(userId);
  }

  async #next(signal: AbortSignal): Promise<number | null> {
    while (!signal.aborted) {
      if (this.#position.width >= MAX_WIDTH) {
        await this.#clock.sleep(WIDE_MS, signal).catch(() => undefined);
        continue;
      }
      const userId = this.#page.shift();
      if (userId === undefined) {
        if (this.#pageEnd === null) return null;
        await this.#turnPage(this.#pageEnd, signal);
      } else if (this.#position.begin(userId)) return userId;
    }
    return null;
  }

  async #turnPage(afterId: number, signal: AbortSignal): Promise<void> {
    const page = await recipientsAfter(this.#db.read, { afterId, reach: this.#reach });
    this.#page = page.userIds;
    this.#pageEnd = page.lastId;
    // A rare audience among very many people: let others have their turn.
    if (page.userIds.length === 0 && page.lastId !== null) {
      await this.#clock.sleep(1, signal).catch(() => undefined);
    }
  }
}
