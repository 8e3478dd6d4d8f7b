/** Crediting money out of suspense: asked for here, confirmed in approvals-desk.ts, performed once. */
import type { Tx } from '../../../db/database.ts';
import { paidSince } from '../../../topups/alike.ts';
import { topupById } from '../../../topups/transitions.ts';
import { creditSuspense, suspenseItem, type SuspenseItem } from '../../../topups/suspense.ts';
import { moneyById, takenBackWith } from '../../../topups/suspense-list.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import { creditBackQuestion } from './suspense-screens.ts';
import { askApproval } from '../approvals/approving.ts';
import { bookedReason, type Approval, type ApprovalActions } from '../../../staff/approval.ts';
import { butTakenBack } from '../kit/payments-screens.ts';

/** Of an item, or of an order in review whose money is somebody else's. `sure`: its payment was taken back, and yet. */
export async function askSuspenseCredit(
  ctx: BotContext,
  parts: Parts,
  { id, userId, sure = false }: { id: string; userId: number; sure?: boolean },
): Promise<void> {
  const found = await moneyById(parts.db.read, id);
  const open = found?.source.kind === 'review' || found?.source.item.state === 'open';
  if (!found || !open) {
    await answer(ctx, ctx.t('toast-owner-decided'));
    return;
  }
  const takenBackTiyin = await takenBackWith(parts.db.read, found);
  if (takenBackTiyin !== null && !sure) {
    await show(ctx, creditBackQuestion(ctx.t, { id, userId, takenBackTiyin }));
    return;
  }
  const { source } = found;
  // It is this order's own money, so the order is credited and does not end as refused.
  const isOwn = source.kind === 'review' && source.topup.userId === userId;
  await askApproval(ctx, parts, {
    kind: isOwn ? 'review_credit' : 'suspense_credit',
    userId,
    subject: id,
    amountTiyin: found.amountTiyin,
    reason: ctx.t('payments-why-payer', { id }) + butTakenBack(ctx.t, takenBackTiyin),
  });
}

export function suspenseApprovalActions(parts: Parts): ApprovalActions {
  return {
    suspense_credit: { perform: async (tx, row, at) => await perform(parts, tx, row, at) },
  };
}

/** Logs it once it is certain: ids and the sum. */
export function noteSuspense(
  { log }: Parts,
  tx: Tx,
  moved: {
    outcome: 'recorded' | 'credited' | 'returned' | 'undone';
    item: SuspenseItem;
    staffId: number;
  },
): void {
  const { outcome, item, staffId: by } = moved;
  const { id, topupId: order, provider, amountTiyin, creditedTo: userId } = item;
  const facts = { event: 'suspense', outcome, item: id, order, provider, amountTiyin, userId, by };
  tx.afterCommit(() => log.info(facts, "money that was nobody's"));
}

/** Credits it only if it is still the same sum. */
async function perform(
  parts: Parts,
  tx: Tx,
  row: Approval,
  at: number,
): Promise<'done' | 'overtaken'> {
  const { userId, ownerId: staffId } = row;
  const reason = bookedReason(row);
  const itemId = await itemOf(parts, tx, { row, reason, at });
  if (itemId === null) return 'overtaken';
  const done = await creditSuspense(tx, { itemId, userId, staffId, reason, at });
  if (done) noteSuspense(parts, tx, { outcome: 'credited', item: done, staffId });
  return done ? 'done' : 'overtaken';
}

/**
 * The item to credit: an order in review becomes one in the same transaction. Null, with nothing written, when it was
 * decided.
 */
async function itemOf(
  { topups }: Parts,
  tx: Tx,
  { row, reason, at }: { row: Approval; reason: string; at: number },
): Promise<string | null> {
  const id = row.subject ?? '';
  const item = await suspenseItem(tx, id);
  if (item) {
    // Reported for an order since the question, which did not say so.
    if (await paidSince(tx, item, row.createdAt)) return null;
    return item.amountTiyin === row.amountTiyin ? id : null;
  }
  const topup = await topupById(tx, id);
  if (topup?.state !== 'review' || topup.paidTiyin !== row.amountTiyin) return null;
  const approval = { id, staffId: row.ownerId, reason, at };
  return (await topups.decisions.redirectReview(tx, approval))?.id ?? null;
}
