/** Topping up: provider → sum → method → order. Every button carries all it needs, so none depends on a dialog. */
import { Composer } from 'grammy';
import type { Tiyin } from '../../money.ts';
import type { PayMethod, ProviderId } from '../../topups/provider.ts';
import type { Offer } from '../../topups/topups.ts';
import type { BotContext, Parts } from '../context.ts';
import { SUM_DIALOG, type SumQuestion } from '../flows/sum-dialog.ts';
import { answer, show } from '../reply.ts';
import { onMenu, onTap } from '../taps.ts';
import { methodScreen, providersForScreen, providersScreen, sumScreen } from '../views/topup.ts';
import { liveWith, openTopup, showOrder } from './open-topup.ts';

export function topupFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const providers = async (ctx: BotContext) => {
    await show(ctx, providersScreen(ctx.t, await parts.topups.offers()));
  };
  onMenu(composer, parts, { commands: ['topup'], entry: 'topup' }, providers);
  onTap(composer, 'providers', providers);
  onTap(composer, 'topup_for', async (ctx, { sumTiyin }) => {
    await show(ctx, providersForScreen(ctx.t, { offers: await parts.topups.offers(), sumTiyin }));
  });
  onTap(composer, 'provider', async (ctx, tap) => await pickProvider(ctx, parts, tap.provider));
  onTap(composer, 'sum', async (ctx, tap) => await pickSum(ctx, parts, tap));
  onTap(composer, 'method', async (ctx, tap) => await pickMethod(ctx, parts, tap));
  composer.use(async (ctx, next) => {
    if (ctx.enteredSum === null) await next();
    else await pickSum(ctx, parts, ctx.enteredSum);
  });
  return composer;
}

interface Picked {
  provider: ProviderId;
  sumTiyin: Tiyin;
}

async function pickProvider(ctx: BotContext, parts: Parts, provider: ProviderId): Promise<void> {
  const offer = await usableOffer(ctx, parts, provider);
  if (!offer) return;
  const live = await liveWith(ctx, parts, provider);
  if (live) await showOrder(ctx, parts, live, { notice: ctx.t('topup-live') });
  else await askSum(ctx, parts, offer);
}

async function pickSum(ctx: BotContext, parts: Parts, picked: Picked): Promise<void> {
  const offer = await usableOffer(ctx, parts, picked.provider);
  if (!offer) return;
  if (!isWithin(offer, picked.sumTiyin)) {
    await askSum(ctx, parts, offer, ctx.t('sum-out-of-limits'));
  } else if (offer.provider.methods && !(await liveWith(ctx, parts, picked.provider))) {
    await show(ctx, methodScreen(ctx.t, { offer, sumTiyin: picked.sumTiyin }));
  } else {
    await open(ctx, parts, offer, picked);
  }
}

async function pickMethod(
  ctx: BotContext,
  parts: Parts,
  picked: Picked & { method: PayMethod },
): Promise<void> {
  const offer = await usableOffer(ctx, parts, picked.provider);
  if (!offer) return;
  if (offer.provider.methods?.includes(picked.method) !== true) {
    await answer(ctx, ctx.t('toast-old'));
  } else {
    await open(ctx, parts, offer, picked);
  }
}

async function open(
  ctx: BotContext,
  parts: Parts,
  offer: Offer,
  picked: Picked & { method?: PayMethod },
): Promise<void> {
  const result = await openTopup(ctx, parts, picked);
  if (result.kind === 'another_sum') await askSum(ctx, parts, offer, result.notice);
}

/** The offer, unless it can't be used now: then the user has been told why. */
async function usableOffer(
  ctx: BotContext,
  { topups }: Parts,
  provider: ProviderId,
): Promise<Offer | null> {
  const offers = await topups.offers();
  const offer = offers.find((each) => each.provider.id === provider);
  if (offer && offer.availability !== 'paused') return offer;
  const why = ctx.t(offer ? 'topup-paused' : 'topup-absent');
  if (ctx.callbackQuery) await answer(ctx, why, { alert: true });
  else await show(ctx, providersScreen(ctx.t, offers));
  return null;
}

/** Shows the question and starts listening for a typed answer. */
async function askSum(
  ctx: BotContext,
  { presetsTiyin, clock }: Parts,
  offer: Offer,
  notice?: string,
): Promise<void> {
  const options = { offer, presetsTiyin, ...(notice === undefined ? {} : { notice }) };
  await show(ctx, sumScreen(ctx.t, options));
  const question: SumQuestion = { provider: offer.provider.id, askedAt: clock.now() };
  await ctx.conversation.enter(SUM_DIALOG, question);
}

function isWithin(offer: Offer, sumTiyin: Tiyin): boolean {
  return sumTiyin >= offer.minTiyin && sumTiyin <= offer.maxTiyin;
}
