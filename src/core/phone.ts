/** Phone numbers as people write them and as they are kept: digits with the country code. */

const COUNTRY = '998';
/** Without the country code. */
const LOCAL_LENGTH = 9;
/** E.164 allows 15. */
const PHONE = /^\+?[\d\s().-]{7,24}$/;

/** `998901234567` for `+998 (90) 123-45-67`, `901234567` and the like; null for what is no number. */
export function normalisePhone(text: string): string | null {
  const clean = text.trim();
  if (!PHONE.test(clean)) return null;
  const digits = clean.replaceAll(/\D/g, '').replace(/^00/, '');
  if (digits.length === LOCAL_LENGTH && !clean.startsWith('+')) return COUNTRY + digits;
  return digits.length >= 7 && digits.length <= 15 ? digits : null;
}

/** Takes what `normalisePhone` returns. */
export function isUzbekPhone(digits: string): boolean {
  return digits.length === COUNTRY.length + LOCAL_LENGTH && digits.startsWith(COUNTRY);
}

/** A number of Uzbekistan as forms ask for it: with the country code, without it. None of another country's. */
export function phoneSpellings(text: string): string[] {
  const digits = normalisePhone(text);
  return digits !== null && isUzbekPhone(digits) ? [digits, digits.slice(COUNTRY.length)] : [];
}

/** `+998 90 123-45-67`; numbers of other countries as they are. */
export function formatPhone(digits: string): string {
  const match = /^998(\d\d)(\d{3})(\d\d)(\d\d)$/.exec(digits);
  if (!match) return `+${digits}`;
  const [, code = '', first = '', second = '', third = ''] = match;
  return `+998 ${code} ${first}-${second}-${third}`;
}
