/** A payment that waits for its code while nobody asks for it: its payer went elsewhere before the SMS came. */
import { Composer } from 'grammy';
import type { Bill } from '../../bills/bill.ts';
import type { BotContext } from '../kit/context.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { send } from '../kit/reply.ts';
import { removeTyped } from '../kit/talk.ts';
import { typedCode } from '../kit/typed-code.ts';
import { cancelBillQuestion } from './bill-screens.ts';
import { showBill } from './bill.ts';
import { LIST_SIZE } from './choice-screens.ts';
import { billOf, tellsOf } from './recall.ts';

export function waitingCodeFeature(parts: PayParts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('cancel', async (ctx, next) => {
    const bill = await waiting(ctx, parts);
    const { justLeft } = ctx;
    // What was under way is what is meant: only where that is this payment, or nothing, is it asked about.
    if (bill && !(justLeft && !tellsOf(justLeft, bill.id))) {
      await send(ctx, cancelBillQuestion(ctx.t, bill));
      return;
    }
    const sent = await justSent(ctx, parts);
    // Nobody who has just paid must think that it was called off.
    if (sent) await showBill(ctx, parts, { bill: sent, notice: ctx.t('pay-cancel-sent') });
    else await next();
  });
  composer.on('message:text', async (ctx, next) => {
    const isCode = ctx.answering === null && typedCode(ctx.typed) !== null;
    const bill = isCode ? await waiting(ctx, parts) : null;
    if (!bill) {
      await next();
      return;
    }
    await removeTyped(ctx);
    // It may have been a sum as well: no try is spent, and no money moves, before it is seen what the code is for.
    await showBill(ctx, parts, { bill, notice: ctx.t('pay-code-left') });
  });
  return composer;
}

/** The latest one. */
export async function waiting(
  { person }: BotContext,
  { bills }: PayParts,
): Promise<Bill | undefined> {
  const latest = await bills.history(person.id, { offset: 0, limit: LIST_SIZE });
  return latest.find(({ state }) => state === 'awaiting_code');
}

/** The bill that was on the screen, unless it came to nothing. */
async function justSent(
  { justLeft, person }: BotContext,
  { bills }: PayParts,
): Promise<Bill | null> {
  const billId = justLeft && billOf(justLeft);
  const bill = billId === null ? null : await bills.ofUser(billId, person.id);
  return bill && bill.state !== 'failed' && bill.state !== 'refunded' ? bill : null;
}
