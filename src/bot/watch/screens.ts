/** Accounts that are looked at every month: how one is watched, what is owed, and all of it paid at once. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { SavedAccount } from '../../bills/saved.ts';
import type { DebtSign } from '../../bills/states.ts';
import { TIYIN_PER_SOM, type Tiyin, upToWholeSoms } from '../../core/money.ts';
import { LAST_DAY } from '../../monthly/calendar.ts';
import type { AutoPayment } from '../../monthly/announce.ts';
import type { AutoNeeds } from '../../monthly/auto.ts';
import type { Offer, PaidAll } from '../../monthly/pay-all.ts';
import type { Due, Watch, Watched } from '../../monthly/watches.ts';
import { serviceLine } from '../kit/bill-facts.ts';
import type { TapOf } from '../kit/callbacks.ts';
import { clip, escapeHtml, money } from '../kit/format.ts';
import {
  button,
  menuButton,
  openingBelow,
  pairs,
  record,
  type Screen,
  screen,
} from '../kit/screen.ts';
import { noticeLines } from '../kit/step-buttons.ts';
import type { Translate } from '../locales/texts.ts';

type Action = TapOf<'watch'>['action'];

const DAYS = [1, 5, 10, 15, 20, 25, 28, LAST_DAY];
/** From which sum on it is told, in so'm: with the first, anything that is owed is. */
const THRESHOLDS = [0, 10_000, 50_000, 100_000];
const MAX_NAME = 30;
const MAX_SHOWN = 20;

function watchTap(text: string, action: Action, savedId = 0, arg = '-') {
  return button(text, { kind: 'watch', action, savedId, arg });
}

const nameOf = ({ name }: SavedAccount): string => clip(name, MAX_NAME);

function dayWords(t: Translate, day: number): string {
  return day === LAST_DAY ? t('watch-last-day') : t('watch-day', { day: String(day) });
}

function limitWords(t: Translate, thresholdTiyin: Tiyin): string {
  if (thresholdTiyin === 0) return t('watch-any-debt');
  return t('watch-from', { sum: money(t, thresholdTiyin) });
}

/** One account, watched or not. */
export function watchScreen(
  t: Translate,
  { saved, watch, sign }: { saved: SavedAccount; watch: Watch | null; sign: DebtSign },
): Screen {
  const { id, serviceId, serviceName } = saved;
  const isPending = watch !== null && (watch.owedTiyin !== null || watch.isMissed);
  return screen(
    [
      t('watch-title', { name: escapeHtml(nameOf(saved)) }),
      serviceLine(t, { id: serviceId, name: serviceName }),
      '',
      watch
        ? t('watch-is', {
            day: dayWords(t, watch.day),
            limit: limitWords(t, watch.thresholdTiyin),
          })
        : t('watch-choose-day'),
      watch && watch.autoCapTiyin !== null
        ? t('auto-is', { cap: money(t, watch.autoCapTiyin), day: dayWords(t, watch.day) })
        : null,
      sign === 'unknown' ? t('watch-unknown-sign') : null,
    ],
    [
      ...(watch ? [] : dayRows(t, id)),
      [
        watch ? watchTap(t('watch-button-day'), 'days', id) : null,
        watch ? watchTap(t('watch-button-limit'), 'limits', id) : null,
      ],
      [
        isPending ? watchTap(t('watch-button-paid'), 'paid', id) : null,
        isPending ? watchTap(t('watch-button-snooze'), 'snooze', id) : null,
      ],
      [watch && sign !== 'unknown' ? autoButton(t, watch) : null],
      [watch ? watchTap(t('watch-button-stop'), 'stop', id) : null],
      [watchTap(t('watch-button-list'), 'list'), menuButton(t)],
    ],
  );
}

/** What a typed sum comes to: a button of its own, or why there is none. */
interface Typed {
  own?: Tiyin | null;
  notice?: string;
}

function dayRows(t: Translate, savedId: number): InlineKeyboardButton[][] {
  const buttons = DAYS.map((day) => watchTap(dayWords(t, day), 'day', savedId, String(day)));
  return pairs(buttons);
}

/** The usual ones in pairs, below the one that was typed. */
function withOwn(
  usual: readonly number[],
  own: number | null,
  buttonOf: (value: number) => InlineKeyboardButton,
): InlineKeyboardButton[][] {
  const rows = pairs(usual.filter((value) => value !== own).map(buttonOf));
  return own === null ? rows : [[buttonOf(own)], ...rows];
}

export function daysScreen(t: Translate, saved: SavedAccount): Screen {
  return screen(
    [t('watch-title', { name: escapeHtml(nameOf(saved)) }), '', t('watch-choose-day')],
    [...dayRows(t, saved.id), [watchTap(t('button-back'), 'show', saved.id)]],
  );
}

