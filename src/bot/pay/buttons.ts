/** The buttons of a payment's question, by what they do. */
import type { PayAction, Tap } from '../kit/callbacks.ts';
import type { Next, Now, Question } from '../kit/talk.ts';
import { show } from '../kit/reply.ts';
import { valueOf, whole } from '../kit/tap-fields.ts';
import { startAgainScreen } from './choice-screens.ts';
import type { Paying } from './known.ts';

export type Answer = Next<Paying> | Promise<Next<Paying>>;

type Buttons = Partial<Record<PayAction, (now: Now<Paying>, arg: string) => Answer>>;

/** Adds what every question has: that it can be stopped at. */
export function buttons(actions: Buttons): NonNullable<Question<Paying>['tapped']> {
  const known: Buttons = { stop, ...actions };
  return (now: Now<Paying>, tap: Tap) => {
    if (tap.kind !== 'pay_step') return null;
    return known[tap.action]?.(now, tap.arg) ?? null;
  };
}

async function stop({ ctx }: Now<Paying>): Promise<Next<Paying>> {
  await show(ctx, startAgainScreen(ctx.t, ctx.t('pay-stopped')));
  return 'over';
}

const aPage = whole.refine((page) => page < 10_000);

/** A page's number as buttons carry it; null for anything else. */
export function pageOfTap(arg: string): number | null {
  return valueOf(aPage, arg);
}
