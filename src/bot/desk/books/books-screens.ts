/** What the staff sees of the books: the audit, the chain of seals, comparisons with payment systems. */
import type { BooksReport } from '../../../books/audit.ts';
import type { PaylovDay, PaylovFinding } from '../../../books/paylov-figures.ts';
import type { ShopComparison } from '../../../books/shop-figures.ts';
import { type HeadCheck, type Seal, shownHash } from '../../../ledger/seals.ts';
import type { Tiyin } from '../../../core/money.ts';
import { z } from 'zod';
import { PROVIDER_IDS } from '../../kit/callbacks.ts';
import { deskButton, deskTap } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import type { Translate } from '../../locales/texts.ts';
import { clip, escapeHtml, money } from '../../kit/format.ts';
import { PROVIDER_TITLES } from '../../kit/way-title.ts';
import { type Screen, screen } from '../../kit/screen.ts';

/** A shop's money that nobody here knows of. */
export const FOUND = deskTap('rec', 'found', {
  provider: z.enum(PROVIDER_IDS),
  day: z.iso.date(),
});

/** How many findings are shown, so that a bad day stays under Telegram's 4096 characters. */
const MAX_FINDINGS = 12;
const MAX_LENGTH = 200;

export function auditScreen(t: Translate, report: BooksReport): Screen {
  const { clean, findings, seals } = report;
  const more = findings.length - MAX_FINDINGS;
  return screen(
    [
      t(clean ? 'books-clean' : 'books-broken'),
      ...findings.slice(0, MAX_FINDINGS).map(quote),
      more > 0 ? t('books-more', { count: String(more) }) : null,
      '',
      t('books-figures', {
        entries: String(report.entries),
        accounts: String(report.accounts),
        users: money(t, report.usersTiyin),
      }),
      headLine(t, seals.head),
      seals.waiting === 0 ? null : t('books-waiting', { count: String(seals.waiting) }),
    ],
    [[deskHomeButton(t)]],
  );
}

/** Says where the chain ends, as the command that compares it later. */
export function headLine(t: Translate, head: Seal | null): string {
  if (!head) return t('books-no-seals');
  return t('books-head', { id: String(head.entryId), hash: shownHash(head) });
}

export function headScreen(
  t: Translate,
  { noted, outcome }: { noted: Seal; outcome: HeadCheck },
): Screen {
  const id = String(noted.entryId);
  if (outcome.kind === 'same') return screen([t('books-head-same', { id })]);
  if (outcome.kind === 'unknown') return screen([t('books-head-unknown', { id })]);
  return screen([t('books-head-other', { id, hash: outcome.hash })]);
}

interface DayView {
  /** `YYYY-MM-DD` in Tashkent. */
  day: string;
  previous: string;
  /** Null: the day after is not over. */
  next: string | null;
  shops: readonly ShopComparison[];
  /** What we took in, by provider. */
  ours: Readonly<Record<string, { tiyin: Tiyin; count: number }>>;
  /** What was noted that day as taken back, by provider. */
  takenBack: ReadonlyMap<string, { tiyin: Tiyin; count: number }>;
  /** Null: not compared; undefined: no bills are paid. */
  paylov: PaylovDay | null | undefined;
  isOwner: boolean;
}

export function dayScreen(t: Translate, view: DayView): Screen {
  const { day, previous, next, shops, isOwner } = view;
  const found = shops.flatMap((shop) =>
    isOwner && shop.kind === 'compared' && shop.differenceTiyin > 0 && !shop.crossed
      ? [
          [
            FOUND.button(t('rec-button-found', { sum: money(t, shop.differenceTiyin) }), {
              provider: shop.provider,
              day,
            }),
          ],
        ]
      : [],
  );
  return screen(
    [
      t('rec-title', { day: shownDay(day) }),
      ...shops.flatMap((shop) => shopLines(t, view, shop)),
      ...(view.paylov === undefined ? [] : ['', ...paylovLines(t, view.paylov)]),
    ],
    [
      ...found,
      [
        deskButton(`◀️ ${shownDay(previous)}`, { area: 'rec', action: 'day', arg: previous }),
        next === null
          ? null
          : deskButton(`${shownDay(next)} ▶️`, { area: 'rec', action: 'day', arg: next }),
      ],
      [deskHomeButton(t)],
    ],
  );
}

