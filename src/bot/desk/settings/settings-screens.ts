/** What may be changed live, and how it is now. */
import type { InlineKeyboardButton } from 'grammy/types';
import { z } from 'zod';
import { NAMED_WAYS, type NamedWay } from '../../../core/payment-systems.ts';
import { MONEY_TERMS, TERM_NAMES, type TermName } from '../../../settings/terms.ts';
import { escapeHtml, shortDateTime } from '../../kit/format.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { whole } from '../../kit/tap-fields.ts';
import type { Translate } from '../../locales/texts.ts';
import { carrying, deskButton, deskTap } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import { WAY_TITLES } from '../../kit/way-title.ts';
import { termTitle, termValue } from '../kit/term-words.ts';

export const SETTINGS_AREA = 'set';

const WHICH = { name: z.enum(TERM_NAMES) };
const WAY = { way: z.enum(NAMED_WAYS) };
export const SHOW = deskTap(SETTINGS_AREA, 'show', WHICH);
export const RESET = deskTap(SETTINGS_AREA, 'reset', WHICH);
export const HIDE = deskTap(SETTINGS_AREA, 'hide', WAY);
export const UNHIDE = deskTap(SETTINGS_AREA, 'unhide', WAY);
/** The button names the place it moves a way from, so that tapping it twice is one step. */
export const UP = deskTap(SETTINGS_AREA, 'up', { ...WAY, from: whole });
export const ASKED = carrying(WHICH);

const HINTS = {
  TOPUP_MIN: 'term-ask-sum',
  TOPUP_MAX: 'term-ask-sum',
  TOPUP_PRESETS: 'term-ask-sums',
  BILL_FEE_PERCENT: 'term-ask-percent',
  TOPUP_ORDER: 'term-ask-ways',
  SUPPORT_CONTACT: 'term-ask-contact',
  QUIET_HOURS: 'term-ask-quiet',
} as const satisfies Record<TermName, string>;

export interface TermView {
  name: TermName;
  /** The value as the environment would have it. */
  text: string;
  /** Null: it is as in the environment. */
  chosen: { at: number; by: string } | null;
}

export function settingsScreen(t: Translate, views: readonly TermView[]): Screen {
  const buttons = views.map(({ name }) => [SHOW.button(termTitle(t, name), { name })]);
  return screen(
    [t('settings-title'), '', ...views.map((view) => termLine(t, view)), '', t('settings-hint')],
    [...buttons, [allNamesButton(t)], [deskHomeButton(t)]],
  );
}

export function allNamesButton(t: Translate): InlineKeyboardButton {
  return deskButton(t('way-names-button'), { area: SETTINGS_AREA, action: 'names' });
}

function termLine(t: Translate, { name, text }: TermView): string {
  return `${termTitle(t, name)}: <b>${termValue(t, name, text)}</b>`;
}

export interface Arranged {
  shown: readonly NamedWay[];
  hidden: readonly NamedWay[];
}

interface TermNotes {
  /** May this person change it? */
  mayChange: boolean;
  /** A line above: what was wrong, or what became of it. */
  notice?: string;
  /** The ways to top up that there are: those on the menu in its order, and those that are not on it. */
  ways: Arranged;
}

export function termScreen(
  t: Translate,
  view: TermView,
  { mayChange, notice, ways }: TermNotes,
): Screen {
  const { name, chosen } = view;
  const isMoney = MONEY_TERMS.some((each) => each === name);
  return screen(
    [
      ...(notice === undefined ? [] : [notice, '']),
      termLine(t, view),
      chosen === null
        ? t('term-from-first')
        : t('term-chosen', { name: escapeHtml(chosen.by), at: shortDateTime(chosen.at) }),
      ...(mayChange ? ['', t(HINTS[name]), isMoney ? t('term-two') : null] : []),
    ],
    [
      ...(mayChange && name === 'TOPUP_ORDER' ? wayRows(t, ways) : []),
      mayChange && name === 'SUPPORT_CONTACT' && view.text !== ''
        ? [deskButton(t('term-button-here'), { area: SETTINGS_AREA, action: 'here' })]
        : [],
      mayChange && chosen !== null ? [RESET.button(t('term-button-reset'), { name })] : [],
      [deskButton(t('settings-button-all'), { area: SETTINGS_AREA, action: 'list' })],
      [deskHomeButton(t)],
    ],
  );
}

function wayRows(t: Translate, { shown, hidden }: Arranged): InlineKeyboardButton[][] {
  return [
    ...shown.map((way, from) => {
      const title = WAY_TITLES[way];
      const hide = HIDE.button(t('term-button-hide', { title }), { way });
      return from === 0 ? [hide] : [UP.button(`⬆️ ${title}`, { way, from }), hide];
    }),
    ...hidden.map((way) => [
      UNHIDE.button(t('term-button-unhide', { title: WAY_TITLES[way] }), { way }),
    ]),
  ];
}
