/** Opens an order, or shows the one that is open already, and says what went wrong in the user's words. */
import type { Tiyin } from '../../money.ts';
import type { QuotaSpent } from '../../quotas/quotas.ts';
import type { PayMethod, ProviderId } from '../../topups/provider.ts';
import type { Topup } from '../../topups/topup.ts';
import type { CreateTopupOutcome } from '../../topups/topups.ts';
import type { BotContext, Parts } from '../context.ts';
import { answer, show } from '../reply.ts';
import { money } from '../views/format.ts';
import { type OrderOptions, orderScreen } from '../views/order.ts';
import { quotaNotice } from '../views/quota.ts';
import { failureScreen, preparingScreen, problemScreen, tooManyScreen } from '../views/topup.ts';

interface Wanted {
  provider: ProviderId;
  sumTiyin: Tiyin;
  method?: PayMethod;
}

/** `another_sum`: nothing was shown yet, the user is to be asked for the sum again. */
export type OpenResult = { kind: 'shown' } | { kind: 'another_sum'; notice: string };

const SHOWN: OpenResult = { kind: 'shown' };

export async function openTopup(
  ctx: BotContext,
  parts: Parts,
  wanted: Wanted,
): Promise<OpenResult> {
  const live = await liveWith(ctx, parts, wanted.provider);
  if (live) return await showLive(ctx, parts, { live, wanted });
  // The provider may take its time: the tap is answered and its buttons are gone before it is asked.
  await answer(ctx);
  if (ctx.callbackQuery) await show(ctx, preparingScreen(ctx.t));
  else await ctx.replyWithChatAction('typing');
  const outcome = await parts.topups.create({
    userId: ctx.person.id,
    provider: wanted.provider,
    baseTiyin: wanted.sumTiyin,
    ...(wanted.method === undefined ? {} : { method: wanted.method }),
  });
  return await showOutcome(ctx, parts, { outcome, wanted });
}

async function showOutcome(
  ctx: BotContext,
  parts: Parts,
  { outcome, wanted }: { outcome: CreateTopupOutcome; wanted: Wanted },
): Promise<OpenResult> {
  const { t } = ctx;
  switch (outcome.kind) {
    case 'live':
      return await showLive(ctx, parts, { live: outcome.topup, wanted });
    case 'out_of_limits':
      return { kind: 'another_sum', notice: t('sum-out-of-limits') };
    case 'busy':
      return { kind: 'another_sum', notice: t('topup-busy') };
    case 'quota_spent':
      return await showQuotaSpent(ctx, parts, outcome);
    case 'created':
      await showOrder(ctx, parts, outcome.topup);
      break;
    case 'too_many':
      await show(ctx, tooManyScreen(t, await parts.topups.live(ctx.person.id)));
      break;
    case 'unavailable':
      await show(
        ctx,
        outcome.reason === 'slow'
          ? problemScreen(t, 'busy_here')
          : failureScreen(t, t(`topup-${outcome.reason}`)),
      );
      break;
    case 'failed':
      await show(ctx, problemScreen(t, outcome.problem));
  }
  return SHOWN;
}

/** Another sum is free for them; another order is not. */
async function showQuotaSpent(
  ctx: BotContext,
  { clock }: Parts,
  spent: QuotaSpent,
): Promise<OpenResult> {
  const notice = quotaNotice(ctx.t, spent, clock.now());
  if (spent.action === 'sums_near') return { kind: 'another_sum', notice };
  await show(ctx, failureScreen(ctx.t, notice));
  return SHOWN;
}

/** A second tap meets the order of the first and only sees it; somebody who wants another sum hears why not. */
async function showLive(
  ctx: BotContext,
  parts: Parts,
  { live, wanted }: { live: Topup; wanted: Wanted },
): Promise<OpenResult> {
  const isSame = live.baseTiyin === wanted.sumTiyin;
  const notice = isSame
    ? {}
    : { notice: ctx.t('topup-live-other', { sum: money(ctx.t, live.amountTiyin) }) };
  await showOrder(ctx, parts, live, notice);
  return SHOWN;
}

/** Shows an order and remembers where it stands, so that it turns into a receipt there. */
export async function showOrder(
  ctx: BotContext,
  { topups }: Parts,
  topup: Topup,
  options: OrderOptions = {},
): Promise<void> {
  const messageId = await show(ctx, orderScreen(ctx.t, topup, options));
  if (topup.screenMessageId !== messageId) await topups.rememberScreen(topup.id, messageId);
}

/** The user's open order with a provider, or null. */
export async function liveWith(
  ctx: BotContext,
  { topups }: Parts,
  provider: ProviderId,
): Promise<Topup | null> {
  const live = await topups.live(ctx.person.id);
  return live.find((topup) => topup.provider === provider) ?? null;
}
