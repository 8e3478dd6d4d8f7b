/**
 * What a top-up asks. Every button carries all that was chosen until then, so each of them answers any of the questions,
 * on whatever message it stands.
 */
import { readTypedSum, type Tiyin } from '../../core/money.ts';
import type { ProviderId } from '../../core/payment-systems.ts';
import type { Offer } from '../../topups/topups.ts';
import type { Tap, TapOf } from '../kit/callbacks.ts';
import type { Parts } from '../kit/context.ts';
import type { Next, Now, Question } from '../kit/talk.ts';
import { badSumNotice, outOfLimits, PROVIDER_TITLES } from '../kit/format.ts';
import { answer } from '../kit/reply.ts';
import { liveWith, showOrder } from './open.ts';
import { methodScreen, providersForScreen, providersScreen, sumScreen } from './screens.ts';
import { NOTHING_YET, type ToppingUp } from './known.ts';

type Asking = Now<ToppingUp>;
type Chosen = Promise<Next<ToppingUp>>;

/** Which payment system; where a sum is missing for something, each button has it already. */
export function thePaymentSystem(parts: Parts): Question<ToppingUp> {
  return {
    async screen({ ctx, known: { sumTiyin } }) {
      const offers = await parts.topups.offers();
      return sumTiyin === null
        ? providersScreen(ctx.t, offers)
        : providersForScreen(ctx.t, { offers, sumTiyin, waits: ctx.stories.left?.name === 'pay' });
    },
    tapped: async (now, tap) => await choose(parts, now, tap),
  };
}

export function theSum(parts: Parts): Question<ToppingUp> {
  return {
    async screen({ ctx, known, notice }) {
      const offers = await parts.topups.offers();
      const offer = offers.find(({ provider }) => provider.id === known.system);
      if (!offer) return providersScreen(ctx.t, offers);
      const { presetsTiyin } = await parts.terms(parts.db.read);
      return sumScreen(ctx.t, { offer, presetsTiyin, ...(notice === null ? {} : { notice }) });
    },
    tapped: async (now, tap) => await choose(parts, now, tap),
    async typed(now, text) {
      const { system } = now.known;
      if (system === null) return null;
      const read = readTypedSum(text);
      if (read.kind === 'sum') {
        return await chooseSum(parts, now, { provider: system, sumTiyin: read.tiyin });
      }
      const offer = await usableOffer(parts, system);
      if (!offer.isUsable) return await refuse(now, offer.why);
      return { known: now.known, notice: badSumNotice(now.ctx.t, read.kind, offer) };
    },
  };
}

export function theMethod(parts: Parts): Question<ToppingUp> {
  return {
    async screen({ ctx, known: { system, sumTiyin } }) {
      const offers = await parts.topups.offers();
      const offer = offers.find(({ provider }) => provider.id === system);
      if (!offer || sumTiyin === null) return providersScreen(ctx.t, offers);
      return methodScreen(ctx.t, { offer, sumTiyin });
    },
    tapped: async (now, tap) => await choose(parts, now, tap),
  };
}

async function choose(parts: Parts, now: Asking, tap: Tap): Chosen {
  if (tap.kind === 'providers') return { known: NOTHING_YET };
  if (tap.kind === 'topup_for') return { known: { ...NOTHING_YET, sumTiyin: tap.sumTiyin } };
  if (tap.kind === 'provider') return await chooseSystem(parts, now, tap.provider);
  if (tap.kind === 'sum') return await chooseSum(parts, now, tap);
  return tap.kind === 'method' ? await chooseMethod(parts, now, tap) : null;
}

async function chooseSystem(parts: Parts, now: Asking, system: ProviderId): Chosen {
  const { ctx, screenId } = now;
  const offer = await usableOffer(parts, system);
  if (!offer.isUsable) return await refuse(now, offer.why);
  const live = await liveWith(ctx, parts, system);
  if (!live) return { known: { ...NOTHING_YET, system } };
  const notice = ctx.t('topup-live', { provider: PROVIDER_TITLES[system] });
  await showOrder(ctx, parts, { topup: live, notice, screenId });
  return 'over';
}

async function chooseSum(
  parts: Parts,
  now: Asking,
  { provider: system, sumTiyin }: { provider: ProviderId; sumTiyin: Tiyin },
): Chosen {
  const { ctx } = now;
  const offer = await usableOffer(parts, system);
  if (!offer.isUsable) return await refuse(now, offer.why);
  const { minTiyin, maxTiyin, provider } = offer;
  if (sumTiyin < minTiyin || sumTiyin > maxTiyin) {
    return { known: { ...NOTHING_YET, system }, notice: outOfLimits(ctx.t, offer) };
  }
  const live = await liveWith(ctx, parts, system);
  const methods = live ? [] : (provider.methods ?? []);
  return { known: { system, sumTiyin, methods, method: null } };
}

async function chooseMethod(
  parts: Parts,
  now: Asking,
  { provider: system, sumTiyin, method }: TapOf<'method'>,
): Chosen {
  const offer = await usableOffer(parts, system);
  if (!offer.isUsable) return await refuse(now, offer.why);
  const { methods = [] } = offer.provider;
  if (!methods.includes(method)) return await refuse(now, 'toast-old');
  return { known: { system, sumTiyin, methods, method } };
}

type Usable = ({ isUsable: true } & Offer) | { isUsable: false; why: string };

async function usableOffer({ topups }: Parts, system: ProviderId): Promise<Usable> {
  const offer = (await topups.offers()).find(({ provider }) => provider.id === system);
  if (!offer) return { isUsable: false, why: 'topup-absent' };
  return offer.availability === 'paused'
    ? { isUsable: false, why: 'topup-paused' }
    : { isUsable: true, ...offer };
}

/** The tap hears why, and the screen stays; whoever typed sees what can be chosen instead. */
async function refuse({ ctx, question }: Asking, why: string): Chosen {
  if (!ctx.callbackQuery) return { known: NOTHING_YET };
  await answer(ctx, ctx.t(why), { alert: why !== 'toast-old' });
  // A button of an old message began no story.
  return question === 'answered' ? 'over' : 'stay';
}
