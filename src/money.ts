/**
 * Money is an integer number of tiyin (1 so'm = 100 tiyin). This file alone turns text or a provider's number into
 * tiyin and tiyin into text; everything between works on integers.
 */

export type Tiyin = number;

export const TIYIN_PER_SOM = 100;

/** Larger sums are refused wherever money enters: 10^13 so'm leaves room to add nine of them safely. */
export const MAX_TIYIN: Tiyin = 1_000_000_000_000_000;

const NO_BREAK_SPACE = '\u00a0';

/** Throws unless `amount` is a safe integer number of tiyin. Zero and negative amounts pass. */
export function assertTiyin(amount: number, what = 'amount'): asserts amount is Tiyin {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${what}: ${amount} is not whole tiyin`);
}

/** Whole so'm as tiyin. Throws for fractions. */
export function som(amount: number): Tiyin {
  const tiyin = amount * TIYIN_PER_SOM;
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is not whole so'm`);
  assertTiyin(tiyin);
  return tiyin;
}

/**
 * A provider's sum in so'm as tiyin: a number or a numeric string with at most two decimals (`50001.5`,
 * `"15000.00"`, `50000`). Everything else is null: exponents, signs, blanks, more decimals, negative numbers,
 * NaN and sums above MAX_TIYIN.
 */
export function parseProviderSum(value: unknown): Tiyin | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  // A number's own text is the shortest that reads back as the same number: 50001.5, never 50001.4999….
  const match = /^(\d{1,15})(?:\.(\d{1,2}))?$/.exec(String(value));
  if (!match) return null;
  const tiyin = Number(match[1]) * TIYIN_PER_SOM + Number((match[2] ?? '').padEnd(2, '0'));
  return tiyin <= MAX_TIYIN ? tiyin : null;
}

const GROUPED = /^\d{1,3}(?:[\s.,'’]\d{3})+$/u;
const PLAIN = /^\d{1,14}$/;
const THOUSANDS = /^(\d{1,9})(?:[.,](\d{1,2}))?\s*(?:k|к|ming|минг|тыс|тысяч[аи]?|thousand)\.?$/u;
const CURRENCY = /\s*(?:so['‘’ʻʼ`]?m|sum|сум(?:ов|а)?|сўм|uzs)\.?$/u;

/**
 * A sum a person typed, in so'm, as tiyin: `50000`, `50 000`, `50.000`, `50,000`, `50k`, `50 ming`, `1.5k`, each
 * with or without the currency. Null when it is not clearly a positive whole sum.
 */
export function parseTypedSum(text: string): Tiyin | null {
  if (text.length > 40) return null;
  const clean = text.normalize('NFKC').trim().toLowerCase().replace(CURRENCY, '');
  const soms = typedSoms(clean);
  if (soms === null || soms < 1) return null;
  const tiyin = soms * TIYIN_PER_SOM;
  return tiyin <= MAX_TIYIN ? tiyin : null;
}

function typedSoms(clean: string): number | null {
  if (PLAIN.test(clean)) return Number(clean);
  if (GROUPED.test(clean)) return Number(clean.replace(/\D/g, ''));
  const thousands = THOUSANDS.exec(clean);
  if (!thousands) return null;
  return Number(thousands[1]) * 1000 + Number((thousands[2] ?? '').padEnd(3, '0'));
}

/** Groups of three with a no-break space, tiyin after a comma only where there are some: `50 001,50`. */
export function formatSum(amount: Tiyin): string {
  assertTiyin(amount);
  const absolute = Math.abs(amount);
  const whole = String(Math.floor(absolute / TIYIN_PER_SOM));
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, NO_BREAK_SPACE);
  const tiyin = absolute % TIYIN_PER_SOM;
  const sign = amount < 0 ? '−' : '';
  return sign + grouped + (tiyin === 0 ? '' : `,${String(tiyin).padStart(2, '0')}`);
}

/**
 * For charts: a few digits and what they count, `12,3` millions. Rounded: for looking at, never for the books.
 */
export function shortSum(amount: Tiyin): {
  digits: string;
  unit: 'one' | 'thousand' | 'million' | 'billion';
} {
  assertTiyin(amount);
  const units = ['one', 'thousand', 'million', 'billion'] as const;
  let value = Math.abs(amount) / TIYIN_PER_SOM;
  let step = 0;
  // What would be rounded to a thousand of its unit is one of the next.
  while (step < units.length - 1 && Math.round(value) >= 1000) {
    value /= 1000;
    step += 1;
  }
  const tenths = step > 0 && value < 100 ? Math.round(value * 10) : Math.round(value) * 10;
  const digits = formatSum(Math.floor(tenths / 10) * TIYIN_PER_SOM);
  const rest = tenths % 10 === 0 ? '' : `,${tenths % 10}`;
  return { digits: (amount < 0 ? '−' : '') + digits + rest, unit: units[step] ?? 'one' };
}

/** For machines and copy buttons, in so'm: `50000`, `50001.50`. Never rounded. */
export function formatPlainSum(amount: Tiyin): string {
  assertTiyin(amount);
  const absolute = Math.abs(amount);
  const tiyin = absolute % TIYIN_PER_SOM;
  const whole = String(Math.floor(absolute / TIYIN_PER_SOM));
  const sign = amount < 0 ? '-' : '';
  return sign + whole + (tiyin === 0 ? '' : `.${String(tiyin).padStart(2, '0')}`);
}

/** Whole so'm as a number, for a provider that takes integers. Throws when the sum has tiyin. */
export function wholeSoms(amount: Tiyin): number {
  if (amount % TIYIN_PER_SOM !== 0) throw new RangeError(`${amount} tiyin is not whole so'm`);
  return amount / TIYIN_PER_SOM;
}
