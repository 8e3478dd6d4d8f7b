/** `/cards`: own cards are linked, listed and removed. */
import { Composer } from 'grammy';
import type { TapOf } from '../kit/callbacks.ts';
import type { BotContext } from '../kit/context.ts';
import { begin } from '../kit/coming-and-going.ts';
import { beforeWaiting } from '../kit/talk.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { shortKey } from '../kit/short-key.ts';
import { answer, show } from '../kit/reply.ts';
import { onTaps } from '../kit/taps.ts';
import { cardsScreen, removeCardQuestion } from './screens.ts';
import { NEW_CARD } from './known.ts';

export function cardsFeature(parts: PayParts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const list = async (ctx: BotContext) => await showCards(ctx, parts);
  composer.command('cards', list);
  onTaps(composer, {
    cards: list,
    card: async (ctx, tap) => await onCard(ctx, parts, tap),
    card_link: async (ctx) => await begin(ctx, 'card', { card: NEW_CARD }),
  });
  return composer;
}

async function showCards(ctx: BotContext, { bills }: PayParts, notice?: string): Promise<void> {
  await show(ctx, cardsScreen(ctx.t, await bills.cards.list(ctx.person.id), notice));
}

async function onCard(ctx: BotContext, parts: PayParts, tap: TapOf<'card'>): Promise<void> {
  const userId = ctx.person.id;
  const cards = await parts.bills.cards.list(userId);
  const card = cards.find(({ cardId }) => shortKey(cardId) === tap.card);
  if (!card) {
    await answer(ctx, ctx.t('toast-old'));
    await showCards(ctx, parts);
    return;
  }
  if (tap.action === 'ask_remove') {
    await show(ctx, removeCardQuestion(ctx.t, card));
    return;
  }
  await beforeWaiting(ctx);
  const outcome = await parts.bills.cards.remove(card.cardId, { userId });
  const notice =
    outcome.kind === 'problem'
      ? ctx.t(`bill-problem-${outcome.code}`)
      : ctx.t('card-removed', { mask: card.mask });
  await showCards(ctx, parts, notice);
}
