/** Where the money of a bill is: its steps from its history, and what happens next. */
import { type Bill, totalTiyin } from '../../bills/bill.ts';
import { UNKNOWN_FOR_MS } from '../../bills/settle.ts';
import type { BillState } from '../../bills/states.ts';
import type { Translate } from '../locales/texts.ts';
import { serviceNamed } from '../kit/bill-facts.ts';
import { moment, money } from '../kit/format.ts';
import { button, type Screen } from '../kit/screen.ts';
import { type StepLine, stepsScreen, type TellingSteps } from '../kit/steps.ts';

/** One row of a bill's history. */
export interface BillStep {
  at: number;
  toState: BillState;
  cause: string;
}

interface BillSteps extends TellingSteps {
  bill: Bill;
  /** Oldest first. */
  steps: readonly BillStep[];
}

/** States in which a payer waits for nothing any more. */
const OVER: ReadonlySet<BillState> = new Set(['paid', 'refunded']);

export function billStepsScreen(t: Translate, view: BillSteps): Screen {
  const { bill, from } = view;
  const { id, createdAt } = bill;
  return stepsScreen(t, {
    ...view,
    about: { kind: 'bill', id },
    title: t('steps-about-bill', {
      id,
      service: serviceNamed(t, bill),
      sum: money(t, bill.amountTiyin),
    }),
    madeAt: createdAt,
    lines: linesOf(t, view),
    next: [nextOf(t, view), heldLine(t, bill)],
    isAsked: !OVER.has(bill.state),
    own: [
      button(t('button-refresh'), { kind: 'bill_steps', billId: id, from }),
      button(t('button-back'), { kind: 'bill_at', billId: id, from }),
    ],
  });
}

function linesOf(t: Translate, { bill, steps }: BillSteps): StepLine[] {
  const what =
    bill.source === 'balance'
      ? t('steps-bill-made-balance', { sum: money(t, totalTiyin(bill)) })
      : t('steps-bill-made-card');
  const made = { icon: '✅', at: bill.createdAt, what };
  return [made, ...steps.flatMap((step, index) => lineOf(t, bill, step, steps[index - 1]))];
}

/** The line for one step; none for a step that moved nothing. */
function lineOf(
  t: Translate,
  bill: Bill,
  { at, toState, cause }: BillStep,
  before: BillStep | undefined,
): StepLine[] {
  const line = (icon: string, what: string): StepLine => ({ icon, at, what });
  // A step that only notes something leaves the bill in its state.
  if (toState === before?.toState) return [];
  const isStaffs = cause.startsWith('owner:');
  const sum = money(t, totalTiyin(bill));
  switch (toState) {
    case 'created':
      return [line('✅', t('steps-bill-created'))];
    case 'drafting':
      return before === undefined ? [] : [line('🔢', t('steps-bill-code-again'))];
    case 'awaiting_code': {
      const isRefused = before?.toState === 'paying' || before?.toState === 'unknown';
      return [line('🔢', t(isRefused ? 'steps-bill-code-refused' : 'steps-bill-code'))];
    }
    case 'paying':
      return [line('📤', t('steps-bill-paying'))];
    case 'unknown':
      return [line('🔎', t('steps-bill-unknown'))];
    case 'stuck':
      return [line('👤', t('steps-bill-stuck'))];
    case 'paid':
      return [line('✅', t(isStaffs ? 'steps-bill-paid-staff' : 'steps-bill-paid'))];
    case 'failed':
      return [
        line('❌', t(isStaffs ? 'steps-bill-failed-staff' : 'steps-bill-failed')),
        ...(bill.source === 'balance' ? [line('↩️', t('steps-bill-back', { sum }))] : []),
      ];
    case 'refunded':
      return [line('↩️', t('steps-bill-refunded', { sum }))];
    case 'held':
      break;
  }
  return [];
}

function nextOf(t: Translate, { bill, steps }: BillSteps): string {
  const time = (at: number): string => moment(at, bill.createdAt);
  const since = (state: BillState): number =>
    steps.findLast(({ toState }) => toState === state)?.at ?? bill.createdAt;
  switch (bill.state) {
    case 'held':
    case 'created':
    case 'drafting':
    case 'paying':
      return t('steps-next-paying');
    case 'awaiting_code':
      return bill.dueAt === null
        ? t('steps-next-paying')
        : t('steps-next-code', { time: time(bill.dueAt) });
    case 'unknown':
      return t('steps-next-unknown', {
        time: time((bill.unknownSince ?? since('unknown')) + UNKNOWN_FOR_MS),
      });
    case 'stuck':
      return t('steps-next-stuck', { at: time(since('stuck')) });
    case 'failed':
      return t('steps-next-failed');
    case 'paid':
    case 'refunded':
      break;
  }
  return t('steps-next-done');
}

const HELD: ReadonlySet<BillState> = new Set(['held', 'created', 'paying', 'unknown', 'stuck']);

/** Says what is on hold on the balance meanwhile. */
function heldLine(t: Translate, bill: Bill): string | null {
  const isHeld = bill.source === 'balance' && HELD.has(bill.state);
  return isHeld ? t('steps-next-held', { sum: money(t, totalTiyin(bill)) }) : null;
}
