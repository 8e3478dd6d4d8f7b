/**
 * What Paylov's categories, services, fields and options are called in our languages. `dictionary.json` holds the words:
 * `paylov` are Paylov's own names for a thing, which alone are replaced; `also` are words that people look for it by,
 * and by which a service of another name shows its kin. `{n}` stands for a number, `{place}` for one of `places`.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Language } from '../core/language.ts';
import { searchKey } from './search.ts';

const words = z.array(z.string().min(1)).default([]);
const said = { uz: z.string(), 'uz-Cyrl': z.string(), ru: z.string(), en: z.string() };
const thing = z.strictObject({ icon: z.string(), ...said, paylov: words, also: words });
const field = z.strictObject({ ...said, names: words, titles: words });
const option = z.strictObject({ ...said, paylov: words });

const schema = z.strictObject({
  categories: z.array(thing),
  services: z.array(thing),
  fields: z.array(field),
  options: z.array(option),
  places: z.array(option),
});

/** One thing in all languages. */
type Said = Readonly<Record<Language, string>>;

/** A category or a kind of service. */
type Thing = z.output<typeof thing>;

const DICTIONARY = schema.parse(
  JSON.parse(readFileSync(new URL('dictionary.json', import.meta.url), 'utf8')),
);

/**
 * Finds entries by the search key of each of their words, so that apostrophes, capitals and alphabets make no
 * difference.
 */
function indexOf<T>(entries: readonly T[], wordsOf: (entry: T) => readonly string[]) {
  return new Map(
    entries.flatMap((entry) => wordsOf(entry).map((word) => [searchKey(word), entry])),
  );
}

const categories = indexOf(DICTIONARY.categories, ({ paylov }) => paylov);
const services = indexOf(DICTIONARY.services, ({ paylov }) => paylov);
const fieldTitles = indexOf(DICTIONARY.fields, ({ titles }) => titles);
/** Technical names of fields, which are the same at every service. */
const fieldNames = new Map(
  DICTIONARY.fields.flatMap((entry) => entry.names.map((name) => [name, entry])),
);
const options = indexOf(DICTIONARY.options, ({ paylov }) => paylov);
const places = indexOf(DICTIONARY.places, ({ paylov }) => paylov);

/** The category of this name; undefined, here and below, where the dictionary does not have it. */
export function knownCategory(name: string): Thing | undefined {
  return categories.get(searchKey(name));
}

export function knownService(name: string): Thing | undefined {
  return services.get(searchKey(name));
}

/**
 * The kinds of service that one of Paylov's names speaks of: "Hududgaz Xorazm" is gas, and is not called "gas" for
 * that.
 */
export function kinOf(name: string): Thing[] {
  const known = knownService(name);
  if (known) return [known];
  const key = ` ${searchKey(name)} `;
  return kin.flatMap(([each, marks]) => (marks.some((mark) => key.includes(mark)) ? [each] : []));
}

/** Long words may have endings; short ones stand alone. */
const LONG = 4;
const kin = DICTIONARY.services.map((each): [Thing, string[]] => {
  const marks = each.also.map(searchKey);
  return [each, marks.map((mark) => (mark.length < LONG ? ` ${mark} ` : ` ${mark}`))];
});

/** A question of a form, or what a service tells of an account. */
export function knownField({ name, title }: { name: string; title: string }): Said | undefined {
  return fieldNames.get(name) ?? fieldTitles.get(searchKey(title === '' ? name : title));
}

/** What can be chosen, such as a region; undefined as well where only a part of it is known. */
export function knownOption(title: string): Said | undefined {
  const key = searchKey(title);
  return options.get(key) ?? patterned(key);
}

interface Pattern {
  shape: RegExp;
  said: Said;
}

const patterns: Pattern[] = DICTIONARY.options.flatMap((entry) =>
  entry.paylov
    .filter((each) => each.includes('{'))
    .map((each) => ({ shape: shapeOf(each), said: entry })),
);

function shapeOf(pattern: string): RegExp {
  const parts = pattern.split(/(\{n\}|\{place\})/).map((part) => {
    if (part === '{n}') return '(?<n>\\d+)';
    return part === '{place}' ? '(?<place>.+?)' : searchKey(part);
  });
  return new RegExp(`^${parts.filter((part) => part !== '').join(' ?')}$`, 'u');
}

function patterned(key: string): Said | undefined {
  for (const {
    shape,
    said: { uz, 'uz-Cyrl': cyrillic, ru, en },
  } of patterns) {
    const found = shape.exec(key)?.groups;
    if (!found) continue;
    const { n = '', place: named } = found;
    const place = named === undefined ? null : places.get(named);
    if (place === undefined) continue;
    const filled = (text: string, language: Language) =>
      text.replace('{n}', n).replace('{place}', place?.[language] ?? '');
    return {
      uz: filled(uz, 'uz'),
      'uz-Cyrl': filled(cyrillic, 'uz-Cyrl'),
      ru: filled(ru, 'ru'),
      en: filled(en, 'en'),
    };
  }
  return undefined;
}

/** All that a category or a kind of service is called or looked for by, as one search key. */
export function allWordsOf({ uz, 'uz-Cyrl': cyrillic, ru, en, also }: Thing): string {
  return [uz, cyrillic, ru, en, ...also].map(searchKey).join(' ');
}
