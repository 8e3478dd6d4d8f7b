/** `/bill`, decisions about bills nobody could clear up, and paying from balances again after a pause. */
import { Composer } from 'grammy';
import type { Bill } from '../../bills/bill.ts';
import type { BillsForOwners } from '../../bills/bills.ts';
import { getUser } from '../../users/users.ts';
import type { TapOf } from '../callbacks.ts';
import type { BotContext, Parts } from '../context.ts';
import { answer, send, show } from '../reply.ts';
import { onTap } from '../taps.ts';
import { ownerBillQuestion, ownerBillScreen } from '../views/owner-bill.ts';
import type { Screen } from '../views/screen.ts';

export function ownerBillCommands(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const { ownerBills } = parts;
  if (!ownerBills) return composer;
  composer.command('bill', async (ctx) => {
    const text = ctx.match.trim();
    const bill = text === '' ? null : await ownerBills.find(text);
    if (bill) await send(ctx, await detailsOf(ctx, parts, bill));
    else await send(ctx, { text: ctx.t(text === '' ? 'owner-usage-bill' : 'owner-no-bill') });
  });
  return composer;
}

export function ownerBillTaps(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const { ownerBills } = parts;
  if (!ownerBills) return composer;
  onTap(composer, 'owner_bill', async (ctx, tap) => await act(ctx, parts, { ownerBills, tap }));
  onTap(composer, 'owner_bills_resume', async (ctx) => {
    const resumed = await ownerBills.resume(ctx.person.id);
    await answer(ctx, ctx.t(resumed ? 'toast-owner-done' : 'toast-owner-decided'));
  });
  return composer;
}

async function act(
  ctx: BotContext,
  parts: Parts,
  { ownerBills, tap }: { ownerBills: BillsForOwners; tap: TapOf<'owner_bill'> },
): Promise<void> {
  const { action, billId } = tap;
  const bill = await ownerBills.find(billId);
  if (!bill) {
    await answer(ctx, ctx.t('toast-old'));
  } else if (action === 'show') {
    await show(ctx, await detailsOf(ctx, parts, bill));
  } else if (action === 'ask_paid' || action === 'ask_unpaid') {
    await show(ctx, ownerBillQuestion(ctx.t, { bill, paid: action === 'ask_paid' }));
  } else {
    await decide(ctx, parts, { ownerBills, bill, paid: action === 'paid' });
  }
}

async function decide(
  ctx: BotContext,
  parts: Parts,
  { ownerBills, bill, paid }: { ownerBills: BillsForOwners; bill: Bill; paid: boolean },
): Promise<void> {
  const outcome = await ownerBills.decide(bill.id, { paid, ownerId: ctx.person.id });
  if (outcome.kind === 'not_found') {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  if (outcome.kind === 'done') parts.notifyOutbox();
  await answer(ctx, ctx.t(outcome.kind === 'done' ? 'toast-owner-done' : 'toast-owner-decided'));
  await show(ctx, await detailsOf(ctx, parts, outcome.bill));
}

async function detailsOf(ctx: BotContext, { db }: Parts, bill: Bill): Promise<Screen> {
  return ownerBillScreen(ctx.t, { bill, user: await getUser(db.read, bill.userId) });
}
