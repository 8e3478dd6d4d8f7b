/** What Paylov tells of an account, as people write it: sums, dates and places. Not escaped. */
import { sumWithUnit } from '../../bills/paylov/details.ts';
import type { Detail } from '../../bills/paylov/types.ts';
import type { Translate } from '../locales/texts.ts';
import { money } from './format.ts';

/** Sums of these names often come without their unit. */
const SUMS = new Set(['saldo', 'last_paid']);

/** Details that nobody translates: names of people and streets. */
const OWN_WORDS = new Set(['fio', 'address']);

export function shownValue(t: Translate, { name, value }: Pick<Detail, 'name' | 'value'>): string {
  const text = value.trim();
  const sumTiyin = sumWithUnit(SUMS.has(name) && /\d$/.test(text) ? `${text} UZS` : text);
  if (sumTiyin !== null) return money(t, sumTiyin);
  const date = dateIn(text);
  if (date !== null) return date;
  return OWN_WORDS.has(name) ? value : t.names.option(value);
}

const YEAR_FIRST = /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})(?:[ T](?<time>\d{2}:\d{2})(?::\d{2})?)?$/;
const DAY_FIRST = /^(?<d>\d{2})\.(?<m>\d{2})\.(?<y>\d{4})(?: (?<time>\d{2}:\d{2})(?::\d{2})?)?$/;

/** `23.08.2024`, with the time of day where there is one; null for what is no date. */
function dateIn(text: string): string | null {
  const found = (YEAR_FIRST.exec(text) ?? DAY_FIRST.exec(text))?.groups;
  if (!found) return null;
  const { d, m, y, time } = found;
  return `${d}.${m}.${y}${time === undefined ? '' : ` ${time}`}`;
}
