/** Names in small Latin letters, so that a part of a name is found in whichever alphabet either side writes it. */
import { latinOf } from '../core/cyrillic.ts';

/** Spellings of one sound: the letter Uzbek has and the one that Russian, or a habit, puts in its place. */
const ONE_SOUND: readonly (readonly [RegExp, string])[] = [
  [/q/g, 'k'],
  [/kh|k?x/g, 'h'],
  [/dj|zh/g, 'j'],
  [/w/g, 'v'],
  [/ye/g, 'e'],
  [/iy\b/g, 'i'],
  // Аббос, Abbos and Abos.
  [/(.)\1+/g, '$1'],
];

const APOSTROPHES = /['ʻʼ‘’`´]/g;

/** Words in one spelling, with one blank between. Nothing but signs is left of a name in signs. */
export function searchWords(text: string): string {
  // Fancy letters become plain ones; then Cyrillic, while й and ў are still single letters.
  const plain = text.normalize('NFKC').toLowerCase().replaceAll(APOSTROPHES, '');
  const words = latinOf(plain)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return ONE_SOUND.reduce((spelled, [sound, letter]) => spelled.replaceAll(sound, letter), words);
}

/** What is kept to search in. Never empty: an empty one is of a row from before there was any. */
export function searchTextOf(person: {
  firstName: string;
  lastName: string;
  username: string | null;
}): string {
  return ` ${searchWords([person.firstName, person.lastName, person.username ?? ''].join(' '))} `;
}
