/** When a broadcast may make its next call: never before what must arrive, and as slowly as Telegram asks for. */
import type { Database } from '../db/database.ts';
import type { Clock } from '../core/deps.ts';
import { hasDueMessage } from '../outbox/claims.ts';
import type { TelegramPace } from '../outbox/pacing.ts';

/** How long to stand aside before looking again whether the outbox has something to send. */
const ASIDE_MS = 100;

interface TurnsOptions {
  db: Database;
  clock: Clock;
  pace: TelegramPace;
}

export class Turns {
  readonly #options: TurnsOptions;
  #pausedUntil = 0;
  /** Waits come one after another: at once they would all ask the database the same. */
  #line: Promise<unknown> = Promise.resolve();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Gives nobody a turn for this long. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#options.clock.elapsed() + ms);
  }

  /** Resolves when it is this chat's turn: true; or false as soon as `signal` aborts. */
  async wait(chatId: number, signal: AbortSignal): Promise<boolean> {
    if (!(await this.#sleepUntil(this.#options.pace.chats.readyAt(chatId), signal))) return false;
    const mine = this.#line.then(() => this.#take(signal));
    this.#line = mine;
    if (!(await mine)) return false;
    this.#options.pace.chats.take(chatId, this.#options.clock.elapsed());
    return true;
  }

  async #take(signal: AbortSignal): Promise<boolean> {
    const { db, clock, pace } = this.#options;
    while (!signal.aborted) {
      const closedUntil = Math.max(pace.limits.allUntil, this.#pausedUntil);
      if (closedUntil > clock.elapsed()) await this.#sleepUntil(closedUntil, signal);
      else if (await hasDueMessage(db.read, clock.now()).catch(() => true)) {
        await this.#sleepUntil(clock.elapsed() + ASIDE_MS, signal);
      } else {
        const waitMs = pace.shared.takeSpare(clock.elapsed());
        if (waitMs === 0) return !signal.aborted;
        await this.#sleepUntil(clock.elapsed() + waitMs, signal);
      }
    }
    return false;
  }

  /** False when it was cut short. */
  async #sleepUntil(at: number, signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#options;
    const ms = at - clock.elapsed();
    if (ms > 0) await clock.sleep(ms, signal).catch(() => undefined);
    return !signal.aborted;
  }
}
