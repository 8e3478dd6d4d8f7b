/** Puts together what the screen of one order shows. */
import { historyOf } from '../../../topups/list.ts';
import { suspenseOfOrder } from '../../../topups/suspense.ts';
import { takenBackOf } from '../../../topups/taken-back.ts';
import { isSettled, type Topup } from '../../../topups/topup.ts';
import { getUser } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import { namesIn } from '../kit/names.ts';
import { deskOrderScreen } from './orders-screens.ts';
import type { Screen } from '../../kit/screen.ts';
import { twinViews } from '../kit/twins.ts';
import { handViews } from '../kit/by-hand.ts';

const LAST_STEPS = 8;

export async function orderScreenOf(ctx: BotContext, parts: Parts, topup: Topup): Promise<Screen> {
  const { read } = parts.db;
  const steps = await historyOf(read, topup.id, { limit: LAST_STEPS + 1 });
  const view = {
    topup,
    user: await getUser(read, topup.userId),
    steps: steps.slice(0, LAST_STEPS).toReversed(),
    names: await namesIn(read, steps),
    hasEarlier: steps.length > LAST_STEPS,
    items: await suspenseOfOrder(read, topup.id, LAST_STEPS),
    // The twins of an order that is not paid are shown when somebody wants to approve it.
    twins: isSettled(topup.state) ? await twinViews(read, topup) : [],
    hands: topup.state === 'review' ? await handViews(read, topup) : [],
    back: await takenBackOf(read, topup),
  };
  return deskOrderScreen(ctx.t, view, (role) => parts.staff.may(ctx.person.id, role));
}

/**
 * Shows an order in the place of the tapped message, or in a new one; an unknown order is answered as an old button.
 */
export async function showOrder(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const topup = await parts.topups.get(id);
  if (topup) await show(ctx, await orderScreenOf(ctx, parts, topup));
  else await answer(ctx, ctx.t('toast-old'));
}
