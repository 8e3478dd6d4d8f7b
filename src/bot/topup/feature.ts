/** Where a top-up begins: the command, the menu, and buttons on messages that are no part of a story any more. */
import { Composer } from 'grammy';
import type { TapKind } from '../kit/callbacks.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import { answerWith, begin } from '../kit/coming-and-going.ts';
import { onMenu, onTap } from '../kit/taps.ts';
import { NOTHING_YET } from './known.ts';

const BUTTONS = [
  'providers',
  'topup_for',
  'provider',
  'sum',
  'method',
] as const satisfies TapKind[];

export function topupFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onMenu(composer, parts, { commands: ['topup'], entry: 'topup' }, async (ctx) => {
    await begin(ctx, 'topup', NOTHING_YET);
  });
  for (const button of BUTTONS) {
    onTap(composer, button, async (ctx) => await answerWith(ctx, 'topup', NOTHING_YET));
  }
  return composer;
}
