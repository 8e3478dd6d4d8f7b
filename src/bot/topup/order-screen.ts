/** One order, in whatever state: what to pay and how, a receipt, or what became of it. */
import type { InlineKeyboardButton } from 'grammy/types';
import { formatPlainSum } from '../../core/money.ts';
import { type ProblemCode, PROBLEMS } from '../../topups/provider.ts';
import type { TopupState } from '../../topups/states.ts';
import type { Topup } from '../../topups/topup.ts';
import type { TapOf } from '../kit/callbacks.ts';
import type { Translate } from '../locales/texts.ts';
import {
  dateTime,
  escapeHtml,
  groupedCard,
  moment,
  money,
  stateIcon,
  timeLeft,
} from '../kit/format.ts';
import { wayTitle } from '../kit/way-title.ts';
import {
  button,
  copyButton,
  green,
  helpButton,
  linkButton,
  menuButton,
  openingBelow,
  record,
  receiptButton,
  red,
  type Screen,
  screen,
} from '../kit/screen.ts';
import { backToOrigin, NOWHERE } from '../kit/origin.ts';
import { againButton, wayOf } from './screens.ts';
import { isTwin } from '../../topups/twins.ts';

interface OrderOptions {
  /** A line above the order. */
  notice?: string | undefined;
  /** The page of a list that the screen was opened from. */
  from?: string | undefined;
}

export function orderScreen(t: Translate, topup: Topup, options: OrderOptions = {}): Screen {
  if (topup.state === 'creating') return preparing(t, topup, options);
  if (topup.state === 'waiting') return waiting(t, topup, options);
  return over(t, topup, options);
}

function preparing(t: Translate, topup: Topup, options: OrderOptions): Screen {
  return screen(
    [...head(t, topup, options), t('topup-preparing')],
    [
      [action(t('button-refresh'), topup, 'show'), stepsButton(t, topup, options)],
      bottom(t, options),
    ],
  );
}

function waiting(t: Translate, topup: Topup, options: OrderOptions): Screen {
  return screen(
    [
      ...head(t, topup, options),
      ...payLines(t, topup),
      deadlineLine(t, topup),
      '',
      t(topup.cardNumber === null ? 'order-how-page' : 'order-how-transfer'),
      mustBeExact(topup) ? t('order-exact-warning') : null,
    ],
    [
      [green(linkButton(t('button-pay'), topup.payUrl))],
      copyButtons(t, topup),
      [
        action(t('button-check'), topup, 'check'),
        red(action(t('button-cancel-order'), topup, 'ask_cancel')),
      ],
      // This opens below, because the order may be paid already and its screen has to stay.
      [
        openingBelow(button(t('button-other-way'), { kind: 'ways', sumTiyin: topup.baseTiyin })),
        stepsButton(t, topup, options),
      ],
      bottom(t, options),
    ],
  );
}

/** By the reader's clock, and counting down; where that is not known it is Tashkent's, and says so. */
function deadlineLine(t: Translate, { expiresAt, createdAt }: Topup): string {
  return t('order-deadline', {
    time: moment(expiresAt, createdAt),
    left: timeLeft(expiresAt, t('order-deadline-clock')),
  });
}

function head(t: Translate, topup: Topup, { notice }: OrderOptions): string[] {
  const title = t('order-title', {
    icon: stateIcon(topup.state),
    id: topup.id,
    provider: escapeHtml(wayTitle(t, topup.provider)),
  });
  return [...(notice === undefined ? [] : [notice, '']), title, ''];
}

/** The payer is recognised by the sum alone. */
function mustBeExact(topup: Topup): boolean {
  return topup.cardNumber !== null || topup.amountTiyin !== topup.baseTiyin;
}

function payLines(t: Translate, topup: Topup): string[] {
  const sum = money(t, topup.amountTiyin);
  const exact = mustBeExact(topup)
    ? t('order-exact-sum', { sum, plain: formatPlainSum(topup.amountTiyin) })
    : t('order-sum', { sum });
  const lines = [exact, ...whyOdd(t, topup)];
  if (topup.cardNumber !== null) {
    lines.push(t('order-card', { card: escapeHtml(groupedCard(topup.cardNumber)) }));
  }
  if (topup.cardHolder !== null && topup.cardHolder !== '') {
    lines.push(t('order-holder', { holder: escapeHtml(topup.cardHolder) }));
  }
  if (topup.method !== null && topup.method !== 'any') {
    lines.push(t('order-method', { method: escapeHtml(wayTitle(t, topup.method)) }));
  }
  return lines;
}

