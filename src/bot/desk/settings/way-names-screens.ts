/** What the staff sees of the names of ways to top up. */
import { z } from 'zod';
import { LANGUAGES, type Language } from '../../../core/language.ts';
import { NAMED_WAYS, type Way } from '../../../core/payment-systems.ts';
import { escapeHtml, shortDateTime } from '../../kit/format.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { ownTitle, wayTitle } from '../../kit/way-title.ts';
import type { Translate } from '../../locales/texts.ts';
import { deskButton, deskTap } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import { allNamesButton, SETTINGS_AREA } from './settings-screens.ts';

const WAY = { way: z.enum([...NAMED_WAYS, 'transfer']) };
export const NAMED = deskTap(SETTINGS_AREA, 'named', WAY);
export const RENAME = deskTap(SETTINGS_AREA, 'rename', { ...WAY, language: z.enum(LANGUAGES) });
export const UNNAME = deskTap(SETTINGS_AREA, 'unname', WAY);

/** Its own name, and the one that payers see where that is another. */
function bothNames(t: Translate, way: Way): string {
  const [own, shown] = [ownTitle(t, way), wayTitle(t, way)];
  return own === shown ? own : `${own} → ${shown}`;
}

export function waysNamesScreen(t: Translate, ways: readonly Way[]): Screen {
  return screen(
    [t('way-names-title'), '', t('way-names-hint')],
    [
      ...ways.map((way) => [NAMED.button(bothNames(t, way), { way })]),
      [deskButton(t('settings-button-all'), { area: SETTINGS_AREA, action: 'list' })],
      [deskHomeButton(t)],
    ],
  );
}

export interface WayNames {
  way: Way;
  /** In each language; `title`: what the language calls itself. */
  names: readonly { language: Language; title: string; name: string; isOwn: boolean }[];
  /** Who changed one of them last. */
  last: { at: number; by: string } | null;
  mayGive: boolean;
}

export function wayNamesScreen(
  t: Translate,
  { way, names, last, mayGive }: WayNames,
  notice?: string,
): Screen {
  return screen(
    [
      ...(notice === undefined ? [] : [notice, '']),
      `<b>${escapeHtml(ownTitle(t, way))}</b>`,
      '',
      ...names.map(({ title, name, isOwn }) =>
        t('pay-line', { label: `${title}${isOwn ? ' ✏️' : ''}`, value: escapeHtml(name) }),
      ),
      '',
      last && t('term-chosen', { name: escapeHtml(last.by), at: shortDateTime(last.at) }),
      mayGive ? t('services-how') : null,
    ],
    [
      ...(mayGive
        ? names.map(({ language, title }) => [RENAME.button(`✏️ ${title}`, { way, language })])
        : []),
      mayGive && names.some(({ isOwn }) => isOwn)
        ? [UNNAME.button(t('services-button-reset'), { way })]
        : [],
      [allNamesButton(t)],
      [deskHomeButton(t)],
    ],
  );
}

export function askScreen(
  t: Translate,
  { way, title, max }: { way: Way; title: string; max: number },
  notice?: string,
): Screen {
  return screen(
    [
      ...(notice === undefined ? [] : [notice, '']),
      `<b>${escapeHtml(ownTitle(t, way))}</b>`,
      t('services-ask', { language: title, max: String(max) }),
    ],
    [[NAMED.button(t('button-back'), { way })], [deskHomeButton(t)]],
  );
}
