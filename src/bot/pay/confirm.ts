/** Everything once more, and the one tap that pays. */
import type { Bill } from '../../bills/bill.ts';
import type { ConfirmOutcome, Unavailable } from '../../bills/outcomes.ts';
import type { Account } from '../../bills/paylov/types.ts';
import { userBalance } from '../../ledger/ledger.ts';
import type { BotContext } from '../kit/context.ts';
import { beginStages, type Stages } from '../kit/stages.ts';
import type { Next, Now, Question, Step } from '../kit/talk.ts';
import { show } from '../kit/reply.ts';
import { payingScreen } from '../kit/screen.ts';
import { outOfLimits } from '../kit/format.ts';
import { quotaNotice } from '../kit/quota.ts';
import { accountOf, answerLines, firstUnfit } from './answers.ts';
import { buttons } from './buttons.ts';
import { askedField } from './fields.ts';
import { type Form, formOf, noFormNotice, withForm } from './form.ts';
import { confirmScreen, repeatedScreen, shortScreen } from './money-screens.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { shortKey } from '../kit/short-key.ts';
import { overScreen } from '../requests/screens.ts';
import { askSomeone } from './asking.ts';
import { asked } from './source.ts';
import { takeAnotherSum, takeSum } from './take-sum.ts';
import { type Offered, type Paying, requestPaid } from './known.ts';

type Decided = Promise<Next<Paying>>;

/** Makes the confirmation; when something is missing, asks for that instead: more money, another card. */
export function makeOffer(parts: PayParts): Step<Paying> {
  return async (now) => {
    const { ctx, known } = now;
    const notice = now.notice ?? undefined;
    const form = await formOf(now, parts);
    if (form.kind !== 'form') {
      return { known: pickingSource(known), notice: noFormNotice(now, form) };
    }
    const source = await sourceNow(now, parts);
    if (source === null) {
      return { known: pickingSource(known), notice: ctx.t('pay-card-gone') };
    }
    const quote = await parts.bills.quote(asked(known, source.kind));
    if (source.kind === 'balance') {
      const { availableTiyin } = await userBalance(parts.db.read, ctx.person.id);
      if (availableTiyin < quote.totalTiyin) return { known: { ...known, offer: 'short' }, notice };
    }
    const confirmationId = newConfirmationId(now, parts);
    const offer = { ...quote, confirmationId, wording: wordingOf(form, known.account) };
    return { known: { ...known, source, offer, repeatOf: null }, notice };
  };
}

/** A card under the name it has now; null when it is gone. */
async function sourceNow(
  { ctx, known: { source } }: Now<Paying>,
  { bills }: PayParts,
): Promise<Paying['source']> {
  if (source?.kind !== 'card') return source;
  const cards = await bills.cards.list(ctx.person.id);
  const card = cards.find(({ cardId }) => cardId === source.cardId);
  return card ? { ...source, mask: card.mask } : null;
}

/** An id that no other confirmation has, also when Telegram begins to count its updates anew. */
function newConfirmationId({ ctx, seq }: Now<Paying>, { clock }: PayParts): string {
  const parts = [ctx.person.id, ctx.update.update_id, clock.now(), seq];
  return parts.map((part) => part.toString(36)).join('-');
}

/** A digest of the words of the service, of its answers, and of what is said of undoing it. */
function wordingOf({ service, fields }: Form, account: Account): string {
  const words = [service.name, service.canCancel, answerLines(fields, account)];
  return shortKey(JSON.stringify(words));
}

/** The balance is too small: what is missing can be topped up with one tap. */
export function theShortfall(parts: PayParts): Question<Paying> {
  return {
    screen: withForm(parts, async ({ ctx, known }, shown) => {
      const { availableTiyin } = await userBalance(parts.db.read, ctx.person.id);
      const quote = await parts.bills.quote(asked(known, 'balance'));
      // Others may pay meanwhile what somebody else asks for, so its payer comes back to it themselves.
      const goesOn = Boolean(parts.monthly) && known.asked === null;
      return shortScreen(ctx.t, { ...shown, availableTiyin, quote, goesOn });
    }),
    tapped: buttons({
      balance: ({ known }) => ({ known: { ...known, source: { kind: 'balance' }, offer: null } }),
      next: toSum,
      ask: async (now) => await askSomeone(now, parts),
      back: toSource,
    }),
    typed: async (now, text) => await takeAnotherSum(now, parts, text),
  };
}

function toSum({ known }: Now<Paying>): Next<Paying> {
  return { known: { ...known, sumTiyin: null, offer: null } };
}

function toSource({ known }: Now<Paying>): Next<Paying> {
  return { known: pickingSource(known) };
}

function pickingSource(known: Paying): Paying {
  return { ...known, source: null, picksSource: true, offer: null, repeatOf: null };
}

export function theConfirmation(parts: PayParts): Question<Paying> {
  return {
    screen: withForm(parts, ({ ctx, known }, shown) =>
      confirmScreen(ctx.t, { ...shown, quote: offeredIn(known) }),
    ),
    tapped: buttons({
      confirm: async (now) => await pay(now, parts),
      next: toSum,
      sum: async (now, arg) => await takeSum(now, parts, arg),
      ask: async (now) => await askSomeone(now, parts),
      back: toSource,
    }),
    typed: async (now, text) => await takeAnotherSum(now, parts, text),
  };
}

