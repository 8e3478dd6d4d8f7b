/** Whose account it is, and what is owed there. */
import { boundedDetails, shownDetails } from '../../bills/paylov/details.ts';
import { PAYLOV_PROBLEMS } from '../../bills/paylov/errors.ts';
import type { Field } from '../../bills/paylov/types.ts';
import { namesCurrency, parseTypedSum, type Tiyin } from '../../core/money.ts';
import { plainText } from '../kit/plain-text.ts';
import {
  beforeWaiting,
  type Done,
  type Next,
  type Now,
  type Question,
  type Step,
} from '../kit/talk.ts';
import { quotaNotice } from '../kit/quota.ts';
import { checkAnswer, withAnswer } from './answers.ts';
import { buttons } from './buttons.ts';
import { badAnswerNotice } from './field-screen.ts';
import { askedField, backToLast } from './fields.ts';
import { type Form, formOf, noFormNotice, withForm } from './form.ts';
import { infoScreen } from './money-screens.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { take, takeSum } from './take-sum.ts';
import type { Paying, Whose } from './known.ts';

/** Finds out whose account it is. Where that can't be said, nobody is asked whether it is theirs. */
export function askWhose(parts: PayParts): Step<Paying> {
  return async (now) => {
    const form = await formOf(now, parts);
    if (form.kind !== 'form') {
      return { known: { ...now.known, isChoosing: true }, notice: noFormNotice(now, form) };
    }
    const asked = await whoseIsIt(now, parts, form);
    if ('notice' in asked) return askAgain(now.known, form, asked);
    return { known: { ...now.known, whose: asked, isTheirs: asked.details === null } };
  };
}

/** Why it can't be said whose account it is. `isWrong`: there is no such account. */
interface Unknown {
  notice: string;
  isWrong?: boolean;
}

/**
 * Asks the last question once more, or the one for the number when that names no account, which is then not offered
 * again.
 */
export function askAgain(
  known: Paying,
  form: Form,
  { notice, isWrong = false }: Unknown,
): Done<Paying> {
  const field = isWrong ? numberIn(known, form) : undefined;
  if (!field) return { known: backToLast(known, form), notice };
  const account = withAnswer(form.fields, known.account, { name: field.name, value: null });
  const asked = askedField(form.fields.indexOf(field));
  return { known: { ...known, account, field: asked, isTheirs: false, isChoosing: false }, notice };
}

/** The question whose answer names the account: the last of those that are typed. */
function numberIn({ account }: Paying, { fields }: Form): Field | undefined {
  return fields.findLast(({ name, type }) => type === 'text' && account[name] !== undefined);
}

/** Goes on to whose account it is; what is known already is not asked again. */
export async function whoseIsIt(
  { ctx, known }: Now<Paying>,
  { bills, clock }: PayParts,
  { service, responseFields }: Form,
): Promise<Whose | Unknown> {
  if (!service.hasInfo) return { details: null, debtTiyin: null };
  if (known.whose !== null) return known.whose;
  await beforeWaiting(ctx);
  const { account } = known;
  const outcome = await bills.info({ userId: ctx.person.id, serviceId: service.id, account });
  if (outcome.kind === 'quota_spent') return { notice: quotaNotice(ctx.t, outcome, clock.now()) };
  if (outcome.kind === 'problem') {
    const hint = outcome.hint === undefined ? '' : `\n${ctx.t('bill-hint-waste')}`;
    const isWrong = PAYLOV_PROBLEMS[outcome.code].concerns === 'request';
    return { notice: ctx.t(`bill-problem-${outcome.code}`) + hint, isWrong };
  }
  const details = boundedDetails(shownDetails(outcome.details, responseFields));
  return { details, debtTiyin: outcome.debtTiyin };
}

/** The question "Is it yours?". */
export function theOwner(parts: PayParts): Question<Paying> {
  return {
    screen: withForm(parts, async ({ ctx }, shown) => {
      const { presetsTiyin } = await parts.terms(parts.db.read);
      return infoScreen(ctx.t, { ...shown, presetsTiyin });
    }),
    tapped: buttons({
      // Somebody who pays it knows whose it is.
      sum: async (now, arg) => {
        return await takeSum({ ...now, known: { ...now.known, isTheirs: true } }, parts, arg);
      },
      next: ({ known }) => ({ known: { ...known, isTheirs: true } }),
      back: async (now) => await backToQuestions(now, parts),
    }),
    async typed(now, text) {
      const typed = plainText(text);
      const form = await formOf(now, parts);
      const sumTiyin = form.kind === 'form' ? sumRatherThanNumber(typed, now.known, form) : null;
      if (sumTiyin === null) return await correct(now, parts, typed);
      return await take({ ...now, known: { ...now.known, isTheirs: true } }, parts, sumTiyin);
    },
  };
}

/**
 * The screen asks how much as well. What is typed there is a sum where it has a unit ("50 ming"), or is round, as the service
 * takes it, and shorter than the account's number: the numbers of one service are about as long as each other. Null where it
 * is a number, and where it may be the number shown with a digit too many taken out: whoever corrects that has just seen
 * that the account is somebody else's.
 */
function sumRatherThanNumber(typed: string, known: Paying, form: Form): Tiyin | null {
  const sumTiyin = parseTypedSum(typed);
  const field = numberIn(known, form);
  if (sumTiyin === null || field === undefined) return sumTiyin;
  const digits = typed.replaceAll(/\D/g, '');
  const shown = (known.account[field.name] ?? '').replaceAll(/\D/g, '');
  const isShorter = digits.length < shown.length;
  if (/\p{L}/u.test(typed)) {
    return field.content === 'number' || namesCurrency(typed) || isShorter ? sumTiyin : null;
  }
  const { minTiyin, maxTiyin } = form.service;
  const isTaken = sumTiyin >= minTiyin && sumTiyin <= maxTiyin && digits.endsWith('000');
  return isTaken && isShorter && !isCorrected(digits, shown) ? sumTiyin : null;
}

/** Is `digits` the number `shown` without its zeros in front, or without one digit more? */
function isCorrected(digits: string, shown: string): boolean {
  const number = shown.replace(/^0+/, '');
  let rest = digits;
  for (const digit of number) if (rest.startsWith(digit)) rest = rest.slice(1);
  return rest === '' && number.length - digits.length <= 1;
}

/** Takes a number that is typed here for the right one: somebody saw that the account is not theirs. */
async function correct(now: Now<Paying>, parts: PayParts, typed: string): Promise<Next<Paying>> {
  const { ctx, known } = now;
  const form = await formOf(now, parts);
  const field = form.kind === 'form' ? numberIn(known, form) : undefined;
  if (form.kind !== 'form' || !field) return null;
  const checked = checkAnswer(field, typed);
  if (checked.kind === 'bad') {
    return { known, notice: badAnswerNotice(ctx.t, checked.why, checked.maxLength) };
  }
  const { name } = field;
  const account = withAnswer(form.fields, known.account, { name, value: checked.value });
  return { known: { ...known, account, whose: account === known.account ? known.whose : null } };
}

export async function backToQuestions(now: Now<Paying>, parts: PayParts): Promise<Next<Paying>> {
  const form = await formOf(now, parts);
  // The screen says what is wrong.
  return { known: form.kind === 'form' ? backToLast(now.known, form) : now.known };
}
