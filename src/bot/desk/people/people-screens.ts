/** What the staff sees of people. */
import { z } from 'zod';
import type { InlineKeyboardButton } from 'grammy/types';
import type { UserBalance } from '../../../ledger/ledger.ts';
import type { Topup } from '../../../topups/topup.ts';
import { formatPhone } from '../../../core/phone.ts';
import type { UserRow } from '../../../users/users.ts';
import { positive, whole } from '../../kit/tap-fields.ts';
import { deskButton, deskTap } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import type { Role } from '../../../staff/staff.ts';
import type { Translate } from '../../locales/texts.ts';
import type { Bill } from '../../../bills/bill.ts';
import {
  clip,
  dateTime,
  escapeHtml,
  money,
  personName,
  shortDateTime,
  stateIcon,
} from '../../kit/format.ts';
import { billIcon } from '../../kit/bill-facts.ts';
import { menuButton, type Screen, screen } from '../../kit/screen.ts';
import {
  PEOPLE_AREA,
  PERSON,
  personButton,
  peopleButton,
  personLabel,
} from '../kit/payments-screens.ts';

/** A search as a button can carry it: words with `_` between them. */
export const QUERY = z.string().regex(/^[a-z0-9_]{1,36}$/);

export const HISTORY = deskTap(PEOPLE_AREA, 'history', { userId: positive, offset: whole });
export const FIND = deskTap(PEOPLE_AREA, 'find', { offset: whole, query: QUERY });

const ROLE_TEXTS = {
  viewer: 'people-role-viewer',
  operator: 'people-role-operator',
  owner: 'people-role-owner',
} as const satisfies Record<Role, string>;

interface UserCard {
  user: UserRow;
  balance: UserBalance;
  /** The role of the person on the card; null when they are not of the staff. */
  role: Role | null;
  /** The last ones, newest first. */
  topups: readonly Topup[];
  bills: readonly Bill[];
}

/** What the viewer of the card is allowed to do; buttons for anything else are left out. */
interface CardRights {
  money: boolean;
  /** May block the person and write to them. */
  handle: boolean;
}

export function userScreen(t: Translate, card: UserCard, rights: CardRights): Screen {
  const { topups, bills } = card;
  return screen(
    [
      ...personLines(t, card),
      '',
      topups.length + bills.length === 0 ? t('people-no-payments') : t('people-payments'),
    ],
    [
      ...topups.map((topup) => [orderButton(t, topup)]),
      ...bills.map((bill) => [billButton(t, bill)]),
      ...actionButtons(t, card.user, rights),
      [
        HISTORY.button(t('people-button-history'), { userId: card.user.id, offset: 0 }),
        deskHomeButton(t),
      ],
    ],
  );
}

function personLines(t: Translate, { user, balance, role }: UserCard): (string | null)[] {
  const { blockedAt, phone } = user;
  return [
    t('owner-user-title', { name: personName(user), id: String(user.id) }),
    role === null ? null : t(ROLE_TEXTS[role]),
    phone === null ? null : t('people-phone', { phone: formatPhone(phone) }),
    t('owner-user-balance', {
      available: money(t, balance.availableTiyin),
      held: money(t, balance.heldTiyin),
    }),
    t('owner-user-language', {
      language: escapeHtml(user.language ?? user.telegramLanguage ?? '—'),
    }),
    t('owner-user-dates', { created: dateTime(user.createdAt), seen: dateTime(user.seenAt) }),
    blockedAt === null ? null : t('owner-user-blocked', { at: dateTime(blockedAt) }),
    user.unreachableAt === null ? null : t('owner-user-unreachable'),
  ];
}

function actionButtons(
  t: Translate,
  { id, blockedAt }: UserRow,
  { money: mayMoney, handle }: CardRights,
): (InlineKeyboardButton | null)[][] {
  const arg = PERSON.arg({ userId: id });
  const block = peopleButton(t('button-block'), 'block', arg);
  const unblock = peopleButton(t('button-unblock'), 'unblock', arg);
  return [
    [
      mayMoney ? peopleButton(t('people-button-credit'), 'credit', arg) : null,
      mayMoney ? peopleButton(t('people-button-debit'), 'debit', arg) : null,
    ],
    [
      handle ? (blockedAt === null ? block : unblock) : null,
      handle ? peopleButton(t('people-button-message'), 'message', arg) : null,
    ],
  ];
}

