/** Reads `<user> <sum> <reason>` as owners type it. */
import { parseTypedSum, type Tiyin } from '../money.ts';

export interface MoneyArguments {
  /** An id or @name, not looked up yet. */
  user: string;
  amountTiyin: Tiyin;
  reason: string;
}

/** A sum may have blanks (`1 500 000 so'm`): as many words as make one sum belong to it. */
const MAX_SUM_WORDS = 6;
export const MAX_REASON_LENGTH = 300;

/** Null when something is missing or the sum can't be read. */
export function parseMoneyArguments(text: string): MoneyArguments | null {
  const [user, ...words] = text.trim().split(/\s+/u);
  if (user === undefined) return null;
  for (let count = Math.min(MAX_SUM_WORDS, words.length - 1); count >= 1; count -= 1) {
    const amountTiyin = parseTypedSum(words.slice(0, count).join(' '));
    const reason = words.slice(count).join(' ');
    if (amountTiyin !== null && reason.length <= MAX_REASON_LENGTH) {
      return { user, amountTiyin, reason };
    }
  }
  return null;
}