export function limitsScreen(
  t: Translate,
  saved: SavedAccount,
  { own = null, notice }: Typed = {},
): Screen {
  const rows = withOwn(THRESHOLDS, own === null ? null : own / TIYIN_PER_SOM, (som) =>
    watchTap(limitWords(t, som * TIYIN_PER_SOM), 'limit', saved.id, String(som)),
  );
  return screen(
    [
      ...noticeLines(notice),
      t('watch-title', { name: escapeHtml(nameOf(saved)) }),
      '',
      t('watch-choose-limit'),
      '',
      t('sum-hint'),
    ],
    [...rows, [watchTap(t('button-back'), 'show', saved.id)]],
  );
}

function autoButton(t: Translate, { savedId, autoCapTiyin }: Watch): InlineKeyboardButton {
  if (autoCapTiyin !== null) return watchTap(t('auto-button-off'), 'auto_off', savedId);
  return watchTap(t('auto-button-on'), 'caps', savedId);
}

/** The sums that can be agreed to, in so'm a month with the fee. */
const CAPS = [50_000, 100_000, 200_000, 500_000, 1_000_000];

/** Says what is agreed to, and asks up to which sum. */
export function capsScreen(
  t: Translate,
  saved: SavedAccount,
  { watch, own = null, notice }: Typed & { watch: Watch },
): Screen {
  const rows = withOwn(CAPS, own === null ? null : own / TIYIN_PER_SOM, (som) =>
    watchTap(
      t('auto-button-cap', { sum: money(t, som * TIYIN_PER_SOM) }),
      'cap',
      saved.id,
      String(som),
    ),
  );
  return screen(
    [
      ...noticeLines(notice),
      t('auto-title', { name: escapeHtml(nameOf(saved)) }),
      '',
      t('auto-what', { day: dayWords(t, watch.day) }),
      '',
      t('sum-hint'),
    ],
    [...rows, [watchTap(t('button-back'), 'show', saved.id)]],
  );
}

/** The message of the day before: what will be paid, and how to keep it from being paid. */
export function autoNotice(
  t: Translate,
  shown: {
    payment: AutoPayment;
    saved: SavedAccount;
    needs: AutoNeeds;
    availableTiyin: Tiyin;
  },
): Screen {
  const { payment, saved, needs, availableTiyin } = shown;
  const { payDay, accountKey: key, period } = payment;
  const missing = needs.allTiyin - availableTiyin;
  const topUp = upToWholeSoms(missing);
  const label = t('button-topup-missing', { sum: money(t, topUp) });
  return record(
    [
      t('auto-notice', {
        name: escapeHtml(nameOf(saved)),
        sum: money(t, needs.ownTiyin),
        date: payDay.split('-').toReversed().join('.'),
      }),
      missing > 0 ? t('auto-notice-short', { missing: money(t, topUp) }) : null,
    ],
    [
      [missing > 0 ? button(label, { kind: 'topup_for', sumTiyin: topUp }) : null],
      [watchTap(t('watch-button-off'), 'off')],
    ],
    [button(t('auto-button-skip'), { kind: 'auto_skip', key, period })],
  );
}

/** Says what became of it, where no receipt does. `isOff`: the account does not pay itself any more. */
export function autoOver(
  t: Translate,
  shown: { payment: AutoPayment; saved: SavedAccount; isOff: boolean; missingTiyin: Tiyin },
): Screen {
  const { payment, saved, isOff, missingTiyin } = shown;
  const topUp = upToWholeSoms(missingTiyin);
  const isShort = payment.reason === 'short' && topUp > 0;
  const label = t('button-topup-missing', { sum: money(t, topUp) });
  const isOwed = payment.reason !== 'nothing_owed' && payment.reason !== 'skipped';
  return record(
    [
      t(`auto-over-${payment.reason ?? 'late'}`, {
        name: escapeHtml(nameOf(saved)),
        missing: money(t, topUp),
      }),
      isOff ? t('auto-is-off') : null,
    ],
    [
      [isShort ? button(label, { kind: 'topup_for', sumTiyin: topUp }) : null],
      [
        isOwed
          ? button(t('button-saved-pay'), { kind: 'saved', action: 'pay', savedId: saved.id })
          : null,
      ],
      [watchTap('⚙️', 'show', saved.id)],
    ],
  );
}

/** What the notice becomes when this month is skipped. */
export function autoSkipped(t: Translate, saved: SavedAccount): Screen {
  const { id } = saved;
  return record(
    [t('auto-over-skipped', { name: escapeHtml(nameOf(saved)) })],
    [
      [button(t('button-saved-pay'), { kind: 'saved', action: 'pay', savedId: id })],
      [watchTap('⚙️', 'show', id)],
    ],
  );
}

export function autoOffNews(t: Translate, saved: SavedAccount): Screen {
  return record(
    [t('auto-over-unknown_sign', { name: escapeHtml(nameOf(saved)) }), t('auto-is-off')],
    [[watchTap('⚙️', 'show', saved.id)]],
  );
}

