/** How fast Telegram lets us send: 30 messages a second to all, 1 a second to a person, 20 a minute to a group. */

const WINDOW_MS = 1000;

/** At most `perSecond` in any second. */
export class SharedPace {
  readonly #perSecond: number;
  readonly #recent: number[] = [];

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** Takes the next free place and returns its time. */
  reserve(now: number): number {
    const first = this.#recent.length < this.#perSecond ? undefined : this.#recent.shift();
    const at = Math.max(
      now,
      first === undefined ? now : first + WINDOW_MS,
      this.#recent.at(-1) ?? 0,
    );
    this.#recent.push(at);
    return at;
  }
}

const BURST = 5;
const PERSON_MS = 1000;
const GROUP_MS = 3000;

/** Chats forgotten at once when there are this many. */
const MANY_CHATS = 10_000;

/** For each chat a few at once, then one each `PERSON_MS`. */
export class ChatPace {
  /** By chat, when its last message would have been due had they come evenly. */
  readonly #evenly = new Map<number, number>();

  /** When the chat may get its next message; may lie in the past. */
  readyAt(chatId: number): number {
    const evenly = this.#evenly.get(chatId);
    return evenly === undefined ? 0 : evenly - (BURST - 1) * intervalMs(chatId);
  }

  take(chatId: number, now: number): void {
    if (this.#evenly.size >= MANY_CHATS) this.#forget(now);
    this.#evenly.set(chatId, Math.max(now, this.#evenly.get(chatId) ?? 0) + intervalMs(chatId));
  }

  #forget(now: number): void {
    for (const [chatId, evenly] of this.#evenly) if (evenly <= now) this.#evenly.delete(chatId);
  }
}

/** Groups have negative ids. */
function intervalMs(chatId: number): number {
  return chatId < 0 ? GROUP_MS : PERSON_MS;
}

/** Refusals of two chats within this time have one cause. */
const TOGETHER_MS = 10_000;

/**
 * Telegram does not say whether "too many requests" means the chat or the bot. Two chats refused at once mean the
 * bot: nothing is sent until the shorter of their waits has passed.
 */
export class RateLimits {
  #last: { chatId: number; at: number; until: number } | null = null;
  #allUntil = 0;

  refused({ chatId, at, until }: { chatId: number; at: number; until: number }): void {
    const last = this.#last;
    this.#last = { chatId, at, until };
    if (last === null || last.chatId === chatId || at - last.at > TOGETHER_MS) return;
    this.#allUntil = Math.max(this.#allUntil, Math.min(last.until, until));
  }

  /** Nothing may be sent before this; may lie in the past. */
  get allUntil(): number {
    return this.#allUntil;
  }
}
