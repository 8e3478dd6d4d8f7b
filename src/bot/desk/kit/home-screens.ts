/** The desk's first screen: today's figures, then the menu. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { HomeFigures } from './home-figures.ts';
import type { Translate } from '../../locales/texts.ts';
import { dateTime, money } from '../../kit/format.ts';
import { PROVIDER_TITLES } from '../../kit/way-title.ts';
import { menuButton, type Screen, screen, pairs } from '../../kit/screen.ts';

const STATES = { open: '✅', troubled: '⚠️', paused: '⏸' } as const;

/** `bills`: bills can be paid here. */
export function deskHomeScreen(t: Translate, { figures, bills, buttons }: HomeView): Screen {
  return screen(
    [t('desk-title'), '', ...figureLines(t, figures, { bills })],
    [...pairs(buttons), [menuButton(t)]],
  );
}

interface HomeView {
  figures: HomeFigures;
  bills: boolean;
  buttons: readonly InlineKeyboardButton[];
}

function figureLines(
  t: Translate,
  figures: HomeFigures,
  { bills }: { bills: boolean },
): (string | null)[] {
  const { today, reviews, suspense, unknownBills, stuckBills, pending, providers } = figures;
  const states = providers.map(
    ({ id, availability }) => `${PROVIDER_TITLES[id]} ${STATES[availability]}`,
  );
  return [
    t('figures-title', { date: dateTime(figures.at) }),
    t('figures-credited', {
      sum: money(t, today.creditedTiyin),
      count: String(today.creditedCount),
    }),
    ...(bills
      ? [
          t('figures-bills', { sum: money(t, today.billsTiyin), count: String(today.billsCount) }),
          t('figures-fees', { sum: money(t, today.feesTiyin) }),
        ]
      : []),
    t('figures-users', { sum: money(t, figures.usersTiyin) }),
    '',
    t('figures-reviews', { reviews: String(reviews), suspense: String(suspense) }),
    bills
      ? t('figures-unclear-bills', { unknown: String(unknownBills), stuck: String(stuckBills) })
      : null,
    t('figures-pending', { count: String(pending) }),
    t('figures-tickets', { count: String(figures.tickets) }),
    states.length === 0 ? null : t('figures-providers', { states: states.join(' · ') }),
  ];
}
