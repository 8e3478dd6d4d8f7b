/** Finding names as people type them: in either alphabet, with whatever apostrophes and capitals. */
import { latinOf } from '../../core/cyrillic.ts';

/** The same for all spellings of a name. */
export function searchKey(text: string): string {
  return (
    latinOf(text.normalize('NFKC').toLowerCase())
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

const MAX_QUERY = 60;

/** As much of a typed name as is looked for. */
export function searched(text: string): string {
  return text.trim().slice(0, MAX_QUERY);
}
