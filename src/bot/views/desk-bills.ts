/** A bill as the staff sees it, with what each role may do. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Bill } from '../../bills/bill.ts';
import type { UserRow } from '../../users/users.ts';
import { deskButton } from '../desk/feature.ts';
import { NO_FILTER } from '../desk/filter.ts';
import { deskHomeButton } from '../desk/home.ts';
import type { Role } from '../desk/staff.ts';
import type { Translate } from '../locales/texts.ts';
import { billIcon, ownerBillMessage } from './bill.ts';
import { BILLS_AREA, listButton, type Step, stepLine } from './desk-payments.ts';
import { clip, money, personName, shortDateTime } from './format.ts';
import { personButton } from './people.ts';
import type { Screen } from './screen.ts';

export function billAction(text: string, action: string, arg: string): InlineKeyboardButton {
  return deskButton(text, { area: BILLS_AREA, action, arg });
}

export function billRow(t: Translate, bill: Bill): InlineKeyboardButton {
  const label = [
    `${billIcon(bill.state)} ${money(t, bill.amountTiyin)}`,
    shortDateTime(bill.createdAt),
    bill.id,
    bill.serviceName,
  ].join(' · ');
  return billAction(clip(label, 60), 'show', bill.id);
}

export interface BillDeskView {
  bill: Bill;
  /** Null for somebody who was never stored. */
  user: UserRow | null;
  /** The last steps, oldest first. */
  steps: readonly Step[];
}

export function deskBillScreen(
  t: Translate,
  { bill, user, steps }: BillDeskView,
  may: (role: Role) => boolean,
): Screen {
  const { id, state, source } = bill;
  const unsure = state === 'unknown' || state === 'stuck';
  const refundable = state === 'paid' && source === 'balance';
  const shown = bareBill(t, { bill, user }, [
    unsure && may('operator') ? [billAction(t('button-owner-check'), 'check', id)] : [],
    ...(state === 'stuck' && may('owner') ? [decideRow(t, id)] : []),
    refundable && may('owner') ? [billAction(t('payments-button-refund'), 'refund', id)] : [],
    [
      billAction(t('payments-button-history'), 'history', `${id}.0`),
      billAction(t('payments-button-raw'), 'raw', `${id}.0`),
    ],
    [personButton(t, bill.userId), listButton(t('payments-menu-bills'), BILLS_AREA, NO_FILTER)],
    [deskHomeButton(t)],
  ]);
  const lines = [
    '',
    bill.transactionId === null
      ? null
      : t('payments-bill-transaction', { id: clip(bill.transactionId, 64) }),
    bill.paymentRef === null ? null : t('payments-bill-ref', { id: clip(bill.paymentRef, 64) }),
    t('owner-order-history'),
    ...steps.map((step) => stepLine(t, step)),
  ];
  return { ...shown, text: [shown.text, ...lines.filter((line) => line !== null)].join('\n') };
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
    evidence: bill.evidence === null ? null : JSON.stringify(bill.evidence, null, 1),
    rows: rows.filter((row) => row.length > 0),
  });
}
