/** The choice of what to export. */
import { z } from 'zod';
import type { Translate } from '../../locales/texts.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { type Span, SPANS } from './export-days.ts';
import { deskButton, deskTap } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';

export const EXPORT_AREA = 'export';

export const MAKE = deskTap(EXPORT_AREA, 'make', { span: z.enum(SPANS) });

/** A message gives one file: after one was made, the way to the next is a message of its own. */
export function exportMenu(t: Translate, text: string): Screen {
  const again = deskButton(t('export-button-again'), { area: EXPORT_AREA, action: 'menu' });
  return screen([text], [[again], [deskHomeButton(t)]]);
}

export function exportChoice(t: Translate): Screen {
  const make = (span: Span, key: string) => MAKE.button(t(key), { span });
  return screen(
    [t('export-title'), '', t('export-choose')],
    [
      [make('today', 'export-today'), make('yesterday', 'export-yesterday')],
      [make('week', 'export-week'), make('month', 'export-month')],
      [
        make('before', 'export-before'),
        deskButton(t('export-typed'), { area: EXPORT_AREA, action: 'ask' }),
      ],
      [deskHomeButton(t)],
    ],
  );
}
