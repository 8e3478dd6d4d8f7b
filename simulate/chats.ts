/** What the bot said in every chat, as the people there see it. */
import type { SimulatedTelegram } from '../sandbox/telegram/simulated-telegram.ts';
import type { MessageView, TelegramEvent } from '../sandbox/telegram/types.ts';
import type { SimulatedTime } from './time.ts';

export interface Said {
  at: number;
  chatId: number;
  messageId: number;
  text: string;
}

/** A message of the bot as it is now. */
interface Seen {
  /** Grows with every message that is sent or edited. */
  change: number;
  message: MessageView;
  /** With ordinary blanks. */
  text: string;
}

/** People do not scroll further up than this. */
const MAX_SEEN = 60;

export class Chats {
  /** Every new message of the bot, in order. */
  readonly said: Said[] = [];
  readonly #seen = new Map<number, Seen[]>();
  readonly #waiting = new Set<() => void>();
  #count = 0;

  constructor(telegram: SimulatedTelegram, time: SimulatedTime) {
    telegram.on((event) => this.#note(event, time.now));
  }

  /** So many messages were sent or edited. */
  get changes(): number {
    return this.#count;
  }

  /** Oldest first, without those of the person. */
  of(chatId: number): readonly Seen[] {
    return this.#seen.get(chatId) ?? [];
  }

  /** Calls `listener` at every change. Returns the function that ends it. */
  onChange(listener: () => void): () => void {
    this.#waiting.add(listener);
    return () => this.#waiting.delete(listener);
  }

  #note(event: TelegramEvent, at: number): void {
    if (event.kind === 'delete') {
      const kept = this.of(event.userId).filter(
        (each) => each.message.messageId !== event.messageId,
      );
      this.#seen.set(event.userId, kept);
      return;
    }
    if (event.kind !== 'message' && event.kind !== 'edit') return;
    const { message, userId: chatId } = event;
    if (message.from !== 'bot') return;
    const { messageId } = message;
    this.#count += 1;
    const seen = { change: this.#count, message, text: message.text.replaceAll('\u00a0', ' ') };
    const known = [...this.of(chatId)];
    const index = known.findIndex((each) => each.message.messageId === messageId);
    if (index < 0) known.push(seen);
    else known[index] = seen;
    this.#seen.set(chatId, known.slice(-MAX_SEEN));
    if (event.kind === 'message') this.said.push({ at, chatId, messageId, text: seen.text });
    for (const listener of this.#waiting) listener();
  }
}
