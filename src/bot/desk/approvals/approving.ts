/** How the parts of the desk ask for an approval about money. */
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import type { ApprovalRequest } from '../../../staff/approval.ts';
import { askedScreen } from './approvals-desk.ts';
import { approvalId } from '../kit/asking.ts';

/** Writes the question down and shows it; the approval itself is confirmed there, by one person or by two. */
export async function askApproval(
  ctx: BotContext,
  parts: Parts,
  request: Omit<ApprovalRequest, 'id' | 'askerId'>,
): Promise<void> {
  const asked = await parts.approvals.ask({
    ...request,
    id: approvalId(ctx),
    askerId: ctx.person.id,
  });
  const screen = await askedScreen(ctx, parts, asked);
  if (screen) await show(ctx, screen);
  else await answer(ctx, ctx.t('toast-owner-decided'));
}
