/** What an owner types for a term, in the words of the environment. */
import { parseTypedSum, TIYIN_PER_SOM } from '../../../core/money.ts';
import { normalisePhone } from '../../../core/phone.ts';
import type { TermName } from '../../../settings/terms.ts';

/**
 * What was typed, as the environment would have it; null: it is no value of this term. Whether the value is allowed is
 * not asked here.
 */
export function typedTerm(name: TermName, text: string): string | null {
  return READERS[name](text);
}

const READERS: Readonly<Record<TermName, (text: string) => string | null>> = {
  TOPUP_MIN: wholeSum,
  TOPUP_MAX: wholeSum,
  TOPUP_PRESETS: sums,
  BILL_FEE_PERCENT: percent,
  // The order is changed by buttons alone.
  TOPUP_ORDER: () => null,
  SUPPORT_CONTACT: contact,
  QUIET_HOURS: hours,
};

/** Names and addresses as they are; a phone also without its `+`. */
function contact(text: string): string | null {
  const clean = text.trim();
  if (clean === '') return null;
  const digits = normalisePhone(clean);
  return digits === null ? clean : `+${digits}`;
}

/** `22-8`, `22:00 – 8:00`. */
function hours(text: string): string | null {
  const [, from, until] = /^(\d{1,2})(?::00)?\s*[-–—]\s*(\d{1,2})(?::00)?$/.exec(text.trim()) ?? [];
  return from === undefined ? null : `${Number(from)}-${Number(until)}`;
}

function wholeSum(text: string): string | null {
  const tiyin = parseTypedSum(text);
  return tiyin === null ? null : String(tiyin / TIYIN_PER_SOM);
}

/**
 * Sums apart from each other. Commas may stand within the sums of some people, so whoever writes one sum a line is
 * understood as well.
 */
function sums(text: string): string | null {
  const parts = text.split(/[,;\n]/).map((each) => each.trim());
  const read = parts.filter((each) => each !== '').map(wholeSum);
  return read.length === 0 || read.includes(null) ? null : read.join(',');
}

/** `1,5 %`, `1.5`. */
function percent(text: string): string | null {
  const [, whole, part] = /^(\d{1,2})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim()) ?? [];
  if (whole === undefined) return null;
  return String(Number(part === undefined ? whole : `${whole}.${part}`));
}
