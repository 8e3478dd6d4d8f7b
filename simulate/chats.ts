/** What the bot said in every chat, and whether the program knows that it said it. */
import type { SimulatedTelegram } from '../src/sandbox/telegram/simulated-telegram.ts';
import type { MessageView } from '../src/sandbox/telegram/types.ts';
import type { SimulatedTime } from './time.ts';

export interface Said {
  at: number;
  chatId: number;
  messageId: number;
  text: string;
}

export class Chats {
  /** Every new message of the bot, in order. */
  readonly said: Said[] = [];
  readonly #changes = new Map<number, number>();
  #count = 0;

  constructor(telegram: SimulatedTelegram, time: SimulatedTime) {
    telegram.on((event) => {
      if (event.kind !== 'message' && event.kind !== 'edit') return;
      const { message } = event;
      if (message.from !== 'bot') return;
      this.#count += 1;
      this.#changes.set(message.messageId, this.#count);
      if (event.kind === 'message') this.said.push(saidOf(message, time.now));
    });
  }

  /** So many messages were sent or edited. */
  get changes(): number {
    return this.#count;
  }

  changeOf(messageId: number): number {
    return this.#changes.get(messageId) ?? 0;
  }
}

function saidOf({ userId, messageId, text }: MessageView, at: number): Said {
  return { at, chatId: userId, messageId, text: text.replaceAll('\u00a0', ' ') };
}
