/** Choosing how and how much to top up. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Tiyin } from '../../core/money.ts';
import type { Way } from '../../core/payment-systems.ts';
import { type ProblemCode, PROBLEMS } from '../../topups/provider.ts';
import type { Topup } from '../../topups/topup.ts';
import { type OfferedWay, takes } from '../../topups/ways.ts';
import type { Translate } from '../locales/texts.ts';
import { escapeHtml, money } from '../kit/format.ts';
import { wayTitle } from '../kit/way-title.ts';
import { button, menuButton, type Screen, screen } from '../kit/screen.ts';

const MARKS = { open: '', paused: '⏸ ', troubled: '⚠️ ' } as const;

interface Ways {
  ways: readonly OfferedWay[];
  /** Shows every payment system by its name; otherwise the few ways that most people want. */
  seesAll: boolean;
}

export function waysScreen(t: Translate, { ways, seesAll }: Ways): Screen {
  if (ways.length === 0) return nothingScreen(t, null);
  return screen(
    [t('providers-title'), '', ...ways.map((way) => wayLine(t, way))],
    [
      ...inPairs(
        ways.map(({ way, availability }) =>
          button(MARKS[availability] + wayTitle(t, way), { kind: 'provider', way }),
        ),
      ),
      [
        seesAll
          ? button(t('button-back'), { kind: 'providers' })
          : button(t('button-other-way'), { kind: 'ways', sumTiyin: null }),
        menuButton(t),
      ],
    ],
  );
}

/** The ways for a sum that is missing: one tap opens the order. A way whose smallest sum is larger takes that. */
export function waysForScreen(
  t: Translate,
  {
    ways,
    seesAll,
    sumTiyin,
    waits,
  }: Ways & {
    sumTiyin: Tiyin;
    /** Whether a bill waits for the money. */
    waits: boolean;
  },
): Screen {
  const usable = ways.filter((way) => way.availability !== 'paused' && sumTiyin <= way.maxTiyin);
  if (usable.length === 0) return nothingScreen(t, seesAll ? sumTiyin : null);
  return screen(
    [t('providers-for', { sum: money(t, sumTiyin) }), waits ? t('providers-for-waits') : null],
    [
      ...usable.map(({ way, availability, minTiyin }) => {
        const sum = Math.max(minTiyin, sumTiyin);
        const label = `${MARKS[availability]}${wayTitle(t, way)} · ${money(t, sum)}`;
        return [button(label, { kind: 'sum', way, sumTiyin: sum })];
      }),
      [waits ? button(t('button-pay-continue'), { kind: 'pay_continue' }) : null],
      [
        seesAll
          ? button(t('button-back'), { kind: 'topup_for', sumTiyin })
          : button(t('button-other-way'), { kind: 'ways', sumTiyin }),
        menuButton(t),
      ],
    ],
  );
}

/**
 * Nothing can be chosen. `sumTiyin`: no system takes this sum, while the few ways that most people want may take
 * another.
 */
function nothingScreen(t: Translate, sumTiyin: Tiyin | null): Screen {
  if (sumTiyin === null) return screen([t('providers-none')], [[menuButton(t)]]);
  const back = button(t('button-back'), { kind: 'topup_for', sumTiyin });
  return screen([t('ways-no-other')], [[back, menuButton(t)]]);
}

function wayLine(t: Translate, { way, availability, minTiyin, maxTiyin }: OfferedWay): string {
  const title = escapeHtml(wayTitle(t, way));
  const line = t('ways-line', { title, min: money(t, minTiyin), max: money(t, maxTiyin) });
  if (availability === 'open') return line;
  return `${line}\n${t(availability === 'paused' ? 'providers-paused' : 'providers-troubled')}`;
}

/** `notice` stands above: why the sum is asked for again. */
export function sumScreen(
  t: Translate,
  {
    way: offered,
    presetsTiyin,
    notice,
  }: { way: OfferedWay; presetsTiyin: readonly Tiyin[]; notice?: string },
): Screen {
  const { way, minTiyin, maxTiyin } = offered;
  const presets = presetsTiyin
    .filter((sumTiyin) => takes(offered, sumTiyin))
    .map((sumTiyin) => button(money(t, sumTiyin), { kind: 'sum', way, sumTiyin }));
  return screen(
    [
      ...(notice === undefined ? [] : [notice, '']),
      t('sum-title', { title: escapeHtml(wayTitle(t, way)) }),
      t('sum-limits', { min: money(t, minTiyin), max: money(t, maxTiyin) }),
      offered.availability === 'troubled' ? t('providers-troubled') : null,
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

export function preparingScreen(t: Translate): Screen {
  return screen([t('topup-preparing')], [[menuButton(t)]]);
}

/** Too many orders are open: each can be opened from here. */
export function tooManyScreen(t: Translate, live: readonly Topup[]): Screen {
  const orders = live.map((topup) => [
    button(`${wayTitle(t, topup.provider)} · ${money(t, topup.amountTiyin)}`, {
      kind: 'order',
      action: 'show',
      topupId: topup.id,
    }),
  ]);
  return screen([t('topup-too-many')], [...orders, [menuButton(t)]]);
}

/** What was wanted when no order came of it. */
export interface Wanted {
  way: Way;
  sumTiyin: Tiyin;
}

/** The way in which an order was to be paid. Another transfer goes through whichever system is best by then. */
export function wayOf({ provider, method }: Topup): Way {
  if (provider !== 'inpay') return 'transfer';
  return method === null || method === 'any' ? 'inpay' : method;
}

/** Says why the order did not come to be. */
export function problemScreen(t: Translate, problem: ProblemCode, wanted: Wanted): Screen {
  const { operatorMustAct } = PROBLEMS[problem];
  const isSum = problem === 'amount_too_low' || problem === 'amount_too_high';
  const again = isSum
    ? button(t('button-other-sum'), { kind: 'provider', way: wanted.way })
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

/** The button that opens the same order once more. */
export function againButton(t: Translate, { way, sumTiyin }: Wanted): InlineKeyboardButton {
  return button(t('button-once-more', { sum: money(t, sumTiyin) }), { kind: 'sum', way, sumTiyin });
}
