/** From the account to the confirmation: whose it is, how much, from where, and all of it once more. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Quote } from '../../bills/outcomes.ts';
import type { Detail, Field, LinkedCard, Service } from '../../bills/paylov/types.ts';
import { TIYIN_PER_SOM, type Tiyin, upToWholeSoms } from '../../core/money.ts';
import type { Translate } from '../locales/texts.ts';
import { shortKey } from '../kit/short-key.ts';
import { clockTime, shortDateTime, money } from '../kit/format.ts';
import { backButton, noticeLines, stepButton, stopButton } from '../kit/step-buttons.ts';
import { accountLines } from './field-screen.ts';
import { button, green, menuButton, type Screen, screen, pairs } from '../kit/screen.ts';
import type { Told } from '../kit/told.ts';
import { type Paying, requestPaid } from './known.ts';
import { detailLines, serviceLine } from '../kit/bill-facts.ts';

/** A payment with what is known of its service. */
export interface Shown {
  told: Told<Paying>;
  service: Service;
  fields: readonly Field[];
  /** Paylov does not answer: service and fields are what it said before. */
  stale: boolean;
}

function head(t: Translate, { told, service, fields }: Shown): string[] {
  return [
    ...noticeLines(told.notice),
    serviceLine(t, service),
    ...accountLines(t, fields, told.known.account),
  ];
}

function debtLine(t: Translate, { whose }: Paying): string | null {
  const debtTiyin = whose?.debtTiyin ?? null;
  return debtTiyin === null ? null : t('pay-debt', { sum: money(t, debtTiyin) });
}

/** The details that come first: who it is and where, what is on the account, what the meter says. */
const FIRST = ['fio', 'address', 'saldo', 'pokcob', 'dateob'];

function placeOf({ name }: Detail): number {
  return FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length;
}

/**
 * The details to show. What was answered or asked a moment ago, and what is said in words of its own, is not said
 * again.
 */
function cardOf({ account, whose }: Paying): Detail[] {
  const owes = (whose?.debtTiyin ?? null) !== null;
  return (whose?.details ?? [])
    .filter(({ name }) => name !== 'time' && !Object.hasOwn(account, name))
    .filter(({ name }) => name !== 'saldo' || !owes)
    .toSorted((a, b) => placeOf(a) - placeOf(b));
}

interface WithPresets extends Shown {
  presetsTiyin: readonly Tiyin[];
}

/** Asks "Is it yours?". Somebody who sees that it is can choose the sum at once. */
export function infoScreen(t: Translate, { presetsTiyin, ...shown }: WithPresets): Screen {
  const { told } = shown;
  // After a correction the sum is known already.
  const asksSum = told.known.sumTiyin === null;
  return screen(
    [
      ...head(t, shown),
      '',
      ...detailLines(t, cardOf(told.known)),
      debtLine(t, told.known),
      '',
      t(asksSum ? 'pay-info-sum' : 'pay-info-check'),
    ],
    [
      ...(asksSum ? sumRows(t, { presetsTiyin, ...shown }) : []),
      [stepButton(told, t(asksSum ? 'button-other-sum' : 'button-next'), { action: 'next' })],
      [backButton(t, told), stopButton(t, told)],
    ],
  );
}

/** What pays the debt: whole so'm, no less and no more than the service takes. Null where nothing is known to be owed. */
export function debtSum(
  debtTiyin: Tiyin | null,
  { minTiyin, maxTiyin }: Pick<Service, 'minTiyin' | 'maxTiyin'>,
): Tiyin | null {
  if (debtTiyin === null) return null;
  const whole = Math.ceil(debtTiyin / TIYIN_PER_SOM) * TIYIN_PER_SOM;
  return Math.min(Math.max(whole, minTiyin), maxTiyin);
}

/** The debt in whole so'm, rounded up, and the usual sums; only what the service takes. */
function quickSums(
  { whose }: Paying,
  service: Service,
  presetsTiyin: readonly Tiyin[],
): { sumTiyin: Tiyin; isDebt: boolean }[] {
  const debt = whose?.debtTiyin ?? 0;
  const whole = Math.ceil(debt / TIYIN_PER_SOM) * TIYIN_PER_SOM;
  const sums = presetsTiyin
    .filter((sum) => sum !== whole)
    .map((sum) => ({ sumTiyin: sum, isDebt: false }));
  const all = whole > 0 ? [{ sumTiyin: whole, isDebt: true }, ...sums] : sums;
  return all.filter(({ sumTiyin }) => sumTiyin >= service.minTiyin && sumTiyin <= service.maxTiyin);
}

