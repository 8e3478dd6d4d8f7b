/** What somebody types while a payment is being put together: a search, an answer, a sum, a code, a name. */
import { MAX_NAME } from '../../bills/saved.ts';
import { parseTypedSum } from '../../money.ts';
import { badAnswerNotice } from '../views/pay-field.ts';
import { checkAnswer } from './answers.ts';
import { showBill, tryCode } from './confirm.ts';
import { type FieldStep, isChoice, isLinking } from './draft.ts';
import { type CardNumbers, typedForLink } from './linking.ts';
import { formOf } from './form.ts';
import { takeAnswer, takeSum } from './moves.ts';
import { type Call, goTo, removeTyped, showDraft } from './session.ts';

const MAX_QUERY = 60;

/** Whatever looks like a code is taken from the chat, also where it is wrong. */
const SECRET = /\d{4}/;

/** False when the draft's step has no use for text. */
export async function typedForPay(
  call: Call,
  { text: typed, numbers }: { text: string; numbers: CardNumbers },
): Promise<boolean> {
  const { step } = call.draft;
  // Names may have emoji that are held together by invisible marks.
  const text = step.name === 'save' || step.name === 'rename' ? typed : plainText(typed);
  if (isChoice(step)) await search(call, text);
  else if (isLinking(step)) await typedForLink(call, numbers, { step, text });
  else if (step.name === 'field') await typedAnswer(call, step, text);
  else if (step.name === 'sum') await typedSum(call, text);
  else if (step.name === 'code') await typedCode(call, step.billId, text);
  else if (step.name === 'save') await saveAccount(call, step.billId, text);
  else if (step.name === 'rename') await renameAccount(call, step.savedId, text);
  else return false;
  return true;
}

/** What is pasted carries marks that nobody sees, and hyphens that no service knows. */
function plainText(text: string): string {
  return text.replaceAll(/\p{Cf}/gu, '').replaceAll(/[\p{Pd}\u2212]/gu, '-');
}

async function search(call: Call, text: string): Promise<void> {
  const query = text.trim().slice(0, MAX_QUERY);
  await showDraft({ ...call, draft: goTo(call.draft, { name: 'search', query, page: 0 }) });
}

async function typedCode(call: Call, billId: string, text: string): Promise<void> {
  if (SECRET.test(text)) await removeTyped(call.ctx);
  await tryCode(call, billId, text);
}

async function typedAnswer(call: Call, step: FieldStep, text: string): Promise<void> {
  const { ctx, draft } = call;
  const form = await formOf(call);
  const field = form?.fields[step.index];
  if (!form || !field) return;
  if (field.type === 'select') {
    const query = text.trim().slice(0, MAX_QUERY);
    await showDraft({ ...call, draft: goTo(draft, { ...step, query, page: 0 }) });
    return;
  }
  const checked = checkAnswer(field, text);
  if (checked.kind === 'fine') {
    await takeAnswer(call, form, { index: step.index, value: checked.value });
  } else {
    await showDraft(call, badAnswerNotice(ctx.t, checked.why, checked.maxLength));
  }
}

async function typedSum(call: Call, text: string): Promise<void> {
  const sumTiyin = parseTypedSum(text);
  if (sumTiyin === null) await showDraft(call, call.ctx.t('sum-not-understood'));
  else await takeSum(call, sumTiyin);
}

async function saveAccount(call: Call, billId: string, text: string): Promise<void> {
  const { ctx, parts } = call;
  const name = text.replaceAll(/\s+/g, ' ').trim();
  const userId = ctx.person.id;
  const bill = await parts.bills.ofUser(billId, userId);
  if (!bill) return;
  const { serviceId, serviceName, account } = bill;
  const request = { userId, serviceId, serviceName, account, name };
  const outcome = await parts.bills.saved.save(request);
  if (outcome.kind === 'bad_name') {
    await showDraft(call, ctx.t('pay-save-bad-name', { max: String(MAX_NAME) }));
  } else {
    const notice = ctx.t(outcome.kind === 'saved' ? 'pay-saved' : 'pay-saved-too-many');
    await showBill(call, bill, { notice });
  }
}

async function renameAccount(call: Call, savedId: number, name: string): Promise<void> {
  const { ctx, parts, draft } = call;
  const outcome = await parts.bills.saved.rename(savedId, { userId: ctx.person.id, name });
  if (outcome.kind === 'bad_name') {
    await showDraft(call, ctx.t('pay-save-bad-name', { max: String(MAX_NAME) }));
  } else {
    // One that is gone by now says so itself.
    const notice = outcome.kind === 'renamed' ? ctx.t('pay-renamed') : undefined;
    await showDraft({ ...call, draft: goTo(draft, { name: 'saved', savedId }) }, notice);
  }
}
