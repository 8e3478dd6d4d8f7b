/** Names in small Latin letters, so that a part of a name is found in whichever alphabet either side writes it. */

const CYRILLIC: Readonly<Record<string, string>> = {
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
  қ: 'k',
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
  х: 'h',
  ҳ: 'h',
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

/** Spellings of one sound: the letter Uzbek has and the one that Russian, or a habit, puts in its place. */
const ONE_SOUND: readonly (readonly [RegExp, string])[] = [
  [/kh|x/g, 'h'],
  [/dj|zh/g, 'j'],
  [/q/g, 'k'],
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
  const latin = Array.from(plain, (letter) => CYRILLIC[letter] ?? letter).join('');
  const words = latin
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