/** Explains a sum that nobody asked for, which looks like a fee and is none. */
function whyOdd(t: Translate, { amountTiyin, baseTiyin }: Topup): string[] {
  if (amountTiyin <= baseTiyin) return [];
  return [t('order-odd-sum', { more: money(t, amountTiyin - baseTiyin) })];
}

function copyButtons(t: Translate, topup: Topup): (InlineKeyboardButton | null)[] {
  if (!mustBeExact(topup)) return [];
  const { cardNumber, amountTiyin } = topup;
  return [
    copyButton(t('button-copy-sum'), formatPlainSum(amountTiyin)),
    cardNumber === null ? null : copyButton(t('button-copy-card'), cardNumber),
  ];
}

const UNPAID: ReadonlySet<TopupState> = new Set(['expired', 'cancelled', 'failed']);

/** An order that ended, was decided or is being looked at: there is nothing to do here but to read. */
function over(t: Translate, topup: Topup, options: OrderOptions): Screen {
  const paid = topup.paidTiyin;
  const isPaid = topup.state === 'paid';
  const at = topup.paidAt ?? topup.endedAt ?? topup.createdAt;
  const { from = NOWHERE } = options;
  const steps = stepsButton(t, topup, options);
  // A receipt stays where it stands. An order under review, or one that was opened from a list, shows its steps in its
  // place.
  const isInPlace = topup.state === 'review' || from !== NOWHERE;
  return record(
    [
      ...head(t, topup, options),
      t('order-state', { state: t(`state-${topup.state}`) }),
      t('order-sum', { sum: money(t, isPaid && paid !== null ? paid : topup.amountTiyin) }),
      !isPaid && paid !== null ? t('order-received', { sum: money(t, paid) }) : null,
      t('order-date', { date: dateTime(at) }),
      '',
      afterwards(t, topup),
    ],
    [
      [
        isPaid ? receiptButton(t, { kind: 'topup', id: topup.id }) : null,
        linkButton(t('button-fiscal'), topup.receiptUrl),
      ],
      [onceMore(t, topup)],
      [isInPlace ? null : steps],
      [isPaid ? null : helpButton(t, { kind: 'topup', id: topup.id }), menuButton(t)],
    ],
    [isInPlace ? steps : null, backToOrigin(t, from)],
  );
}

/** The button after an order that came to nothing: the same sum again, in the same way. */
function onceMore(t: Translate, topup: Topup): InlineKeyboardButton | null {
  const { baseTiyin: sumTiyin, state, reason } = topup;
  const isNamed = reason !== null && Object.hasOwn(PROBLEMS, reason);
  // A trouble that only the operator can mend is no better the next time.
  const isHopeless = isNamed && PROBLEMS[reason as ProblemCode].operatorMustAct;
  if (!UNPAID.has(state) || isHopeless) return null;
  return againButton(t, { way: wayOf(topup), sumTiyin });
}

function afterwards(t: Translate, topup: Topup): string {
  const { state, reason } = topup;
  if (state === 'review' && isTwin(topup)) return t('order-after-review-same');
  const isNamed = state === 'failed' && reason !== null && Object.hasOwn(PROBLEMS, reason);
  return isNamed ? t(`problem-${reason}`) : t(`order-after-${state}`);
}

function bottom(t: Translate, { from = NOWHERE }: OrderOptions): (InlineKeyboardButton | null)[] {
  return [backToOrigin(t, from), menuButton(t)];
}

function stepsButton(
  t: Translate,
  { id: topupId }: Topup,
  { from = NOWHERE }: OrderOptions,
): InlineKeyboardButton {
  return button(t('button-steps'), { kind: 'topup_steps', topupId, from });
}

function action(text: string, topup: Topup, name: TapOf<'order'>['action']): InlineKeyboardButton {
  return button(text, { kind: 'order', action: name, topupId: topup.id });
}

/** Asks whether to cancel after all: money already on its way would arrive at a cancelled order. */
export function cancelQuestion(t: Translate, topup: Topup): Screen {
  return screen(
    [...head(t, topup, {}), t('order-cancel-question', { sum: money(t, topup.amountTiyin) })],
    [
      [red(action(t('button-cancel-yes'), topup, 'cancel'))],
      [action(t('button-cancel-no'), topup, 'show')],
    ],
  );
}
