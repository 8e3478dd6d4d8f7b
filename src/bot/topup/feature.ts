/** Where a top-up begins: the command, the menu, and buttons on messages that are no part of a story any more. */
import { Composer } from 'grammy';
import type { BotContext, Parts } from '../kit/context.ts';
import { answerWith, begin } from '../kit/coming-and-going.ts';
import { onMenu, onTaps } from '../kit/taps.ts';
import { NOTHING_YET } from './known.ts';

export function topupFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onMenu(composer, parts, { commands: ['topup'], entry: 'topup' }, async (ctx) => {
    await begin(ctx, 'topup', NOTHING_YET);
  });
  const answers = { providers: goOn, topup_for: goOn, ways: goOn, provider: goOn };
  onTaps(composer, { ...answers, sum: goOn, method: goOn });
  return composer;
}

async function goOn(ctx: BotContext): Promise<void> {
  await answerWith(ctx, 'topup', NOTHING_YET);
}
