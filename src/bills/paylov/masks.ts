/** Reads what is typed about a card and a phone, and says what may be shown of it. */
import { isUzbekPhone, normalisePhone } from '../../core/phone.ts';

/** `8600 **** **** 6412` of a number or of any mask of it. */
export function cardMask(number: string): string {
  const characters = number.replace(/[\s-]/g, '');
  return `${characters.slice(0, 4)} **** **** ${characters.slice(-4)}`;
}

/** Everything but the last two digits, unless it is masked already. */
export function phoneMask(phone: string): string {
  const shown = phone.slice(0, 40);
  if ((shown.match(/\d/g) ?? []).length < 8) return shown;
  return shown.replace(/\d(?=(?:\D*\d){2})/g, '*');
}

/** 16 digits, or null. Spaces and dashes may stand between them. */
export function parseCardNumber(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '');
  return /^\d{16}$/.test(digits) ? digits : null;
}

/** `12/28`, `12.28`, `12 28` or `1228` as Paylov wants it: `2812`. Null when it is no month and year. */
export function parseExpiry(text: string): string | null {
  const match = /^(0[1-9]|1[0-2])\s*[/.\- ]?\s*(?:20)?(\d\d)$/.exec(text.trim());
  return match ? `${match[2]}${match[1]}` : null;
}

/** `+998901234567`, also without the plus or the country, or null. */
export function parsePhone(text: string): string | null {
  const digits = normalisePhone(text);
  return digits !== null && isUzbekPhone(digits) ? `+${digits}` : null;
}

/** 4 to 8 digits (paylov.txt, 5). */
export const CODE_PATTERN = /^\d{4,8}$/;
