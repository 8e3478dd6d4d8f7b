/** Opens an order, or shows the one that is open already, and says what went wrong in the user's words. */
import type { QuotaSpent } from '../../quotas/quotas.ts';
import type { Tiyin } from '../../core/money.ts';
import type { Topup } from '../../topups/topup.ts';
import type { CreateTopupOutcome } from '../../topups/topups.ts';
import { findWay, type OfferedWay, systemsFor, takes } from '../../topups/ways.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import {
  beforeWaiting,
  place,
  removeMessage,
  type Done,
  type Now,
  type Step,
} from '../kit/talk.ts';
import { edit, show } from '../kit/reply.ts';
import { escapeHtml, money, outOfLimits } from '../kit/format.ts';
import { wayTitle } from '../kit/way-title.ts';
import { orderScreen } from './order-screen.ts';
import { quotaNotice } from '../kit/quota.ts';
import type { Screen } from '../kit/screen.ts';
import {
  failureScreen,
  preparingScreen,
  problemScreen,
  tooManyScreen,
  type Wanted,
} from './screens.ts';
import { NOTHING_YET, type ToppingUp } from './known.ts';

type Opened = Promise<Done<ToppingUp>>;

/** Opens the order. A second tap finds the order of the first one and only shows it. */
export function openOrder(parts: Parts): Step<ToppingUp> {
  return async (now) => {
    const { ctx, known } = now;
    const { sumTiyin } = known;
    const way = known.way === null ? undefined : findWay(await parts.topups.ways(), known.way);
    if (sumTiyin === null) throw new Error('an order needs a sum');
    // It was there when it was chosen.
    if (!way) return { known: NOTHING_YET, notice: ctx.t('topup-absent') };
    const live = await liveBy(ctx, parts, way);
    if (live) return await showLive(now, parts, live);
    // The payment system may take its time: the tap is answered and its buttons are gone before it is asked.
    await beforeWaiting(ctx);
    if (ctx.callbackQuery) await show(ctx, preparingScreen(ctx.t));
    return await showOutcome(now, parts, await createBy(ctx, parts, { way, sumTiyin }));
  };
}

/**
 * Opens it at the best of the way's payment systems, or at the next one where that can't and nothing was done there
 * that anybody saw.
 */
async function createBy(
  ctx: BotContext,
  { topups }: Parts,
  { way, sumTiyin }: { way: OfferedWay; sumTiyin: Tiyin },
): Promise<CreateTopupOutcome> {
  const { method } = way;
  let outcome: CreateTopupOutcome = outsideOf(way, sumTiyin);
  for (const { provider } of systemsFor(way, sumTiyin)) {
    const order = { userId: ctx.person.id, provider: provider.id, baseTiyin: sumTiyin };
    outcome = await topups.create({ ...order, ...(method === null ? {} : { method }) });
    if (!isForTheNext(outcome)) break;
  }
  return outcome;
}

/** The outcome when none of them takes this sum now. */
function outsideOf(way: OfferedWay, sumTiyin: Tiyin): CreateTopupOutcome {
  const { minTiyin, maxTiyin } = way;
  if (!takes(way, sumTiyin)) return { kind: 'out_of_limits', minTiyin, maxTiyin };
  return { kind: 'unavailable', reason: 'paused' };
}

/**
 * Whether the next system may be tried. A failed order shows nobody how to pay it; every other outcome is about the
 * person or the sum, and would be the same there.
 */
function isForTheNext({ kind }: CreateTopupOutcome): boolean {
  return kind === 'failed' || kind === 'unavailable' || kind === 'busy';
}

