/** Money that is nobody's yet, as the staff sees it. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Tiyin } from '../../../core/money.ts';
import { canUndo, type SuspenseItem, type SuspenseKind } from '../../../topups/suspense.ts';
import type { OpenMoney } from '../../../topups/suspense-list.ts';
import { isSettled, type Topup } from '../../../topups/topup.ts';
import { alikeLines, foundLines } from '../kit/by-hand-screens.ts';
import type { UserRow } from '../../../users/users.ts';
import { PROVIDER_IDS } from '../../kit/callbacks.ts';
import { z } from 'zod';
import { anId, short, whole } from '../../kit/tap-fields.ts';
import { deskButton, deskTap } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import type { Role } from '../../../staff/staff.ts';
import type { Translate } from '../../locales/texts.ts';
import { orderAction, SUSPENSE_AREA, takenBackWarning } from '../kit/payments-screens.ts';
import {
  clip,
  dateTime,
  escapeHtml,
  money,
  personName,
  plainName,
  shortDateTime,
  stateIcon,
} from '../../kit/format.ts';
import { PROVIDER_TITLES } from '../../kit/way-title.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { isTwin } from '../../../topups/twins.ts';

const KIND_TEXTS = {
  twice: 'payments-suspense-twice',
  late: 'payments-suspense-late',
  other_sum: 'payments-suspense-other-sum',
  unclaimed: 'payments-suspense-unclaimed',
  mistaken: 'payments-suspense-mistaken',
} as const satisfies Record<SuspenseKind, string>;

const ITS_OWNER = { id: anId, userId: short };

export const CREDIT = deskTap(SUSPENSE_AREA, 'credit', ITS_OWNER);
export const CREDIT_SURE = deskTap(SUSPENSE_AREA, 'credit_sure', ITS_OWNER);
export const PAGE_OF = deskTap(SUSPENSE_AREA, 'page', { offset: whole });
/** Chooses the payment system at which money was found. */
export const FOUND_AT = deskTap(SUSPENSE_AREA, 'found_at', { provider: z.enum(PROVIDER_IDS) });

export function suspenseAction(text: string, action: string, arg = ''): InlineKeyboardButton {
  return deskButton(text, { area: SUSPENSE_AREA, action, arg });
}

export function providerTitle(provider: string): string {
  const known = PROVIDER_IDS.find((each) => each === provider);
  return known ? PROVIDER_TITLES[known] : provider;
}

interface SuspensePage {
  money: readonly OpenMoney[];
  count: number;
  totalTiyin: number;
  offset: number;
  pageSize: number;
}

export function suspenseList(
  t: Translate,
  page: SuspensePage,
  may: (role: Role) => boolean,
): Screen {
  const { count, offset, pageSize } = page;
  return screen(
    [
      count === 0
        ? t('payments-suspense-none')
        : t('payments-suspense-title', {
            count: String(count),
            sum: money(t, page.totalTiyin),
          }),
    ],
    [
      ...page.money.map((each) => [moneyRow(t, each)]),
      [
        offset > 0
          ? PAGE_OF.button(t('button-newer'), { offset: Math.max(0, offset - pageSize) })
          : null,
        offset + pageSize < count
          ? PAGE_OF.button(t('button-older'), { offset: offset + pageSize })
          : null,
      ],
      [may('owner') ? suspenseAction(t('payments-button-found'), 'found') : null],
      [deskHomeButton(t)],
    ],
  );
}

export function moneyRow(t: Translate, each: OpenMoney): InlineKeyboardButton {
  const label = [
    `${each.source.kind === 'review' ? '🔎' : '📥'} ${money(t, each.amountTiyin)}`,
    providerTitle(each.provider),
    shortDateTime(each.at),
    each.id,
  ].join(' · ');
  return suspenseAction(clip(label, 60), 'show', each.id);
}

interface MoneyView {
  money: OpenMoney;
  /** Orders that the money may belong to, the most likely first. */
  suggestions: readonly { topup: Topup; user: UserRow | null }[];
  /** What else was written down by hand of this sum there, near that time. */
  alike: readonly SuspenseItem[];
  /** The person it was credited to; null: it was not. */
  creditedTo: UserRow | null;
  /** What its provider took back of the order it came with; null is nothing. */
  takenBackTiyin: Tiyin | null;
  /** What was written when it was decided; null while it is open. */
  reason: string | null;
}

export function moneyScreen(t: Translate, view: MoneyView, may: (role: Role) => boolean): Screen {
  const { money: each, suggestions } = view;
  const { source } = each;
  const open = source.kind === 'review' || source.item.state === 'open';
  return screen(
    [
      ...facts(t, view),
      view.takenBackTiyin === null ? null : takenBackWarning(t, view.takenBackTiyin),
      '',
      open && suggestions.length > 0 ? t('payments-suspense-maybe') : null,
      ...(open ? suggestions.map((maybe) => suggestionLine(t, maybe)) : []),
      open && suggestions.length === 0 ? t('payments-suspense-nobody') : null,
      ...(isFoundOpen(each) ? alikeLines(t, paidOf(suggestions)) : []),
      ...(isFoundOpen(each) ? foundLines(t, view.alike) : []),
    ],
    [
      ...(open ? waysOut(t, view, may) : []),
      ...orderLink(t, each),
      [suspenseAction(t('payments-menu-suspense'), 'list'), deskHomeButton(t)],
    ],
  );
}

