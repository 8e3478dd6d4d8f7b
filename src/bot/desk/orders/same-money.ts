/** The money of an order in review was credited by hand before: asked for here, done once. */
import { sameMoneyOf } from '../../../topups/same-money.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { money } from '../../kit/format.ts';
import { answer, show } from '../../kit/reply.ts';
import type { Values } from '../../kit/tap-fields.ts';
import { handViews } from '../kit/by-hand.ts';
import { handLines } from '../kit/by-hand-screens.ts';
import { writeAuditLog } from '../../../staff/audit-log.ts';
import { orderQuestion, type SAME_FIELDS, SAME_SURE } from './orders-screens.ts';
import { showOrder } from './orders-screen.ts';

/** Says which credit it is, and what the order's user gets yet. */
export async function askSame(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const { read } = parts.db;
  const same = await sameMoneyOf(read, id);
  if (!same) {
    await answer(ctx, ctx.t('toast-owner-decided'));
    await showOrder(ctx, parts, id);
    return;
  }
  const { order: topup, hand, restTiyin } = same;
  const [first] = await handViews(read, topup);
  const question = [
    ...(first ? handLines(ctx.t, [first]) : []),
    ctx.t('payments-ask-same', { paid: money(ctx.t, topup.paidTiyin ?? 0) }),
    ...(restTiyin > 0 ? [ctx.t('payments-ask-same-rest', { rest: money(ctx.t, restTiyin) })] : []),
  ].join('\n');
  const yes = SAME_SURE.button(ctx.t('payments-button-same-sure'), {
    id,
    hand: hand.id,
    restTiyin,
  });
  await show(ctx, orderQuestion(ctx.t, { topup, question, yes }));
}

export async function closeAsSame(
  ctx: BotContext,
  parts: Parts,
  { id, hand, restTiyin }: Values<typeof SAME_FIELDS>,
): Promise<void> {
  const at = parts.clock.now();
  const staffId = ctx.person.id;
  const decision = { id, staffId, hand, restTiyin, reason: `the same money as ${hand}`, at };
  const done = await parts.db.tx(async (tx) => {
    const closed = await parts.topups.decisions.closeAsSame(tx, decision);
    if (closed) await writeAuditLog(tx, { staffId, action: 'same', subject: `order:${id}`, at });
    return closed;
  });
  if (done) parts.notifyOutbox();
  await answer(ctx, ctx.t(done ? 'toast-owner-done' : 'toast-owner-decided'));
  await showOrder(ctx, parts, id);
}