/** `dd.MM.yyyy`. */
export function shownDay(day: string): string {
  return day.split('-').toReversed().join('.');
}

function shopLines(t: Translate, view: DayView, shop: ShopComparison): (string | null)[] {
  return [...comparedLines(t, view, shop), takenBackLine(t, view, shop)];
}

function takenBackLine(
  t: Translate,
  { takenBack }: DayView,
  { provider }: ShopComparison,
): string | null {
  const back = takenBack.get(provider);
  if (!back) return null;
  const figures = { count: String(back.count), sum: money(t, back.tiyin) };
  return t('taken-back-day', { provider: PROVIDER_TITLES[provider], ...figures });
}

function comparedLines(t: Translate, { ours }: DayView, shop: ShopComparison): (string | null)[] {
  const provider = PROVIDER_TITLES[shop.provider];
  const { tiyin, count } = ours[shop.provider] ?? { tiyin: 0, count: 0 };
  const own = { provider, ours: money(t, tiyin), count: String(count) };
  if (shop.kind === 'nothing_to_compare') return ['', t('rec-nothing', own)];
  if (shop.kind === 'no_figures') return ['', t('rec-no-figures', own)];
  const { differenceTiyin: difference, theirsTiyin, oursTiyin, by, itemId } = shop;
  const figures = { provider, theirs: money(t, theirsTiyin), ours: money(t, oursTiyin) };
  const apart = { ...figures, difference: money(t, Math.abs(difference)) };
  const less = by === 'balance' ? 'rec-less-balance' : 'rec-more-here';
  const verdict =
    difference === 0
      ? t('rec-equal', figures)
      : shop.crossed
        ? t('rec-crossed', apart)
        : t(difference > 0 ? 'rec-more-there' : less, apart);
  return ['', verdict, itemId === null ? null : t('rec-found', { id: itemId })];
}

function paylovLines(t: Translate, paylov: PaylovDay | null): (string | null)[] {
  if (!paylov) return [t('rec-paylov-none')];
  const { findings, there, here, complete } = paylov;
  const counts = { there: String(there), here: String(here) };
  const more = findings.length - MAX_FINDINGS;
  return [
    t(findings.length === 0 ? 'rec-paylov-equal' : 'rec-paylov-differs', counts),
    complete ? null : t('rec-paylov-incomplete'),
    ...findings.slice(0, MAX_FINDINGS).map((finding) => paylovFinding(t, finding)),
    more > 0 ? t('books-more', { count: String(more) }) : null,
  ];
}

function paylovFinding(t: Translate, finding: PaylovFinding): string {
  const transaction = `<code>${escapeHtml(clip(finding.transactionId ?? '—', 64))}</code>`;
  const bill = escapeHtml(clip(finding.billId ?? '—', 32));
  if (finding.kind === 'unreadable_there') return t('rec-paylov-unreadable', { transaction, bill });
  if (finding.kind === 'other_amount') {
    return t('rec-paylov-other-sum', {
      transaction,
      bill,
      here: money(t, finding.hereTiyin ?? 0),
      there: money(t, finding.thereTiyin ?? 0),
    });
  }
  const key =
    finding.kind === 'captured_here_only' ? 'rec-paylov-here-only' : 'rec-paylov-there-only';
  return t(key, { transaction, bill, sum: money(t, finding.amountTiyin ?? 0) });
}

function quote(text: string): string {
  return `<code>${escapeHtml(clip(text, MAX_LENGTH))}</code>`;
}
