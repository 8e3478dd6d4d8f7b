/** Choosing how and how much to top up. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Tiyin } from '../../core/money.ts';
import type { ProviderId } from '../../core/payment-systems.ts';
import { type PayMethod, type ProblemCode, PROBLEMS } from '../../topups/provider.ts';
import type { Topup } from '../../topups/topup.ts';
import type { Offer } from '../../topups/topups.ts';
import type { Translate } from '../locales/texts.ts';
import { escapeHtml, money, PROVIDER_TITLES } from '../kit/format.ts';
import { button, menuButton, type Screen, screen } from '../kit/screen.ts';

const MARKS = { open: '', paused: '⏸ ', troubled: '⚠️ ' } as const;

export function providersScreen(t: Translate, offers: readonly Offer[]): Screen {
  if (offers.length === 0) return screen([t('providers-none')], [[menuButton(t)]]);
  return screen(
    [t('providers-title'), '', ...offers.map((offer) => offerLine(t, offer))],
    [
      ...offers.map(({ provider, availability }) => [
        button(MARKS[availability] + provider.title, { kind: 'provider', provider: provider.id }),
      ]),
      [menuButton(t)],
    ],
  );
}

/** For a sum that is missing: one tap opens the order. A provider whose smallest sum is larger takes that. */
export function providersForScreen(
  t: Translate,
  {
    offers,
    sumTiyin,
    waits,
  }: {
    offers: readonly Offer[];
    sumTiyin: Tiyin;
    /** A bill waits for the money. */
    waits: boolean;
  },
): Screen {
  const usable = offers.filter((offer) => {
    return offer.availability !== 'paused' && sumTiyin <= offer.maxTiyin;
  });
  if (usable.length === 0) return screen([t('providers-none')], [[menuButton(t)]]);
  return screen(
    [t('providers-for', { sum: money(t, sumTiyin) }), waits ? t('providers-for-waits') : null],
    [
      ...usable.map(({ provider, availability, minTiyin }) => {
        const sum = Math.max(minTiyin, sumTiyin);
        const label = `${MARKS[availability]}${provider.title} · ${money(t, sum)}`;
        return [button(label, { kind: 'sum', provider: provider.id, sumTiyin: sum })];
      }),
      [waits ? button(t('button-pay-continue'), { kind: 'pay_continue' }) : null, menuButton(t)],
    ],
  );
}

function offerLine(t: Translate, offer: Offer): string {
  const { provider, availability, minTiyin, maxTiyin } = offer;
  const line = t('providers-line', {
    title: escapeHtml(provider.title),
    how: t(provider.methods ? 'providers-how-page' : 'providers-how-transfer'),
    min: money(t, minTiyin),
    max: money(t, maxTiyin),
  });
  if (availability === 'open') return line;
  return `${line}\n${t(availability === 'paused' ? 'providers-paused' : 'providers-troubled')}`;
}

/** `notice` stands above: why the sum is asked for again. */
export function sumScreen(
  t: Translate,
  {
    offer,
    presetsTiyin,
    notice,
  }: { offer: Offer; presetsTiyin: readonly Tiyin[]; notice?: string },
): Screen {
  const { provider, minTiyin, maxTiyin } = offer;
  const presets = presetsTiyin
    .filter((sumTiyin) => sumTiyin >= minTiyin && sumTiyin <= maxTiyin)
    .map((sumTiyin) =>
      button(money(t, sumTiyin), { kind: 'sum', provider: provider.id, sumTiyin }),
    );
  return screen(
    [
      ...(notice === undefined ? [] : [notice, '']),
      t('sum-title', { title: escapeHtml(provider.title) }),
      t('sum-limits', { min: money(t, minTiyin), max: money(t, maxTiyin) }),
      offer.availability === 'troubled' ? t('providers-troubled') : null,
      '',
      t('sum-hint'),
    ],
    [...inPairs(presets), [button(t('button-back'), { kind: 'providers' }), menuButton(t)]],
  );
}

function inPairs(buttons: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] {
  const rows: InlineKeyboardButton[][] = [];
  for (let at = 0; at < buttons.length; at += 2) rows.push(buttons.slice(at, at + 2));
  return rows;
}

export function methodName(t: Translate, method: PayMethod): string {
  if (method === 'any') return t('method-any');
  return method === 'click' ? 'Click' : 'Payme';
}

export function methodScreen(
  t: Translate,
  { offer, sumTiyin }: { offer: Offer; sumTiyin: Tiyin },
): Screen {
  const provider = offer.provider.id;
  const choices = (offer.provider.methods ?? []).map((method) => [
    button(methodName(t, method), { kind: 'method', provider, sumTiyin, method }),
  ]);
  return screen(
    [t('method-title', { title: escapeHtml(offer.provider.title), sum: money(t, sumTiyin) })],
    [...choices, [button(t('button-back'), { kind: 'provider', provider }), menuButton(t)]],
  );
}

export function preparingScreen(t: Translate): Screen {
  return screen([t('topup-preparing')], [[menuButton(t)]]);
}

/** Too many orders are open: each can be opened from here. */
export function tooManyScreen(t: Translate, live: readonly Topup[]): Screen {
  const orders = live.map((topup) => [
    button(`${PROVIDER_TITLES[topup.provider]} · ${money(t, topup.amountTiyin)}`, {
      kind: 'order',
      action: 'show',
      topupId: topup.id,
    }),
  ]);
  return screen([t('topup-too-many')], [...orders, [menuButton(t)]]);
}

/** What was wanted when no order came of it. */
export interface Wanted {
  provider: ProviderId;
  sumTiyin: Tiyin;
  method?: PayMethod | null;
}

/** The order did not come to be. */
export function problemScreen(t: Translate, problem: ProblemCode, wanted: Wanted): Screen {
  const { operatorMustAct } = PROBLEMS[problem];
  const isSum = problem === 'amount_too_low' || problem === 'amount_too_high';
  const { provider } = wanted;
  const again = isSum
    ? button(t('button-other-sum'), { kind: 'provider', provider })
    : againButton(t, wanted);
  return failureScreen(t, t(`problem-${problem}`), {
    wanted,
    again: operatorMustAct ? null : again,
  });
}

/** The sum is known, so another method is one tap away from its order. */
export function failureScreen(
  t: Translate,
  text: string,
  { wanted, again }: { wanted: Wanted; again: InlineKeyboardButton | null },
): Screen {
  const { sumTiyin } = wanted;
  return screen(
    [text],
    [[again], [button(t('button-other-way'), { kind: 'topup_for', sumTiyin }), menuButton(t)]],
  );
}

/** The same order once more. */
export function againButton(
  t: Translate,
  { provider, sumTiyin, method }: Wanted,
): InlineKeyboardButton {
  const label = t('button-once-more', { sum: money(t, sumTiyin) });
  return method
    ? button(label, { kind: 'method', provider, sumTiyin, method })
    : button(label, { kind: 'sum', provider, sumTiyin });
}
