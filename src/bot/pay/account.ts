/** Whose account it is, and what is owed there. */
import { boundedDetails, saldoTiyin, shownDetails } from '../../bills/paylov/details.ts';
import type { Detail } from '../../bills/paylov/types.ts';
import type { Tiyin } from '../../core/money.ts';
import { beforeWaiting, type Next, type Now, type Question, type Step } from '../kit/talk.ts';
import { quotaNotice } from '../kit/quota.ts';
import { buttons } from './buttons.ts';
import { backToLast } from './fields.ts';
import { type Form, formOf, noFormNotice, withForm } from './form.ts';
import { infoScreen } from './money-screens.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import type { Paying, Whose } from './known.ts';

/** Where that can't be said, nobody is asked whether it is theirs. */
export function askWhose(parts: PayParts): Step<Paying> {
  return async (now) => {
    const form = await formOf(now, parts);
    if (form.kind !== 'form') {
      return { known: { ...now.known, isChoosing: true }, notice: noFormNotice(now, form) };
    }
    const asked = await whoseIsIt(now, parts, form);
    if ('notice' in asked) return { known: backToLast(now.known, form), notice: asked.notice };
    return { known: { ...now.known, whose: asked, isTheirs: asked.details === null } };
  };
}

/** What is known already is not asked again. `notice`: why it can't be known. */
export async function whoseIsIt(
  { ctx, known }: Now<Paying>,
  { bills, clock }: PayParts,
  { service, responseFields }: Form,
): Promise<Whose | { notice: string }> {
  if (!service.hasInfo) return { details: null, debtTiyin: null };
  if (known.whose !== null) return known.whose;
  await beforeWaiting(ctx);
  const { account } = known;
  const outcome = await bills.info({ userId: ctx.person.id, serviceId: service.id, account });
  if (outcome.kind === 'quota_spent') return { notice: quotaNotice(ctx.t, outcome, clock.now()) };
  if (outcome.kind === 'problem') {
    const hint = outcome.hint === undefined ? '' : `\n${ctx.t('bill-hint-waste')}`;
    return { notice: ctx.t(`bill-problem-${outcome.code}`) + hint };
  }
  const details = boundedDetails(shownDetails(outcome.details, responseFields));
  return { details, debtTiyin: debtOf(outcome.details) };
}

/** Below zero the account owes. */
function debtOf(details: readonly Detail[]): Tiyin | null {
  const saldo = saldoTiyin(details);
  return saldo !== null && saldo < 0 ? -saldo : null;
}

/** "Is it yours?" */
export function theOwner(parts: PayParts): Question<Paying> {
  return {
    screen: withForm(parts, ({ ctx }, shown) => infoScreen(ctx.t, shown)),
    tapped: buttons({
      next: ({ known }) => ({ known: { ...known, isTheirs: true } }),
      back: async (now) => await backToQuestions(now, parts),
    }),
  };
}

export async function backToQuestions(now: Now<Paying>, parts: PayParts): Promise<Next<Paying>> {
  const form = await formOf(now, parts);
  // The screen says what is wrong.
  return { known: form.kind === 'form' ? backToLast(now.known, form) : now.known };
}