/** The buttons for sums: what is owed in a row of its own, and the usual sums. */
function sumRows(
  t: Translate,
  { presetsTiyin, told, service }: WithPresets,
): InlineKeyboardButton[][] {
  const sums = quickSums(told.known, service, presetsTiyin);
  const buttonOf = ({ sumTiyin, isDebt }: (typeof sums)[number]) => {
    const sum = money(t, sumTiyin);
    const label = isDebt ? t('button-debt', { sum }) : sum;
    return stepButton(told, label, { action: 'sum', arg: String(sumTiyin) });
  };
  const owed = sums.filter(({ isDebt }) => isDebt).map(buttonOf);
  return [owed, ...pairs(sums.filter(({ isDebt }) => !isDebt).map(buttonOf))];
}

export function billSumScreen(t: Translate, { presetsTiyin, ...shown }: WithPresets): Screen {
  const { told, service } = shown;
  return screen(
    [
      ...head(t, shown),
      debtLine(t, told.known),
      '',
      t('pay-sum-title'),
      t('sum-limits', { min: money(t, service.minTiyin), max: money(t, service.maxTiyin) }),
      '',
      t('sum-hint'),
    ],
    [...sumRows(t, { presetsTiyin, ...shown }), [backButton(t, told), stopButton(t, told)]],
  );
}

function sumOf({ sumTiyin }: Paying): Tiyin {
  if (sumTiyin === null) throw new Error('the story has no sum yet');
  return sumTiyin;
}

export function sourceScreen(
  t: Translate,
  {
    availableTiyin,
    quote,
    cards,
    ...shown
  }: Shown & { availableTiyin: Tiyin; quote: Quote; cards: readonly LinkedCard[] },
): Screen {
  const { told } = shown;
  const own = cards.map(({ cardId, mask }) => [
    stepButton(told, `💳 ${mask}`, { action: 'card', arg: shortKey(cardId) }),
  ]);
  const balance = t('button-from-balance', { sum: money(t, availableTiyin) });
  return screen(
    [
      ...head(t, shown),
      t('pay-line-sum', { sum: money(t, sumOf(told.known)) }),
      quote.feeTiyin > 0 ? t('pay-balance-fee', { fee: money(t, quote.feeTiyin) }) : null,
      '',
      t('pay-source-title'),
    ],
    [
      [stepButton(told, balance, { action: 'balance' })],
      ...own,
      [stepButton(told, t('button-card-link'), { action: 'link' })],
      [backButton(t, told), stopButton(t, told)],
    ],
  );
}

/** The balance is too small: what is missing can be topped up with one tap, after which the bill may go on by itself. */
export function shortScreen(
  t: Translate,
  {
    availableTiyin,
    quote,
    goesOn,
    ...shown
  }: Shown & { availableTiyin: Tiyin; quote: Quote; goesOn: boolean },
): Screen {
  const { told } = shown;
  const missing = quote.totalTiyin - availableTiyin;
  const topUp = upToWholeSoms(missing);
  const available = money(t, availableTiyin);
  const total = money(t, quote.totalTiyin);
  // Money may have come since the balance was too small.
  const isShort = missing > 0;
  return screen(
    [
      ...head(t, shown),
      '',
      isShort
        ? t('pay-short', { total, available, missing: money(t, missing) })
        : t('pay-short-no-more', { total, available }),
      isShort && goesOn ? `\n${t('pay-short-goes-on')}` : null,
    ],
    [
      [isShort && goesOn ? topupPayButton(t, topUp) : null],
      [isShort ? topupMissingButton(t, topUp) : null],
      [stepButton(told, t('button-pay-continue'), { action: 'balance' })],
      [stepButton(told, t('button-other-sum'), { action: 'next' })],
      [askButton(t, told)],
      [backButton(t, told), menuButton(t)],
    ],
  );
}

function forSomeone(t: Translate, known: Paying): string | null {
  const request = requestPaid(known, known.account);
  return request && t('pay-for-someone', { name: request.name });
}