/** Asks whether to pay the same once more that was paid, or is being paid. */
export function theRepetition(parts: PayParts): Question<Paying> {
  return {
    screen: withForm(parts, ({ ctx, known }, shown) =>
      repeatedScreen(ctx.t, { ...shown, repeatOf: known.repeatOf ?? { at: 0, byOther: false } }),
    ),
    tapped: buttons({
      again: async (now) => await pay(now, parts, { repeatAllowed: true }),
      back: toSource,
    }),
    typed: async (now, text) => await takeAnotherSum(now, parts, text),
  };
}

function offeredIn({ offer }: Paying): Offered {
  if (offer === null || offer === 'short') throw new Error('there is nothing to confirm yet');
  return offer;
}

/** Money moves in `bills` alone, under the confirmation's id: this may run again. */
async function pay(now: Now<Paying>, parts: PayParts, repeat?: { repeatAllowed: true }): Decided {
  const { ctx, known } = now;
  const { account, source, sumTiyin } = known;
  const { confirmationId, wording, feeTiyin, totalTiyin } = offeredIn(known);
  const form = await formOf(now, parts);
  if (form.kind !== 'form' || source === null || sumTiyin === null) return { known };
  const unfit = firstUnfit(form.fields, account);
  if (unfit !== null) {
    const field = askedField(unfit);
    return { known: { ...known, field, offer: null }, notice: ctx.t('pay-form-changed') };
  }
  if (wordingOf(form, account) !== wording) return offerAgain(now, 'pay-shown-changed');
  const isCard = source.kind === 'card';
  await show(ctx, payingScreen(ctx.t, isCard ? 'pay-asking' : 'pay-working'));
  const { cardId, mask: cardMask } = source;
  const answers = accountOf(form.fields, account);
  const request = requestPaid(known, answers);
  const stages = beginStages(ctx, parts);
  const outcome = await parts.bills.confirm({
    reached: (bill) => showStage(ctx, stages, bill),
    userId: ctx.person.id,
    serviceId: form.service.id,
    serviceName: form.service.name,
    account: answers,
    labels: answerLines(form.fields, account),
    amountTiyin: sumTiyin,
    source: source.kind,
    shown: { feeTiyin, totalTiyin, ...(cardMask === undefined ? {} : { cardMask }) },
    ...(cardId === undefined ? {} : { cardId }),
    ...(request === null ? {} : { requestId: request.requestId }),
    confirmationId,
    ...repeat,
  });
  // The message stands where it stood, and news of it comes only when it stays unclear: the draft would go on saying “paying”.
  if (outcome.kind === 'bill' && outcome.bill.state === 'unknown') stages.show(ctx.t('stage-over'));
  else stages.end();
  if (outcome.kind === 'request_over') {
    await show(ctx, overScreen(ctx.t, outcome.standing));
    return 'over';
  }
  return afterwards(now, parts, outcome);
}

/** A card's bill is only asked for a code here. */
function showStage({ t }: BotContext, stages: Stages, { state, source }: Bill): void {
  if (source === 'balance') stages.show(t(state === 'paying' ? 'stage-paying' : 'stage-held'));
}

/** Reasons why the balance can't pay, where a card may do. */
const NOT_FROM_BALANCE: ReadonlySet<Unavailable['reason']> = new Set([
  'paused',
  'no_operator_card',
  'float',
]);

/** Makes the confirmation anew with what is true now. */
function offerAgain({ ctx, known }: Now<Paying>, why: string): Next<Paying> {
  return { known: { ...known, offer: null, repeatOf: null }, notice: ctx.t(why) };
}

function afterwards(
  now: Now<Paying>,
  { clock }: PayParts,
  outcome: Exclude<ConfirmOutcome, { kind: 'request_over' }>,
): Next<Paying> {
  const { ctx, known } = now;
  const { t } = ctx;
  switch (outcome.kind) {
    case 'bill':
      return { known: { ...known, billId: outcome.bill.id } };
    case 'repeated_within': {
      const { createdAt: at, userId } = outcome.bill;
      return { known: { ...known, repeatOf: { at, byOther: userId !== ctx.person.id } } };
    }
    case 'changed':
      return offerAgain(now, outcome.what === 'fee' ? 'pay-fee-changed' : 'pay-shown-changed');
    case 'called_off':
      return offerAgain(now, 'pay-shown-changed');
    case 'insufficient':
      return { known: { ...known, offer: 'short' } };
    case 'out_of_limits':
      return { known: { ...known, sumTiyin: null, offer: null }, notice: outOfLimits(t, outcome) };
    case 'unknown_card':
      return { known: pickingSource(known), notice: t('pay-card-gone') };
    case 'too_many':
      return { known: { ...known, repeatOf: null }, notice: t('pay-too-many') };
    case 'quota_spent':
      return { known: { ...known, repeatOf: null }, notice: quotaNotice(t, outcome, clock.now()) };
    case 'unavailable':
      break;
  }
  const notice = t(`pay-unavailable-${outcome.reason}`);
  const isBalance = NOT_FROM_BALANCE.has(outcome.reason);
  if (!isBalance) return { known: { ...known, repeatOf: null }, notice };
  return { known: pickingSource(known), notice };
}
