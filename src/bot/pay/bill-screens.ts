/** One bill, in whatever state, and the list of them. */
import type { InlineKeyboardButton } from 'grammy/types';
import { type BillState, OWN_REASONS } from '../../bills/states.ts';
import type { Bill } from '../../bills/bill.ts';
import { PAYLOV_PROBLEMS } from '../../bills/paylov/errors.ts';
import type { Detail } from '../../bills/paylov/types.ts';
import type { Tiyin } from '../../core/money.ts';
import type { TapOf } from '../kit/callbacks.ts';
import type { Translate } from '../locales/texts.ts';
import { clip, dateTime, escapeHtml, moment, money, shortDateTime } from '../kit/format.ts';
import { billsButton, LIST_SIZE } from './choice-screens.ts';
import { backToOrigin, fromBills, NOWHERE } from '../kit/origin.ts';
import { type Notice, noticeLines } from '../kit/step-buttons.ts';
import {
  detailLines,
  billIcon,
  accountLinesOf,
  told,
  moneyLines,
  serviceNamed,
} from '../kit/bill-facts.ts';
import {
  button,
  helpButton,
  menuButton,
  receiptButton,
  record,
  type Screen,
  red,
  screen,
} from '../kit/screen.ts';

/** Details of an account that change by themselves, so they say nothing about whose it is. */
const CHANGING = new Set(['saldo', 'last_paid', 'last_paid_date', 'time']);

/** States that mean the same for whoever pays. */
const MEANINGS = {
  held: 'working',
  created: 'working',
  drafting: 'working',
  paying: 'working',
  awaiting_code: 'code',
  unknown: 'clarifying',
  stuck: 'clarifying',
  paid: 'paid',
  failed: 'failed',
  refunded: 'refunded',
} as const satisfies Record<BillState, string>;

/** `from`: the page of a list that it was opened from. */
type BillMessage = (t: Translate, bill: Bill, notice?: Notice, from?: string) => Screen;

const SCREENS: Readonly<Record<(typeof MEANINGS)[BillState], BillMessage>> = {
  working: workingBillMessage,
  code: (t, bill, notice) => codeScreen(t, bill, { notice }),
  clarifying: clarifyingBillMessage,
  paid: paidBillMessage,
  failed: failedBillMessage,
  refunded: refundedBillMessage,
};

export function billScreen(t: Translate, bill: Bill, notice?: Notice, from?: string): Screen {
  return SCREENS[MEANINGS[bill.state]](t, bill, notice, from);
}

function workingBillMessage(t: Translate, bill: Bill, notice?: Notice): Screen {
  return record(
    [...head(t, bill, notice), '', t('bill-after-working')],
    [[menuButton(t)]],
    [billButton(t('button-refresh'), bill, 'show'), stepsButton(t, bill)],
  );
}

function head(t: Translate, bill: Bill, notice?: Notice): string[] {
  return [
    ...noticeLines(notice),
    t('bill-title', { icon: billIcon(bill.state), id: bill.id }),
    t('bill-state', { state: t(`bill-state-${MEANINGS[bill.state]}`) }),
    '',
    ...accountLinesOf(t, bill),
    ...detailLines(t, lasting(bill)),
    ...moneyLines(t, bill),
  ];
}

/** Details that the payment itself has not changed since. */
function lasting(bill: Bill): Detail[] {
  return told(bill).filter(({ name }) => !CHANGING.has(name));
}

/** The receipt. */
function paidBillMessage(t: Translate, bill: Bill, notice?: Notice, from = NOWHERE): Screen {
  return record(
    [
      ...head(t, bill, notice),
      t('order-date', { date: dateTime(bill.paidAt ?? bill.endedAt ?? bill.createdAt) }),
      bill.paymentRef === null ? null : t('bill-ref', { ref: escapeHtml(bill.paymentRef) }),
      '',
      t('bill-after-paid'),
    ],
    [
      [
        billButton(t('button-save-account'), bill, 'save'),
        billButton(t('button-repeat'), bill, 'repeat'),
      ],
      [receiptButton(t, { kind: 'bill', id: bill.id }), stepsBelow(t, bill, from)],
      [billsButton(t), menuButton(t)],
    ],
    backToList(t, bill, from),
  );
}

