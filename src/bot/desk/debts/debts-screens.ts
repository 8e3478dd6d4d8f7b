/** What the staff sees of the signs of debts. */
import type { ServiceRule } from '../../../bills/debts.ts';
import type { Service } from '../../../bills/paylov/types.ts';
import { DEBT_SIGNS, type DebtSign } from '../../../bills/states.ts';
import type { Translate } from '../../locales/texts.ts';
import { clip, escapeHtml, shortDateTime } from '../../kit/format.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { shortKey } from '../../kit/short-key.ts';
import { deskButton } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';

export const DEBTS_AREA = 'debts';

const PAGE = 8;
const MAX_NAME = 50;

const ICONS: Readonly<Record<DebtSign, string>> = { negative: '➖', positive: '➕', unknown: '❔' };
const SAYS: Readonly<Record<DebtSign, string>> = {
  negative: 'debts-is-negative',
  positive: 'debts-is-positive',
  unknown: 'debts-is-unknown',
};
const BUTTONS: Readonly<Record<DebtSign, string>> = {
  negative: 'debts-button-negative',
  positive: 'debts-button-positive',
  unknown: 'debts-button-unknown',
};

export interface ServiceView {
  service: Service;
  /** Null: nothing is known of it yet. */
  rule: ServiceRule | null;
}

function signOf({ rule }: ServiceView): DebtSign {
  return rule?.debtSign ?? 'unknown';
}

function tap(text: string, action: string, arg = '') {
  return deskButton(text, { area: DEBTS_AREA, action, arg });
}

export function debtsScreen(
  t: Translate,
  { views, offset }: { views: readonly ServiceView[]; offset: number },
): Screen {
  const shown = views.slice(offset, offset + PAGE);
  const before = Math.max(0, offset - PAGE);
  const after = offset + PAGE;
  return screen(
    [t('debts-title'), '', t('debts-why'), views.length === 0 ? t('debts-none') : null],
    [
      ...shown.map((view) => [
        tap(
          `${ICONS[signOf(view)]} ${clip(t.names.service(view.service).name, MAX_NAME)}`,
          'show',
          shortKey(view.service.id),
        ),
      ]),
      [
        offset > 0 ? tap('◀️', 'page', String(before)) : null,
        after < views.length ? tap('▶️', 'page', String(after)) : null,
      ],
      [deskHomeButton(t)],
    ],
  );
}

export function serviceScreen(
  t: Translate,
  { maySay, ...view }: ServiceView & { maySay: boolean },
): Screen {
  const { service, rule } = view;
  const key = shortKey(service.id);
  const others = DEBT_SIGNS.filter((sign) => sign !== signOf(view));
  return screen(
    [
      `<b>${escapeHtml(clip(t.names.service(service).name, MAX_NAME))}</b>`,
      t(SAYS[signOf(view)]),
      '',
      t(rule === null || rule.seen.length === 0 ? 'debts-nothing-seen' : 'debts-seen'),
      ...(rule?.seen ?? []).map(({ saldo, lastPaid, at }) => {
        const said = { time: shortDateTime(at), saldo: escapeHtml(saldo) };
        if (lastPaid === undefined) return t('debts-answer', said);
        return t('debts-answer-paid', { ...said, paid: escapeHtml(lastPaid) });
      }),
      '',
      maySay ? t('debts-how') : null,
    ],
    [
      ...(maySay ? others : []).map((sign) => [
        tap(`${ICONS[sign]} ${t(BUTTONS[sign])}`, 'say', `${key}.${sign}`),
      ]),
      [deskButton(t('services-menu'), { area: 'services', action: 'show', arg: `s.${key}.-` })],
      [tap(t('button-back'), 'list'), deskHomeButton(t)],
    ],
  );
}
