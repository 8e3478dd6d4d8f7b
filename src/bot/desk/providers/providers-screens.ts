/** What the staff sees of the payment systems. */
import type { InlineKeyboardButton } from 'grammy/types';
import { z } from 'zod';
import type { HealthFact } from '../../../topups/provider.ts';
import type { Rate } from '../../../topups/provider-figures.ts';
import { BY_SYSTEM } from '../../../topups/provider-pause.ts';
import type { ProviderState } from '../../../topups/provider-state.ts';
import type { Offer } from '../../../topups/ways.ts';
import { deskButton } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import type { Translate } from '../../locales/texts.ts';
import { clip, dateTime, escapeHtml, money, shortDateTime } from '../../kit/format.ts';
import { type Screen, screen, pairs } from '../../kit/screen.ts';

export interface ProviderView {
  offer: Offer;
  /** Null: nothing was ever noted about it. */
  state: ProviderState | null;
  /** Who took it off the menu, as HTML; null: nobody, or it did so itself. */
  pausedBy: string | null;
  availability: Offer['availability'];
  hour: Rate | null;
  day: Rate | null;
  /** Earlier troubles, latest first. */
  troubles: readonly Trouble[];
  /** Requests in the last period, where they are rationed. */
  budget: { used: number; limit: number } | null;
}

export interface Trouble {
  problem: string;
  at: number;
}

const AREA = 'prov';
const ICONS = { open: '🟢', troubled: '🟡', paused: '⏸' } as const;
const STATES = {
  open: 'prov-open',
  troubled: 'prov-troubled',
  paused: 'prov-off',
} as const;

export function providersScreen(
  t: Translate,
  { views, paylov }: { views: readonly ProviderView[]; paylov: boolean },
): Screen {
  const buttons = views.map((view) => {
    const { id, title } = view.offer.provider;
    const text = `${ICONS[view.availability]} ${title}`;
    return deskButton(text, { area: AREA, action: 'show', arg: id });
  });
  if (paylov) buttons.push(deskButton('🧾 Paylov', { area: 'float', action: 'show' }));
  return screen(
    [t('prov-title'), ...views.flatMap((view) => ['', ...summary(t, view)])],
    [...pairs(buttons), [refresh(t, 'list'), deskHomeButton(t)]],
  );
}

function summary(t: Translate, view: ProviderView): (string | null)[] {
  return [
    `${ICONS[view.availability]} <b>${view.offer.provider.title}</b> — ${t(STATES[view.availability])}`,
    t('prov-hour', { rate: rateText(t, view.hour) }),
    t('prov-day', { rate: rateText(t, view.day) }),
    budgetLine(t, view),
  ];
}

function budgetLine(t: Translate, { budget }: ProviderView): string | null {
  if (!budget) return null;
  return t('prov-budget', { used: String(budget.used), limit: String(budget.limit) });
}

function rateText(t: Translate, rate: Rate | null): string {
  if (!rate) return t('prov-no-orders');
  return t('prov-rate', {
    paid: String(rate.paid),
    ended: String(rate.ended),
    percent: String(Math.round((rate.paid / rate.ended) * 100)),
    median: rate.medianMs === null ? '—' : duration(rate.medianMs),
  });
}

const two = (part: number): string => String(part).padStart(2, '0');

