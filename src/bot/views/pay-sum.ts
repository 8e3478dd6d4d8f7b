/** From the account to the confirmation: whose it is, how much, from where, and all of it once more. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Quote } from '../../bills/bills.ts';
import type { Detail, Field, LinkedCard, Service } from '../../bills/paylov/types.ts';
import { TIYIN_PER_SOM, type Tiyin } from '../../money.ts';
import type { Translate } from '../locales/texts.ts';
import type { Draft } from '../pay/draft.ts';
import { shortKey } from '../pay/search.ts';
import { clip, clockTime, escapeHtml, money } from './format.ts';
import { backButton, type Notice, noticeLines, stepButton, stopButton } from './pay.ts';
import { accountLines, fieldLabel } from './pay-field.ts';
import { button, menuButton, type Screen, screen } from './screen.ts';

const MAX_VALUE = 200;
const MAX_DETAILS = 20;

/** The draft with what is known of its service. */
export interface Paying {
  draft: Draft;
  service: Service;
  fields: readonly Field[];
  /** Paylov does not answer: service and fields are what it said before. */
  stale: boolean;
  notice?: Notice;
}

function head(t: Translate, { draft, service, fields, notice }: Paying): string[] {
  return [
    ...noticeLines(notice),
    t('pay-service', { name: escapeHtml(service.name) }),
    ...accountLines(t, fields, draft.account),
  ];
}

export function detailLines(t: Translate, details: readonly Detail[]): string[] {
  return details.slice(0, MAX_DETAILS).map((detail) => {
    const label = fieldLabel(t, detail);
    return t('pay-line', { label, value: escapeHtml(clip(detail.value, MAX_VALUE)) });
  });
}

function debtLine(t: Translate, { debtTiyin }: Draft): string | null {
  return debtTiyin === null ? null : t('pay-debt', { sum: money(t, debtTiyin) });
}

/** "Is it yours?" */
export function infoScreen(t: Translate, paying: Paying): Screen {
  const { draft } = paying;
  return screen(
    [
      ...head(t, paying),
      '',
      ...detailLines(t, draft.details ?? []),
      debtLine(t, draft),
      '',
      t('pay-info-check'),
    ],
    [
      [stepButton(draft, t('button-next'), { action: 'next' })],
      [backButton(t, draft), stopButton(t, draft)],
    ],
  );
}

/** The debt in whole so'm, rounded up, and the usual sums; only what the service takes. */
function quickSums(
  draft: Draft,
  service: Service,
  presetsTiyin: readonly Tiyin[],
): { sumTiyin: Tiyin; isDebt: boolean }[] {
  const debt = draft.debtTiyin ?? 0;
  const whole = Math.ceil(debt / TIYIN_PER_SOM) * TIYIN_PER_SOM;
  const sums = presetsTiyin
    .filter((sum) => sum !== whole)
    .map((sum) => ({ sumTiyin: sum, isDebt: false }));
  const all = whole > 0 ? [{ sumTiyin: whole, isDebt: true }, ...sums] : sums;
  return all.filter(({ sumTiyin }) => sumTiyin >= service.minTiyin && sumTiyin <= service.maxTiyin);
}

export function billSumScreen(
  t: Translate,
  { presetsTiyin, ...paying }: Paying & { presetsTiyin: readonly Tiyin[] },
): Screen {
  const { draft, service } = paying;
  const buttons = quickSums(draft, service, presetsTiyin).map(({ sumTiyin, isDebt }) => {
    const sum = money(t, sumTiyin);
    const label = isDebt ? t('button-debt', { sum }) : sum;
    return { isDebt, button: stepButton(draft, label, { action: 'sum', arg: String(sumTiyin) }) };
  });
  const presets = buttons.filter(({ isDebt }) => !isDebt).map((each) => each.button);
  const owed = buttons.filter(({ isDebt }) => isDebt).map((each) => each.button);
  return screen(
    [
      ...head(t, paying),
      debtLine(t, draft),
      '',
      t('pay-sum-title'),
      t('sum-limits', { min: money(t, service.minTiyin), max: money(t, service.maxTiyin) }),
      '',
      t('sum-hint'),
    ],
    [owed, ...pairs(presets), [backButton(t, draft), stopButton(t, draft)]],
  );
}

function pairs(buttons: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] {
  return buttons.flatMap((_, index) => (index % 2 === 0 ? [buttons.slice(index, index + 2)] : []));
}

function sumOf({ sumTiyin }: Draft): Tiyin {
  if (sumTiyin === null) throw new Error('the draft has no sum at this step');
  return sumTiyin;
}

