/** A bill as an owner sees it. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Bill } from '../../bills/bill.ts';
import type { UserRow } from '../../users/users.ts';
import type { OwnerBillAction } from '../callbacks.ts';
import type { Translate } from '../locales/texts.ts';
import { ownerBillMessage } from './bill.ts';
import { escapeHtml, money, personName } from './format.ts';
import { button, type Screen, screen } from './screen.ts';

export function ownerBillScreen(
  t: Translate,
  { bill, user }: { bill: Bill; user: UserRow | null },
): Screen {
  return ownerBillMessage(t, bill, {
    who: user ? personName(user) : '—',
    evidence: bill.evidence === null ? null : JSON.stringify(bill.evidence, null, 1),
    rows: bill.state === 'stuck' ? [[tap(t, bill, 'ask_paid'), tap(t, bill, 'ask_unpaid')]] : [],
  });
}

/** What the decision does, before it is made. */
export function ownerBillQuestion(
  t: Translate,
  { bill, paid }: { bill: Bill; paid: boolean },
): Screen {
  const values = {
    id: bill.id,
    service: escapeHtml(bill.serviceName),
    sum: money(t, bill.amountTiyin),
  };
  return screen(
    [t(paid ? 'bill-owner-ask-paid' : 'bill-owner-ask-unpaid', values)],
    [[tap(t, bill, paid ? 'paid' : 'unpaid')], [tap(t, bill, 'show')]],
  );
}

const LABELS = {
  show: 'button-back',
  ask_paid: 'button-bill-ask-paid',
  paid: 'button-bill-paid',
  ask_unpaid: 'button-bill-ask-unpaid',
  unpaid: 'button-bill-unpaid',
} as const;

function tap(t: Translate, bill: Bill, action: OwnerBillAction): InlineKeyboardButton {
  return button(t(LABELS[action]), { kind: 'owner_bill', action, billId: bill.id });
}
