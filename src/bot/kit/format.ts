/** How sums, cards, times and names look in a message. */
import { formatSum, type Tiyin, type TypedSum } from '../../core/money.ts';
import type { TopupState } from '../../topups/states.ts';
import type { Translate } from '../locales/texts.ts';
import { inTashkent } from '../../core/calendar.ts';

const ICONS: Readonly<Record<TopupState, string>> = {
  creating: '⏳',
  waiting: '⏳',
  review: '🔎',
  paid: '✅',
  cancelled: '❌',
  failed: '❌',
  refused: '❌',
  expired: '⌛',
};

export function stateIcon(state: TopupState): string {
  return ICONS[state];
}

/** Makes text from outside harmless in a message with HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most `length` characters, whole ones. */
export function clip(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** `50 000 so'm`, with the language's word for the currency. */
export function money(t: Translate, amountTiyin: Tiyin): string {
  return t('money', { amount: formatSum(amountTiyin) });
}

const MINUTE_MS = 60_000;

/** A duration as people say it: minutes, then hours, then days. */
export function duration(t: Translate, ms: number): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE_MS));
  if (minutes < 100)
    return minutes === 60 ? hours(t, 1) : t('duration-minutes', { n: String(minutes) });
  const count = Math.round(minutes / 60);
  return count < 48 ? hours(t, count) : t('duration-days', { n: String(Math.round(count / 24)) });
}

function hours(t: Translate, n: number): string {
  return t('duration-hours', { n: String(n) });
}

/** Says what is wrong with a typed sum. */
export function badSumNotice(
  t: Translate,
  kind: Exclude<TypedSum['kind'], 'sum'>,
  limits: { minTiyin: Tiyin; maxTiyin: Tiyin },
): string {
  if (kind === 'out_of_reach') return outOfLimits(t, limits);
  return t(kind === 'not_whole' ? 'sum-not-whole' : 'sum-not-understood');
}

/** Says why a sum is not taken. */
export function outOfLimits(
  t: Translate,
  { minTiyin, maxTiyin }: { minTiyin: Tiyin; maxTiyin: Tiyin },
): string {
  return t('sum-out-of-limits', { min: money(t, minTiyin), max: money(t, maxTiyin) });
}

/** `8600 1234 5678 9012`. */
export function groupedCard(number: string): string {
  return number.replace(/(.{4})(?=.)/g, '$1 ');
}

/** `dd.MM.yyyy HH:mm` in Tashkent. */
export function dateTime(at: number): string {
  return `${date(at)} ${clockTime(at)}`;
}

/** `HH:mm` in Tashkent. */
export function clockTime(at: number): string {
  return inTashkent(at).slice(11, 16);
}

/** `dd.MM HH:mm` in Tashkent, for lists. */
export function shortDateTime(at: number): string {
  return `${date(at).slice(0, 5)} ${clockTime(at)}`;
}

/** A clock time, with the date where it is another day than `from`. */
export function deadline(at: number, from: number): string {
  return date(at) === date(from) ? clockTime(at) : dateTime(at);
}

/**
 * `deadline` in Telegram's HTML: apps tell it by their reader's clock. For messages, not for captions, and not for what is
 * printed or sent to a server: those are by Tashkent's.
 */
export function moment(at: number, from: number): string {
  const text = deadline(at, from);
  return timeTag(at, { format: text.includes(' ') ? 'dt' : 't', text });
}

/** In how long it is, which apps count down; `text` where the app or the server is too old for that. Telegram's HTML. */
export function timeLeft(at: number, text: string): string {
  return timeTag(at, { format: 'r', text });
}

/** Bot API, date-time entity formatting. */
function timeTag(at: number, { format, text }: { format: 'r' | 't' | 'dt'; text: string }): string {
  return `<tg-time unix="${Math.floor(at / 1000)}" format="${format}">${text}</tg-time>`;
}

function date(at: number): string {
  const [year, month, day] = inTashkent(at).slice(0, 10).split('-');
  return `${day}.${month}.${year}`;
}

export interface Named {
  firstName: string;
  lastName: string;
  username: string | null;
}

/** Marks that turn a line around or take no place, and letters that show nothing: a name made of them hides who it is. */
const UNSEEN = /[\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]+/gu;

/** First and last name as they can be read, empty where there is nothing to read. Not escaped. */
export function plainName({ firstName, lastName }: Omit<Named, 'username'>): string {
  return `${firstName} ${lastName}`.replace(UNSEEN, '').replace(/\s+/g, ' ').trim();
}

/** First and last name, and the @name where there is one; escaped, bounded, never empty. */
export function personName(person: Named): string {
  const names = plainName(person);
  const handle = person.username === null ? '' : `@${person.username}`;
  const full = names === '' ? handle : [names, handle].filter(Boolean).join(' ');
  return escapeHtml(clip(full === '' ? '—' : full, 80));
}

/** A name without the @: whoever is shown a stranger need not learn how to write to them. Escaped, never empty. */
export function nameOf(person: Named | null): string {
  return personName({ firstName: '', lastName: '', ...person, username: null });
}
