/** From a saved account or an earlier bill: as far towards the confirmation as what is known leads. */
import type { Bill } from '../../bills/bill.ts';
import type { SharedAccount } from '../../bills/shared.ts';

import type { Step } from '../kit/talk.ts';
import { place } from '../kit/talk.ts';
import { askAgain, whoseIsIt } from './account.ts';
import { firstUnfit } from './answers.ts';
import { startAgainScreen } from './choice-screens.ts';
import { askedField } from './fields.ts';
import { type Form, formOf, noFormScreen } from './form.ts';
import { debtSum } from './money-screens.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { isSame, NO_PAYMENT, type Paying, type Whose, type Wish } from './known.ts';

/** How many earlier bills are looked through for the last payment of a saved account. */
const LOOK_BACK = 50;

/** Pays the same as an earlier bill. */
export function repeating(bill: Bill): Paying {
  const { serviceId, account, amountTiyin: sumTiyin } = bill;
  const wish = { sumTiyin, preferDebt: false, isPaidBefore: true };
  return { ...NO_PAYMENT, isChoosing: false, serviceId, account, source: sourceOf(bill), wish };
}

function sourceOf({ source, cardId, cardMask }: Bill): Paying['source'] {
  if (source === 'balance' || cardId === null) return { kind: 'balance' };
  return { kind: 'card', cardId, ...(cardMask === null ? {} : { mask: cardMask }) };
}

/** Pays a saved account: what is owed, else what was paid last time, from where it was paid last time. */
export async function payingSaved(
  { bills }: PayParts,
  userId: number,
  { serviceId, account, isOwn }: SharedAccount,
): Promise<Paying> {
  const recent = await bills.history(userId, { offset: 0, limit: LOOK_BACK });
  const last = recent.find((bill) => {
    return bill.state === 'paid' && bill.serviceId === serviceId && isSame(bill.account, account);
  });
  const known = { ...NO_PAYMENT, isChoosing: false, serviceId, account };
  // Whoever saved the account knows it; somebody who was let into its home sees first whose it is.
  const isPaidBefore = isOwn || last !== undefined;
  const wish = { sumTiyin: last?.amountTiyin ?? null, preferDebt: true, isPaidBefore };
  return { ...known, source: last ? sourceOf(last) : null, wish };
}

export function takeOver(parts: PayParts): Step<Paying> {
  return async (now) => {
    const { ctx, screenId } = now;
    const known: Paying = { ...now.known, wish: null };
    const form = await formOf(now, parts);
    if (form.kind !== 'form') {
      const { ctx: _, ...told } = now;
      ctx.stories.left = { name: 'pay', told };
      await place(ctx, screenId, noFormScreen(now, form));
      return 'over';
    }
    if (!form.service.available) {
      await place(ctx, screenId, startAgainScreen(ctx.t, ctx.t('toast-service-paused')));
      return 'over';
    }
    const unfit = firstUnfit(form.fields, known.account);
    if (unfit !== null) {
      return { known: { ...known, field: askedField(unfit) }, notice: ctx.t('pay-form-changed') };
    }
    const whose = await whoseIsIt(now, parts, form);
    if ('notice' in whose) return askAgain(known, form, whose);
    const sumTiyin = now.known.wish && sumFor(now.known.wish, whose, form);
    const isTheirs = now.known.wish?.isPaidBefore !== false || whose.details === null;
    return { known: { ...known, whose, isTheirs, sumTiyin } };
  };
}

function sumFor({ sumTiyin, preferDebt }: Wish, { debtTiyin }: Whose, { service }: Form) {
  const debt = preferDebt ? debtSum(debtTiyin, service) : null;
  if (debt !== null) return debt;
  const fits = sumTiyin !== null && sumTiyin >= service.minTiyin && sumTiyin <= service.maxTiyin;
  return fits ? sumTiyin : null;
}
