/** What the staff sees of Paylov and of the operator's card there. */
import type { BillRate } from '../../../bills/rate.ts';
import type { AutoFigures } from '../../../monthly/auto-figures.ts';
import type { Float, FloatChanged } from '../../../ledger/float.ts';
import type { Tiyin } from '../../../core/money.ts';
import { short, type Values, whole } from '../../kit/tap-fields.ts';
import { deskButton, deskTap } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import type { Translate } from '../../locales/texts.ts';
import { dateTime, money } from '../../kit/format.ts';
import { type Screen, screen } from '../../kit/screen.ts';

export type FloatKind = 'deposit' | 'balance';

const AREA = 'float';

/**
 * What the button carries. `name` is that of the message that asked: however often the change is confirmed, it is
 * written once. The figures are those that the question showed.
 */
const CHANGE = { amountTiyin: short, name: whole, spentTiyin: short, writtenTiyin: short };

export type FloatChange = Values<typeof CHANGE>;

export const WRITE = {
  deposit: deskTap(AREA, 'put', CHANGE),
  balance: deskTap(AREA, 'set', CHANGE),
};

interface FloatView {
  /** Why paying from balances is paused, as HTML; or null. */
  paused: string | null;
  rate: BillRate;
  float: Float;
  alertTiyin: Tiyin | null;
  watched: { accounts: number; people: number };
  auto: AutoFigures;
  mayPause: boolean;
  isOwner: boolean;
}

export function floatScreen(t: Translate, view: FloatView): Screen {
  const { paused, rate, mayPause, isOwner } = view;
  const isKnown = view.float.leftTiyin !== null;
  const buttonOf = (key: string, action: string) => deskButton(t(key), { area: AREA, action });
  return screen(
    [
      t('float-title'),
      paused === null ? t('float-open') : t('float-paused', { why: paused }),
      t('float-day', {
        paid: String(rate.paid),
        ended: String(rate.ended),
        unclear: String(rate.unclear),
      }),
      '',
      ...cardLines(t, view),
      '',
      ...monthlyLines(t, view),
    ],
    [
      [
        paused === null && mayPause ? buttonOf('float-button-pause', 'pause') : null,
        paused !== null && isOwner ? buttonOf('float-button-resume', 'resume') : null,
      ],
      // Only after somebody has looked at the card once is it known what is left.
      [isOwner && isKnown ? buttonOf('float-button-deposit', 'deposit') : null],
      [isOwner ? buttonOf('float-button-balance', 'balance') : null],
      [
        deskButton(t('button-refresh'), { area: AREA, action: 'show' }),
        deskButton(t('prov-button-all'), { area: 'prov', action: 'list' }),
      ],
      [deskHomeButton(t)],
    ],
  );
}

/** What is looked at and paid without a tap, and what that needs until tomorrow's end. */
function monthlyLines(t: Translate, { watched, auto, float: { leftTiyin } }: FloatView): string[] {
  const { accounts, paid, paidTiyin, failed, neededTiyin } = auto;
  const isShort = leftTiyin !== null && leftTiyin < neededTiyin;
  const needed = money(t, neededTiyin);
  return [
    t('float-watched', { accounts: String(watched.accounts), people: String(watched.people) }),
    t('float-auto', {
      accounts: String(accounts),
      paid: String(paid),
      sum: money(t, paidTiyin),
      failed: String(failed),
    }),
    t(isShort ? 'float-auto-short' : 'float-auto-needs', { needed }),
  ];
}

function cardLines(t: Translate, { float, alertTiyin }: FloatView): string[] {
  const { leftTiyin, writtenAt, spentTiyin } = float;
  if (leftTiyin === null) return [t('float-unknown', { spent: money(t, spentTiyin) })];
  const left = t('float-left', { left: money(t, leftTiyin) });
  const written = writtenAt === null ? [] : [t('float-written-at', { date: dateTime(writtenAt) })];
  if (alertTiyin === null) return [left, ...written, t('float-no-card')];
  const isLow = leftTiyin < alertTiyin;
  const alert = money(t, alertTiyin);
  return [left, ...written, t(isLow ? 'float-is-low' : 'float-alert', { alert })];
}

export function floatQuestion(
  t: Translate,
  {
    kind,
    amountTiyin,
    leftTiyin,
    carried,
    changed = false,
  }: {
    kind: FloatKind;
    amountTiyin: Tiyin;
    leftTiyin: Tiyin | null;
    carried: FloatChange;
    /** Somebody has written something down since this was asked first. */
    changed?: boolean | undefined;
  },
): Screen {
  const isDeposit = kind === 'deposit';
  const sum = money(t, amountTiyin);
  const before = leftTiyin === null ? '—' : money(t, leftTiyin);
  const after = isDeposit ? (leftTiyin ?? 0) + amountTiyin : amountTiyin;
  return screen(
    [
      t(isDeposit ? 'float-sure-deposit' : 'float-sure-balance', { sum }),
      t('float-figures', { before, after: money(t, after) }),
      changed ? t('float-changed') : null,
    ],
    [
      [
        WRITE[kind].button(t('button-confirm'), carried),
        deskButton(t('button-drop'), { area: AREA, action: 'show' }),
      ],
    ],
  );
}

export function floatResult(
  t: Translate,
  outcome: Exclude<FloatChanged, { kind: 'changed' }>,
): Screen {
  const texts = {
    written: 'float-written',
    same: 'float-same',
    repeated: 'float-repeated',
  } as const;
  return screen(
    [t(texts[outcome.kind], { left: money(t, outcome.leftTiyin) })],
    [[deskButton('🧾 Paylov', { area: AREA, action: 'show' })], [deskHomeButton(t)]],
  );
}
