/** Where the money of a top-up is: its steps from its history, and what happens next. */
import { CONFIRM_WITHIN_MS } from '../../topups/looks.ts';
import { DENIED } from '../../topups/reported.ts';
import type { Topup } from '../../topups/topup.ts';
import { isTwin } from '../../topups/twins.ts';
import type { Translate } from '../locales/texts.ts';
import { escapeHtml, moment, money } from '../kit/format.ts';
import { wayTitle } from '../kit/way-title.ts';
import { button, type Screen } from '../kit/screen.ts';
import { type StepLine, stepsScreen, type TellingSteps } from '../kit/steps.ts';

/** One row of an order's history. */
export interface OrderStep {
  at: number;
  toState: string;
  cause: string;
  note: string | null;
}

interface TopupSteps extends TellingSteps {
  topup: Topup;
  /** Oldest first. */
  steps: readonly OrderStep[];
  /** Until when a payment is still found by itself, after the order ended. */
  watchedUntil: number | null;
}

export function topupStepsScreen(t: Translate, view: TopupSteps): Screen {
  const { topup, from } = view;
  const { id, createdAt, state } = topup;
  return stepsScreen(t, {
    ...view,
    about: { kind: 'topup', id },
    title: t('steps-about-topup', {
      id,
      provider: escapeHtml(wayTitle(t, topup.provider)),
      sum: money(t, topup.amountTiyin),
    }),
    madeAt: createdAt,
    lines: linesOf(t, view),
    next: [nextOf(t, view)],
    isAsked: state !== 'paid' && state !== 'creating',
    own: [
      button(t('button-refresh'), { kind: 'topup_steps', topupId: id, from }),
      button(t('button-back'), { kind: 'topup_at', topupId: id, from }),
    ],
  });
}

function linesOf(t: Translate, { topup, steps }: TopupSteps): StepLine[] {
  const made = { icon: '✅', at: topup.createdAt, what: t('steps-topup-made') };
  const { reportedPaidAt: at } = topup;
  const reported = at === null ? [] : [{ icon: '✅', at, what: t('steps-topup-reported') }];
  const told = steps.flatMap((step, index) => lineOf(t, topup, step, steps[index - 1]) ?? []);
  // Rows of one moment stay in their order.
  return [made, ...reported, ...told].toSorted((a, b) => a.at - b.at);
}

/** The line for one step; null for one that moved nothing that the payer waits for. */
function lineOf(
  t: Translate,
  topup: Topup,
  { at, toState, cause, note }: OrderStep,
  before: OrderStep | undefined,
): StepLine | null {
  const line = (icon: string, what: string): StepLine => ({ icon, at, what });
  if (note === DENIED) return line('⚠️', t('steps-topup-denied'));
  if (note?.startsWith('debited: ')) return line('↩️', t('steps-topup-debited'));
  if (toState === 'unreadable_payment') return line('🔎', t('steps-topup-unclear'));
  // A step that only notes something leaves the order in its state.
  if (toState === before?.toState) return null;
  const isStaffs = /^(?:owner|staff):/.test(cause);
  const paid = money(t, topup.paidTiyin ?? topup.amountTiyin);
  switch (toState) {
    case 'expired':
      return line('⌛', t('steps-topup-expired'));
    case 'cancelled':
      return line(
        '❌',
        t(cause === 'user' ? 'steps-topup-cancelled-you' : 'steps-topup-cancelled'),
      );
    case 'failed':
      return line('❌', t('steps-topup-failed'));
    case 'review': {
      const key = isTwin(topup) ? 'steps-topup-same-sum' : 'steps-topup-other-sum';
      return line('🔎', t(key, { paid, sum: money(t, topup.amountTiyin) }));
    }
    case 'paid': {
      const key = isStaffs ? 'steps-topup-credited-staff' : 'steps-topup-credited';
      return line('✅', t(key, { sum: paid }));
    }
    case 'refused':
      return line('❌', t('steps-topup-refused'));
    default:
      return null;
  }
}

function nextOf(t: Translate, view: TopupSteps): string {
  const { topup, steps, watchedUntil } = view;
  const time = (at: number): string => moment(at, topup.createdAt);
  switch (topup.state) {
    case 'creating':
      return t('steps-next-creating');
    case 'waiting':
      return topup.reportedPaidAt === null
        ? t('steps-next-waiting', { time: time(topup.expiresAt) })
        : reportedNext(t, view, topup.reportedPaidAt);
    case 'review': {
      const told = steps.findLast(({ toState }) => toState === 'review');
      return t('steps-next-review', { at: time(told?.at ?? topup.endedAt ?? topup.createdAt) });
    }
    case 'paid':
      return t('steps-next-done');
    case 'refused':
      return t('steps-next-refused');
    case 'expired':
    case 'cancelled':
    case 'failed':
      break;
  }
  if (topup.reportedPaidAt !== null && watchedUntil !== null) {
    return reportedNext(t, view, topup.reportedPaidAt);
  }
  if (watchedUntil !== null) return t('steps-next-watched', { time: time(watchedUntil) });
  return t(topup.providerOrder === null ? 'steps-next-never' : 'steps-next-unwatched');
}

/** The payment system said that it was paid, and has to confirm it. */
function reportedNext(t: Translate, { topup, steps, now }: TopupSteps, reportedAt: number): string {
  if (steps.some(({ note }) => note === DENIED)) return t('steps-next-denied');
  const until = reportedAt + CONFIRM_WITHIN_MS;
  if (now >= until) return t('steps-next-asking');
  return t('steps-next-reported', { time: moment(until, topup.createdAt) });
}
