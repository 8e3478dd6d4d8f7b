/** What owners see: people, changes of a balance, orders. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { UserBalance } from '../../ledger/ledger.ts';
import type { Tiyin } from '../../money.ts';
import { PAYABLE_STATES, type Topup, type TopupHistoryRow } from '../../topups/topup.ts';
import type { TopupDetails } from '../../topups/topups.ts';
import type { UserRow } from '../../users/users.ts';
import type { OwnerOrderAction } from '../callbacks.ts';
import type { Translate } from '../locales/texts.ts';
import {
  clip,
  dateTime,
  escapeHtml,
  money,
  personName,
  PROVIDER_TITLES,
  shortDateTime,
  stateIcon,
} from './format.ts';
import { button, type Screen, screen } from './screen.ts';

/** Keeps a long order under Telegram's 4096 characters. */
const MAX_HISTORY = 12;
const MAX_EVENTS = 3;
const MAX_EVENT_LENGTH = 200;

export interface UserCard {
  user: UserRow;
  balance: UserBalance;
  /** The last ones, newest first. */
  topups: readonly Topup[];
}

export function userScreen(t: Translate, { user, balance, topups }: UserCard): Screen {
  const { id: userId, blockedAt } = user;
  const blocking = blockedAt === null ? 'block' : 'unblock';
  return screen(
    [
      t('owner-user-title', { name: personName(user), id: String(userId) }),
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
      '',
      t(topups.length === 0 ? 'owner-user-no-orders' : 'owner-user-orders'),
    ],
    [
      ...topups.map((topup) => [orderButton(t, topup)]),
      [button(t(`button-${blocking}`), { kind: 'owner_user', action: blocking, userId })],
    ],
  );
}

function orderButton(t: Translate, topup: Topup): InlineKeyboardButton {
  const label = [
    `${stateIcon(topup.state)} ${money(t, topup.paidTiyin ?? topup.amountTiyin)}`,
    shortDateTime(topup.createdAt),
    topup.id,
  ].join(' · ');
  return button(label, { kind: 'owner_order', action: 'show', topupId: topup.id });
}

export interface MoneyAction {
  id: string;
  kind: 'credit' | 'debit';
  amountTiyin: Tiyin;
  reason: string;
}

export function moneyQuestion(
  t: Translate,
  { action, user, beforeTiyin }: { action: MoneyAction; user: UserRow; beforeTiyin: Tiyin },
): Screen {
  return screen(
    [...moneyLines(t, { action, user, beforeTiyin }), '', t('owner-money-sure')],
    [
      [
        button(t('button-confirm'), {
          kind: 'owner_money',
          action: 'confirm',
          actionId: action.id,
        }),
        button(t('button-drop'), { kind: 'owner_money', action: 'drop', actionId: action.id }),
      ],
    ],
  );
}

/** The same figures, with what became of it instead of the buttons. */
export function moneyResult(
  t: Translate,
  {
    outcome,
    ...figures
  }: {
    outcome: 'done' | 'dropped';
    action: MoneyAction;
    user: UserRow;
    beforeTiyin: Tiyin;
  },
): Screen {
  const { id: userId } = figures.user;
  return screen(
    [...moneyLines(t, figures), '', t(`owner-money-${outcome}`)],
    [[button(t('button-to-user'), { kind: 'owner_user', action: 'show', userId })]],
  );
}

function moneyLines(
  t: Translate,
  { action, user, beforeTiyin }: { action: MoneyAction; user: UserRow; beforeTiyin: Tiyin },
): string[] {
  const afterTiyin =
    action.kind === 'credit' ? beforeTiyin + action.amountTiyin : beforeTiyin - action.amountTiyin;
  return [
    t(`owner-money-${action.kind}`, { sum: money(t, action.amountTiyin) }),
    t('owner-money-user', { name: personName(user), id: String(user.id) }),
    t('owner-money-reason', { reason: escapeHtml(clip(action.reason, 300)) }),
    t('owner-money-figures', { before: money(t, beforeTiyin), after: money(t, afterTiyin) }),
  ];
}

export function debitRefused(
  t: Translate,
  figures: { availableTiyin: Tiyin; amountTiyin: Tiyin },
): Screen {
  return screen([
    t('owner-money-too-much', {
      available: money(t, figures.availableTiyin),
      sum: money(t, figures.amountTiyin),
    }),
  ]);
}

export function ordersScreen(t: Translate, topups: readonly Topup[]): Screen {
  if (topups.length === 0) return screen([t('owner-orders-none')]);
  return screen(
    [t('owner-orders-title', { count: String(topups.length) })],
    topups.map((topup) => [orderButton(t, topup)]),
  );
}