async function showOutcome(now: Now<ToppingUp>, parts: Parts, outcome: CreateTopupOutcome): Opened {
  const { ctx, screenId } = now;
  const { t } = ctx;
  switch (outcome.kind) {
    case 'live':
      return await showLive(now, parts, outcome.topup);
    case 'created':
      await showOrder(ctx, parts, { topup: outcome.topup, screenId });
      return 'over';
    case 'out_of_limits':
      return anotherSum(now, outOfLimits(t, outcome));
    case 'busy':
      return anotherSum(now, t('topup-busy'));
    case 'quota_spent':
      return await tellQuotaSpent(now, parts, outcome);
    case 'too_many':
      return await end(now, tooManyScreen(t, await parts.topups.live(ctx.person.id)));
    case 'failed':
      return await end(now, problemScreen(t, outcome.problem, wantedIn(now.known)));
    case 'unavailable':
      break;
  }
  const wanted = wantedIn(now.known);
  if (outcome.reason === 'slow') return await end(now, problemScreen(t, 'busy_here', wanted));
  const shown = { wanted, again: null };
  return await end(now, failureScreen(t, t(`topup-${outcome.reason}`), shown));
}

function wantedIn({ way, sumTiyin }: ToppingUp): Wanted {
  if (way === null || sumTiyin === null) throw new Error('nothing was wanted yet');
  return { way, sumTiyin };
}

function anotherSum({ known }: Now<ToppingUp>, notice: string): Done<ToppingUp> {
  return { known: { ...known, sumTiyin: null }, notice };
}

async function end({ ctx, screenId }: Now<ToppingUp>, screen: Screen): Opened {
  await place(ctx, screenId, screen);
  return 'over';
}

/** Another sum is free for them; another order is not. */
async function tellQuotaSpent(now: Now<ToppingUp>, { clock }: Parts, spent: QuotaSpent): Opened {
  const { t } = now.ctx;
  const notice = quotaNotice(t, spent, clock.now());
  if (spent.action === 'sums_near') return anotherSum(now, notice);
  return await end(now, failureScreen(t, notice, { wanted: wantedIn(now.known), again: null }));
}

/** Shows the order that is open already; somebody who wants another sum hears why not. */
async function showLive(now: Now<ToppingUp>, parts: Parts, live: Topup): Opened {
  const { ctx, known, screenId } = now;
  const isSame = live.baseTiyin === known.sumTiyin;
  const sum = money(ctx.t, live.amountTiyin);
  const notice = isSame
    ? {}
    : {
        notice: ctx.t('topup-live-other', {
          sum,
          provider: escapeHtml(wayTitle(ctx.t, live.provider)),
        }),
      };
  await showOrder(ctx, parts, { topup: live, screenId, ...notice });
  return 'over';
}

/** Shows an order and remembers where it stands, so that it turns into a receipt there. */
export async function showOrder(
  ctx: BotContext,
  { topups }: Parts,
  shown: {
    topup: Topup;
    notice?: string;
    screenId?: number | null;
    /** What to show instead of the order's own screen. */
    screen?: Screen;
  },
): Promise<void> {
  const { topup, notice, screenId = null } = shown;
  const asItIs = orderScreen(ctx.t, topup, notice === undefined ? {} : { notice });
  const messageId = await show(ctx, shown.screen ?? asItIs);
  // Noted at once, because whatever happens to the order meanwhile is told there.
  if (topup.screenMessageId !== messageId) {
    await topups.rememberScreen(topup.id, messageId);
    await retire(ctx, topup);
  }
  if (!ctx.callbackQuery && screenId !== null) await removeMessage(ctx, screenId);
}

/**
 * Removes the message where the order stood before, since nobody would hear there what becomes of it. One that is too
 * old for that says so.
 */
async function retire(ctx: BotContext, { id, screenMessageId }: Topup): Promise<void> {
  if (screenMessageId === null || ctx.chatId === undefined) return;
  if (await removeMessage(ctx, screenMessageId)) return;
  await edit(ctx, screenMessageId, { text: ctx.t('order-moved', { id }) });
}

/** The user's open order with one of a way's payment systems, or null: with two, a transfer could be either's. */
export async function liveBy(
  ctx: BotContext,
  { topups }: Parts,
  { offers }: OfferedWay,
): Promise<Topup | null> {
  const live = await topups.live(ctx.person.id);
  const isBy = ({ provider }: Topup) => offers.some((offer) => offer.provider.id === provider);
  return live.find(isBy) ?? null;
}
