/** Figures as a picture of charts and as a caption, in the reader's words. */
import { dayOf } from '../../../core/calendar.ts';
import type { Language } from '../../../core/language.ts';
import { formatSum, shortSum, type Tiyin } from '../../../core/money.ts';
import { type Bucket, type Ended, type Slice, together } from '../../../reports/figures.ts';
import type { BarsPanel, ColumnsPanel, Picture } from '../../../reports/picture.ts';
import { PROVIDER_IDS } from '../../kit/callbacks.ts';
import type { Translate } from '../../locales/texts.ts';
import { clip, clockTime, money } from '../../kit/format.ts';
import type { Table } from '../../kit/table.ts';
import { PROVIDER_TITLES } from '../../kit/way-title.ts';

export const RANGES = ['day', 'week', 'month'] as const;
export type Range = (typeof RANGES)[number];

export const RANGE_TITLES: Readonly<Record<Range, string>> = {
  day: 'stats-day',
  week: 'stats-week',
  month: 'stats-month',
};

export interface Stats {
  /** The reader's language, for the way numbers are written. */
  language: Language;
  range: Range;
  buckets: readonly Bucket[];
  /** When it was looked at. */
  at: number;
  /** Whether bills are paid here at all. */
  bills: boolean;
}

/** Each provider has its colour in every picture; they differ in brightness too, for eyes that see few colours. */
const COLORS: Readonly<Record<string, string>> = {
  inpay: '#1d4ed8',
  payfer: '#f59e0b',
  rasmiypay: '#0f9d76',
  autopaycard: '#9d4edd',
};
const OTHER = '#64748b';
const SERVICE = '#2563a8';

/** Rates below this stand out. */
const POOR_PERCENT = 70;
const GOOD = '#0f9d76';
const POOR = '#d9480f';

const MAX_SERVICES = 5;
const MAX_NAME = 16;

export function statsPicture(t: Translate, stats: Stats): Picture {
  const reader = { t, language: stats.language };
  const all = together(stats.buckets.map(({ slice }) => slice));
  return {
    title: t(RANGE_TITLES[stats.range]),
    subtitle: t('stats-until', { days: daysText(stats), time: clockTime(stats.at) }),
    tiles: [
      { label: t('stats-in'), value: shortMoney(reader, sumOf(Object.values(all.in))) },
      ...(stats.bills
        ? [{ label: t('stats-paid'), value: shortMoney(reader, sumOf(all.services)) }]
        : []),
      { label: t('stats-rate'), value: percentText(reader, ordersTogether(all)) },
    ],
    columns: columnsOf(reader, stats, all),
    bars: [...(stats.bills ? [servicesOf(reader, all)] : []), ratesOf(reader, stats, all)],
  };
}

/** The totals as text, for whoever can't see the picture or wants the exact sums. */
export function statsCaption(t: Translate, stats: Stats): string {
  const reader = { t, language: stats.language };
  const all = together(stats.buckets.map(({ slice }) => slice));
  const title = `<b>${t(RANGE_TITLES[stats.range])}</b> · ${daysText(stats)}`;
  if (isEmpty(all)) return [title, '', t('stats-nothing')].join('\n');
  const providers = Object.entries(all.in).map(([id, { tiyin, count }]) =>
    t('stats-line', { name: titleOf(id), sum: money(t, tiyin), count: numberText(reader, count) }),
  );
  const paid = all.services.reduce((sum, { count }) => sum + count, 0);
  return [
    title,
    '',
    t('stats-total-in', { sum: money(t, sumOf(Object.values(all.in))) }),
    ...providers,
    ...(stats.bills
      ? [
          t('stats-total-bills', {
            sum: money(t, sumOf(all.services)),
            count: numberText(reader, paid),
          }),
          t('stats-total-fees', { sum: money(t, all.feesTiyin) }),
        ]
      : []),
    t('stats-total-rate', { rate: rateText(reader, ordersTogether(all)) }),
  ].join('\n');
}

/** Each day, or hour, that had something; the newest first, and the total above. */
export function statsTable(t: Translate, stats: Stats): Table {
  const reader = { t, language: stats.language };
  const all = together(stats.buckets.map(({ slice }) => slice));
  const isDay = stats.range === 'day';
  const rows = stats.buckets
    .filter(({ slice }) => !isEmpty(slice))
    .map(({ label, slice }) =>
      figuresRow(reader, stats, isDay ? `${label}:00` : shortDay(label), slice),
    );
  const sums = [t('stats-in'), ...(stats.bills ? [t('stats-paid'), t('stats-fees')] : [])];
  return {
    title: `📊 ${t(RANGE_TITLES[stats.range])} · ${daysText(stats)}`,
    columns: [
      { title: t(isDay ? 'stats-hour' : 'stats-date'), align: 'left' },
      ...[...sums, t('stats-rate')].map((title) => ({ title, align: 'right' as const })),
    ],
    rows: [figuresRow(reader, stats, t('stats-total'), all), ...rows.toReversed()],
  };
}

function figuresRow(reader: Reader, { bills }: Stats, label: string, slice: Slice): string[] {
  const paid = bills ? [formatSum(sumOf(slice.services)), formatSum(slice.feesTiyin)] : [];
  const rate = rateText(reader, ordersTogether(slice));
  return [label, formatSum(sumOf(Object.values(slice.in))), ...paid, rate];
}