function orderButton(t: Translate, topup: Topup): InlineKeyboardButton {
  const { id: topupId, paidTiyin, amountTiyin, createdAt } = topup;
  const label = `${stateIcon(topup.state)} ${money(t, paidTiyin ?? amountTiyin)} · ${shortDateTime(createdAt)} · ${topupId}`;
  return deskButton(label, { area: 'orders', action: 'show', arg: topupId });
}

function billButton(t: Translate, bill: Bill): InlineKeyboardButton {
  const { id: billId, amountTiyin, createdAt } = bill;
  const label = `🧾 ${billIcon(bill.state)} ${money(t, amountTiyin)} · ${shortDateTime(createdAt)} · ${billId}`;
  return deskButton(label, { area: 'bills', action: 'show', arg: billId });
}

export interface FoundPage {
  found: readonly UserRow[];
  offset: number;
  hasMore: boolean;
  pageSize: number;
  /** The search as a button carries it; null when it fits into none. */
  query: string | null;
}

export function foundScreen(t: Translate, page: FoundPage): Screen {
  const { found, offset, hasMore, pageSize, query } = page;
  const at = (text: string, to: number): InlineKeyboardButton | null =>
    query === null ? null : FIND.button(text, { offset: to, query });
  return screen(
    [t('people-found'), hasMore && query === null ? t('people-found-more') : null],
    [
      ...found.map((user) => [personRow(user)]),
      [
        offset > 0 ? at(t('people-button-before'), offset - pageSize) : null,
        hasMore ? at(t('people-button-after'), offset + pageSize) : null,
      ],
      [deskHomeButton(t)],
    ],
  );
}

function personRow(user: UserRow): InlineKeyboardButton {
  return peopleButton(personLabel(user), 'show', PERSON.arg({ userId: user.id }));
}

/** A question that a message answers; the card is the way out. */
export function askScreen(t: Translate, question: string, userId: number): Screen {
  return screen(
    [question, t('people-ask-hint')],
    [[peopleButton(t('button-drop'), 'show', PERSON.arg({ userId }))]],
  );
}

export function messagePreview(
  t: Translate,
  { user, text, draftId }: { user: UserRow; text: string; draftId: string },
): Screen {
  return screen(
    [
      t('people-message-preview', { name: personName(user), id: String(user.id) }),
      '',
      ...staffMessageLines(t, text),
    ],
    [
      [
        peopleButton(t('people-button-send'), 'send', draftId),
        peopleButton(t('button-drop'), 'show', PERSON.arg({ userId: user.id })),
      ],
    ],
  );
}

/** A message from the staff, as the user gets it. */
export function staffMessage(t: Translate, text: string): Screen {
  return screen(staffMessageLines(t, text), [[menuButton(t)]]);
}

function staffMessageLines(t: Translate, text: string): string[] {
  return [t('people-message-heading'), '', escapeHtml(text)];
}

/** One line of what the staff did about a person. */
export interface HistoryLine {
  at: number;
  staff: string;
  /** Already HTML. */
  what: string;
  note: string | null;
}

interface HistoryPage {
  user: UserRow;
  lines: readonly HistoryLine[];
  offset: number;
  pageSize: number;
  hasMore: boolean;
}

const MAX_NOTE = 200;

export function staffHistoryScreen(t: Translate, page: HistoryPage): Screen {
  const { user, lines, offset, pageSize, hasMore } = page;
  const at = (text: string, to: number): InlineKeyboardButton =>
    HISTORY.button(text, { userId: user.id, offset: to });
  return screen(
    [
      t('people-history-title', { name: personName(user), id: String(user.id) }),
      '',
      ...(lines.length === 0 ? [t('people-history-none')] : lines.map(historyText)),
    ],
    [
      [
        offset > 0 ? at(t('button-newer'), Math.max(0, offset - pageSize)) : null,
        hasMore ? at(t('button-older'), offset + pageSize) : null,
      ],
      [personButton(t, user.id), deskHomeButton(t)],
    ],
  );
}

function historyText({ at, staff, what, note }: HistoryLine): string {
  const why = note === null || note === '' ? '' : ` — ${escapeHtml(clip(note, MAX_NOTE))}`;
  return `${dateTime(at)} · ${staff} · ${what}${why}`;
}