export function sourceScreen(
  t: Translate,
  {
    availableTiyin,
    quote,
    cards,
    ...paying
  }: Paying & { availableTiyin: Tiyin; quote: Quote; cards: readonly LinkedCard[] },
): Screen {
  const { draft } = paying;
  const own = cards.map(({ cardId, mask }) => [
    stepButton(draft, `💳 ${mask}`, { action: 'card', arg: shortKey(cardId) }),
  ]);
  const balance = t('button-from-balance', { sum: money(t, availableTiyin) });
  return screen(
    [
      ...head(t, paying),
      t('pay-line-sum', { sum: money(t, sumOf(draft)) }),
      quote.feeTiyin > 0 ? t('pay-balance-fee', { fee: money(t, quote.feeTiyin) }) : null,
      '',
      t('pay-source-title'),
    ],
    [
      [stepButton(draft, balance, { action: 'balance' })],
      ...own,
      [stepButton(draft, t('button-card-link'), { action: 'link' })],
      [backButton(t, draft), stopButton(t, draft)],
    ],
  );
}

/** The balance is too small: what is missing can be topped up with one tap. */
export function shortScreen(
  t: Translate,
  { availableTiyin, quote, ...paying }: Paying & { availableTiyin: Tiyin; quote: Quote },
): Screen {
  const { draft } = paying;
  const missing = quote.totalTiyin - availableTiyin;
  const topUp = Math.ceil(missing / TIYIN_PER_SOM) * TIYIN_PER_SOM;
  return screen(
    [
      ...head(t, paying),
      '',
      t('pay-short', {
        total: money(t, quote.totalTiyin),
        available: money(t, availableTiyin),
        missing: money(t, missing),
      }),
    ],
    [
      [
        button(t('button-topup-missing', { sum: money(t, topUp) }), {
          kind: 'topup_for',
          sumTiyin: topUp,
        }),
      ],
      [stepButton(draft, t('button-pay-continue'), { action: 'balance' })],
      [backButton(t, draft), menuButton(t)],
    ],
  );
}

/** Everything once more, before the one tap that pays. */
export function confirmScreen(
  t: Translate,
  { quote, cardMask, ...paying }: Paying & { quote: Quote; cardMask: string | null },
): Screen {
  const { draft, service } = paying;
  return screen(
    [
      ...noticeLines(paying.notice),
      t('pay-confirm-title'),
      '',
      ...head(t, { ...paying, notice: undefined }),
      ...detailLines(t, whose(draft)),
      '',
      ...sumLines(t, draft, quote, cardMask),
      '',
      paying.stale ? t('pay-stale-form') : null,
      service.canCancel ? null : t('pay-cannot-be-undone'),
      cardMask === null ? null : t('pay-confirm-code'),
    ],
    [
      [
        stepButton(draft, t('button-pay-now', { sum: money(t, quote.totalTiyin) }), {
          action: 'confirm',
        }),
      ],
      [
        stepButton(draft, t('button-other-sum'), { action: 'next', arg: 'sum' }),
        stepButton(draft, t('button-other-source'), { action: 'back' }),
      ],
      [stopButton(t, draft)],
    ],
  );
}

/** Of all details only those that say whose account it is. */
function whose({ details }: Draft): Detail[] {
  return (details ?? []).filter(({ name }) => name === 'fio' || name === 'address');
}

function sumLines(t: Translate, draft: Draft, quote: Quote, cardMask: string | null): string[] {
  const from = cardMask === null ? t('pay-from-balance') : t('pay-from-card', { mask: cardMask });
  return [
    t('pay-line-sum', { sum: money(t, sumOf(draft)) }),
    t('pay-line-fee', { fee: money(t, quote.feeTiyin) }),
    t('pay-line-total', { total: money(t, quote.totalTiyin) }),
    from,
  ];
}

/** The same was paid, or is being paid: once more? */
export function repeatedScreen(
  t: Translate,
  { earlierAt, ...paying }: Paying & { earlierAt: number },
): Screen {
  const { draft } = paying;
  return screen(
    [
      ...head(t, paying),
      '',
      t('pay-repeated', { sum: money(t, sumOf(draft)), time: clockTime(earlierAt) }),
    ],
    [[stepButton(draft, t('button-pay-repeat'), { action: 'again' })], [stopButton(t, draft)]],
  );
}

/** While Paylov is being asked: no button, so that nobody taps twice. */
export function payingScreen(t: Translate, text: 'pay-working' | 'pay-asking'): Screen {
  return screen([t(text)]);
}
