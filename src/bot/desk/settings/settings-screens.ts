/** What may be changed live, and how it is now. */
import type { InlineKeyboardButton } from 'grammy/types';
import { z } from 'zod';
import type { SystemPlace } from '../../../settings/kinds.ts';
import { MONEY_TERMS, TERM_NAMES, type TermName } from '../../../settings/terms.ts';
import { PROVIDER_IDS } from '../../kit/callbacks.ts';
import { escapeHtml, PROVIDER_TITLES, shortDateTime } from '../../kit/format.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { whole } from '../../kit/tap-fields.ts';
import type { Translate } from '../../locales/texts.ts';
import { carrying, deskButton, deskTap } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import { termTitle, termValue } from '../kit/term-words.ts';

export const SETTINGS_AREA = 'set';

const WHICH = { name: z.enum(TERM_NAMES) };
const SYSTEM = { id: z.enum(PROVIDER_IDS) };
export const SHOW = deskTap(SETTINGS_AREA, 'show', WHICH);
export const RESET = deskTap(SETTINGS_AREA, 'reset', WHICH);
export const HIDE = deskTap(SETTINGS_AREA, 'hide', SYSTEM);
export const UNHIDE = deskTap(SETTINGS_AREA, 'unhide', SYSTEM);
/** From which place: tapped twice it is one step. */
export const UP = deskTap(SETTINGS_AREA, 'up', { ...SYSTEM, from: whole });
export const ASKED = carrying(WHICH);

const HINTS = {
  TOPUP_MIN: 'term-ask-sum',
  TOPUP_MAX: 'term-ask-sum',
  TOPUP_PRESETS: 'term-ask-sums',
  BILL_FEE_PERCENT: 'term-ask-percent',
  PAYMENT_SYSTEMS: 'term-ask-systems',
} as const satisfies Record<TermName, string>;

export interface TermView {
  name: TermName;
  /** In the words of the environment. */
  text: string;
  /** Null: it is as in the environment. */
  chosen: { at: number; by: string } | null;
}

export function settingsScreen(t: Translate, views: readonly TermView[]): Screen {
  const buttons = views.map(({ name }) => [SHOW.button(termTitle(t, name), { name })]);
  return screen(
    [t('settings-title'), '', ...views.map((view) => termLine(t, view)), '', t('settings-hint')],
    [...buttons, [deskHomeButton(t)]],
  );
}

function termLine(t: Translate, { name, text }: TermView): string {
  return `${termTitle(t, name)}: <b>${termValue(t, name, text)}</b>`;
}

export interface TermNotes {
  /** May this person change it? */
  mayChange: boolean;
  /** Stands above: what was wrong, or what became of it. */
  notice?: string;
  /** Of payment systems, all there are. */
  systems: readonly SystemPlace[];
}

export function termScreen(
  t: Translate,
  view: TermView,
  { mayChange, notice, systems }: TermNotes,
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
      ...(mayChange && name === 'PAYMENT_SYSTEMS' ? systemRows(t, systems) : []),
      mayChange && chosen !== null ? [RESET.button(t('term-button-reset'), { name })] : [],
      [deskButton(t('settings-button-all'), { area: SETTINGS_AREA, action: 'list' })],
      [deskHomeButton(t)],
    ],
  );
}

function systemRows(t: Translate, systems: readonly SystemPlace[]): InlineKeyboardButton[][] {
  return systems.map(({ id, isHidden }, from) => {
    const title = PROVIDER_TITLES[id];
    const other = isHidden
      ? UNHIDE.button(t('term-button-unhide', { title }), { id })
      : HIDE.button(t('term-button-hide', { title }), { id });
    return from === 0 ? [other] : [UP.button(`⬆️ ${title}`, { id, from }), other];
  });
}
