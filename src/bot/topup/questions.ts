/**
 * What a top-up asks. Every button carries all that was chosen until then, so each of them answers any of the questions,
 * on whatever message it stands.
 */
import { readTypedSum, type Tiyin } from '../../core/money.ts';
import type { Way } from '../../core/payment-systems.ts';
import type { Topup } from '../../topups/topup.ts';
import { findWay, type OfferedWay, takes } from '../../topups/ways.ts';
import type { Tap, TapOf } from '../kit/callbacks.ts';
import type { Parts } from '../kit/context.ts';
import { removeTyped, type Next, type Now, type Question } from '../kit/talk.ts';
import { plainText } from '../kit/plain-text.ts';
import { isCardAlone } from '../kit/typed-card.ts';
import { badSumNotice, escapeHtml, outOfLimits } from '../kit/format.ts';
import { wayTitle } from '../kit/way-title.ts';
import { answer } from '../kit/reply.ts';
import { liveBy, showOrder } from './open.ts';
import { sumScreen, waysForScreen, waysScreen } from './screens.ts';
import { NOTHING_YET, type ToppingUp } from './known.ts';

type Asking = Now<ToppingUp>;
type Chosen = Promise<Next<ToppingUp>>;

/** How to pay; where a sum is missing for something, each button has it already. */
export function theWay(parts: Parts): Question<ToppingUp> {
  return {
    async screen({ ctx, known: { sumTiyin, seesAll } }) {
      const { few, all } = await parts.topups.ways();
      if (sumTiyin === null) return waysScreen(ctx.t, { ways: seesAll ? all : few, seesAll });
      const live = seesAll ? await parts.topups.live(ctx.person.id) : [];
      const ways = seesAll ? all.filter((way) => !isBusy(way, live)) : few;
      const waits = ctx.stories.left?.name === 'pay';
      return waysForScreen(ctx.t, { ways, sumTiyin, seesAll, waits });
    },
    tapped: async (now, tap) => await choose(parts, now, tap),
  };
}

/** True when an order is open there already: it would be shown instead of another one. */
function isBusy({ offers }: OfferedWay, live: readonly Topup[]): boolean {
  return offers.every(({ provider }) => live.some((topup) => topup.provider === provider.id));
}

export function theSum(parts: Parts): Question<ToppingUp> {
  return {
    async screen({ ctx, known, notice }) {
      const ways = await parts.topups.ways();
      const way = known.way === null ? undefined : findWay(ways, known.way);
      if (!way) return waysScreen(ctx.t, { ways: ways.few, seesAll: false });
      const { presetsTiyin } = await parts.terms(parts.db.read);
      return sumScreen(ctx.t, { way, presetsTiyin, ...(notice === null ? {} : { notice }) });
    },
    tapped: async (now, tap) => await choose(parts, now, tap),
    async typed(now, text) {
      const { way } = now.known;
      if (way === null) return null;
      if (isCardAlone(plainText(text))) {
        await removeTyped(now.ctx);
        return { known: now.known, notice: now.ctx.t('sum-is-card') };
      }
      const read = readTypedSum(text);
      if (read.kind === 'sum') return await chooseSum(parts, now, { way, sumTiyin: read.tiyin });
      const usable = await usableWay(parts, way);
      if (!usable.isUsable) return await refuse(now, usable.why);
      return { known: now.known, notice: badSumNotice(now.ctx.t, read.kind, usable) };
    },
  };
}

async function choose(parts: Parts, now: Asking, tap: Tap): Chosen {
  if (tap.kind === 'providers') return { known: NOTHING_YET };
  if (tap.kind === 'topup_for') return { known: { ...NOTHING_YET, sumTiyin: tap.sumTiyin } };
  if (tap.kind === 'ways') return { known: { ...NOTHING_YET, ...tap, seesAll: true } };
  if (tap.kind === 'provider') return await chooseWay(parts, now, tap.way);
  if (tap.kind === 'sum') return await chooseSum(parts, now, tap);
  return tap.kind === 'method' ? await chooseMethod(parts, now, tap) : null;
}

async function chooseWay(parts: Parts, now: Asking, way: Way): Chosen {
  const { ctx, screenId } = now;
  const usable = await usableWay(parts, way);
  if (!usable.isUsable) return await refuse(now, usable.why);
  const live = await liveBy(ctx, parts, usable);
  if (!live) return { known: { ...NOTHING_YET, way } };
  const notice = ctx.t('topup-live', { provider: escapeHtml(wayTitle(ctx.t, live.provider)) });
  await showOrder(ctx, parts, { topup: live, notice, screenId });
  return 'over';
}

async function chooseSum(
  parts: Parts,
  now: Asking,
  { way, sumTiyin }: { way: Way; sumTiyin: Tiyin },
): Chosen {
  const usable = await usableWay(parts, way);
  if (!usable.isUsable) return await refuse(now, usable.why);
  const known: ToppingUp = { ...NOTHING_YET, way };
  return takes(usable, sumTiyin)
    ? { known: { ...known, sumTiyin } }
    : { known, notice: outOfLimits(now.ctx.t, usable) };
}

/** A button of an earlier program, where the app was asked for after the sum. */
async function chooseMethod(
  parts: Parts,
  now: Asking,
  { provider, sumTiyin, method }: TapOf<'method'>,
): Chosen {
  if (provider !== 'inpay') return await refuse(now, 'toast-old');
  return await chooseSum(parts, now, { way: method === 'any' ? 'inpay' : method, sumTiyin });
}

type Usable = ({ isUsable: true } & OfferedWay) | { isUsable: false; why: string };

async function usableWay({ topups }: Parts, name: Way): Promise<Usable> {
  const way = findWay(await topups.ways(), name);
  if (!way) return { isUsable: false, why: 'topup-absent' };
  return way.availability === 'paused'
    ? { isUsable: false, why: 'topup-paused' }
    : { isUsable: true, ...way };
}

/** Refuses a choice. A tap hears why, and the screen stays; somebody who typed sees what can be chosen instead. */
async function refuse({ ctx, question }: Asking, why: string): Chosen {
  if (!ctx.callbackQuery) return { known: NOTHING_YET };
  await answer(ctx, ctx.t(why), { alert: why !== 'toast-old' });
  // The button stood on an old message and began no story.
  return question === 'answered' ? 'over' : 'stay';
}
