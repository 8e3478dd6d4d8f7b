/** Card numbers whose expiry is being asked for: in memory only, gone with the process. */
import type { Clock } from '../../core/deps.ts';

/** How long a number is kept for its expiry: long enough to turn the card over. */
const LIFE_MS = 10 * 60_000;
const MAX_NUMBERS = 1000;

export interface CardNumbers {
  put(chatId: number, number: string): void;
  /** The number that was put last; null where that is too long ago. */
  get(chatId: number): string | null;
  forget(chatId: number): void;
}

export function createCardNumbers(clock: Clock): CardNumbers {
  const numbers = new Map<number, { number: string; until: number }>();
  return {
    put(chatId, number) {
      numbers.delete(chatId);
      numbers.set(chatId, { number, until: clock.elapsed() + LIFE_MS });
      // The oldest come first.
      for (const [oldest, { until }] of numbers) {
        if (numbers.size <= MAX_NUMBERS && clock.elapsed() <= until) break;
        numbers.delete(oldest);
      }
    },
    get(chatId) {
      const kept = numbers.get(chatId);
      return kept && clock.elapsed() <= kept.until ? kept.number : null;
    },
    forget(chatId) {
      numbers.delete(chatId);
    },
  };
}
