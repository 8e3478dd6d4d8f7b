/** Card numbers whose expiry is being asked for: in memory only, gone with the process. */
import type { Clock } from '../../deps.ts';

/** Between the number and the expiry: long enough to turn the card over. */
const LIFE_MS = 10 * 60_000;
const MAX_NUMBERS = 1000;

export interface CardNumbers {
  put(chatId: number, number: string): void;
  take(chatId: number): string | null;
}

export function createCardNumbers(clock: Clock): CardNumbers {
  const numbers = new Map<number, { number: string; until: number }>();
  return {
    put(chatId, number) {
      numbers.delete(chatId);
      numbers.set(chatId, { number, until: clock.elapsed() + LIFE_MS });
      const [oldest] = numbers.keys();
      if (numbers.size > MAX_NUMBERS && oldest !== undefined) numbers.delete(oldest);
    },
    take(chatId) {
      const kept = numbers.get(chatId);
      numbers.delete(chatId);
      return kept && clock.elapsed() <= kept.until ? kept.number : null;
    },
  };
}