/** Paid or not, nobody knows yet. */
function clarifyingBillMessage(t: Translate, bill: Bill, notice?: Notice): Screen {
  const key = bill.source === 'balance' ? 'bill-after-clarifying' : 'bill-after-clarifying-card';
  return record(
    [...head(t, bill, notice), '', t(key)],
    [[billHelp(t, bill)], [billsButton(t), menuButton(t)]],
    [billButton(t('button-refresh'), bill, 'show'), stepsButton(t, bill)],
  );
}

/** Not paid; what was held is back. */
function failedBillMessage(t: Translate, bill: Bill, notice?: Notice, from = NOWHERE): Screen {
  return record(
    [
      ...head(t, bill, notice),
      t('order-date', { date: dateTime(bill.endedAt ?? bill.createdAt) }),
      '',
      billReason(t, bill),
      bill.hint === null ? null : t('bill-hint-waste'),
      t(bill.source === 'balance' ? 'bill-money-back' : 'bill-not-charged'),
    ],
    [
      [billButton(t('button-repeat'), bill, 'repeat'), billHelp(t, bill)],
      [stepsBelow(t, bill, from)],
      [billsButton(t), menuButton(t)],
    ],
    backToList(t, bill, from),
  );
}

/** An owner gave a paid bill's money back. */
function refundedBillMessage(t: Translate, bill: Bill, notice?: Notice, from = NOWHERE): Screen {
  const sum = money(t, bill.amountTiyin + bill.feeTiyin);
  return record(
    [...head(t, bill, notice), '', t('bill-after-refunded', { sum })],
    [[stepsBelow(t, bill, from)], [billsButton(t), menuButton(t)]],
    backToList(t, bill, from),
  );
}

/** The message that comes by itself when a bill is paid. */
export function billPaidNews(
  t: Translate,
  {
    bill,
    availableTiyin,
    offersWatch = false,
  }: { bill: Bill; availableTiyin: Tiyin; offersWatch?: boolean },
): Screen {
  const values = {
    sum: money(t, bill.amountTiyin),
    service: serviceNamed(t, bill),
    id: bill.id,
  };
  const isBalance = bill.source === 'balance';
  return record(
    [
      t('message-bill-paid', values),
      isBalance ? t('message-balance', { sum: money(t, availableTiyin) }) : null,
    ],
    [
      [receiptButton(t, { kind: 'bill', id: bill.id })],
      [
        offersWatch
          ? button(t('watch-button-every-month'), {
              kind: 'watch',
              action: 'bill',
              savedId: 0,
              arg: bill.id,
            })
          : null,
      ],
      [billsButton(t), menuButton(t)],
    ],
  );
}

/** The message that comes by itself when a bill is not paid: its own screen has all the rest. */
export function billFailedNews(t: Translate, bill: Bill): Screen {
  const values = {
    sum: money(t, bill.amountTiyin),
    service: serviceNamed(t, bill),
    id: bill.id,
  };
  return record(
    [
      t('message-bill-failed', values),
      billReason(t, bill),
      t(bill.source === 'balance' ? 'message-bill-back' : 'bill-not-charged'),
    ],
    [
      [billButton(t('button-repeat'), bill, 'repeat'), billHelp(t, bill)],
      [stepsButton(t, bill)],
      [billsButton(t), menuButton(t)],
    ],
  );
}

/** The message that comes by itself when a bill's money is given back: its own screen has all the rest. */
export function billRefundedNews(t: Translate, bill: Bill): Screen {
  const sum = money(t, bill.amountTiyin + bill.feeTiyin);
  return record(
    [t('bill-after-refunded', { sum }), `${serviceNamed(t, bill)} (№ <code>${bill.id}</code>)`],
    [[stepsButton(t, bill)], [billsButton(t), menuButton(t)]],
  );
}

/** Says that nobody knows yet, and who finds out, without anything that would be wrong once it is clear. */
export function unclearBillNews(
  t: Translate,
  { bill, isHandedOver }: { bill: Bill; isHandedOver: boolean },
): Screen {
  const values = {
    sum: money(t, bill.amountTiyin),
    service: serviceNamed(t, bill),
    id: bill.id,
  };
  return record(
    [t(isHandedOver ? 'message-bill-handed-over' : 'message-bill-unclear', values)],
    [[billHelp(t, bill)], [billsButton(t), menuButton(t)]],
    [stepsButton(t, bill)],
  );
}

/**
 * Why it was not paid, in the user's words. From the balance it is the operator's card that pays, whose troubles are
 * not the user's.
 */