/** All that is watched. */
export function watchedScreen(t: Translate, all: readonly Watched[]): Screen {
  return screen(
    [t(all.length === 0 ? 'watch-none' : 'watch-list')],
    [
      ...all.map(({ watch, saved }) => [
        watchTap(`${nameOf(saved)} · ${dayWords(t, watch.day)}`, 'show', saved.id),
      ]),
      [all.length > 0 ? watchTap(t('watch-button-off'), 'off') : null],
      [button(t('button-saved-back'), { kind: 'saved_list', offset: 0 }), menuButton(t)],
    ],
  );
}

function dueLine(t: Translate, { saved, owedTiyin }: Due): string {
  const name = escapeHtml(nameOf(saved));
  if (owedTiyin === null) return t('watch-due-missed', { name });
  return t('watch-due-line', { name, sum: money(t, owedTiyin) });
}

/** The message that comes by itself in the morning. */
export function dueMessage(t: Translate, due: readonly Due[]): Screen {
  const owed = due.flatMap(({ owedTiyin }) => owedTiyin ?? []);
  const shown = due.slice(0, MAX_SHOWN);
  return record(
    [
      t('watch-due-title'),
      '',
      ...shown.map((each) => dueLine(t, each)),
      '',
      shown.length > 1 ? t('watch-due-order') : null,
    ],
    [
      ...shown.map(({ saved, owedTiyin }) => [
        button(
          owedTiyin === null
            ? `🔎 ${nameOf(saved)}`
            : `💳 ${nameOf(saved)} · ${money(t, owedTiyin)}`,
          { kind: 'saved', action: 'pay', savedId: saved.id },
        ),
        watchTap('⚙️', 'show', saved.id),
      ]),
      [owed.length > 1 ? watchTap(t('watch-button-all'), 'all') : null],
      [watchTap(t('watch-button-off'), 'off')],
    ],
  );
}

/** Every bill, its sum and its fee, before the one tap that pays them all. */
export function allScreen(
  t: Translate,
  { offer, availableTiyin, notice }: { offer: Offer; availableTiyin: Tiyin; notice?: string },
): Screen {
  const { items, digest, totalTiyin } = offer;
  const missing = totalTiyin - availableTiyin;
  const topUp = upToWholeSoms(missing);
  const label = t('button-topup-missing', { sum: money(t, topUp) });
  return screen(
    [
      notice ?? null,
      t('watch-all-title'),
      '',
      ...items.map(({ saved, amountTiyin, feeTiyin }) =>
        t(feeTiyin > 0 ? 'watch-all-line-fee' : 'watch-all-line', {
          name: escapeHtml(nameOf(saved)),
          sum: money(t, amountTiyin),
          fee: money(t, feeTiyin),
        }),
      ),
      '',
      t('pay-line-total', { total: money(t, totalTiyin) }),
      missing > 0
        ? t('pay-short', {
            total: money(t, totalTiyin),
            available: money(t, availableTiyin),
            missing: money(t, missing),
          })
        : t('pay-from-balance'),
    ],
    [
      [
        missing > 0
          ? // The list stays: it is paid from here once the money has come.
            openingBelow(button(label, { kind: 'topup_for', sumTiyin: topUp }))
          : watchTap(t('button-pay-now', { sum: money(t, totalTiyin) }), 'all_yes', 0, digest),
      ],
      [missing > 0 ? watchTap(t('button-refresh'), 'all') : null],
      [menuButton(t)],
    ],
  );
}

type Outcome = Extract<PaidAll, { kind: 'done' }>['outcomes'][number];

function endOf({ outcome }: Outcome): 'paid' | 'unclear' | 'not' {
  if (outcome.kind !== 'bill') return 'not';
  if (outcome.bill.state === 'paid') return 'paid';
  return outcome.bill.state === 'failed' ? 'not' : 'unclear';
}

/** What became of each: the receipts come by themselves. */
export function paidAllScreen(t: Translate, outcomes: readonly Outcome[]): Screen {
  return record(
    [
      t('watch-paid-title'),
      '',
      ...outcomes.map((each) =>
        t(`watch-paid-${endOf(each)}`, {
          name: escapeHtml(nameOf(each.item.saved)),
          sum: money(t, each.item.amountTiyin),
        }),
      ),
    ],
    [[button(t('button-bills'), { kind: 'bills', offset: 0 }), menuButton(t)]],
  );
}

export function offQuestion(t: Translate): Screen {
  return screen(
    [t('watch-off-question')],
    [[watchTap(t('watch-button-off-yes'), 'off_yes')], [watchTap(t('button-back'), 'list')]],
  );
}

export function offScreen(t: Translate): Screen {
  return screen([t('watch-off-done')], [[menuButton(t)]]);
}

export function nothingDueScreen(t: Translate): Screen {
  return screen([t('watch-nothing-due')], [[menuButton(t)]]);
}
