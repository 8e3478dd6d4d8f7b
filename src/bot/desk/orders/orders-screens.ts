/** An order as the staff sees it, with what each role may do. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { SuspenseItem } from '../../../topups/suspense.ts';
import type { TakenBack } from '../../../topups/taken-back.ts';
import { isSettled, PAYABLE_STATES, type Topup } from '../../../topups/topup.ts';
import type { UserRow } from '../../../users/users.ts';
import { ORDER_CODE_CANCELS } from '../../../core/payment-systems.ts';
import { deskButton, deskTap } from '../kit/feature.ts';
import { NO_FILTER } from '../kit/filter.ts';
import { deskHomeButton } from '../kit/home.ts';
import type { Role } from '../../../staff/staff.ts';
import type { Translate } from '../../locales/texts.ts';
import {
  listButton,
  ORDERS_AREA,
  SUSPENSE_AREA,
  personButton,
  orderAction,
} from '../kit/payments-screens.ts';
import {
  clip,
  dateTime,
  escapeHtml,
  money,
  personName,
  shortDateTime,
  stateIcon,
} from '../../kit/format.ts';
import { PROVIDER_TITLES } from '../../kit/way-title.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { takenBackFacts, takenBackRow } from './taken-back-screens.ts';
import { reasonWords, type StaffNames, type Step, stepLine } from '../kit/step-words.ts';
import { type Twin, twinLines } from '../kit/twins-screens.ts';
import { type Hand, handLines } from '../kit/by-hand-screens.ts';
import { anId, short } from '../../kit/tap-fields.ts';

export const SAME_FIELDS = { id: anId, hand: anId, restTiyin: short, taken: short };
export const SAME_SURE = deskTap(ORDERS_AREA, 'same_sure', SAME_FIELDS);

export function orderRow(t: Translate, topup: Topup): InlineKeyboardButton {
  const label = [
    `${stateIcon(topup.state)} ${money(t, topup.paidTiyin ?? topup.amountTiyin)}`,
    PROVIDER_TITLES[topup.provider],
    shortDateTime(topup.createdAt),
    topup.id,
  ].join(' · ');
  return orderAction(label, 'show', topup.id);
}

interface OrderView {
  topup: Topup;
  /** Null for somebody who was never stored. */
  user: UserRow | null;
  /** The last steps, oldest first. */
  steps: readonly Step[];
  /** The names of the staff who took part in those steps. */
  names: StaffNames;
  /** There are earlier steps than those. */
  hasEarlier: boolean;
  /** Money in suspense that came with it. */
  items: readonly SuspenseItem[];
  /** Orders that the same transfer may have paid. */
  twins: readonly Twin[];
  /** What was credited by hand and may be its money. */
  hands: readonly Hand[];
  /** What its provider took back, or null. */
  back: TakenBack | null;
}

export function deskOrderScreen(
  t: Translate,
  view: OrderView,
  may: (role: Role) => boolean,
): Screen {
  const { topup, steps, names, items, twins, hands } = view;
  return screen(
    [
      ...facts(t, view),
      ...twinLines(t, view),
      ...(hands.length > 0 ? ['', ...handLines(t, hands)] : []),
      '',
      t('owner-order-history'),
      view.hasEarlier ? '…' : null,
      ...steps.map((step) => stepLine(t, { subject: 'order', names }, step)),
    ],
    [
      ...actions(t, { topup, hands }, may),
      may('owner') && view.back !== null && topup.takenBackEnd === null
        ? takenBackRow(t, { id: topup.id, credited: topup.state === 'paid' })
        : [],
      ...items.map((item) => [itemButton(t, item)]),
      ...twins.map((each) => [orderRow(t, each.topup)]),
      [
        orderAction(t('payments-button-history'), 'history', `${topup.id}.0`),
        orderAction(t('payments-button-raw'), 'raw', `${topup.id}.0`),
      ],
      [
        personButton(t, topup.userId),
        listButton(t('payments-menu-orders'), ORDERS_AREA, NO_FILTER),
      ],
      [deskHomeButton(t)],
    ],
  );
}