function billReason(t: Translate, { reason, source }: Bill): string {
  if (reason === null) return t('bill-reason-other');
  const own = OWN_REASONS.find((each) => each === reason);
  if (own !== undefined) return t(`bill-reason-${own}`);
  if (!isProblem(reason)) return t('bill-reason-other');
  const isOperators = source === 'balance' && PAYLOV_PROBLEMS[reason].concerns === 'card';
  return t(isOperators ? 'bill-reason-other' : `bill-problem-${reason}`);
}

function isProblem(reason: string): reason is keyof typeof PAYLOV_PROBLEMS {
  return Object.hasOwn(PAYLOV_PROBLEMS, reason);
}

/** Asks for the code of the SMS. `isSpent`: another one is needed. */
export function codeScreen(
  t: Translate,
  bill: Bill,
  { notice, isSpent = false }: { notice?: Notice; isSpent?: boolean } = {},
): Screen {
  const asked =
    bill.otpPhone === null
      ? t('pay-code')
      : t('pay-code-phone', { phone: escapeHtml(bill.otpPhone) });
  return screen(
    [
      ...head(t, bill, notice),
      '',
      isSpent ? t('pay-code-new-needed') : asked,
      bill.dueAt === null
        ? null
        : t('pay-code-until', { time: moment(bill.dueAt, bill.createdAt) }),
    ],
    [
      [billButton(t('button-new-code'), bill, 'new_code')],
      [red(billButton(t('button-cancel-bill'), bill, 'ask_cancel'))],
    ],
  );
}

export function cancelBillQuestion(t: Translate, bill: Bill): Screen {
  return screen(
    [...head(t, bill), '', t('bill-cancel-question')],
    [
      [red(billButton(t('button-cancel-yes'), bill, 'cancel'))],
      [billButton(t('button-cancel-no'), bill, 'code')],
    ],
  );
}

export function saveNameScreen(t: Translate, bill: Bill, notice?: Notice): Screen {
  const name = serviceNamed(t, bill);
  return screen(
    [...noticeLines(notice), t('pay-save-name', { name })],
    [[billButton(t('button-back'), bill, 'show'), menuButton(t)]],
  );
}

function billButton(
  text: string,
  bill: Bill,
  action: TapOf<'bill'>['action'],
): InlineKeyboardButton {
  return button(text, { kind: 'bill', action, billId: bill.id });
}

function stepsButton(t: Translate, { id: billId }: Bill, from = NOWHERE): InlineKeyboardButton {
  return button(t('button-steps'), { kind: 'bill_steps', billId, from });
}

/** The button for the steps. A receipt stays where it stands, so they open below it. */
function stepsBelow(t: Translate, bill: Bill, from: string): InlineKeyboardButton | null {
  return from === NOWHERE ? stepsButton(t, bill) : null;
}

/** The buttons of a bill that was opened from a list: its steps, shown in its place, and the way back. */
function backToList(t: Translate, bill: Bill, from: string): (InlineKeyboardButton | null)[] {
  return from === NOWHERE ? [] : [stepsButton(t, bill, from), backToOrigin(t, from)];
}

function billHelp(t: Translate, { id }: Bill): InlineKeyboardButton {
  return helpButton(t, { kind: 'bill', id });
}

interface BillsPage {
  entries: readonly Bill[];
  offset: number;
  hasOlder: boolean;
}

export function billsScreen(t: Translate, { entries, offset, hasOlder }: BillsPage): Screen {
  return screen(
    [t('bill-list-title'), '', t(entries.length === 0 ? 'bill-list-none' : 'history-hint')],
    [
      ...entries.map((bill) => [
        button(listLabel(t, bill), { kind: 'bill_at', billId: bill.id, from: fromBills(offset) }),
      ]),
      [
        offset > 0 ? turnBills(t('button-newer'), Math.max(0, offset - LIST_SIZE)) : null,
        hasOlder ? turnBills(t('button-older'), offset + LIST_SIZE) : null,
      ],
      [button(t('button-back'), { kind: 'pay' }), menuButton(t)],
    ],
  );
}

function turnBills(label: string, offset: number): InlineKeyboardButton {
  return button(label, { kind: 'bills', offset });
}

function listLabel(t: Translate, bill: Bill): string {
  const sum = money(t, bill.amountTiyin);
  const { name } = t.names.service({ id: bill.serviceId, name: bill.serviceName });
  const label = `${billIcon(bill.state)} ${sum} · ${shortDateTime(bill.createdAt)} · ${name}`;
  return clip(label, 60);
}
