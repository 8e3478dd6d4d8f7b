/**
 * Reads `<user> <sum> <reason>` as owners type it. The longest run of words that is one sum is the sum, and the reason
 * begins behind it. Never is a beginning of a sum taken for it: where what follows may belong to the sum, whoever typed
 * it is asked, and where it can't be read at all there is no sum.
 */
import { namesCurrency, parseTypedSum, type Tiyin } from '../../../core/money.ts';

export interface Reading {
  amountTiyin: Tiyin;
  reason: string;
}

export type MoneyArguments =
  /** `user`: an id, @name or phone, not looked up yet. */
  | ({ kind: 'clear'; user: string } & Reading)
  /** Where the sum ends is not sure. */
  | { kind: 'doubtful'; user: string; readings: Reading[] }
  /** Something is missing, or the sum can't be read. */
  | { kind: 'unreadable' };

/** A sum may have blanks (`1 500 000 so'm`): as many words as make one sum belong to it. */
const MAX_SUM_WORDS = 8;
export const MAX_REASON_LENGTH = 300;

export function parseMoneyArguments(text: string): MoneyArguments {
  const [user, ...words] = text.trim().split(/\s+/u);
  if (user === undefined) return { kind: 'unreadable' };
  const longest = longestSum(words);
  if (!longest) return { kind: 'unreadable' };
  const readings = [longest, ...joined(words, longest)].flatMap((sum) => readingOf(words, sum));
  const [first] = readings;
  const end = endOf(longest.text, words.slice(longest.count));
  if (!first || end === 'broken') return { kind: 'unreadable' };
  return end === 'sure' ? { kind: 'clear', user, ...first } : { kind: 'doubtful', user, readings };
}

interface Sum {
  amountTiyin: Tiyin;
  /** How many words the sum has. */
  count: number;
  text: string;
}

/** `50 000, sovga`: what ends a part of a sentence ends the sum. */
const ENDING = /[,;:.]+$/;

function longestSum(words: readonly string[]): Sum | null {
  for (let count = Math.min(MAX_SUM_WORDS, words.length); count >= 1; count -= 1) {
    const text = words.slice(0, count).join(' ');
    const amountTiyin = sumOf(text) ?? sumOf(text.replace(ENDING, ''));
    if (amountTiyin !== null) return { amountTiyin, count, text };
  }
  return null;
}

function sumOf(text: string): Tiyin | null {
  return parseTypedSum(text, { tiyin: true });
}

/** `50 000 2`: perhaps digits that belong together. */
function joined(words: readonly string[], { count, text }: Sum): Sum[] {
  const next = words[count] ?? '';
  const digits = text.replaceAll(' ', '') + next;
  const amountTiyin = /^\d+$/.test(next) && /^\d+$/.test(digits) ? sumOf(digits) : null;
  return amountTiyin === null ? [] : [{ amountTiyin, count: count + 1, text: digits }];
}

function readingOf(words: readonly string[], { amountTiyin, count }: Sum): Reading[] {
  const reason = words.slice(count).join(' ');
  const isReason = reason !== '' && reason.length <= MAX_REASON_LENGTH;
  return isReason ? [{ amountTiyin, reason }] : [];
}

/** Alone between a sum and its reason: `50 000 - sovga`. */
const BETWEEN = /^[-:;.,]+$/;
/** Words that count the number before them: with them it is another sum. */
const COUNTED =
  /^(?:[kк](?!\p{L})|ming|минг|thousand|тыс|mln|млн|mlrd|млрд|milli?(?:on|ard)|милли(?:он|ард)|yarim|ярим|yuz|юз|dollar|доллар|usd|eur|евро|rubl?|рубл?)(\p{L}?)/iu;
const TIYIN = /^(?:tiyin|тийин|тиин|тиын)/iu;
const RECKONED = /^[+*/=×÷^%$€£₽]/u;
const DIGITS = /^[-+*/=×÷]?(\d+)(.?)/u;
const IN_GROUPS = /^\d{1,3}(?: \d{3})+$/;
const WITH_TIYIN = /\d[.,]\d\d$/;

/**
 * Whether the sum ends here. `open`: what follows may belong to it. `broken`: it does, and the whole is no sum, as in
 * `50 000 000% x`.
 */
type End = 'sure' | 'open' | 'broken';

function endOf(sum: string, rest: readonly string[]): End {
  const begin = rest.findIndex((word) => !BETWEEN.test(word));
  const [next = '', second = ''] = rest.slice(Math.max(begin, 0));
  const [, digits, behind = ''] = DIGITS.exec(next) ?? [];
  if (digits === undefined) {
    const counted = COUNTED.exec(next);
    // Mingbuloq is a town, and may be a thousand misspelt.
    if (counted) return counted[1] === '' ? 'broken' : 'open';
    return RECKONED.test(next) ? 'broken' : 'sure';
  }
  const isGroup = digits.length === 3 && !/\p{L}/u.test(behind);
  if (isGroup && (/^\d{1,3}$/.test(sum) || IN_GROUPS.test(sum))) return 'broken';
  // With the currency or tiyin a sum is complete, unless tiyin follow.
  if (namesCurrency(sum) || WITH_TIYIN.test(sum)) {
    return isGroup || TIYIN.test(second) ? 'open' : 'sure';
  }
  // Behind groups of three, a year is no fourth.
  const isYear = /^(?:19|20)\d\d(?![\d.,])/.test(next) && !/^\d/.test(second);
  return IN_GROUPS.test(sum) && isYear ? 'sure' : 'open';
}