function itemButton(t: Translate, item: SuspenseItem): InlineKeyboardButton {
  const text = t('payments-button-item', { sum: money(t, item.amountTiyin), id: item.id });
  return deskButton(text, { area: SUSPENSE_AREA, action: 'show', arg: item.id });
}

function facts(t: Translate, { topup, user, back }: OrderView): (string | null)[] {
  return [
    ...orderHead(t, topup),
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
    topup.paidAt === null ? null : t('payments-paid-at', { date: dateTime(topup.paidAt) }),
    ...takenBackFacts(t, topup, back),
    topup.providerOrder === null || isSecret(topup)
      ? null
      : t('owner-order-provider-order', { id: escapeHtml(clip(topup.providerOrder, 64)) }),
    topup.cardKey === null
      ? null
      : t('payments-card', { card: `**** ${escapeHtml(clip(topup.cardKey, 10))}` }),
    topup.reason === null
      ? null
      : t('owner-order-reason', { reason: reasonWords(t, 'order', topup.reason) }),
    topup.lastProblem === null
      ? null
      : t('owner-order-problem', { problem: reasonWords(t, 'order', topup.lastProblem) }),
    t('owner-order-checks', {
      count: String(topup.checks),
      last: topup.checkedAt === null ? '—' : dateTime(topup.checkedAt),
    }),
  ];
}

/** True where our code is all that is needed to call the order off: then nobody may read it. */
function isSecret({ provider, providerOrder, orderCode }: Topup): boolean {
  return providerOrder === orderCode && ORDER_CODE_CANCELS.has(provider);
}

function orderHead(t: Translate, topup: Topup): string[] {
  return [
    t('order-title', {
      icon: stateIcon(topup.state),
      id: topup.id,
      provider: PROVIDER_TITLES[topup.provider],
    }),
    t('order-state', { state: t(`state-${topup.state}`) }),
  ];
}

function actions(
  t: Translate,
  { topup, hands }: Pick<OrderView, 'topup' | 'hands'>,
  may: (role: Role) => boolean,
): (InlineKeyboardButton | null)[][] {
  const { id, state } = topup;
  const payable = PAYABLE_STATES.some((each) => each === state);
  const checkable = (payable || isSettled(state)) && topup.providerOrder !== null;
  return [
    [
      checkable && may('operator') ? orderAction(t('button-owner-check'), 'check', id) : null,
      payable && may('owner') ? orderAction(t('button-owner-ask_approve'), 'approve', id) : null,
    ],
    ...(state === 'review' && may('operator')
      ? reviewRows(t, id, { same: hands.length > 0 && may('owner') })
      : []),
    [
      state === 'waiting' && may('operator')
        ? orderAction(t('payments-button-close'), 'close', id)
        : null,
    ],
  ];
}

/** For the screen of an order in review and for the message about it. */
export function reviewRows(
  t: Translate,
  topupId: string,
  { same }: { same: boolean },
): InlineKeyboardButton[][] {
  const others = { area: SUSPENSE_AREA, action: 'show', arg: topupId };
  return [
    ...(same ? [[orderAction(t('payments-button-same'), 'same', topupId)]] : []),
    [
      orderAction(t('button-owner-ask_credit'), 'credit', topupId),
      orderAction(t('button-owner-ask_refuse'), 'refuse', topupId),
    ],
    [deskButton(t('payments-button-others'), others)],
  ];
}

/** Asks before something that is done by one tap. */
export function orderQuestion(
  t: Translate,
  {
    topup,
    question,
    yes,
  }: {
    topup: Topup;
    question: string;
    yes: { text: string; action: string } | InlineKeyboardButton;
  },
): Screen {
  return screen(
    [...orderHead(t, topup), '', question],
    [
      [
        'action' in yes ? orderAction(yes.text, yes.action, topup.id) : yes,
        orderAction(t('button-back'), 'show', topup.id),
      ],
    ],
  );
}
