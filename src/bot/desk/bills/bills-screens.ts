/** A bill as the staff sees it, with what each role may do. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Bill } from '../../../bills/bill.ts';
import type { UserRow } from '../../../users/users.ts';
import { evidenceLines } from './evidence-lines.ts';
import { deskButton } from '../kit/feature.ts';
import { NO_FILTER } from '../kit/filter.ts';
import { deskHomeButton } from '../kit/home.ts';
import type { Role } from '../../../staff/staff.ts';
import type { Translate } from '../../locales/texts.ts';
import { clip, dateTime, money, personName, shortDateTime } from '../../kit/format.ts';
import { billIcon, accountLinesOf, told, moneyLines, detailLines } from '../../kit/bill-facts.ts';
import { BILLS_AREA, listButton, personButton } from '../kit/payments-screens.ts';
import {
  reasonWords,
  type StaffNames,
  stateWords,
  type Step,
  stepLine,
} from '../kit/step-words.ts';
import { type Screen, screen } from '../../kit/screen.ts';

export function billAction(text: string, action: string, arg: string): InlineKeyboardButton {
  return deskButton(text, { area: BILLS_AREA, action, arg });
}

export function billRow(t: Translate, bill: Bill): InlineKeyboardButton {
  const label = [
    `${billIcon(bill.state)} ${money(t, bill.amountTiyin)}`,
    shortDateTime(bill.createdAt),
    bill.id,
    t.names.service({ id: bill.serviceId, name: bill.serviceName }).name,
  ].join(' · ');
  return billAction(clip(label, 60), 'show', bill.id);
}

interface BillDeskView {
  bill: Bill;
  /** Null for somebody who was never stored. */
  user: UserRow | null;
  /** The last steps, oldest first. */
  steps: readonly Step[];
  /** The names of the staff who took part in those steps. */
  names: StaffNames;
}

export function deskBillScreen(
  t: Translate,
  { bill, user, steps, names }: BillDeskView,
  may: (role: Role) => boolean,
): Screen {
  const { id, state, source } = bill;
  const unsure = state === 'unknown' || state === 'stuck';
  const takenBack = state === 'paid' && bill.takenBackAt !== null;
  const refundable = state === 'paid' && source === 'balance';
  const shown = bareBill(t, { bill, user }, [
    (unsure || state === 'paid') && may('operator')
      ? [billAction(t('button-owner-check'), 'check', id)]
      : [],
    ...(state === 'stuck' && may('owner') ? [decideRow(t, id)] : []),
    refundable && may('owner') ? [billAction(t('payments-button-refund'), 'refund', id)] : [],
    takenBack && may('owner') ? [leaveButton(t, id)] : [],
    [
      billAction(t('payments-button-history'), 'history', `${id}.0`),
      billAction(t('payments-button-raw'), 'raw', `${id}.0`),
    ],
    [personButton(t, bill.userId), listButton(t('payments-menu-bills'), BILLS_AREA, NO_FILTER)],
    [deskHomeButton(t)],
  ]);
  const lines = [
    '',
    takenBack
      ? t('taken-back-bill-fact', { date: dateTime(bill.takenBackAt ?? bill.createdAt) })
      : null,
    bill.transactionId === null
      ? null
      : t('payments-bill-transaction', { id: clip(bill.transactionId, 64) }),
    bill.paymentRef === null ? null : t('payments-bill-ref', { id: clip(bill.paymentRef, 64) }),
    t('owner-order-history'),
    ...steps.map((step) => stepLine(t, { subject: 'bill', names }, step)),
  ];
  return { ...shown, text: [shown.text, ...lines.filter((line) => line !== null)].join('\n') };
}

/** What an owner may do about a bill that Paylov cancelled after it was paid. */
export function billBackRows(
  t: Translate,
  { id, source }: Pick<Bill, 'id' | 'source'>,
): InlineKeyboardButton[][] {
  const refund = billAction(t('payments-button-refund'), 'refund', id);
  return [source === 'balance' ? [refund, leaveButton(t, id)] : [leaveButton(t, id)]];
}

/** Asks before a cancelled bill is left without giving anything back. */
export function billLeaveQuestion(t: Translate, id: string): Screen {
  const yes = billAction(t('taken-back-button-leave-sure'), 'back_left', id);
  const back = billAction(t('button-back'), 'show', id);
  return screen([t('taken-back-bill-ask-leave', { id })], [[yes, back]]);
}

function leaveButton(t: Translate, id: string): InlineKeyboardButton {
  return billAction(t('taken-back-button-leave'), 'back_leave', id);
}

function decideRow(t: Translate, id: string): InlineKeyboardButton[] {
  return [
    billAction(t('button-bill-ask-paid'), 'paid', id),
    billAction(t('button-bill-ask-unpaid'), 'unpaid', id),
  ];
}

/** The message that asks owners to decide. */
export function billAlarm(
  t: Translate,
  { bill, user }: { bill: Bill; user: UserRow | null },
): Screen {
  return bareBill(t, { bill, user }, [
    decideRow(t, bill.id),
    [billAction(t('button-owner-details'), 'show', bill.id)],
  ]);
}

function bareBill(
  t: Translate,
  { bill, user }: { bill: Bill; user: UserRow | null },
  rows: InlineKeyboardButton[][],
): Screen {
  return ownerBillMessage(t, bill, {
    who: user ? personName(user) : '—',
    rows: rows.filter((row) => row.length > 0),
  });
}

/** For owners: the bill and what is known of it. The buttons to decide are the caller's. */
function ownerBillMessage(
  t: Translate,
  bill: Bill,
  options: { who: string; rows: InlineKeyboardButton[][] },
): Screen {
  return screen(
    [
      t(bill.state === 'stuck' ? 'bill-owner-title' : 'bill-owner-title-over', { id: bill.id }),
      t('bill-owner-user', { who: options.who, id: String(bill.userId) }),
      '',
      ...accountLinesOf(t, bill),
      ...detailLines(t, told(bill)),
      ...moneyLines(t, bill),
      t('order-date', { date: dateTime(bill.createdAt) }),
      t('bill-owner-state', { state: stateWords(t, 'bill', bill.state) }),
      bill.reason === null
        ? null
        : t('bill-owner-reason', { reason: reasonWords(t, 'bill', bill.reason) }),
      ...(bill.evidence === null ? [] : ['', ...evidenceLines(t, bill.evidence)]),
      bill.state === 'stuck' ? `\n${t('bill-owner-decide')}` : null,
    ],
    options.rows,
  );
}
