/** Bills that were made, and the accounts they were made for. */
import { Composer } from 'grammy';
import type { Bill } from '../../bills/bill.ts';
import { historyOf } from '../../bills/list.ts';
import { MAX_NAME } from '../../bills/saved.ts';
import type { SharedAccount } from '../../bills/shared.ts';
import { getUser } from '../../users/users.ts';
import type { TapOf } from '../kit/callbacks.ts';
import type { BotContext } from '../kit/context.ts';
import { begin } from '../kit/coming-and-going.ts';
import { place } from '../kit/talk.ts';
import { askForWords } from '../kit/words.ts';
import { answer, show } from '../kit/reply.ts';
import type { Screen } from '../kit/screen.ts';
import { positive, valueOf } from '../kit/tap-fields.ts';
import { onTaps } from '../kit/taps.ts';
import { billsScreen, cancelBillQuestion, saveNameScreen } from './bill-screens.ts';
import {
  removeSavedQuestion,
  renameScreen,
  savedListScreen,
  savedScreen,
} from './saved-screens.ts';
import { askNewCode, isOpen, showBill } from './bill.ts';
import { billStepsScreen } from './steps.ts';
import { NOWHERE } from '../kit/origin.ts';
import { MOST_STEPS, tellingSteps } from '../kit/steps.ts';
import { LIST_SIZE, type Owed, startAgainScreen } from './choice-screens.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { isSame } from './known.ts';
import { payingSaved, repeating } from './prefilled.ts';
import type { Words } from '../kit/told.ts';

export function madeFeature(parts: PayParts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onTaps(composer, {
    bills: async (ctx, { offset }) => await showBills(ctx, parts, offset),
    bill: async (ctx, tap) => await onBill(ctx, parts, tap),
    bill_at: async (ctx, tap) => await showFrom(ctx, parts, tap),
    bill_steps: async (ctx, tap) => await showSteps(ctx, parts, tap),
    saved_list: async (ctx, { offset }) => await showSaved(ctx, parts, offset),
    saved: async (ctx, tap) => await onSaved(ctx, parts, tap),
  });
  composer.use(async (ctx, next) => {
    const { answering } = ctx;
    if (answering?.area !== NAMES) await next();
    else if (answering.name === 'save') await saveAccount(ctx, parts, answering);
    else await renameAccount(ctx, parts, answering);
  });
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
  switch (tap.action) {
    case 'show':
    case 'code':
      await showBill(ctx, parts, { bill });
      return;
    case 'new_code':
      await askNewCode(ctx, parts, bill.id);
      return;
    case 'ask_cancel':
      if (bill.state === 'awaiting_code') await show(ctx, cancelBillQuestion(ctx.t, bill));
      else await showBill(ctx, parts, { bill });
      return;
    case 'cancel': {
      const outcome = await parts.bills.cancel(bill.id, { userId });
      await showBill(ctx, parts, { bill: outcome.kind === 'not_found' ? bill : outcome.bill });
      return;
    }
    case 'save': {
      const screenId = await show(ctx, saveNameScreen(ctx.t, bill));
      await askForWords(ctx, { area: NAMES, name: 'save', arg: bill.id, screenId });
      return;
    }
    case 'repeat':
      await begin(ctx, 'pay', repeating(bill));
  }
}

/**
 * Shows a bill from a list. One that is not over is shown below the list, where it comes to show how it ended; any
 * other in the list's place, with a way back.
 */
async function showFrom(
  ctx: BotContext,
  parts: PayParts,
  { billId, from }: TapOf<'bill_at'>,
): Promise<void> {
  const bill = await parts.bills.ofUser(billId, ctx.person.id);
  if (!bill) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  if (isOpen(bill) && from !== NOWHERE) ctx.shownIn = null;
  await showBill(ctx, parts, { bill, from });
}

/** Shows the steps in the place of the bill; back leads to it. */
async function showSteps(
  ctx: BotContext,
  parts: PayParts,
  { billId, from }: TapOf<'bill_steps'>,
): Promise<void> {
  const bill = await parts.bills.ofUser(billId, ctx.person.id);
  if (!bill) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const latest = await historyOf(parts.db.read, billId, { limit: MOST_STEPS });
  const steps = latest.toReversed();
  const screen = billStepsScreen(ctx.t, { bill, steps, ...(await tellingSteps(parts, from)) });
  await showBill(ctx, parts, { bill, screen });
}

async function showSaved(ctx: BotContext, parts: PayParts, offset: number): Promise<void> {
  const all = await parts.bills.saved.visible(ctx.person.id);
  const entries = all.slice(offset, offset + LIST_SIZE);
  const owed = await owedOf(parts, entries);
  await show(ctx, savedListScreen(ctx.t, { entries, offset, total: all.length, owed }));
}

