/** How fast Telegram lets us send: 30 messages a second to all, 1 a second to a person, 20 a minute to a group. */

const WINDOW_MS = 1000;

/** What must arrive leaves room for answers to taps, which nobody holds back. */
const MESSAGES_PER_SECOND = 25;

/** What can wait, out of the same whole: broadcasts. */
export const SPARE_PER_SECOND = 10;

/** Both together, out of Telegram's 30. */
const BEYOND_OWN = 5;

/** At most `perSecond` in any second, and a few of what can wait beside them. */
export class SharedPace {
  readonly #perSecond: () => number;
  readonly #recent: number[] = [];
  readonly #spare: number[] = [];

  constructor(perSecond: number | (() => number)) {
    this.#perSecond = typeof perSecond === 'number' ? () => perSecond : perSecond;
  }

  /** Takes the next free place and returns its time. */
  reserve(now: number): number {
    const first = this.#recent.at(-this.#perSecond());
    const at = Math.max(
      now,
      first === undefined ? now : first + WINDOW_MS,
      this.#recent.at(-1) ?? 0,
      this.#freeAt(),
    );
    this.#recent.push(at);
    if (this.#recent.length > MESSAGES_PER_SECOND) this.#recent.shift();
    return at;
  }

  /**
   * For what can wait: takes a place only when one is free now and nobody waits for one. Returns 0, or after how many
   * milliseconds to ask again.
   */
  takeSpare(now: number): number {
    const last = this.#spare.at(-1);
    const at = Math.max(
      now,
      this.#recent.at(-1) ?? 0,
      this.#freeAt(),
      last === undefined ? now : last + WINDOW_MS / SPARE_PER_SECOND,
    );
    if (at > now) return at - now;
    this.#spare.push(now);
    if (this.#spare.length > SPARE_PER_SECOND) this.#spare.shift();
    return 0;
  }

  /** When the next place of the whole is free; may lie in the past. */
  #freeAt(): number {
    const taken = [...this.#recent, ...this.#spare].toSorted((a, b) => a - b);
    const first = taken.at(-(this.#perSecond() + BEYOND_OWN));
    return first === undefined ? 0 : first + WINDOW_MS;
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

/** What everything that sends by itself shares. */
export interface TelegramPace {
  shared: SharedPace;
  chats: ChatPace;
  limits: RateLimits;
}

/** `partOf`: what of a limit is this process's, where there are several. */
export function createPace(partOf = (total: number): number => total): TelegramPace {
  return {
    shared: new SharedPace(() => partOf(MESSAGES_PER_SECOND)),
    chats: new ChatPace(),
    limits: new RateLimits(),
  };
}