/** `1:05`, `2:00:10`: minutes and seconds read the same in every language. */
function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = two(seconds % 60);
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${two(minutes)}:${rest}`;
}

export function providerScreen(
  t: Translate,
  { view, mayPause, mayResume }: { view: ProviderView; mayPause: boolean; mayResume: boolean },
): Screen {
  const { state } = view;
  return screen(
    [
      ...summary(t, view),
      ...section(pauseLines(t, view)),
      ...section([...troubleLines(t, state), ...earlierLines(t, view)]),
      ...section(factLines(t, state)),
    ],
    [
      stateButtons(t, { view, mayPause, mayResume }),
      [
        refresh(t, 'show', view.offer.provider.id),
        deskButton(t('prov-button-all'), { area: AREA, action: 'list' }),
      ],
      [deskHomeButton(t)],
    ],
  );
}

/** With a blank line before it, unless there is nothing in it. */
function section(lines: readonly (string | null)[]): (string | null)[] {
  return lines.every((line) => line === null) ? [] : ['', ...lines];
}

function stateButtons(
  t: Translate,
  { view, mayPause, mayResume }: { view: ProviderView; mayPause: boolean; mayResume: boolean },
): (InlineKeyboardButton | null)[] {
  const arg = view.offer.provider.id;
  const bySystem = view.state?.pausedBy === BY_SYSTEM;
  const isPaused = view.state !== null && view.state.pausedAt !== null;
  const offered = (isPaused && !bySystem) || !mayPause ? null : 'pause';
  return [
    offered && deskButton(t('prov-button-pause'), { area: AREA, action: 'pause', arg }),
    isPaused && mayResume
      ? deskButton(t('prov-button-resume'), { area: AREA, action: 'resume', arg })
      : null,
    bySystem && mayPause
      ? deskButton(t('prov-button-try'), { area: AREA, action: 'try', arg })
      : null,
  ];
}

function pauseLines(
  t: Translate,
  { state, pausedBy }: Pick<ProviderView, 'state' | 'pausedBy'>,
): (string | null)[] {
  if (!state || state.pausedAt === null) return [];
  const since = dateTime(state.pausedAt);
  if (state.pausedBy !== BY_SYSTEM) {
    return [t('prov-paused-by', { since, who: pausedBy ?? '—' })];
  }
  return [
    t('prov-paused-itself', { since }),
    state.trialAt === null
      ? t('prov-half-open')
      : t('prov-trial-at', { at: dateTime(state.trialAt) }),
  ];
}

function troubleLines(t: Translate, state: ProviderState | null): (string | null)[] {
  if (!state) return [];
  const { lastProblem, lastProblemAt, lastProblemDetail, lastAnswerAt } = state;
  return [
    lastProblem === null || lastProblemAt === null
      ? null
      : t('prov-problem', { problem: escapeHtml(lastProblem), at: dateTime(lastProblemAt) }),
    lastProblemDetail === null ? null : `<code>${escapeHtml(clip(lastProblemDetail, 300))}</code>`,
    state.failuresInARow === 0 ? null : t('prov-failures', { count: String(state.failuresInARow) }),
    lastAnswerAt === null ? null : t('prov-answer', { at: dateTime(lastAnswerAt) }),
  ];
}

/** The troubles before the last one. */
function earlierLines(t: Translate, { troubles, state }: ProviderView): string[] {
  return troubles
    .filter(({ problem }) => problem !== state?.lastProblem)
    .map(({ problem, at }) =>
      t('prov-earlier', { problem: escapeHtml(problem), at: dateTime(at) }),
    );
}

const FACTS: Readonly<Record<HealthFact['name'], string>> = {
  shop_name: 'prov-fact-name',
  balance: 'prov-fact-balance',
  total_count: 'prov-fact-count',
  total_amount: 'prov-fact-total',
  shop_status: 'prov-fact-status',
  monthly_fee: 'prov-fact-fee',
  tariff: 'prov-fact-tariff',
  subscription_until: 'prov-fact-until',
  payments_used: 'prov-fact-used',
  payments_max: 'prov-fact-max',
  card: 'prov-fact-card',
};

/** Written by this program, maybe by an older one: names it does not know any more are left out. */
const factsSchema = z.array(
  z.object({
    name: z.string(),
    value: z.string(),
    amountTiyin: z.int().optional(),
  }),
);

function factLines(t: Translate, state: ProviderState | null): string[] {
  const parsed = factsSchema.safeParse(state?.facts);
  if (!parsed.success || !state || state.factsAt === null || parsed.data.length === 0) return [];
  const lines = parsed.data.flatMap(({ name, value, amountTiyin }) => {
    const key = Object.entries(FACTS).find(([known]) => known === name)?.[1];
    if (key === undefined) return [];
    const shown = amountTiyin === undefined ? escapeHtml(clip(value, 100)) : money(t, amountTiyin);
    return [t(key, { value: shown })];
  });
  return [t('prov-facts', { at: shortDateTime(state.factsAt) }), ...lines];
}

function refresh(t: Translate, action: string, arg = ''): InlineKeyboardButton {
  return deskButton(t('button-refresh'), { area: AREA, action, arg });
}
