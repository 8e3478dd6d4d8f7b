/** How the parts of the desk ask for a decision about money. */
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import type { DecisionRequest } from '../../../staff/approval.ts';
import { askedScreen } from './approvals-desk.ts';
import { decisionId } from '../kit/asking.ts';

/** Writes the question down and shows it; the decision itself is confirmed there, by one person or by two. */
export async function askDecision(
  ctx: BotContext,
  parts: Parts,
  request: Omit<DecisionRequest, 'id' | 'askerId'>,
): Promise<void> {
  const asked = await parts.decisions.ask({
    ...request,
    id: decisionId(ctx),
    askerId: ctx.person.id,
  });
  const screen = await askedScreen(ctx, parts, asked);
  if (screen) await show(ctx, screen);
  else await answer(ctx, ctx.t('toast-owner-decided'));
}
