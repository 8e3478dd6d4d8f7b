/** The bot's words: a folder of Fluent files for each language, read once. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { I18n } from '@grammyjs/i18n';
import { LANGUAGES, type Language } from '../../core/language.ts';
import { type GivenNames, type Names, namesIn } from '../../names/names.ts';

/** Values are formatted, and HTML-escaped where they come from outside. */
export type TextParams = Readonly<Record<string, string>>;

export interface Translate {
  /** The text of `key` in one language. Throws when the key or a value is missing: a test renders them all. */
  (key: string, params?: TextParams): string;
  /** What Paylov's services, fields and options are called in that language. */
  readonly names: Names;
}

export type Texts = (language: Language) => Translate;

let loaded: Texts | undefined;

/** Reads the folders beside this file, once: reading all four languages takes longer than most that is done with them. */
export function loadTexts(): Texts {
  loaded ??= readTexts();
  return loaded;
}

function readTexts(): Texts {
  const i18n = new I18n({
    defaultLocale: 'en',
    fluentBundleOptions: { useIsolating: false },
    fluentOptions: {
      warningHandler: (warning) => {
        throw new Error(`The text "${warning.path}" is missing in ${String(warning.locales)}.`);
      },
    },
  });
  for (const language of LANGUAGES) {
    const source = localeFiles(language).map((path) => readFileSync(path, 'utf8'));
    i18n.loadLocaleSync(language, { source: source.join('\n') });
  }
  return inEach((language) => {
    const translate = (key: string, params?: TextParams) =>
      i18n.translate(language, key, { ...params });
    return Object.assign(translate, { names: namesIn(language) });
  });
}

/** The same texts with the names that the owner gave. */
export function withNames(texts: Texts, given: GivenNames): Texts {
  return inEach((language) => {
    const translate = (key: string, params?: TextParams) => texts(language)(key, params);
    return Object.assign(translate, { names: namesIn(language, given) });
  });
}

function inEach(make: (language: Language) => Translate): Texts {
  const made = new Map(LANGUAGES.map((language) => [language, make(language)]));
  return (language) => made.get(language) ?? make(language);
}

/** All files of a language, in the order of their names. */
export function localeFiles(language: Language): string[] {
  const folder = new URL(`${language}/`, import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.ftl'));
  return names.toSorted().map((name) => fileURLToPath(new URL(name, folder)));
}
