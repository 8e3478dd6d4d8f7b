import type { Clock } from '../../src/core/deps.ts';
import { tooManyRequests } from './api-error.ts';

/** About one message a second into a chat with a burst of 20, and 30 a second overall (Bot FAQ, broadcasting). */
const CHAT_RATE = { burst: 20, perSecond: 1 };
const BOT_RATE = { burst: 30, perSecond: 30 };

interface Bucket {
  tokens: number;
  at: number;
}

/** Telegram's limits on outgoing messages. A refused message costs nothing. */
export class Pacing {
  readonly #clock: Clock;
  readonly #chats = new Map<number, Bucket>();
  readonly #bot: Bucket;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#bot = { tokens: BOT_RATE.burst, at: clock.now() };
  }

  /** Counts one message; throws 429 with `retry_after` in whole seconds when it is too many. */
  spend(chatId: number): void {
    const chat = this.#chats.get(chatId) ?? { tokens: CHAT_RATE.burst, at: this.#clock.now() };
    this.#chats.set(chatId, chat);
    const waitSeconds = Math.max(
      this.#missing(chat, CHAT_RATE),
      this.#missing(this.#bot, BOT_RATE),
    );
    if (waitSeconds > 0) throw tooManyRequests(Math.ceil(waitSeconds));
    chat.tokens -= 1;
    this.#bot.tokens -= 1;
  }

  #missing(bucket: Bucket, rate: { burst: number; perSecond: number }): number {
    const now = this.#clock.now();
    const gained = ((now - bucket.at) / 1000) * rate.perSecond;
    bucket.tokens = Math.min(rate.burst, bucket.tokens + gained);
    bucket.at = now;
    return bucket.tokens >= 1 ? 0 : (1 - bucket.tokens) / rate.perSecond;
  }
}
