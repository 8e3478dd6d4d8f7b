/** Finding names as people type them: in either alphabet, with whatever apostrophes and capitals. */
import { createHash } from 'node:crypto';

const LATIN: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ғ: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'j',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  қ: 'q',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  ў: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'x',
  ҳ: 'x',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};

/** The same for all spellings of a name. */
export function searchKey(text: string): string {
  const letters = Array.from(text.normalize('NFKC').toLowerCase());
  return (
    letters
      .map((letter) => LATIN[letter] ?? letter)
      .join('')
      .replaceAll(/['‘’ʻʼ`´"«»]/g, '')
      // Told apart in speech, mixed up in writing; "sh" and "ch" suffer no harm where both sides do the same.
      .replaceAll('x', 'h')
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  );
}

/** Every word of the query stands somewhere in the name. */
export function matches(name: string, query: string): boolean {
  const key = searchKey(name);
  const words = searchKey(query).split(' ').filter(Boolean);
  return words.length > 0 && words.every((word) => key.includes(word));
}

/** A short name for a long or strange id, fit for a button. */
export function shortKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}
