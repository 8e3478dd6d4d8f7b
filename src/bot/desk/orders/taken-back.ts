/** What owners decide about payments taken back: debit them, by one person or two, or leave them with the user. */
import { userAvailable } from '../../../ledger/accounts.ts';
import { balanceOf } from '../../../ledger/ledger.ts';
import { takenBackOf } from '../../../topups/taken-back.ts';
import { topupById } from '../../../topups/transitions.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import { orderQuestion } from './orders-screens.ts';
import { money } from '../../kit/format.ts';
import { PROVIDER_TITLES } from '../../kit/way-title.ts';
import { askApproval } from '../approvals/approving.ts';
import { bookedReason, type ApprovalActions } from '../../../staff/approval.ts';
import { showOrder } from './orders-screen.ts';
import { writeAuditLog } from '../../../staff/audit-log.ts';

export function takenBackApprovalActions({ topups }: Parts): ApprovalActions {
  return {
    taken_back: {
      // Debits only if the order is still about that user, and exactly so much is to be debited.
      perform: async (tx, row, at) => {
        const topup = await topupById(tx, row.subject ?? '');
        if (topup?.userId !== row.userId) return 'overtaken';
        const { ownerId: staffId, amountTiyin } = row;
        const approval = { id: topup.id, staffId, reason: bookedReason(row), at, amountTiyin };
        const done = await topups.decisions.debitTakenBack(tx, approval);
        return done ? 'done' : 'overtaken';
      },
    },
  };
}

/** Asks for as much of it as the user has; the rest stays to be debited later. */
export async function askBackDebit(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const { read } = parts.db;
  const topup = await parts.topups.get(id);
  const back = topup && (await takenBackOf(read, topup));
  if (!back || back.openTiyin === 0) {
    await decidedBefore(ctx, parts, id);
    return;
  }
  const { userId, provider } = topup;
  const availableTiyin = await balanceOf(read, userAvailable(userId));
  const amountTiyin = Math.min(back.openTiyin, availableTiyin);
  if (amountTiyin <= 0) {
    await answer(ctx, ctx.t('taken-back-toast-nothing'), { alert: true });
    return;
  }
  const missingTiyin = back.openTiyin - amountTiyin;
  if (missingTiyin > 0) {
    const sums = { sum: money(ctx.t, amountTiyin), missing: money(ctx.t, missingTiyin) };
    await answer(ctx, ctx.t('taken-back-toast-part', sums), { alert: true });
  }
  const reason = ctx.t('payments-why-took-back', { provider: PROVIDER_TITLES[provider], id });
  await askApproval(ctx, parts, { kind: 'taken_back', userId, subject: id, amountTiyin, reason });
}

export async function askBackLeave(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const topup = await parts.topups.get(id);
  if (!topup || topup.takenBackTiyin === null || topup.takenBackEnd !== null) {
    await decidedBefore(ctx, parts, id);
    return;
  }
  const question = ctx.t('taken-back-ask-leave', { gone: money(ctx.t, topup.takenBackTiyin) });
  const yes = { text: ctx.t('taken-back-button-leave-sure'), action: 'back_left' };
  await show(ctx, orderQuestion(ctx.t, { topup, question, yes }));
}

export async function leaveBack(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const at = parts.clock.now();
  const staffId = ctx.person.id;
  const done = await parts.db.tx(async (tx) => {
    const left = await parts.topups.decisions.leaveTakenBack(tx, { id, staffId, at });
    if (left) await writeAuditLog(tx, { staffId, action: 'back_left', subject: `order:${id}`, at });
    return left;
  });
  await answer(ctx, ctx.t(done ? 'toast-owner-done' : 'toast-owner-decided'));
  await showOrder(ctx, parts, id);
}

async function decidedBefore(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  await answer(ctx, ctx.t('toast-owner-decided'));
  await showOrder(ctx, parts, id);
}
