/**
 * The one thing of a top-up that is typed: the sum. The dialog only collects it; it ends with `ctx.enteredSum` set
 * and lets the update go on to the feature that opens the order.
 */
import type { Conversation } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import { parseTypedSum } from '../../money.ts';
import type { ProviderId } from '../../topups/provider.ts';
import type { BotContext, Parts } from '../context.ts';
import { messageOptions } from '../reply.ts';
import type { Screen } from '../views/screen.ts';
import { sumScreen } from '../views/topup.ts';

export const SUM_DIALOG = 'sum';

/** Somebody who writes after this long means something else. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;

/** Kept as JSON while the dialog waits. */
export interface SumQuestion {
  provider: ProviderId;
  askedAt: number;
}

type Verdict =
  | { kind: 'entered' }
  | { kind: 'again'; screen: Screen }
  /** The dialog has nothing to do with this message. */
  | { kind: 'forgotten' };

export function sumDialog(parts: Parts) {
  return async (
    conversation: Conversation<BotContext>,
    _opened: Context,
    question: SumQuestion,
  ): Promise<void> => {
    // Going back to here keeps the dialog's record short, however often somebody mistypes.
    const ask = conversation.checkpoint();
    const typed = await conversation.waitFor('message:text', { next: true });
    const verdict = await conversation.external(
      async (ctx) => await judge(parts, ctx, { question, text: typed.message.text }),
    );
    if (verdict.kind === 'again') {
      // An error here must get out: caught, the next wait would hang.
      await typed.reply(verdict.screen.text, messageOptions(verdict.screen.keyboard));
      await conversation.rewind(ask);
    }
    await conversation.halt({ next: true });
  };
}

async function judge(
  parts: Parts,
  ctx: BotContext,
  { question, text }: { question: SumQuestion; text: string },
): Promise<Verdict> {
  if (parts.clock.now() - question.askedAt > FORGOTTEN_AFTER_MS) return { kind: 'forgotten' };
  const offer = (await parts.topups.offers()).find(({ provider }) => {
    return provider.id === question.provider;
  });
  if (!offer) return { kind: 'forgotten' };
  const sumTiyin = parseTypedSum(text);
  if (sumTiyin !== null && sumTiyin >= offer.minTiyin && sumTiyin <= offer.maxTiyin) {
    ctx.enteredSum = { provider: question.provider, sumTiyin };
    return { kind: 'entered' };
  }
  const notice = ctx.t(sumTiyin === null ? 'sum-not-understood' : 'sum-out-of-limits');
  const screen = sumScreen(ctx.t, { offer, presetsTiyin: parts.presetsTiyin, notice });
  return { kind: 'again', screen };
}