/** `user` is null for somebody who was never stored. */
export function ownerOrderScreen(
  t: Translate,
  { details, user, notice }: { details: TopupDetails; user: UserRow | null; notice?: string },
): Screen {
  const { topup } = details;
  return screen(
    [
      ...(notice === undefined ? [] : [notice, '']),
      ...orderFacts(t, topup, user),
      '',
      t('owner-order-history'),
      ...details.history.slice(-MAX_HISTORY).map((row) => historyLine(t, row)),
      ...eventLines(t, details),
    ],
    orderActions(t, topup),
  );
}

function orderFacts(t: Translate, topup: Topup, user: UserRow | null): (string | null)[] {
  return [
    t('order-title', {
      icon: stateIcon(topup.state),
      id: topup.id,
      provider: PROVIDER_TITLES[topup.provider],
    }),
    t('order-state', { state: t(`state-${topup.state}`) }),
    t('owner-money-user', { name: user ? personName(user) : '—', id: String(topup.userId) }),
    t('owner-order-sums', {
      base: money(t, topup.baseTiyin),
      amount: money(t, topup.amountTiyin),
      paid: topup.paidTiyin === null ? '—' : money(t, topup.paidTiyin),
    }),
    t('owner-order-dates', {
      created: dateTime(topup.createdAt),
      expires: dateTime(topup.expiresAt),
    }),
    topup.providerOrder === null
      ? null
      : t('owner-order-provider-order', { id: escapeHtml(clip(topup.providerOrder, 64)) }),
    topup.reason === null ? null : t('owner-order-reason', { reason: escapeHtml(topup.reason) }),
    topup.lastProblem === null
      ? null
      : t('owner-order-problem', { problem: escapeHtml(topup.lastProblem) }),
    t('owner-order-checks', {
      count: String(topup.checks),
      last: topup.checkedAt === null ? '—' : dateTime(topup.checkedAt),
    }),
  ];
}

function historyLine(t: Translate, row: TopupHistoryRow): string {
  const note = row.note === null ? '' : ` — ${escapeHtml(clip(row.note, 100))}`;
  const line = t('owner-order-history-line', {
    date: dateTime(row.at),
    to: escapeHtml(row.toState),
    cause: escapeHtml(row.cause),
  });
  return line + note;
}

function eventLines(t: Translate, { events }: TopupDetails): string[] {
  if (events.length === 0) return [];
  const shown = events.slice(0, MAX_EVENTS).map(({ receivedAt, body }) => {
    return `${dateTime(receivedAt)} <code>${escapeHtml(clip(body, MAX_EVENT_LENGTH))}</code>`;
  });
  return ['', t('owner-order-events'), ...shown];
}

function orderActions(t: Translate, topup: Topup): InlineKeyboardButton[][] {
  const userId = topup.userId;
  const toUser = button(t('button-to-user'), { kind: 'owner_user', action: 'show', userId });
  const ways = [toUser, button(t('owner-command-orders'), { kind: 'owner_orders' })];
  if (topup.state === 'review') return [reviewButtons(t, topup.id), ways];
  const isPayable = PAYABLE_STATES.some((state) => state === topup.state);
  return isPayable
    ? [[orderAction(t, topup.id, 'check'), orderAction(t, topup.id, 'ask_approve')], ways]
    : [ways];
}

/** For the screen of an order in review and for the message about it. */
export function reviewButtons(t: Translate, topupId: string): InlineKeyboardButton[] {
  return [orderAction(t, topupId, 'ask_credit'), orderAction(t, topupId, 'ask_refuse')];
}

function orderAction(
  t: Translate,
  topupId: string,
  action: OwnerOrderAction,
): InlineKeyboardButton {
  return button(t(`button-owner-${action}`), { kind: 'owner_order', action, topupId });
}

export function ownerOrderQuestion(
  t: Translate,
  { topup, decision }: { topup: Topup; decision: 'approve' | 'credit' | 'refuse' },
): Screen {
  return screen(
    [
      t('order-title', {
        icon: stateIcon(topup.state),
        id: topup.id,
        provider: PROVIDER_TITLES[topup.provider],
      }),
      '',
      t(`owner-ask-${decision}`, {
        sum: money(t, topup.amountTiyin),
        paid: money(t, topup.paidTiyin ?? topup.amountTiyin),
      }),
    ],
    [
      [
        orderAction(t, topup.id, decision),
        button(t('button-back'), { kind: 'owner_order', action: 'show', topupId: topup.id }),
      ],
    ],
  );
}
