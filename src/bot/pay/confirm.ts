/** The one tap that pays, and the code of a card. */
import type { Bill } from '../../bills/bill.ts';
import type {
  ConfirmOutcome,
  NewCodeOutcome,
  Quote,
  Shown,
  SubmitCodeOutcome,
} from '../../bills/bills.ts';
import type { QuotaSpent } from '../../quotas/quotas.ts';
import type { BotContext } from '../context.ts';
import { answer, send, show } from '../reply.ts';
import { payingScreen } from '../views/pay-sum.ts';
import { quotaNotice } from '../views/quota.ts';
import { accountOf, answerLines, firstUnfit } from './answers.ts';
import { type Draft, type DraftSource, newDraft, type Step } from './draft.ts';
import { formOf } from './form.ts';
import { startAgainScreen } from './render.ts';
import { beforeWaiting, type Call, goTo, openDraft, type PayParts, showDraft } from './session.ts';
import { confirmAgain, wordingOf } from './source.ts';

/** `repeatAllowed`: the user was asked and wants to pay the same again. */
export async function confirmBill(call: Call, repeatAllowed: boolean): Promise<void> {
  const { ctx, parts, draft } = call;
  const { sumTiyin, source, confirmationId, shown } = draft;
  if (sumTiyin === null || source === null || confirmationId === null || shown === null) {
    throw new Error('a draft is confirmed that is not complete');
  }
  const form = await formOf(call);
  if (!form) return;
  const unfit = firstUnfit(form.fields, draft.account);
  if (unfit !== null) {
    const step: Step = { name: 'field', index: unfit, page: 0, query: '' };
    await showDraft({ ...call, draft: goTo(draft, step) }, ctx.t('pay-form-changed'));
    return;
  }
  if (wordingOf(form, draft.account) !== shown.wording) {
    await confirmAgain(call, ctx.t('pay-shown-changed'));
    return;
  }
  await show(ctx, payingScreen(ctx.t, source.kind === 'card' ? 'pay-asking' : 'pay-working'));
  const outcome = await parts.bills.confirm({
    userId: ctx.person.id,
    serviceId: form.service.id,
    serviceName: form.service.name,
    account: accountOf(form.fields, draft.account),
    labels: answerLines(form.fields, draft.account),
    amountTiyin: sumTiyin,
    source: source.kind,
    shown: shownWith(shown, source),
    ...(source.cardId === undefined ? {} : { cardId: source.cardId }),
    confirmationId,
    ...(repeatAllowed ? { repeatAllowed } : {}),
  });
  await afterConfirm(call, outcome);
}

function shownWith({ feeTiyin, totalTiyin }: Quote, { mask }: DraftSource): Shown {
  return { feeTiyin, totalTiyin, ...(mask === undefined ? {} : { cardMask: mask }) };
}

async function afterConfirm(call: Call, outcome: ConfirmOutcome): Promise<void> {
  const { ctx, draft } = call;
  const go = async (step: Step, notice?: string, changes: Partial<Draft> = {}) => {
    await showDraft({ ...call, draft: goTo(draft, step, changes) }, notice);
  };
  switch (outcome.kind) {
    case 'bill':
      await showBill(call, outcome.bill);
      return;
    case 'repeated_within':
      await go({ name: 'repeated', earlierAt: outcome.bill.createdAt });
      return;
    case 'changed':
      await confirmAgain(
        call,
        ctx.t(outcome.what === 'fee' ? 'pay-fee-changed' : 'pay-shown-changed'),
      );
      return;
    case 'insufficient':
      await go({ name: 'short' });
      return;
    case 'out_of_limits':
      await go({ name: 'sum' }, ctx.t('sum-out-of-limits'));
      return;
    case 'unknown_card':
      await go({ name: 'source' }, ctx.t('pay-card-gone'), { source: null });
      return;
    case 'too_many':
      await go({ name: 'confirm' }, ctx.t('pay-too-many'));
      return;
    case 'quota_spent':
      await go({ name: 'confirm' }, quotaNotice(ctx.t, outcome, call.parts.clock.now()));
      return;
    case 'unavailable': {
      const notice = ctx.t(`pay-unavailable-${outcome.reason}`);
      const isBalance = outcome.reason === 'paused' || outcome.reason === 'no_operator_card';
      if (isBalance) await go({ name: 'source' }, notice, { source: null });
      else await go({ name: 'confirm' }, notice);
    }
  }
}

