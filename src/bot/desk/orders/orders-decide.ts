/** Approvals about orders: asked for here, confirmed in approvals-desk.ts, performed once. */
import type { Tx } from '../../../db/database.ts';
import type { StaffDecision } from '../../../topups/decide.ts';
import { handCreditsOf } from '../../../topups/by-hand.ts';
import { topupById } from '../../../topups/transitions.ts';
import type { Topup } from '../../../topups/topup.ts';
import { seenAt, twinsOf, isTwin } from '../../../topups/twins.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import { orderQuestion } from './orders-screens.ts';
import {
  orderAction,
  typedQuestion,
  ORDERS_AREA,
  takenBackWarning,
  butTakenBack,
} from '../kit/payments-screens.ts';
import { money } from '../../kit/format.ts';
import { twinWarnings } from '../kit/twins-screens.ts';
import { askApproval } from '../approvals/approving.ts';
import { askWords, reasonOf } from '../kit/asking.ts';
import { bookedReason, type Approval, type ApprovalActions } from '../../../staff/approval.ts';
import { showOrder } from './orders-screen.ts';
import { writeAuditLog } from '../../../staff/audit-log.ts';
import { twinViews } from '../kit/twins.ts';
import { handViews } from '../kit/by-hand.ts';
import { handLines } from '../kit/by-hand-screens.ts';

export function orderApprovalActions({ topups }: Parts): ApprovalActions {
  const { decisions } = topups;
  const approve: Act = (tx, decision) => decisions.approve(tx, decision);
  const creditReview: Act = (tx, decision) => decisions.creditReview(tx, decision);
  return {
    approve: {
      perform: async (tx, row, at) =>
        await performOn(tx, row, { sumOf: (topup) => topup.amountTiyin, at, act: approve }),
    },
    review_credit: {
      perform: async (tx, row, at) =>
        await performOn(tx, row, { sumOf: (topup) => topup.paidTiyin, at, act: creditReview }),
    },
  };
}

type Act = (tx: Tx, approval: StaffDecision) => Promise<Topup | null>;

/** Carries it out only if the order is still about that user and that sum. */
async function performOn(
  tx: Tx,
  row: Approval,
  {
    sumOf,
    at,
    act,
  }: {
    sumOf: (topup: Topup) => number | null;
    at: number;
    act: Act;
  },
): Promise<'done' | 'overtaken'> {
  const topup = await topupById(tx, row.subject ?? '');
  if (topup?.userId !== row.userId || sumOf(topup) !== row.amountTiyin) return 'overtaken';
  // The transfer was credited to somebody else since the question was asked, which did not say so.
  const twins = await twinsOf(tx, topup);
  if (twins.some((twin) => (seenAt(twin) ?? 0) >= row.createdAt)) return 'overtaken';
  const hands = await handCreditsOf(tx, topup);
  if (hands.some((hand) => hand.at >= row.createdAt)) return 'overtaken';
  const { ownerId: staffId } = row;
  const done = await act(tx, { id: topup.id, staffId, reason: bookedReason(row), at });
  return done ? 'done' : 'overtaken';
}

/** Asks for the reason: nothing but the person's word says that this was paid. */
export async function askToApprove(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const topup = await parts.topups.get(id);
  if (!topup) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const twins = await twinViews(parts.db.read, topup);
  const question = ctx.t('payments-ask-approve', {
    id: topup.id,
    sum: money(ctx.t, topup.amountTiyin),
  });
  const back = orderAction(ctx.t('button-back'), 'show', id);
  const hands = handLines(ctx.t, await handViews(parts.db.read, topup));
  const lines = [...twinWarnings(ctx.t, twins), ...hands, question];
  const screen = typedQuestion(lines.join('\n\n'), back);
  await askWords(ctx, { area: ORDERS_AREA, name: 'approve', arg: id, screen });
}

export async function takeApproval(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const reason = await reasonOf(ctx);
  const topup = reason === null ? null : await parts.topups.get(id);
  if (!topup || reason === null) return;
  const { userId, amountTiyin } = topup;
  await askApproval(ctx, parts, { kind: 'approve', userId, subject: id, amountTiyin, reason });
}

/** Asks before crediting a payment in review. If its payment system took it back meanwhile, a second question says so. */
export async function askReviewCredit(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const topup = await parts.topups.get(id);
  if (topup?.state !== 'review' || topup.takenBackTiyin === null) {
    await creditAllTheSame(ctx, parts, id);
    return;
  }
  const warning = takenBackWarning(ctx.t, topup.takenBackTiyin);
  const question = `${warning}\n${ctx.t('taken-back-ask-credit')}`;
  const yes = { text: ctx.t('taken-back-button-credit'), action: 'credit_sure' };
  await show(ctx, orderQuestion(ctx.t, { topup, question, yes }));
}

