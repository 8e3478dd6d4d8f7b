/** The buttons of an order's screen. */
import { Composer } from 'grammy';
import type { CancelTopupOutcome, CheckNowOutcome } from '../../topups/topups.ts';
import type { ProblemCode } from '../../topups/provider.ts';
import { historyOf } from '../../topups/list.ts';
import { LIVE_STATES, type Topup } from '../../topups/topup.ts';
import type { TapOf } from '../kit/callbacks.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import { answer, show } from '../kit/reply.ts';
import { onTaps } from '../kit/taps.ts';
import { cancelQuestion, orderScreen } from './order-screen.ts';
import { NOWHERE } from '../kit/origin.ts';
import { MOST_STEPS, tellingSteps } from '../kit/steps.ts';
import { topupStepsScreen } from './steps.ts';
import { quotaNotice } from '../kit/quota.ts';
import { showOrder } from './open.ts';

export function orderFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onTaps(composer, {
    order: async (ctx, tap) => await act(ctx, parts, tap),
    topup_at: async (ctx, tap) => await showFrom(ctx, parts, tap),
    topup_steps: async (ctx, tap) => await showSteps(ctx, parts, tap),
  });
  return composer;
}

/** `/cancel` where nothing was being asked: the latest open order may be meant, and is cancelled once its payer is sure. */
export function cancelOrderFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('cancel', async (ctx, next) => {
    const live = ctx.justLeft ? [] : await parts.topups.live(ctx.person.id);
    const topup = live.find(({ state }) => state === 'waiting');
    if (topup) await showOrder(ctx, parts, { topup, screen: cancelQuestion(ctx.t, topup) });
    else await next();
  });
  return composer;
}

/**
 * Shows an order from a list. An open one is shown below the list, in the one message it has; any other in the list's
 * place, with a way back.
 */
async function showFrom(
  ctx: BotContext,
  parts: Parts,
  { topupId, from }: TapOf<'topup_at'>,
): Promise<void> {
  const topup = await parts.topups.ofUser(topupId, ctx.person.id);
  if (!topup) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  if (!isLive(topup)) {
    await show(ctx, orderScreen(ctx.t, topup, { from }));
    return;
  }
  if (ctx.shownIn !== topup.screenMessageId) ctx.shownIn = null;
  await showOrder(ctx, parts, { topup });
}

function isLive({ state }: Topup): boolean {
  return LIVE_STATES.some((live) => live === state);
}

/** Shows the steps in the place of the order's screen; back leads to it. */
async function showSteps(
  ctx: BotContext,
  parts: Parts,
  { topupId, from }: Omit<TapOf<'topup_steps'>, 'kind'>,
): Promise<void> {
  const topup = await parts.topups.ofUser(topupId, ctx.person.id);
  if (!topup) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const latest = await historyOf(parts.db.read, topupId, { limit: MOST_STEPS });
  const screen = topupStepsScreen(ctx.t, {
    topup,
    steps: latest.toReversed(),
    watchedUntil: parts.topups.watchedUntil(topup),
    ...(await tellingSteps(parts, from)),
  });
  if (isLive(topup)) await showOrder(ctx, parts, { topup, screen });
  else await show(ctx, screen);
}

async function act(
  ctx: BotContext,
  parts: Parts,
  { action, topupId }: TapOf<'order'>,
): Promise<void> {
  const userId = ctx.person.id;
  const topup = await parts.topups.ofUser(topupId, userId);
  if (!topup) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  switch (action) {
    case 'show':
      await showOrder(ctx, parts, { topup });
      return;
    case 'check':
      await check(ctx, parts, topupId);
      return;
    case 'ask_cancel':
      if (topup.state === 'waiting') await show(ctx, cancelQuestion(ctx.t, topup));
      else await showOver(ctx, parts, { kind: 'not_live', topup });
      return;
    case 'cancel':
      await showOver(ctx, parts, await parts.topups.cancel(topupId, { userId }));
  }
}

async function check(ctx: BotContext, parts: Parts, topupId: string): Promise<void> {
  const outcome = await parts.topups.checkNow(topupId, { userId: ctx.person.id });
  const isSpent = outcome.kind === 'quota_spent';
  const toast = isSpent
    ? quotaNotice(ctx.t, outcome, parts.clock.now())
    : ctx.t(checkToast(outcome));
  await answer(ctx, toast, { alert: isSpent });
  if (outcome.kind === 'not_found') return;
  const { topup } = outcome;
  // A screen that still waits says what it said before, unless there is news of the money on its way.
  if (topup.state !== 'waiting') await showOrder(ctx, parts, { topup });
  else if (topup.reportedPaidAt !== null) await showSteps(ctx, parts, { topupId, from: NOWHERE });
}

function checkToast(outcome: CheckNowOutcome): string {
  if (outcome.kind === 'not_found') return 'toast-old';
  const { state } = outcome.topup;
  if (state === 'paid') return 'toast-paid';
  if (state === 'review') return 'toast-review';
  if (state !== 'waiting' && state !== 'creating') return 'toast-over';
  if (outcome.kind === 'too_soon') return 'toast-too-soon';
  return outcome.kind === 'unknown' ? `toast-check-${WHY[outcome.problem]}` : 'toast-still-waiting';
}

/** Why nobody knows yet, as far as that matters to the payer: what only the operator can mend is called trouble. */
const WHY = {
  wrong_keys: 'trouble',
  shop_inactive: 'trouble',
  monthly_fee_unpaid: 'trouble',
  account_not_linked: 'trouble',
  card_not_linked: 'trouble',
  subscription_ended: 'trouble',
  ip_not_whitelisted: 'trouble',
  callback_not_whitelisted: 'trouble',
  website_not_whitelisted: 'trouble',
  amount_too_low: 'trouble',
  amount_too_high: 'trouble',
  missing_parameters: 'trouble',
  card_or_sum_refused: 'trouble',
  order_code_taken: 'trouble',
  refused: 'trouble',
  server_error: 'fault',
  bad_answer: 'fault',
  maintenance: 'maintenance',
  timeout: 'silence',
  network: 'silence',
  rate_limited: 'busy',
  budget_spent: 'busy',
  busy_here: 'busy',
  share_spent: 'busy',
  unknown_order: 'unknown',
  unreadable_payment: 'unreadable',
} as const satisfies Record<ProblemCode, string>;

async function showOver(ctx: BotContext, parts: Parts, outcome: CancelTopupOutcome): Promise<void> {
  if (outcome.kind === 'not_found') {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  if (outcome.kind === 'quota_spent') {
    await answer(ctx, quotaNotice(ctx.t, outcome, parts.clock.now()), { alert: true });
    await showOrder(ctx, parts, { topup: outcome.topup });
    return;
  }
  const isCancelled = outcome.kind === 'cancelled' || outcome.topup.state === 'cancelled';
  await answer(ctx, ctx.t(isCancelled ? 'toast-cancelled' : 'toast-over'));
  await showOrder(ctx, parts, { topup: outcome.topup });
}
