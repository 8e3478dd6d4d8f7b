/** The bot's words: one Fluent file for each language, read once. */
import { fileURLToPath } from 'node:url';
import { I18n } from '@grammyjs/i18n';
import { LANGUAGES, type Language } from '../../language.ts';

/** Values are formatted, and HTML-escaped where they come from outside. */
export type TextParams = Readonly<Record<string, string>>;

/** The text of `key` in one language. Throws when the key or a value is missing: a test renders them all. */
export type Translate = (key: string, params?: TextParams) => string;

export type Texts = (language: Language) => Translate;

/** Reads the files beside this one. */
export function loadTexts(): Texts {
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
    i18n.loadLocaleSync(language, { filePath: localePath(language) });
  }
  return (language) => (key, params) => i18n.translate(language, key, { ...params });
}

export function localePath(language: Language): string {
  return fileURLToPath(new URL(`${language}.ftl`, import.meta.url));
}
