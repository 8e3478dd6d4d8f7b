/** What owners see of orders. */
import type { InlineKeyboardButton } from 'grammy/types';
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
import { personButton } from './people.ts';
import { button, type Screen, screen } from './screen.ts';

/** Keeps a long order under Telegram's 4096 characters. */
const MAX_HISTORY = 12;
const MAX_EVENTS = 3;
const MAX_EVENT_LENGTH = 200;

function orderButton(t: Translate, topup: Topup): InlineKeyboardButton {
  const label = [
    `${stateIcon(topup.state)} ${money(t, topup.paidTiyin ?? topup.amountTiyin)}`,
    shortDateTime(topup.createdAt),
    topup.id,
  ].join(' · ');
  return button(label, { kind: 'owner_order', action: 'show', topupId: topup.id });
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
  const toUser = personButton(t, topup.userId);
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
