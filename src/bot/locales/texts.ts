/** The bot's words: a folder of Fluent files for each language, each read once. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import type { Language } from '../../core/language.ts';

/** Values are formatted, and HTML-escaped where they come from outside. */
export type TextParams = Readonly<Record<string, string>>;

/** The text of `key` in one language. Throws when the key or a value is missing: a test renders them all. */
export type Translate = (key: string, params?: TextParams) => string;

export type Texts = (language: Language) => Translate;

const read = new Map<Language, Translate>();

/** Reads the folder of a language beside this file when it is first asked for: that takes longer than most that is done with it. */
export function loadTexts(): Texts {
  return (language) => {
    const translate = read.get(language) ?? readTexts(language);
    read.set(language, translate);
    return translate;
  };
}

function readTexts(language: Language): Translate {
  const bundle = new FluentBundle(language, { useIsolating: false });
  const source = localeFiles(language).map((path) => readFileSync(path, 'utf8'));
  const [error] = bundle.addResource(new FluentResource(source.join('\n')));
  if (error) throw error;
  return (key, params) => {
    const text = bundle.getMessage(key)?.value;
    if (text === undefined || text === null)
      throw new Error(`The text "${key}" is missing in ${language}.`);
    // Without a list for errors it throws them: a value that is missing is one.
    return bundle.formatPattern(text, params);
  };
}

/** All files of a language, in the order of their names. */
export function localeFiles(language: Language): string[] {
  const folder = new URL(`${language}/`, import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.ftl'));
  return names.toSorted().map((name) => fileURLToPath(new URL(name, folder)));
}
