import type { TelegramEvent } from './types.ts';

export type TelegramListener = (event: TelegramEvent) => void;

/** Tells listeners what happens in the chats, in order, at the moment it happens. */
export class EventHub {
  readonly #listeners = new Set<TelegramListener>();

  /** Returns the function that ends the subscription. */
  on(listener: TelegramListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  emit(event: TelegramEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