/** Open, and nothing but somebody's word says that it came beside what was reported. */
function isFoundOpen({ source }: OpenMoney): boolean {
  return source.kind === 'item' && canUndo(source.item);
}

function paidOf(suggestions: MoneyView['suggestions']): Topup[] {
  return suggestions.map(({ topup }) => topup).filter(({ state }) => isSettled(state));
}

function facts(t: Translate, { money: each, creditedTo, reason }: MoneyView): (string | null)[] {
  const { source } = each;
  const item = source.kind === 'item' ? source.item : null;
  return [
    t('payments-suspense-head', { id: each.id, sum: money(t, each.amountTiyin) }),
    t(source.kind === 'item' ? KIND_TEXTS[source.item.kind] : reviewText(source.topup)),
    t('payments-suspense-where', {
      provider: providerTitle(each.provider),
      date: dateTime(each.at),
    }),
    source.kind === 'review'
      ? t('payments-suspense-expected', { sum: money(t, source.topup.amountTiyin) })
      : null,
    item?.note ? t('payments-suspense-note', { note: escapeHtml(clip(item.note, 300)) }) : null,
    item?.state === 'credited'
      ? t('payments-suspense-credited', {
          name: creditedTo ? personName(creditedTo) : '—',
          id: String(item.creditedTo ?? '—'),
          date: dateTime(item.endedAt ?? item.createdAt),
        })
      : null,
    item?.state === 'returned'
      ? t(item.kind === 'mistaken' ? 'payments-suspense-undone' : 'payments-suspense-returned', {
          date: dateTime(item.endedAt ?? item.createdAt),
        })
      : null,
    reason === null || item?.state !== 'returned'
      ? null
      : t('payments-suspense-reason', { reason: escapeHtml(clip(reason, 300)) }),
  ];
}

function reviewText(topup: Topup): string {
  return isTwin(topup) ? 'payments-suspense-same' : 'payments-suspense-review';
}

type Suggestion = MoneyView['suggestions'][number];

function suggestionLine(t: Translate, { topup, user }: Suggestion): string {
  const who = user ? personName(user) : '—';
  const sum = money(t, topup.amountTiyin);
  const date = shortDateTime(topup.createdAt);
  return `${stateIcon(topup.state)} ${who} · <code>${topup.userId}</code> · ${topup.id} · ${sum} · ${date}`;
}

function waysOut(
  t: Translate,
  { money: each, suggestions }: MoneyView,
  may: (role: Role) => boolean,
): (InlineKeyboardButton | null)[][] {
  const { source, id } = each;
  if (source.kind === 'review' && may('operator') && !may('owner')) return [ownRow(t, id)];
  if (!may('owner')) return [];
  const isOwn = ({ topup }: Suggestion): boolean => source.kind === 'review' && topup.id === id;
  return [
    ...(source.kind === 'review' ? [ownRow(t, id)] : []),
    ...suggestions
      .filter((suggestion) => !isOwn(suggestion))
      .map(({ topup, user }) => [
        CREDIT.button(t('payments-button-credit-to', { name: nameOf(user, topup.userId) }), {
          id,
          userId: topup.userId,
        }),
      ]),
    [
      suspenseAction(t('payments-button-credit-other'), 'other', id),
      source.kind === 'item' ? suspenseAction(t('payments-button-return'), 'return', id) : null,
    ],
    [
      source.kind === 'item' && canUndo(source.item)
        ? suspenseAction(t('payments-button-undo'), 'undo', id)
        : null,
    ],
  ];
}

/** Asks before money is credited whose payment was taken back. */
export function creditBackQuestion(
  t: Translate,
  { id, userId, takenBackTiyin }: { id: string; userId: number; takenBackTiyin: Tiyin },
): Screen {
  return screen(
    [takenBackWarning(t, takenBackTiyin), t('taken-back-ask-credit')],
    [
      [
        CREDIT_SURE.button(t('taken-back-button-credit'), { id, userId }),
        suspenseAction(t('button-back'), 'show', id),
      ],
    ],
  );
}

/** A person's name as the text of a button, which is no HTML. */
function nameOf(user: UserRow | null, userId: number): string {
  return clip((user && plainName(user)) || String(userId), 30);
}

function ownRow(t: Translate, topupId: string): InlineKeyboardButton[] {
  return [
    orderAction(t('button-owner-ask_credit'), 'credit', topupId),
    orderAction(t('button-owner-ask_refuse'), 'refuse', topupId),
  ];
}

function orderLink(t: Translate, { source }: OpenMoney): InlineKeyboardButton[][] {
  const topupId = source.kind === 'review' ? source.topup.id : source.item.topupId;
  if (topupId === null) return [];
  return [[orderAction(t('payments-button-order', { id: topupId }), 'show', topupId)]];
}

/** Asks at which provider it was found. */
export function foundWhere(t: Translate): Screen {
  return screen(
    [t('payments-found-where')],
    [
      ...PROVIDER_IDS.map((provider) => [FOUND_AT.button(PROVIDER_TITLES[provider], { provider })]),
      [suspenseAction(t('button-back'), 'list')],
    ],
  );
}
