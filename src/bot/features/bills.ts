/** Bills that were made, and the accounts they were made for. */
import { Composer } from 'grammy';
import type { Bill } from '../../bills/bill.ts';
import type { SavedAccount } from '../../bills/saved.ts';
import type { TapOf } from '../callbacks.ts';
import type { BotContext } from '../context.ts';
import { askNewCode, callFor, showBill } from '../pay/confirm.ts';
import { newDraft } from '../pay/draft.ts';
import { payPrefilled } from '../pay/moves.ts';
import { goTo, type PayParts, showDraft } from '../pay/session.ts';
import { answer, show } from '../reply.ts';
import { onTap } from '../taps.ts';
import { billsScreen, cancelBillQuestion } from '../views/bill.ts';
import { LIST_SIZE } from '../views/pay.ts';
import { removeSavedQuestion, savedListScreen } from '../views/saved.ts';

/** How far back the last payment of a saved account is looked for. */
const LOOK_BACK = 50;

export function billsFeature(parts: PayParts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onTap(composer, 'bills', async (ctx, { offset }) => await showBills(ctx, parts, offset));
  onTap(composer, 'bill', async (ctx, tap) => await onBill(ctx, parts, tap));
  onTap(composer, 'saved_list', async (ctx, { offset }) => await showSaved(ctx, parts, offset));
  onTap(composer, 'saved', async (ctx, tap) => await onSaved(ctx, parts, tap));
  return composer;
}

async function showBills(ctx: BotContext, { bills }: PayParts, offset: number): Promise<void> {
  const found = await bills.history(ctx.person.id, { offset, limit: LIST_SIZE + 1 });
  const entries = found.slice(0, LIST_SIZE);
  await show(ctx, billsScreen(ctx.t, { entries, offset, hasOlder: found.length > LIST_SIZE }));
}

async function onBill(ctx: BotContext, parts: PayParts, tap: TapOf<'bill'>): Promise<void> {
  const userId = ctx.person.id;
  const bill = await parts.bills.ofUser(tap.billId, userId);
  if (!bill) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const call = await callFor(ctx, parts);
  switch (tap.action) {
    case 'show':
    case 'code':
      await showBill(call, bill);
      return;
    case 'new_code':
      await askNewCode(call, bill.id);
      return;
    case 'ask_cancel':
      if (bill.state === 'awaiting_code') await show(ctx, cancelBillQuestion(ctx.t, bill));
      else await showBill(call, bill);
      return;
    case 'cancel': {
      const outcome = await parts.bills.cancel(bill.id, { userId });
      await showBill(call, outcome.kind === 'not_found' ? bill : outcome.bill);
      return;
    }
    case 'save':
      await showDraft({ ...call, draft: goTo(call.draft, { name: 'save', billId: bill.id }) });
      return;
    case 'repeat':
      await repeat(ctx, parts, bill);
  }
}

/** The same once more: the confirmation is the next screen. */
async function repeat(ctx: BotContext, parts: PayParts, bill: Bill): Promise<void> {
  const { serviceId, account, amountTiyin: sumTiyin } = bill;
  const call = { ctx, parts, draft: newDraft(ctx) };
  const source = sourceOf(bill);
  await payPrefilled(call, { serviceId, account, sumTiyin, preferDebt: false, source });
}

function sourceOf({ source, cardId, cardMask }: Bill) {
  if (source === 'balance' || cardId === null) return { kind: 'balance' } as const;
  return { kind: 'card', cardId, ...(cardMask === null ? {} : { mask: cardMask }) } as const;
}

async function showSaved(ctx: BotContext, { bills }: PayParts, offset: number): Promise<void> {
  const all = await bills.saved.list(ctx.person.id);
  const entries = all.slice(offset, offset + LIST_SIZE);
  await show(ctx, savedListScreen(ctx.t, { entries, offset, total: all.length }));
}

async function onSaved(ctx: BotContext, parts: PayParts, tap: TapOf<'saved'>): Promise<void> {
  const userId = ctx.person.id;
  const all = await parts.bills.saved.list(userId);
  const account = all.find(({ id }) => id === tap.savedId);
  if (!account) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  switch (tap.action) {
    case 'pay':
      await paySaved(ctx, parts, account);
      return;
    case 'show':
    case 'rename': {
      const call = await callFor(ctx, parts);
      const name = tap.action === 'show' ? 'saved' : 'rename';
      await showDraft({ ...call, draft: goTo(call.draft, { name, savedId: account.id }) });
      return;
    }
    case 'ask_remove':
      await show(ctx, removeSavedQuestion(ctx.t, account));
      return;
    case 'remove':
      await parts.bills.saved.remove(account.id, userId);
      await showSaved(ctx, parts, 0);
  }
}

/** What is owed, else what was paid last time, from where it was paid last time. */
async function paySaved(
  ctx: BotContext,
  parts: PayParts,
  { serviceId, account }: SavedAccount,
): Promise<void> {
  const recent = await parts.bills.history(ctx.person.id, { offset: 0, limit: LOOK_BACK });
  const last = recent.find((bill) => {
    return bill.state === 'paid' && bill.serviceId === serviceId && isSame(bill.account, account);
  });
  const call = { ctx, parts, draft: newDraft(ctx) };
  await payPrefilled(call, {
    serviceId,
    account,
    sumTiyin: last?.amountTiyin ?? null,
    preferDebt: true,
    source: last ? sourceOf(last) : null,
  });
}

function isSame(a: Bill['account'], b: Bill['account']): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
