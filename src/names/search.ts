/** Finding names as people type them: in either alphabet, with whatever apostrophes and capitals. */
import { latinOf } from '../core/cyrillic.ts';

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

/** 2: each word of the query begins a word of the text; 1: each stands in it; 0: not all do. `key`: a `searchKey`. */
export function howWell(key: string, query: string): 0 | 1 | 2 {
  const words = searchKey(query).split(' ').filter(Boolean);
  if (words.length === 0 || !words.every((word) => key.includes(word))) return 0;
  return words.every((word) => ` ${key}`.includes(` ${word}`)) ? 2 : 1;
}

const MAX_QUERY = 60;

/** As much of a typed name as is looked for. */
export function searched(text: string): string {
  return text.trim().slice(0, MAX_QUERY);
}