function topupMissingButton(t: Translate, sumTiyin: Tiyin): InlineKeyboardButton {
  const label = t('button-topup-missing', { sum: money(t, sumTiyin) });
  return button(label, { kind: 'topup_for', sumTiyin });
}

/** Agrees that the bill goes on by itself, and tops up for it. */
function topupPayButton(t: Translate, sumTiyin: Tiyin): InlineKeyboardButton {
  const sum = money(t, sumTiyin);
  return button(t('button-topup-pay', { sum }), { kind: 'topup_pay', sumTiyin });
}

/** Everything once more, before the one tap that pays. */
export function confirmScreen(t: Translate, { quote, ...shown }: Shown & { quote: Quote }): Screen {
  const { told, service } = shown;
  const cardMask = told.known.source?.mask ?? null;
  return screen(
    [
      ...noticeLines(told.notice),
      t('pay-confirm-title'),
      '',
      forSomeone(t, told.known),
      ...head(t, { ...shown, told: { ...told, notice: null } }),
      ...detailLines(t, ownerIn(told.known)),
      owedLine(t, told.known),
      '',
      ...sumLines(t, told.known, quote),
      '',
      shown.stale ? t('pay-stale-form') : null,
      service.canCancel ? null : t('pay-cannot-be-undone'),
      cardMask === null ? null : t('pay-confirm-code'),
    ],
    [
      [
        green(
          stepButton(told, t('button-pay-now', { sum: money(t, quote.totalTiyin) }), {
            action: 'confirm',
          }),
        ),
      ],
      [debtButton(t, shown)],
      [
        stepButton(told, t('button-other-sum'), { action: 'next' }),
        stepButton(told, t('button-other-source'), { action: 'back' }),
      ],
      [askButton(t, told)],
      [stopButton(t, told)],
    ],
  );
}

/** The button that asks somebody else to pay; not for what somebody else has asked for. */
function askButton(t: Translate, told: Told<Paying>): InlineKeyboardButton | null {
  if (told.known.asked !== null) return null;
  return stepButton(told, t('button-ask-someone'), { action: 'ask' });
}

/** The button for the debt, where another sum is about to be paid. */
function debtButton(t: Translate, { told, service }: Shown): InlineKeyboardButton | null {
  const sumTiyin = debtSum(told.known.whose?.debtTiyin ?? null, service);
  if (sumTiyin === null || sumTiyin === told.known.sumTiyin) return null;
  const label = t('button-debt', { sum: money(t, sumTiyin) });
  return stepButton(told, label, { action: 'sum', arg: String(sumTiyin) });
}

/** Says what is owed today or, where nothing is, what is on the account. */
function owedLine(t: Translate, known: Paying): string | null {
  const saldo = (known.whose?.details ?? []).filter(({ name }) => name === 'saldo');
  return debtLine(t, known) ?? detailLines(t, saldo)[0] ?? null;
}

/** The details that say whose account it is; the others are left out. */
function ownerIn({ whose }: Paying): Detail[] {
  return (whose?.details ?? []).filter(({ name }) => name === 'fio' || name === 'address');
}

function sumLines(t: Translate, known: Paying, quote: Quote): string[] {
  const mask = known.source?.mask;
  return [
    t('pay-line-sum', { sum: money(t, sumOf(known)) }),
    t('pay-line-fee', { fee: money(t, quote.feeTiyin) }),
    t('pay-line-total', { total: money(t, quote.totalTiyin) }),
    mask === undefined ? t('pay-from-balance') : t('pay-from-card', { mask }),
  ];
}

/** The same was paid, or is being paid: once more? */
export function repeatedScreen(
  t: Translate,
  { repeatOf, ...shown }: Shown & { repeatOf: { at: number; byOther: boolean } },
): Screen {
  const { told } = shown;
  const sum = money(t, sumOf(told.known));
  const { at, byOther } = repeatOf;
  return screen(
    [
      ...head(t, shown),
      '',
      byOther
        ? t('pay-repeated-home', { date: shortDateTime(at) })
        : t('pay-repeated', { sum, time: clockTime(at) }),
    ],
    [[stepButton(told, t('button-pay-repeat'), { action: 'again' })], [stopButton(t, told)]],
  );
}
