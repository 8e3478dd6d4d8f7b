/** The bill that was made: the code of the card's SMS where it needs one, and how it is. */
import { type Bill, OPEN_STATES } from '../../bills/bill.ts';
import type { SubmitCodeOutcome } from '../../bills/outcomes.ts';
import type { QuotaSpent } from '../../quotas/quotas.ts';
import type { BotContext } from '../kit/context.ts';
import { begin } from '../kit/coming-and-going.ts';
import { beforeWaiting, removeTyped, type Next, type Now, type Question } from '../kit/talk.ts';
import { answer, edit, show } from '../kit/reply.ts';
import { beginStages } from '../kit/stages.ts';
import { typedCode } from '../kit/typed-code.ts';
import { billScreen, codeScreen } from './bill-screens.ts';
import { noteBill } from '../kit/bill-places.ts';
import type { Screen } from '../kit/screen.ts';
import { quotaNotice } from '../kit/quota.ts';
import { buttons } from './buttons.ts';
import { startAgainScreen } from './choice-screens.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { plainText } from '../kit/plain-text.ts';
import { NO_PAYMENT, type Paying } from './known.ts';

/** Whatever looks like a code is taken from the chat, also where it is wrong. */
const SECRET = /\d{4}/;

export function theBill(parts: PayParts): Question<Paying> {
  const own = async ({ ctx, known }: Now<Paying>) =>
    await parts.bills.ofUser(known.billId ?? '', ctx.person.id);
  const screen = async (now: Now<Paying>): Promise<Screen> => {
    const { ctx, known, notice } = now;
    const bill = await own(now);
    if (!bill) return startAgainScreen(ctx.t, ctx.t('toast-old'));
    if (bill.state !== 'awaiting_code') return billScreen(ctx.t, bill, notice);
    return codeScreen(ctx.t, bill, { notice, isSpent: known.isCodeSpent });
  };
  return {
    screen,
    // The dialog may be over, or another one begun, long before the bill has ended.
    async shown(now, shown) {
      const bill = await own(now);
      if (!bill) return;
      const { messageId } = shown;
      if (isOpen(bill)) await noteBill(now.ctx, parts, { messageId, billId: bill.id });
      // What it became while it was being shown was told when nobody knew where to.
      const latest = await screen(now);
      if (latest.text !== shown.screen.text) await edit(now.ctx, messageId, latest);
    },
    tapped: buttons({}),
    async typed(now, text) {
      const bill = await own(now);
      const typed = plainText(text);
      if (bill?.state === 'awaiting_code') return await tryCode(now, parts, typed);
      // The code is of a bill that is over, or the screen failed when the code was taken: either way the bill's state
      // is shown.
      const isLate = bill?.source === 'card' && !now.known.isCodeTaken;
      return isLate && typedCode(typed) !== null ? await tryCode(now, parts, typed) : null;
    },
  };
}

async function tryCode(now: Now<Paying>, parts: PayParts, text: string): Promise<Next<Paying>> {
  const { ctx, known } = now;
  if (SECRET.test(text)) await removeTyped(ctx);
  const code = typedCode(text);
  if (code === null) return { known, notice: ctx.t('pay-code-bad') };
  await beforeWaiting(ctx);
  const userId = ctx.person.id;
  const stages = beginStages(ctx, parts);
  const reached = (): void => stages.show(ctx.t('stage-code'));
  const outcome = await parts.bills.submitCode(known.billId ?? '', { userId, code, reached });
  // What came of it is told by a new message, which takes the draft away.
  stages.end();
  return afterCode(now, parts, outcome);
}

