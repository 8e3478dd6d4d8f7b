/** Approvals about bills: asked for here, confirmed in approvals-desk.ts, performed once. */
import { type Bill, totalTiyin } from '../../../bills/bill.ts';
import type { BillDecision } from '../../../bills/outcomes.ts';
import { billById } from '../../../bills/transitions.ts';
import type { Tx } from '../../../db/database.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import { billAction, billLeaveQuestion } from './bills-screens.ts';
import { typedQuestion, BILLS_AREA } from '../kit/payments-screens.ts';
import { serviceNamed } from '../../kit/bill-facts.ts';
import { money } from '../../kit/format.ts';
import { showBill } from './bills-screen.ts';
import { askApproval } from '../approvals/approving.ts';
import { askWords, reasonOf } from '../kit/asking.ts';
import { bookedReason, type Approval, type ApprovalActions } from '../../../staff/approval.ts';
import { writeAuditLog } from '../../../staff/audit-log.ts';

export function billApprovalActions({ ownerBills }: Parts): ApprovalActions {
  if (!ownerBills) return {};
  const { decisions } = ownerBills;
  const refund: Act = (tx, decision) => decisions.refund(tx, decision);
  const paid: Act = (tx, decision) => decisions.decide(tx, { ...decision, paid: true });
  const unpaid: Act = (tx, decision) => decisions.decide(tx, { ...decision, paid: false });
  return {
    bill_refund: { perform: async (tx, row, at) => await performOn(tx, row, at, refund) },
    bill_paid: { perform: async (tx, row, at) => await performOn(tx, row, at, paid) },
    bill_unpaid: { perform: async (tx, row, at) => await performOn(tx, row, at, unpaid) },
  };
}

type Act = (tx: Tx, approval: BillDecision) => Promise<Bill | null>;

/** Carries it out only if the bill is still about that user and that sum. */
async function performOn(
  tx: Tx,
  row: Approval,
  at: number,
  act: Act,
): Promise<'done' | 'overtaken'> {
  const bill = await billById(tx, row.subject ?? '');
  if (bill?.userId !== row.userId || totalTiyin(bill) !== row.amountTiyin) return 'overtaken';
  const { ownerId: staffId } = row;
  const done = await act(tx, { id: bill.id, staffId, reason: bookedReason(row), at });
  return done ? 'done' : 'overtaken';
}

export async function askBillApproval(
  ctx: BotContext,
  parts: Parts,
  id: string,
  as: 'paid' | 'unpaid',
): Promise<void> {
  const bill = await parts.ownerBills?.get(id);
  if (bill?.state !== 'stuck') {
    await answer(ctx, ctx.t('toast-owner-decided'));
    await showBill(ctx, parts, id);
    return;
  }
  await askApproval(ctx, parts, {
    kind: as === 'paid' ? 'bill_paid' : 'bill_unpaid',
    userId: bill.userId,
    subject: id,
    amountTiyin: totalTiyin(bill),
    reason: ctx.t(as === 'paid' ? 'payments-why-looked-up-paid' : 'payments-why-looked-up-unpaid'),
  });
}

/** Asks for the reason. Only what a balance paid can be given back to it. */
export async function askRefund(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const bill = await parts.ownerBills?.get(id);
  if (bill?.state !== 'paid' || bill.source !== 'balance') {
    await answer(ctx, ctx.t('toast-owner-decided'));
    await showBill(ctx, parts, id);
    return;
  }
  const question = ctx.t('payments-ask-refund', {
    id,
    service: serviceNamed(ctx.t, bill),
    sum: money(ctx.t, totalTiyin(bill)),
  });
  const screen = typedQuestion(question, billAction(ctx.t('button-back'), 'show', id));
  await askWords(ctx, { area: BILLS_AREA, name: 'refund', arg: id, screen });
}

export async function takeRefund(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const reason = await reasonOf(ctx);
  const bill = reason === null ? null : await parts.ownerBills?.get(id);
  if (!bill || reason === null) return;
  const { userId } = bill;
  const amountTiyin = totalTiyin(bill);
  await askApproval(ctx, parts, { kind: 'bill_refund', userId, subject: id, amountTiyin, reason });
}

export async function checkBill(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const bill = await parts.ownerBills?.checkNow(id);
  await answer(ctx, ctx.t(bill ? 'toast-owner-checked' : 'toast-old'));
  if (bill) await showBill(ctx, parts, id);
}

/** Asks whether to leave a bill as it is that Paylov cancelled after it was paid. */
export async function askBillLeave(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const bill = await parts.ownerBills?.get(id);
  if (bill?.state !== 'paid' || bill.takenBackAt === null) {
    await answer(ctx, ctx.t('toast-owner-decided'));
    await showBill(ctx, parts, id);
    return;
  }
  await show(ctx, billLeaveQuestion(ctx.t, id));
}

export async function leaveBill(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const { db, clock, ownerBills } = parts;
  const at = clock.now();
  const staffId = ctx.person.id;
  const done = await db.tx(async (tx) => {
    const left = await ownerBills?.decisions.leave(tx, { id, staffId, at });
    if (left) await writeAuditLog(tx, { staffId, action: 'back_left', subject: `bill:${id}`, at });
    return left;
  });
  await answer(ctx, ctx.t(done ? 'toast-owner-done' : 'toast-owner-decided'));
  await showBill(ctx, parts, id);
}
