/** The money of an order in review was credited by hand before: asked for here, done once. */
import type { Queries, Tx } from '../../../db/database.ts';
import { type SameMoney, sameMoneyOf, sumOfHands } from '../../../topups/same-money.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { money } from '../../kit/format.ts';
import { answer, show } from '../../kit/reply.ts';
import type { Values } from '../../kit/tap-fields.ts';
import { withPeople } from '../kit/by-hand.ts';
import { handLines } from '../kit/by-hand-screens.ts';
import { orderAction, typedQuestion } from '../kit/payments-screens.ts';
import { writeDone } from '../../../staff/approval-rows.ts';
import { needOf } from '../../../staff/approval-rules.ts';
import { writeAuditLog } from '../../../staff/audit-log.ts';
import { orderQuestion, type SAME_FIELDS, SAME_SURE } from './orders-screens.ts';
import { showOrder } from './orders-screen.ts';

/** Says which credits it is, and what the order's user gets yet. */
export async function askSame(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const { read } = parts.db;
  const same = await sameMoneyOf(read, id);
  if (!same) {
    await answer(ctx, ctx.t('toast-owner-decided'));
    await showOrder(ctx, parts, id);
    return;
  }
  const { order: topup, hands, restTiyin, taken } = same;
  if (!(await mayGiveRest(read, parts, { staffId: ctx.person.id, same, at: parts.clock.now() }))) {
    const refusal = ctx.t('payments-same-alone', {
      rest: money(ctx.t, restTiyin),
      sum: money(ctx.t, sumOfHands(hands)),
      button: ctx.t('button-owner-ask_credit'),
    });
    await show(ctx, typedQuestion(refusal, orderAction(ctx.t('button-back'), 'show', id)));
    return;
  }
  const question = [
    ...handLines(ctx.t, await withPeople(read, hands, hands.length)),
    ...handLines(ctx.t, await withPeople(read, taken, taken.length)),
    ctx.t('payments-ask-same', { paid: money(ctx.t, topup.paidTiyin ?? 0) }),
    ...(restTiyin > 0 ? [ctx.t('payments-ask-same-rest', { rest: money(ctx.t, restTiyin) })] : []),
  ].join('\n');
  const yes = SAME_SURE.button(ctx.t('payments-button-same-sure'), {
    id,
    hand: hands[0].id,
    restTiyin,
    taken: taken.length,
  });
  await show(ctx, orderQuestion(ctx.t, { topup, question, yes }));
}

interface Giving {
  staffId: number;
  same: SameMoney;
  at: number;
}

/** What comes beyond the credit is credited like anything else: no further than one person may alone. */
async function mayGiveRest(
  queries: Queries,
  { staff }: Parts,
  { staffId: askerId, same: { order, restTiyin: amountTiyin }, at }: Giving,
): Promise<boolean> {
  if (amountTiyin === 0) return true;
  const { userId } = order;
  const wanted = { kind: 'review_credit', askerId, userId, amountTiyin, at } as const;
  return (await needOf(queries, staff, wanted)).kind === 'nobody_else';
}

export async function closeAsSame(
  ctx: BotContext,
  parts: Parts,
  { id, hand, restTiyin, taken }: Values<typeof SAME_FIELDS>,
): Promise<void> {
  const at = parts.clock.now();
  const staffId = ctx.person.id;
  const reason = `the same money as ${hand}`;
  const done = await parts.db.tx(async (tx) => {
    const same = await sameMoneyOf(tx, id);
    if (!same || !(await mayGiveRest(tx, parts, { staffId, same, at }))) return null;
    const decision = { id, staffId, hand, restTiyin, taken, reason, at };
    const closed = await parts.topups.decisions.closeAsSame(tx, decision);
    if (!closed) return null;
    await writeAuditLog(tx, { staffId, action: 'same', subject: `order:${id}`, at });
    if (restTiyin > 0) await noteRest(tx, { staffId, same, at }, reason);
    return closed;
  });
  if (done) parts.notifyOutbox();
  await answer(ctx, ctx.t(done ? 'toast-owner-done' : 'toast-owner-decided'));
  await showOrder(ctx, parts, id);
}

/** So that it counts to what this person gives alone, and stands among what was done to the user's money. */
async function noteRest(tx: Tx, { staffId, same, at }: Giving, reason: string): Promise<void> {
  const { order, restTiyin: amountTiyin } = same;
  const { id: subject, userId } = order;
  const what = { kind: 'review_credit', ownerId: staffId, userId, subject, amountTiyin } as const;
  await writeDone(tx, { ...what, id: `${subject}-same`, reason, at });
}