export async function creditAllTheSame(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const topup = await parts.topups.get(id);
  if (topup?.state !== 'review' || topup.paidTiyin === null) {
    await decidedBefore(ctx, parts, id);
    return;
  }
  const { t } = ctx;
  const { amountTiyin, takenBackTiyin } = topup;
  const why = isTwin(topup)
    ? t('payments-why-own-transfer')
    : t('payments-why-other-sum', { sum: money(t, amountTiyin) });
  await askApproval(ctx, parts, {
    kind: 'review_credit',
    userId: topup.userId,
    subject: id,
    amountTiyin: topup.paidTiyin,
    reason: why + butTakenBack(t, takenBackTiyin),
  });
}

async function decidedBefore(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  await answer(ctx, ctx.t('toast-owner-decided'));
  await showOrder(ctx, parts, id);
}

/**
 * Whether this person may decide about that sum alone. The money is given back outside the program, so nobody could
 * agree later.
 */
function mayRefuse(ctx: BotContext, { staff }: Parts, { paidTiyin }: Topup): boolean {
  return staff.may(ctx.person.id, 'owner') || (paidTiyin ?? 0) <= staff.operatorLimitTiyin;
}

export async function askRefusal(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const topup = await parts.topups.get(id);
  if (topup?.state !== 'review') {
    await decidedBefore(ctx, parts, id);
  } else if (mayRefuse(ctx, parts, topup)) {
    const { takenBackTiyin: back } = topup;
    const warning = back === null ? '' : `${takenBackWarning(ctx.t, back)}\n`;
    const asked = ctx.t('owner-ask-refuse', {
      paid: money(ctx.t, topup.paidTiyin ?? 0),
      sum: money(ctx.t, topup.amountTiyin),
    });
    const question = `${warning}${asked}`;
    const yes = { text: ctx.t('button-owner-refuse'), action: 'refuse_sure' };
    await show(ctx, orderQuestion(ctx.t, { topup, question, yes }));
  } else {
    await answer(ctx, ctx.t('payments-toast-owner'), { alert: true });
  }
}

export async function refuse(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const topup = await parts.topups.get(id);
  if (!topup || !mayRefuse(ctx, parts, topup)) {
    await answer(ctx, ctx.t('payments-toast-owner'), { alert: true });
    return;
  }
  const at = parts.clock.now();
  const staffId = ctx.person.id;
  const done = await parts.db.tx((tx) =>
    parts.topups.decisions.refuseReview(tx, { id, staffId, reason: 'refused by the staff', at }),
  );
  if (done) parts.notifyOutbox();
  await answer(ctx, ctx.t(done ? 'toast-owner-done' : 'toast-owner-decided'));
  await showOrder(ctx, parts, id);
}

export async function askClose(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const topup = await parts.topups.get(id);
  if (topup?.state !== 'waiting') {
    await decidedBefore(ctx, parts, id);
    return;
  }
  const yes = { text: ctx.t('payments-button-close-sure'), action: 'close_sure' };
  await show(ctx, orderQuestion(ctx.t, { topup, question: ctx.t('payments-ask-close'), yes }));
}

export async function close(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const at = parts.clock.now();
  const staffId = ctx.person.id;
  const done = await parts.db.tx(async (tx) => {
    const closed = await parts.topups.decisions.close(tx, { id, staffId, at });
    if (closed) await writeAuditLog(tx, { staffId, action: 'close', subject: `order:${id}`, at });
    return closed;
  });
  if (done) parts.notifyOutbox();
  await answer(ctx, ctx.t(done ? 'toast-owner-done' : 'toast-owner-decided'));
  await showOrder(ctx, parts, id);
}

/** Asks the provider now, whatever the state: an order that is paid may have been paid twice. */
export async function check(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const outcome = await parts.topups.checkNow(id, {});
  const keys = {
    checked: 'toast-owner-checked',
    too_soon: 'toast-too-soon',
    // Nobody counts what the staff asks.
    quota_spent: 'toast-too-soon',
    not_found: 'toast-old',
  } as const;
  const key = outcome.kind === 'unknown' ? `alarm-problem-${outcome.problem}` : keys[outcome.kind];
  await answer(ctx, ctx.t(key), { alert: outcome.kind === 'unknown' });
  if (outcome.kind !== 'not_found') await showOrder(ctx, parts, id);
}
