/**
 * A sum that is typed where buttons offer some: the question comes again with a button for it. Nothing is agreed to
 * by words, which may have been meant for something else.
 */
import type { SavedAccount } from '../../bills/saved.ts';
import { readTypedSum, TIYIN_PER_SOM, type Tiyin } from '../../core/money.ts';
import type { BotContext } from '../kit/context.ts';
import { badSumNotice, outOfLimits } from '../kit/format.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { plainText } from '../kit/plain-text.ts';
import { show } from '../kit/reply.ts';
import type { Screen } from '../kit/screen.ts';
import { place } from '../kit/talk.ts';
import type { Words } from '../kit/told.ts';
import { askForWords } from '../kit/words.ts';
import { capsScreen, limitsScreen } from './screens.ts';

/** The name under which these questions are asked. */
export const AREA = 'watch';

/** The most that a button carries. */
export const MOST_SOM = 999_999_999;
const LIMITS = { minTiyin: TIYIN_PER_SOM, maxTiyin: MOST_SOM * TIYIN_PER_SOM };

export type Asking = 'limits' | 'caps';

/** Shows a question whose answer may be typed as well. */
export async function ask(
  ctx: BotContext,
  { screen, asking, saved }: { screen: Screen; asking: Asking; saved: SavedAccount },
): Promise<void> {
  const screenId = await show(ctx, screen);
  await askForWords(ctx, { area: AREA, name: asking, arg: String(saved.id), screenId });
}

/** False for what is no answer, such as a picture. */
export async function takeTyped(ctx: BotContext, parts: PayParts, asked: Words): Promise<boolean> {
  if (!ctx.has('message:text')) return false;
  const saved = await parts.bills.saved.get(Number(asked.arg), ctx.person.id);
  const again = saved && (await screenAgain(ctx, parts, { asked, saved }));
  if (!again) return false;
  const screenId = await place(ctx, asked.screenId ?? null, again);
  await askForWords(ctx, { ...asked, screenId });
  return true;
}

async function screenAgain(
  ctx: BotContext,
  { monthly }: PayParts,
  { asked, saved }: { asked: Words; saved: SavedAccount },
): Promise<Screen | null> {
  const { t } = ctx;
  const typed = plainText(ctx.typed);
  const answer = sumIn(ctx, typed);
  if (asked.name === 'limits') return limitsScreen(t, saved, answer);
  const watch = await monthly?.watchOf(saved.id, ctx.person.id);
  return watch ? capsScreen(t, saved, { watch, ...answer }) : null;
}

function sumIn({ t }: BotContext, typed: string): { own?: Tiyin; notice?: string } {
  const read = readTypedSum(typed);
  if (read.kind !== 'sum') return { notice: badSumNotice(t, read.kind, LIMITS) };
  return read.tiyin > LIMITS.maxTiyin ? { notice: outOfLimits(t, LIMITS) } : { own: read.tiyin };
}
