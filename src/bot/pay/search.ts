/** Finding names as people type them: in either alphabet, with whatever apostrophes and capitals. */
import { createHash } from 'node:crypto';
import { latinOf } from '../../cyrillic.ts';

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

/** A short name for a long or strange id, fit for a button. */
export function shortKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

const MAX_QUERY = 60;

/** As much of a typed name as is looked for. */
export function searched(text: string): string {
  return text.trim().slice(0, MAX_QUERY);
}

/** What is pasted carries marks that nobody sees, and hyphens that no service knows. */
export function plainText(text: string): string {
  return text.replaceAll(/\p{Cf}/gu, '').replaceAll(/[\p{Pd}\u2212]/gu, '-');
}