/** The bill as it is; when it waits for a code, what is typed next is one. */
export async function showBill(
  call: Call,
  bill: Bill,
  options: { notice?: string; isSpent?: boolean } = {},
): Promise<void> {
  const { notice, isSpent = false } = options;
  const step: Step =
    bill.state === 'awaiting_code'
      ? { name: 'code', billId: bill.id, isSpent }
      : { name: 'bill', billId: bill.id };
  await showDraft({ ...call, draft: goTo(call.draft, step) }, notice);
}

/** The open draft, or a new one for what is opened from elsewhere. */
export async function callFor(ctx: BotContext, parts: PayParts): Promise<Call> {
  const open = await openDraft(ctx, parts);
  return { ctx, parts, draft: open ?? newDraft(ctx) };
}

/** Digits as people type them. */
export function typedCode(text: string): string | null {
  const digits = text.replaceAll(/[\s-]/g, '');
  return /^\d{4,8}$/.test(digits) ? digits : null;
}

export async function tryCode(call: Call, billId: string, text: string): Promise<void> {
  const { ctx, parts } = call;
  const code = typedCode(text);
  if (code === null) {
    await showDraft(call, ctx.t('pay-code-bad'));
    return;
  }
  await beforeWaiting(ctx);
  const userId = ctx.person.id;
  await afterCode(call, await parts.bills.submitCode(billId, { userId, code }));
}

async function afterCode(call: Call, outcome: SubmitCodeOutcome): Promise<void> {
  const { t } = call.ctx;
  switch (outcome.kind) {
    case 'bill':
    case 'not_awaiting':
      await showBill(call, outcome.bill);
      return;
    case 'wrong_code': {
      const notice = t('pay-code-wrong', { left: String(outcome.triesLeft) });
      await showBill(call, outcome.bill, { notice });
      return;
    }
    case 'code_spent': {
      const key = outcome.newCodesLeft > 0 ? `pay-code-${outcome.why}` : 'pay-code-no-more';
      await showBill(call, outcome.bill, { notice: t(key), isSpent: true });
      return;
    }
    case 'quota_spent':
      await showNoCodes(call, outcome);
      return;
    case 'not_sent': {
      const notice = `${t(`bill-problem-${outcome.code}`)}\n${t('pay-code-not-sent')}`;
      await showBill(call, outcome.bill, { notice });
      return;
    }
    case 'bad_code':
      await showDraft(call, t('pay-code-bad'));
      return;
    case 'unavailable':
      await showDraft(call, t(`pay-unavailable-${outcome.reason}`));
      return;
    case 'not_found':
      await send(call.ctx, startAgainScreen(t, t('toast-old')));
  }
}

async function showNoCodes(call: Call, outcome: QuotaSpent & { bill: Bill }): Promise<void> {
  const notice = quotaNotice(call.ctx.t, outcome, call.parts.clock.now());
  await showBill(call, outcome.bill, { notice, isSpent: true });
}

export async function askNewCode(call: Call, billId: string): Promise<void> {
  const { ctx, parts } = call;
  await beforeWaiting(ctx);
  const outcome: NewCodeOutcome = await parts.bills.newCode(billId, { userId: ctx.person.id });
  switch (outcome.kind) {
    case 'bill':
      await showBill(call, outcome.bill, { notice: newCodeNotice(ctx, outcome.bill) });
      return;
    case 'not_awaiting':
      await showBill(call, outcome.bill);
      return;
    case 'quota_spent':
      await showNoCodes(call, outcome);
      return;
    case 'no_more':
      await showBill(call, outcome.bill, { notice: ctx.t('pay-code-no-more'), isSpent: true });
      return;
    case 'unavailable':
      await show(ctx, startAgainScreen(ctx.t, ctx.t(`pay-unavailable-${outcome.reason}`)));
      return;
    case 'not_found':
      await answer(ctx, ctx.t('toast-old'));
  }
}

function newCodeNotice(ctx: BotContext, bill: Bill): string {
  return ctx.t(bill.state === 'awaiting_code' ? 'pay-code-new' : 'pay-code-not-new');
}
