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
 * A provider's sum in so'm as tiyin: a number, or a text as people spell one (`50001.5`, `"15000.00"`, `"50 001,50"`,
 * `" 50 000 so'm"`). Null is everything that is not clearly a sum: exponents, signs, NaN, sums above MAX_TIYIN, and
 * without `expectedTiyin` also `"50,000"`, which is 50 000 or 50, and fractions of a tiyin. Where a sum is expected, a
 * spelling with two readings is that sum if one of them is, and so is a number less than half a tiyin away from it
 * (`50001.49999`, a binary fraction).
 */
export function parseProviderSum(
  value: unknown,
  { expectedTiyin }: { expectedTiyin?: Tiyin | undefined } = {},
): Tiyin | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  // A number's own text is the shortest that reads back as the same number: 50001.5, never 50001.4999….
  const text = typeof value === 'number' ? String(value) : bareSum(value);
  const decimal = decimalSum(text, expectedTiyin);
  const grouped = typeof value === 'number' ? null : groupedSum(text);
  const tiyin = TWO_READINGS.test(text)
    ? [decimal, grouped].find((each) => each === expectedTiyin)
    : (decimal ?? grouped);
  return typeof tiyin === 'number' && tiyin <= MAX_TIYIN ? tiyin : null;
}

const LONGEST_SUM = 60;
const CURRENCY_AROUND =
  /^(?:uzs|so['‘’ʻʼ`]?m)\s*|\s*(?:so['‘’ʻʼ`]?m|sum|сум(?:ов|а)?|сўм|uzs)\.?$/giu;
/** Groups of three by one and the same mark, then tiyin by another one: `50 001,50`, `1,234,567.5`, `50.000`. */
const GROUPS = /^([1-9]\d{0,2})([ .,'])(\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d{1,2})0*)?$/;
const TWO_READINGS = /^[1-9]\d{0,2}[.,]\d{3}$/;
const DECIMALS = /^(\d{1,15})(?:[.,](\d{1,2})0*)?$/;

/** Without the currency, invisible marks and blanks around; every kind of blank and apostrophe alike. */
function bareSum(text: string): string {
  if (text.length > LONGEST_SUM) return '';
  const plain = text
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(CURRENCY_AROUND, '');
  return plain.replace(/\s/gu, ' ').replace(/[‘’ʻʼ`]/gu, "'");
}

function groupedSum(text: string): Tiyin | null {
  const match = GROUPS.exec(text);
  if (!match) return null;
  const [, first = '', , rest = '', tiyin] = match;
  return tiyinOf(first + rest.replace(/\D/g, ''), tiyin);
}

function decimalSum(text: string, expectedTiyin: Tiyin | undefined): Tiyin | null {
  const match = DECIMALS.exec(text);
  if (match) return tiyinOf(match[1] ?? '', match[2]);
  if (expectedTiyin === undefined || !/^\d{1,15}[.,]\d{3,20}$/.test(text)) return null;
  const away = Math.abs(Number(text.replace(',', '.')) * TIYIN_PER_SOM - expectedTiyin);
  return away < 0.5 ? expectedTiyin : null;
}

function tiyinOf(soms: string, tiyin = ''): Tiyin {
  return Number(soms) * TIYIN_PER_SOM + Number(tiyin.padEnd(2, '0'));
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