function afterCode(
  { ctx, known }: Now<Paying>,
  { clock }: PayParts,
  outcome: SubmitCodeOutcome,
): Next<Paying> {
  const { t } = ctx;
  switch (outcome.kind) {
    case 'bill':
    case 'not_awaiting': {
      const isCodeTaken = outcome.bill.state !== 'awaiting_code';
      return { known: { ...known, isCodeSpent: false, isCodeTaken } };
    }
    case 'wrong_code': {
      const notice = t('pay-code-wrong', { left: String(outcome.triesLeft) });
      return { known: { ...known, isCodeSpent: false }, notice };
    }
    case 'code_spent': {
      const key = outcome.newCodesLeft > 0 ? `pay-code-${outcome.why}` : 'pay-code-no-more';
      return { known: { ...known, isCodeSpent: true }, notice: t(key) };
    }
    case 'quota_spent': {
      const notice = quotaNotice(t, outcome, clock.now());
      return { known: { ...known, isCodeSpent: true }, notice };
    }
    case 'not_sent': {
      const notice = `${t(`bill-problem-${outcome.code}`)}\n${t('pay-code-not-sent')}`;
      return { known: { ...known, isCodeSpent: false }, notice };
    }
    case 'bad_code':
      return { known, notice: t('pay-code-bad') };
    case 'not_found':
      return { known, notice: t('toast-old') };
    case 'unavailable':
      break;
  }
  return { known, notice: t(`pay-unavailable-${outcome.reason}`) };
}

interface Shown {
  bill: Bill;
  notice?: string;
  isCodeSpent?: boolean;
  /** The page of a list that the bill is opened from. */
  from?: string;
  /** What to show instead of the bill's own screen. */
  screen?: Screen;
}

/** Shows a bill from elsewhere. Where it waits for a code, what is typed next is taken for one. */
export async function showBill(
  ctx: BotContext,
  parts: PayParts,
  { bill, notice, isCodeSpent = false, from, screen }: Shown,
): Promise<void> {
  if (bill.state === 'awaiting_code' && screen === undefined) {
    await begin(ctx, 'pay', { ...NO_PAYMENT, billId: bill.id, isCodeSpent }, notice);
    return;
  }
  const messageId = await show(ctx, screen ?? billScreen(ctx.t, bill, notice, from));
  if (isOpen(bill)) await noteBill(ctx, parts, { messageId, billId: bill.id });
}

export function isOpen({ state }: Bill): boolean {
  return OPEN_STATES.some((open) => open === state);
}

export async function askNewCode(ctx: BotContext, parts: PayParts, billId: string): Promise<void> {
  await beforeWaiting(ctx);
  const { t } = ctx;
  const outcome = await parts.bills.newCode(billId, { userId: ctx.person.id });
  switch (outcome.kind) {
    case 'bill': {
      const isAwaited = outcome.bill.state === 'awaiting_code';
      await showBill(ctx, parts, {
        bill: outcome.bill,
        notice: t(isAwaited ? 'pay-code-new' : 'pay-code-not-new'),
      });
      return;
    }
    case 'not_awaiting':
      await showBill(ctx, parts, { bill: outcome.bill });
      return;
    case 'quota_spent':
      await showNoCodes(ctx, parts, outcome);
      return;
    case 'no_more':
      await showBill(ctx, parts, {
        bill: outcome.bill,
        notice: t('pay-code-no-more'),
        isCodeSpent: true,
      });
      return;
    case 'unavailable':
      await showNoNewCode(ctx, parts, { billId, why: t(`pay-unavailable-${outcome.reason}`) });
      return;
    case 'not_found':
      await answer(ctx, t('toast-old'));
  }
}

/** The code that was sent before is good as long as the bill waits for one, so its screen stays. */
async function showNoNewCode(
  ctx: BotContext,
  parts: PayParts,
  { billId, why }: { billId: string; why: string },
): Promise<void> {
  const bill = await parts.bills.ofUser(billId, ctx.person.id);
  if (bill) await showBill(ctx, parts, { bill, notice: why });
  else await show(ctx, startAgainScreen(ctx.t, why));
}

async function showNoCodes(
  ctx: BotContext,
  parts: PayParts,
  outcome: QuotaSpent & { bill: Bill },
): Promise<void> {
  const notice = quotaNotice(ctx.t, outcome, parts.clock.now());
  await showBill(ctx, parts, { bill: outcome.bill, notice, isCodeSpent: true });
}
