/** Paylov's questions about a service, one after another. */
import type { Next, Now, Question } from '../kit/talk.ts';
import { checkAnswer, nextField, offered, previousField, withAnswer } from './answers.ts';
import { buttons, pageOfTap } from './buttons.ts';
import { badAnswerNotice, fieldScreen } from './field-screen.ts';
import { type Form, formOf, withForm } from './form.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { searched } from '../../names/search.ts';
import { plainText } from '../kit/plain-text.ts';
import { shortKey } from '../kit/short-key.ts';
import type { AskedField, Paying } from './known.ts';
import { usualOption } from './usual.ts';
import type { Field, FieldOption } from '../../bills/paylov/types.ts';

export function askedField(index: number | null): AskedField | null {
  return index === null ? null : { index, page: 0, query: '' };
}

type Answered = Promise<Next<Paying>>;

export function theField(parts: PayParts): Question<Paying> {
  const inForm = <A extends unknown[]>(answer: (at: AtField, ...rest: A) => Next<Paying>) => {
    return async (now: Now<Paying>, ...rest: A): Answered =>
      await answered(now, parts, answer, rest);
  };
  return {
    screen: withForm(parts, async ({ ctx, known }, { told, fields, service }) => {
      const usual = await usualNow(parts, ctx.person.id, { known, fields });
      return fieldScreen(ctx.t, { told, fields, service, usual });
    }),
    tapped: buttons({
      page: turn,
      option: inForm(choose),
      keep: inForm(keep),
      skip: inForm(skip),
      back: inForm(({ known, form, field }) => ({
        known: backFrom(known, previousField(form.fields, known.account, field.index)),
      })),
    }),
    typed: inForm(write),
  };
}

/** How many earlier bills are looked through for what somebody chose. */
const LOOK_BACK = 50;

async function usualNow(
  { bills }: PayParts,
  userId: number,
  { known, fields }: { known: Paying; fields: readonly Field[] },
): Promise<FieldOption | null> {
  const { account, serviceId } = known;
  const field = fields[known.field?.index ?? -1];
  if (field?.type !== 'select' || serviceId === null) return null;
  const recent = await bills.history(userId, { offset: 0, limit: LOOK_BACK });
  return usualOption(recent, { serviceId, field, account });
}

interface AtField {
  now: Now<Paying>;
  known: Paying;
  form: Form;
  field: AskedField;
}

/**
 * Takes an answer, with the form as it is now. Without a form nothing is taken and the screen says why; where it has
 * become shorter, its last question comes.
 */
async function answered<A extends unknown[]>(
  now: Now<Paying>,
  parts: PayParts,
  answer: (at: AtField, ...rest: A) => Next<Paying>,
  rest: A,
): Answered {
  const { known } = now;
  const form = await formOf(now, parts);
  if (form.kind !== 'form' || known.field === null) return { known };
  if (form.fields[known.field.index]) {
    return answer({ now, known, form, field: known.field }, ...rest);
  }
  return { known: backToLast(known, form), notice: now.ctx.t('pay-form-changed') };
}

function turn({ known }: Now<Paying>, arg: string): Next<Paying> {
  const page = arg === 'all' ? 0 : pageOfTap(arg);
  if (page === null || known.field === null) return null;
  const query = arg === 'all' ? '' : known.field.query;
  return { known: { ...known, field: { ...known.field, page, query } }, isPage: true };
}

/** Takes a tapped value, looked up in the form as it is now, among what the parent's answer allows. */
function choose(at: AtField, key: string): Next<Paying> {
  const { known, form, field } = at;
  const asked = form.fields[field.index];
  const options = asked ? offered(asked, known.account) : [];
  const option = options.find(({ value }) => shortKey(value) === key);
  return option ? take(at, option.value) : changed(at);
}

function keep(at: AtField): Next<Paying> {
  const value = at.known.account[at.form.fields[at.field.index]?.name ?? ''];
  return value === undefined ? changed(at) : take(at, value);
}

function skip(at: AtField): Next<Paying> {
  return at.form.fields[at.field.index]?.required === false ? take(at, null) : changed(at);
}

function changed({ now, known }: AtField): Next<Paying> {
  return { known, notice: now.ctx.t('pay-form-changed') };
}

/** Takes what was typed: a search where there are many values to choose from, otherwise the answer itself. */
function write(at: AtField, typed: string): Next<Paying> {
  const { now, known, form, field } = at;
  const text = plainText(typed);
  const asked = form.fields[field.index];
  if (!asked) return null;
  if (asked.type === 'select') {
    return { known: { ...known, field: { ...field, query: searched(text), page: 0 } } };
  }
  const checked = checkAnswer(asked, text);
  if (checked.kind === 'fine') return take(at, checked.value);
  return { known, notice: badAnswerNotice(now.ctx.t, checked.why, checked.maxLength) };
}

/** Writes down an answer; null: skipped. A changed answer forgets those that depended on it. */
function take({ known, form, field }: AtField, value: string | null): Next<Paying> {
  const name = form.fields[field.index]?.name ?? '';
  const account = withAnswer(form.fields, known.account, { name, value });
  return {
    known: {
      ...known,
      account,
      field: askedField(nextField(form.fields, account, field.index + 1)),
      whose: account === known.account ? known.whose : null,
      isTheirs: false,
    },
  };
}

/** Goes back to an earlier question; before the first one the service was chosen. */
function backFrom(known: Paying, index: number | null): Paying {
  const field = askedField(index);
  return { ...known, field, isTheirs: false, isChoosing: field === null };
}

export function backToLast(known: Paying, { fields }: Form): Paying {
  return backFrom(known, previousField(fields, known.account, fields.length));
}
