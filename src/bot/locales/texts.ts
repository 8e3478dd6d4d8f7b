/** The bot's words: a folder of Fluent files for each language, each read once. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import type { Language } from '../../core/language.ts';
import { type GivenNames, type Names, namesIn } from '../../names/names.ts';

/** Values are formatted, and HTML-escaped where they come from outside. */
type TextParams = Readonly<Record<string, string>>;

export interface Translate {
  /** The text of `key` in one language. Throws when the key or a value is missing: a test renders them all. */
  (key: string, params?: TextParams): string;
  /** What Paylov's services, fields and options are called in that language. */
  readonly names: Names;
}

export type Texts = (language: Language) => Translate;

const loaded = inEach(readTexts);

/**
 * Reads the folder of a language when it is first asked for, since that takes longer than most that is done with it.
 */
export function loadTexts(): Texts {
  return loaded;
}

function readTexts(language: Language): Translate {
  const bundle = new FluentBundle(language, { useIsolating: false });
  const source = localeFiles(language).map((path) => readFileSync(path, 'utf8'));
  const [error] = bundle.addResource(new FluentResource(source.join('\n')));
  if (error) throw error;
  const translate = (key: string, params?: TextParams): string => {
    const text = bundle.getMessage(key)?.value;
    if (text === undefined || text === null)
      throw new Error(`The text "${key}" is missing in ${language}.`);
    // Without a list for errors it throws them, and a value that is missing is one.
    return bundle.formatPattern(text, params);
  };
  return Object.assign(translate, { names: namesIn(language) });
}

/** The same texts with the names that the owner gave. */
export function withNames(texts: Texts, given: GivenNames): Texts {
  return inEach((language) => {
    const translate = (key: string, params?: TextParams) => texts(language)(key, params);
    return Object.assign(translate, { names: namesIn(language, given) });
  });
}

/** Each language is made when it is first asked for. */
function inEach(make: (language: Language) => Translate): Texts {
  const made = new Map<Language, Translate>();
  return (language) => {
    const translate = made.get(language) ?? make(language);
    made.set(language, translate);
    return translate;
  };
}

/** All files of a language, in the order of their names. */
export function localeFiles(language: Language): string[] {
  const folder = new URL(`${language}/`, import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.ftl'));
  return names.toSorted().map((name) => fileURLToPath(new URL(name, folder)));
}
