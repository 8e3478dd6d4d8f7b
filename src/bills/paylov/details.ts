/** What Paylov tells about an account, made fit to be shown. Pure. */
import { parseProviderSum, type Tiyin } from '../../core/money.ts';
import type { Detail, ResponseField } from './types.ts';

/** How many details of one account are kept; Paylov names a dozen. */
const MAX_DETAILS = 30;
const MAX_TEXT = 300;

const DASHES_ONLY = /^[\s\-–—]*$/u;
const UNIT = /\s*(?:uzs|so['‘’ʻʼ`]?m|sum|сум|сўм)\.?$/iu;

/**
 * Without what is empty or "-", and with the unit of its `ResponseField` where the value does not end with it.
 * Titles stay technical: known names get a label in the user's language elsewhere.
 */
export function shownDetails(
  details: readonly Detail[],
  responseFields: readonly ResponseField[] = [],
): Detail[] {
  const units = new Map(responseFields.map(({ name, postfix }) => [name, postfix]));
  return details
    .filter(({ value }) => !DASHES_ONLY.test(value))
    .map(({ name, title, value }) => ({ name, title, value: withUnit(value, units.get(name)) }));
}

/** Details fit to be kept: neither many nor long. */
export function boundedDetails(details: readonly Detail[], atMost = MAX_DETAILS): Detail[] {
  return details.slice(0, atMost).map(({ name, title, value }) => ({
    name: name.slice(0, MAX_TEXT),
    title: title.slice(0, MAX_TEXT),
    value: value.slice(0, MAX_TEXT),
  }));
}

function withUnit(value: string, unit: string | null | undefined): string {
  if (unit === undefined || unit === null) return value;
  const ends = value.trimEnd().toLowerCase().endsWith(unit.toLowerCase());
  return ends ? value : `${value} ${unit}`;
}

/**
 * `saldo`, the account's balance at the service, as it stands: `15105.15 UZS` is 1510515. The sign is kept (which
 * one is a debt depends on the service). Null when there is none that can be read.
 */
export function saldoTiyin(details: readonly Detail[]): Tiyin | null {
  const value = details.find(({ name }) => name === 'saldo')?.value;
  return value === undefined ? null : sumIn(value);
}

/** The same for any value that names its unit; null for others. */
export function sumWithUnit(value: string): Tiyin | null {
  return UNIT.test(value) ? sumIn(value) : null;
}

function sumIn(value: string): Tiyin | null {
  const bare = value.replace(UNIT, '').replace(/\s/gu, '').replace(/[−–]/gu, '-');
  const negative = bare.startsWith('-');
  const digits = bare.replace(/^[-+]/, '').replace(/,(\d{1,2})$/, '.$1');
  const tiyin = parseProviderSum(digits);
  return tiyin === null || tiyin === 0 || !negative ? tiyin : -tiyin;
}
