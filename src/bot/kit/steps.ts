/** One payment told step by step: what happened when, and what happens next. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Translate } from '../locales/texts.ts';
import type { Parts } from './context.ts';
import { duration, moment } from './format.ts';
import { helpButton, menuButton, record, type Screen } from './screen.ts';
import type { About } from '../../support/about.ts';

/** How many steps are told: a payment that went as it should has fewer, of others the latest are told. */
export const MOST_STEPS = 40;

export interface TellingSteps {
  /** Milliseconds since 1970. */
  now: number;
  /** How soon the staff answers as a rule; null where "help" leads elsewhere. */
  answerWithinMs: number | null;
  /** The page of a list that it was opened from. */
  from: string;
}

export async function tellingSteps(
  { clock, db, support, terms }: Parts,
  from: string,
): Promise<TellingSteps> {
  const { contact } = await terms(db.read);
  const answerWithinMs = contact === null ? support.answerWithinMs : null;
  return { now: clock.now(), answerWithinMs, from };
}

export interface StepLine {
  icon: string;
  at: number;
  what: string;
}

interface StepsView extends TellingSteps {
  about: About;
  /** Says which payment it is. */
  title: string;
  /** When the payment was made: times of that day are told without the date. */
  madeAt: number;
  /** Oldest first. */
  lines: readonly StepLine[];
  /** What happens next and when, or who decides. */
  next: readonly (string | null)[];
  /** Whether a button leads to a person, whom somebody may want to ask. */
  isAsked: boolean;
  /** Buttons that show how it is by now, and lead back to the payment. */
  own: readonly InlineKeyboardButton[];
}

export function stepsScreen(t: Translate, view: StepsView): Screen {
  const { madeAt, lines, next, isAsked, answerWithinMs, now } = view;
  const told = lines.slice(-MOST_STEPS);
  return record(
    [
      t('steps-title'),
      view.title,
      '',
      ...told.map(({ icon, at, what }) => t('steps-line', { icon, at: moment(at, madeAt), what })),
      '',
      t('steps-next'),
      ...next,
      isAsked && answerWithinMs !== null
        ? t('steps-next-ask', { time: duration(t, answerWithinMs) })
        : null,
      '',
      t('steps-as-of', { at: moment(now, madeAt) }),
    ],
    [[isAsked ? helpButton(t, view.about) : null, menuButton(t)]],
    view.own,
  );
}
