/** The languages of the bot, in the order they are offered. */
export const LANGUAGES = ['uz', 'uz-Cyrl', 'ru', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** The user's choice, else what Telegram says of them (`uz`, `ru-RU` …), else `fallback`. */
export function languageOf(
  user: { language: string | null; telegramLanguage: string | null },
  fallback: Language,
): Language {
  if (isLanguage(user.language)) return user.language;
  const spoken = user.telegramLanguage;
  if (isLanguage(spoken)) return spoken;
  const base = spoken?.split('-')[0];
  return isLanguage(base) ? base : fallback;
}