function columnsOf(reader: Reader, { buckets, range }: Stats, all: Slice): ColumnsPanel {
  const { t } = reader;
  const ids = inOrder(all.in);
  const totals = buckets.map(({ slice }) => sumOf(Object.values(slice.in)));
  return {
    title: t(range === 'day' ? 'stats-in-by-hour' : 'stats-in-by-day'),
    labels: buckets.map(({ label }) => (range === 'day' ? label : shortDay(label))),
    series: ids.map((id) => ({
      name: `${titleOf(id)}: ${shortMoney(reader, all.in[id]?.tiyin ?? 0)}`,
      color: COLORS[id] ?? OTHER,
      values: buckets.map(({ slice }) => slice.in[id]?.tiyin ?? 0),
    })),
    ticks: scaleOf(Math.max(...totals)).map((value) => ({
      value,
      label: shortMoney(reader, value),
    })),
    empty: totals.some((total) => total !== 0) ? null : t('stats-no-money'),
  };
}

function servicesOf(reader: Reader, { services }: Slice): BarsPanel {
  const { t } = reader;
  const shown = services.length > MAX_SERVICES ? services.slice(0, MAX_SERVICES - 1) : services;
  const rest = services.slice(shown.length);
  // Figures are kept by Paylov's name alone; an owner's own name, which goes by the service's id, is not known here.
  const named = shown.map(({ name, tiyin }) => ({
    name: t.names.service({ id: '', name }).name,
    tiyin,
  }));
  const others = { name: t('stats-others'), tiyin: sumOf(rest) };
  const rows = rest.length > 0 ? [...named, others] : named;
  return {
    title: t('stats-by-service'),
    rows: rows.map(({ name, tiyin }) => ({
      name: clip(name, MAX_NAME),
      value: tiyin,
      label: shortMoney(reader, tiyin),
      color: SERVICE,
    })),
    max: Math.max(1, ...rows.map(({ tiyin }) => tiyin)),
    empty: rows.length === 0 ? t('stats-no-bills') : null,
  };
}

function ratesOf(reader: Reader, { bills }: Stats, all: Slice): BarsPanel {
  const { t } = reader;
  const rows = inOrder(all.orders).flatMap((id) => {
    const ended = all.orders[id];
    return ended ? [{ name: titleOf(id), ended }] : [];
  });
  const ofBills = billsTogether(all);
  if (bills && ofBills.ended > 0) rows.push({ name: t('stats-bills'), ended: ofBills });
  return {
    title: t('stats-rates'),
    rows: rows.map(({ name, ended }) => ({
      name,
      value: percent(ended),
      label: rateText(reader, ended),
      color: percent(ended) < POOR_PERCENT ? POOR : GOOD,
    })),
    max: 100,
    empty: rows.length === 0 ? t('stats-no-orders') : null,
  };
}

/** Four to six steps of a round size, from zero to a little more than the most. */
function scaleOf(most: Tiyin): Tiyin[] {
  const rough = Math.max(most, 400) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((each) => each * power >= rough) ?? 10) * power;
  const steps = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}

const UNITS = {
  one: 'stats-unit-one',
  thousand: 'stats-unit-thousand',
  million: 'stats-unit-million',
  billion: 'stats-unit-billion',
} as const;

/** The person who looks at it. */
interface Reader {
  t: Translate;
  language: Language;
}

function shortMoney(reader: Reader, amount: Tiyin): string {
  const { value, unit } = shortSum(amount);
  return reader.t(UNITS[unit], { digits: numberText(reader, value) });
}

function isEmpty(all: Slice): boolean {
  return [all.in, all.orders, all.services].every((each) => Object.keys(each).length === 0);
}

function sumOf(parts: readonly { tiyin: Tiyin }[]): Tiyin {
  return parts.reduce((sum, { tiyin }) => sum + tiyin, 0);
}

function ordersTogether({ orders }: Slice): Ended {
  return Object.values(orders).reduce<Ended>(
    (sum, { ended, paid }) => ({ ended: sum.ended + ended, paid: sum.paid + paid }),
    { ended: 0, paid: 0 },
  );
}

function percent({ ended, paid }: Ended): number {
  return ended === 0 ? 0 : Math.round((paid / ended) * 100);
}

/** Bills that were given back were paid for no service: they count on neither side, as in the sums. */
function billsTogether({ bills, services }: Slice): Ended {
  const failed = bills.ended - bills.paid;
  const paid = services.reduce((sum, { count }) => sum + count, 0);
  return { ended: paid + failed, paid };
}

function percentText({ t }: Reader, ended: Ended): string {
  return ended.ended === 0 ? '—' : t('stats-percent', { percent: String(percent(ended)) });
}

function rateText(reader: Reader, ended: Ended): string {
  if (ended.ended === 0) return '—';
  const counts = { paid: numberText(reader, ended.paid), ended: numberText(reader, ended.ended) };
  return reader.t('stats-of', { ...counts, percent: String(percent(ended)) });
}

/** Providers in the order of every list, then those that are no more. */
function inOrder(of: Readonly<Record<string, unknown>>): string[] {
  const gone = Object.keys(of).filter((id) => !(id in COLORS));
  return [...PROVIDER_IDS.filter((id) => id in of), ...gone];
}

/** A number as the reader's language writes it. */
function numberText({ language }: Reader, count: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(count);
}

function titleOf(provider: string): string {
  const known = PROVIDER_IDS.find((id) => id === provider);
  return known ? PROVIDER_TITLES[known] : provider;
}

function daysText({ buckets, range, at }: Stats): string {
  if (range === 'day') return fullDay(dayOf(at));
  return `${shortDay(buckets[0]?.label ?? '')} – ${fullDay(buckets.at(-1)?.label ?? '')}`;
}

const shortDay = (day: string): string => day.slice(5).split('-').toReversed().join('.');
const fullDay = (day: string): string => day.split('-').toReversed().join('.');
