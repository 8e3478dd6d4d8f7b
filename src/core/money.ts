/**
 * Money is an integer number of tiyin (1 so'm = 100 tiyin). This file alone turns text or a provider's number into
 * tiyin and tiyin into text; everything between works on integers.
 */
import { cleanTyped } from './typed-text.ts';

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

/**
 * The one grammar of sums that people type: in a top-up, for a bill, at the desk, in a search. In so'm:
 *
 * ```text
 * sum      = ( number | in units ) [ currency ]
 * number   = digits, or groups of three behind 1 to 3 digits, with one sign between all of them: blank ' . ,
 *            [ "." or ",", another sign than between the groups, and 1 or 2 digits ]
 * in units = number unit { number unit }           1,5 mln   50 ming   1 mln 500 ming
 *            from large to small, each smaller than the unit before; a fraction only in the last;
 *            groups with blank or ' alone, because 1.500 ming may be 1,5 thousands
 * unit     = k ming тыс (1000) | mln (million) | mlrd (milliard), in the spellings of Uzbek and Russian
 * currency = so'm som sum сўм сум uzs, in theirs
 * ```
 *
 * No number has a leading zero but `0,5`. Blanks of every kind, apostrophes and letters in any case are the same, marks
 * nobody sees are none (`cleanTyped`). The whole text is one sum or it is none: a beginning of it is never taken.
 */
const WHOLE = /^(?:0|[1-9]\d{0,13}|[1-9]\d{0,2}(?:([ '.,])\d{3})(?:\1\d{3})*)$/;
const NUMBER = /^(.*?)(?:([.,])(\d{1,2}))?$/;
const UNITS = [
  [/^(?:mlrd|млрд|milli?ard|миллиард(?:а|ов)?)$/u, 1_000_000_000],
  [/^(?:mln|млн|milli?on|миллион(?:а|ов)?)$/u, 1_000_000],
  [/^(?:k|к|ming|минг|тыс|тысяч[аи]?|thousand)$/u, 1000],
] as const;
/** A number and its unit; the next number stands apart. */
const IN_UNIT = /^([\d '.,]*\d) ?(\p{L}+)\.?(?: (?=\d)|$)/u;
const CURRENCY = / ?(?:so'?m|sum|сум(?:ов|а)?|сўм|сом|uzs)\.?$/u;
const MAX_TYPED = 60;

export type TypedSum =
  | { kind: 'sum'; tiyin: Tiyin }
  /** Clearly a sum, and no sum of money that could be: zero, less, or more than there is. */
  | { kind: 'out_of_reach' }
  /** It has tiyin where whole so'm are asked for. */
  | { kind: 'not_whole' }
  | { kind: 'none' };

/** A sum a person typed, or what else it is, so that they can be told what is wrong with it. */
export function readTypedSum(text: string, { tiyin = false } = {}): TypedSum {
  const clean = oneSpelling(text);
  if (clean.length > MAX_TYPED) return { kind: 'none' };
  const sum = clean.replace(CURRENCY, '').replace(/^- ?/, '');
  const amount = numberOf(sum)?.tiyin ?? inUnits(sum);
  if (amount === null) return { kind: 'none' };
  const isNegative = clean.startsWith('-');
  if (isNegative || amount <= 0 || amount > MAX_TIYIN) return { kind: 'out_of_reach' };
  const isFine = tiyin || amount % TIYIN_PER_SOM === 0;
  return isFine ? { kind: 'sum', tiyin: amount } : { kind: 'not_whole' };
}

/** A sum a person typed, as tiyin. Null when it is not clearly a positive sum, or has tiyin where `tiyin` is not set. */
export function parseTypedSum(text: string, options: { tiyin?: boolean } = {}): Tiyin | null {
  const read = readTypedSum(text, options);
  return read.kind === 'sum' ? read.tiyin : null;
}

/** Does the sum end with its currency? Then nothing that follows belongs to it. */
export function namesCurrency(typedSum: string): boolean {
  return CURRENCY.test(oneSpelling(typedSum));
}

function oneSpelling(text: string): string {
  return cleanTyped(text)
    .trim()
    .toLowerCase()
    .replaceAll(/[‘’ʻʼ`´]/gu, "'")
    .replaceAll(/\s+/gu, ' ');
}

interface TypedNumber {
  /** As if it were so'm. May be more than is safe: then it is more than MAX_TIYIN. */
  tiyin: number;
  /** What stands between the groups, if anything does. */
  separator: string | undefined;
  isWhole: boolean;
}

function numberOf(text: string): TypedNumber | null {
  return wholeNumber(text) ?? brokenNumber(text);
}

function wholeNumber(text: string): TypedNumber | null {
  const match = WHOLE.exec(text);
  if (!match) return null;
  const tiyin = Number(text.replaceAll(/\D/g, '')) * TIYIN_PER_SOM;
  return { tiyin, separator: match[1], isWhole: true };
}

function brokenNumber(text: string): TypedNumber | null {
  const [, before = '', point, fraction = ''] = NUMBER.exec(text) ?? [];
  const whole = point === undefined ? null : wholeNumber(before);
  if (!whole || whole.separator === point) return null;
  return { ...whole, tiyin: whole.tiyin + Number(fraction.padEnd(2, '0')), isWhole: false };
}

function inUnits(text: string): number | null {
  let rest = text;
  let below = Infinity;
  let total = 0;
  while (rest !== '') {
    const [part = '', digits = '', word = ''] = IN_UNIT.exec(rest) ?? [];
    const unit = UNITS.find(([spellings]) => spellings.test(word))?.[1];
    const number = numberOf(digits);
    if (unit === undefined || !number || /[.,]/.test(number.separator ?? '')) return null;
    rest = rest.slice(part.length);
    const amount = number.tiyin * unit;
    if (amount <= 0 || amount >= below || !(number.isWhole || rest === '')) return null;
    total += amount;
    below = unit * TIYIN_PER_SOM;
  }
  return total === 0 ? null : total;
}

/** The next whole so'm: what is to be topped up so that nothing is missing. */
export function upToWholeSoms(amount: Tiyin): Tiyin {
  return Math.ceil(amount / TIYIN_PER_SOM) * TIYIN_PER_SOM;
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
 * For charts: a short number and what it counts, 12.3 millions. Rounded: for looking at, never for the books.
 */
export function shortSum(amount: Tiyin): {
  value: number;
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
  return { value: (amount < 0 ? -tenths : tenths) / 10, unit: units[step] ?? 'one' };
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
