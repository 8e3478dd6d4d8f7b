/** The choice of what to export. */
import type { Translate } from '../../locales/texts.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import type { Span } from './export-days.ts';
import { deskButton } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';

export const EXPORT_AREA = 'export';

/** A message gives one file: after one was made, the way to the next is a message of its own. */
export function exportMenu(t: Translate, text: string): Screen {
  const again = deskButton(t('export-button-again'), { area: EXPORT_AREA, action: 'menu' });
  return screen([text], [[again], [deskHomeButton(t)]]);
}

export function exportChoice(t: Translate): Screen {
  const make = (span: Span, text: string) =>
    deskButton(text, { area: EXPORT_AREA, action: 'make', arg: span });
  return screen(
    [t('export-title'), '', t('export-choose')],
    [
      [make('today', t('export-today')), make('yesterday', t('export-yesterday'))],
      [make('week', t('export-week')), make('month', t('export-month'))],
      [
        make('before', t('export-before')),
        deskButton(t('export-typed'), { area: EXPORT_AREA, action: 'ask' }),
      ],
      [deskHomeButton(t)],
    ],
  );
}
