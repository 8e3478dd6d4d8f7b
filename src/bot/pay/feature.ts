/** Where paying a bill begins: the command, the menu, and the buttons of what was left. */
import { Composer } from 'grammy';
import type { BotContext, Parts } from '../kit/context.ts';
import { cardsFeature } from '../cards/feature.ts';
import { unaskedFeature } from '../cards/unasked.ts';
import { begin, comeBack, goOnWith } from '../kit/coming-and-going.ts';
import { answer } from '../kit/reply.ts';
import { onMenu, onTaps } from '../kit/taps.ts';
import { payAsked } from './asking.ts';
import { madeFeature } from './made.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { phoneFeature } from './phone.ts';
import { refreshed } from './recall.ts';
import { NO_PAYMENT } from './known.ts';
import { waitingCodeFeature } from './waiting-code.ts';

/** There is no such feature where bills are not configured. */
export function payFeature(parts: Parts, own: PayParts | null): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  if (own) {
    onMenu(composer, parts, { commands: ['pay'], entry: 'pay' }, start);
    onTaps(composer, {
      pay: start,
      request_pay: async (ctx, { id }) => await payAsked(ctx, own, id),
    });
    composer.use(madeFeature(own), cardsFeature(own), unaskedFeature(refreshed));
    composer.use(waitingCodeFeature(own), phoneFeature(own));
  }
  onTaps(composer, { pay_step: comeBack, pay_continue: goOn });
  return composer;
}

async function start(ctx: BotContext): Promise<void> {
  await begin(ctx, 'pay', NO_PAYMENT);
}

/** Goes on where they were, after a top-up or something else, with what is true now. */
async function goOn(ctx: BotContext): Promise<void> {
  const { left } = ctx.stories;
  if (left) await goOnWith(ctx, left, refreshed(left));
  else await answer(ctx, ctx.t('toast-old'));
}