/** What is owed on these accounts as far as the last looks know, and was not paid since. No service is asked for it. */
async function owedOf(
  { monthly }: PayParts,
  all: readonly SharedAccount[],
): Promise<ReadonlyMap<number, Owed>> {
  const found = new Map<number, Owed>();
  for (const userId of new Set(all.map((each) => each.userId))) {
    for (const { saved, owedTiyin, watch } of (await monthly?.due(userId)) ?? []) {
      const { lookedAt } = watch;
      if (owedTiyin !== null && lookedAt !== null)
        found.set(saved.id, { debtTiyin: owedTiyin, lookedAt });
    }
  }
  return found;
}

async function savedCard(
  { t }: BotContext,
  parts: PayParts,
  saved: SharedAccount,
  notice?: string,
): Promise<Screen> {
  const { bills, db } = parts;
  const owner = saved.isOwn ? null : await getUser(db.read, saved.userId);
  const labels = await labelsOf(parts, saved);
  const paid = await bills.saved.paidThisMonth(saved);
  const owed = (await owedOf(parts, [saved])).get(saved.id);
  return savedScreen(t, { saved, owner, labels, paid, owed }, notice);
}

/** What was answered, in the words of the latest bill: by itself “1” is no region, and Paylov is not asked for a look. */
async function labelsOf(
  { bills }: PayParts,
  { userId, serviceId, account }: SharedAccount,
): Promise<Bill['accountLabels']> {
  const recent = await bills.history(userId, { offset: 0, limit: LOOK_BACK });
  const last = recent.find((bill) => {
    return bill.serviceId === serviceId && isSame(bill.account, account);
  });
  return last?.accountLabels ?? null;
}

/** How many earlier bills are looked through for the words of a saved account's answers. */
const LOOK_BACK = 50;

/** What the people of its home may do with an account that is not theirs. */
const FOR_ALL: ReadonlySet<TapOf<'saved'>['action']> = new Set(['pay', 'show']);

async function onSaved(ctx: BotContext, parts: PayParts, tap: TapOf<'saved'>): Promise<void> {
  const userId = ctx.person.id;
  const account = await parts.bills.saved.payable(tap.savedId, userId);
  if (!account || !(account.isOwn || FOR_ALL.has(tap.action))) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  switch (tap.action) {
    case 'pay':
      await begin(ctx, 'pay', await payingSaved(parts, userId, account));
      return;
    case 'show':
      await show(ctx, await savedCard(ctx, parts, account));
      return;
    case 'rename': {
      const screenId = await show(ctx, renameScreen(ctx.t, account));
      const arg = String(account.id);
      await askForWords(ctx, { area: NAMES, name: 'rename', arg, screenId });
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

/** The name under which questions for an account's name are asked. */
const NAMES = 'names';

/** Saves the account. Names may have emoji that invisible marks hold together, so they are taken as they were typed. */
async function saveAccount(ctx: BotContext, { bills }: PayParts, asked: Words): Promise<void> {
  const { t, person } = ctx;
  const bill = await bills.ofUser(asked.arg, person.id);
  if (!bill) return;
  const name = ctx.typed.replaceAll(/\s+/g, ' ').trim();
  const { serviceId, serviceName, account } = bill;
  const request = { userId: person.id, serviceId, serviceName, account, name };
  const outcome = await bills.saved.save(request);
  if (outcome.kind === 'bad_name') {
    const notice = t('pay-save-bad-name', { max: String(MAX_NAME) });
    const screenId = await place(ctx, asked.screenId ?? null, saveNameScreen(t, bill, notice));
    await askForWords(ctx, { ...asked, screenId });
  } else {
    const notice = t(outcome.kind === 'saved' ? 'pay-saved' : 'pay-saved-too-many');
    // The receipt stands where it was.
    await place(ctx, asked.screenId ?? null, startAgainScreen(t, notice));
  }
}

async function renameAccount(ctx: BotContext, parts: PayParts, asked: Words): Promise<void> {
  const { t, person } = ctx;
  const { bills } = parts;
  const savedId = valueOf(positive, asked.arg) ?? 0;
  const outcome = await bills.saved.rename(savedId, { userId: person.id, name: ctx.typed });
  const saved = await bills.saved.payable(savedId, person.id);
  if (!saved?.isOwn) {
    await place(ctx, asked.screenId ?? null, { text: t('toast-old') });
  } else if (outcome.kind === 'bad_name') {
    const notice = t('pay-save-bad-name', { max: String(MAX_NAME) });
    const screenId = await place(ctx, asked.screenId ?? null, renameScreen(t, saved, notice));
    await askForWords(ctx, { ...asked, screenId });
  } else {
    const card = await savedCard(ctx, parts, saved, t('pay-renamed'));
    await place(ctx, asked.screenId ?? null, card);
  }
}
