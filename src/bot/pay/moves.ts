/** From one step to the next. Each ends with a screen. */
import { boundedDetails, saldoTiyin, shownDetails } from '../../bills/paylov/details.ts';
import type { Account, Detail } from '../../bills/paylov/types.ts';
import { TIYIN_PER_SOM, type Tiyin } from '../../money.ts';
import { show } from '../reply.ts';
import { quotaNotice } from '../views/quota.ts';
import { firstUnfit, nextField, previousField, withAnswer } from './answers.ts';
import { type Draft, isChoice, type Step } from './draft.ts';
import { type Form, formOf } from './form.ts';
import { startAgainScreen } from './render.ts';
import { beforeWaiting, type Call, goTo, showDraft } from './session.ts';
import { toSource } from './source.ts';

/** Begins with a service's questions; answers given before are kept for the same service. */
export async function pickService(call: Call, serviceId: string): Promise<void> {
  const { step } = call.draft;
  const origin = isChoice(step) ? step : call.draft.origin;
  const isSame = call.draft.serviceId === serviceId;
  const draft: Draft = {
    ...call.draft,
    origin,
    serviceId,
    ...(isSame ? {} : { account: {}, details: null, debtTiyin: null }),
    sumTiyin: null,
    source: null,
  };
  const form = await formOf({ ...call, draft });
  if (form) await advance({ ...call, draft }, form, 0);
}

/** Takes an answer (null: skipped) and goes on to the next question. */
export async function takeAnswer(
  call: Call,
  form: Form,
  { index, value }: { index: number; value: string | null },
): Promise<void> {
  const name = form.fields[index]?.name ?? '';
  const before = call.draft.account;
  const account = withAnswer(form.fields, before, { name, value });
  const forgotten = account === before ? {} : { details: null, debtTiyin: null };
  await advance({ ...call, draft: { ...call.draft, account, ...forgotten } }, form, index + 1);
}

async function advance(call: Call, form: Form, from: number): Promise<void> {
  const { draft } = call;
  const index = nextField(form.fields, draft.account, from);
  if (index !== null) {
    await showDraft({ ...call, draft: goTo(draft, fieldStep(index)) });
    return;
  }
  const informed = await withInfo(call, form);
  if (!informed) return;
  const step: Step = informed.details === null ? { name: 'sum' } : { name: 'info' };
  await showDraft({ ...call, draft: goTo(informed, step) });
}

function fieldStep(index: number): Step {
  return { name: 'field', index, page: 0, query: '' };
}

/** The last question, or where the service was chosen. */
function lastQuestion({ fields }: Form, draft: Draft): Step {
  const last = previousField(fields, draft.account, fields.length);
  return last === null ? draft.origin : fieldStep(last);
}

/** Asks whose account it is, where that can be asked. Null when that failed: the user is at the last question again. */
async function withInfo(call: Call, form: Form): Promise<Draft | null> {
  const { ctx, parts, draft } = call;
  if (!form.service.hasInfo || draft.details !== null) return draft;
  await beforeWaiting(ctx);
  const { account } = draft;
  const request = { userId: ctx.person.id, serviceId: form.service.id, account };
  const outcome = await parts.bills.info(request);
  if (outcome.kind === 'quota_spent') {
    const notice = quotaNotice(ctx.t, outcome, parts.clock.now());
    await showDraft({ ...call, draft: goTo(draft, lastQuestion(form, draft)) }, notice);
    return null;
  }
  if (outcome.kind === 'problem') {
    const notice = ctx.t(`bill-problem-${outcome.code}`);
    const hint = outcome.hint === undefined ? '' : `\n${ctx.t('bill-hint-waste')}`;
    await showDraft({ ...call, draft: goTo(draft, lastQuestion(form, draft)) }, notice + hint);
    return null;
  }
  const details = boundedDetails(shownDetails(outcome.details, form.responseFields));
  return { ...draft, details, debtTiyin: debtOf(outcome.details) };
}

/** Below zero the account owes. */
function debtOf(details: readonly Detail[]): Tiyin | null {
  const saldo = saldoTiyin(details);
  return saldo !== null && saldo < 0 ? -saldo : null;
}

/** One step back from wherever the draft is. */
export async function goBack(call: Call): Promise<void> {
  const { draft } = call;
  const { name } = draft.step;
  const isPaying = name === 'short' || name === 'confirm' || name === 'repeated';
  const changes = isPaying ? { source: null } : {};
  const step = await stepBefore(call);
  if (step) await showDraft({ ...call, draft: goTo(draft, step, changes) });
}

/** Null when the form can't be had, and the user has been told. */
async function stepBefore(call: Call): Promise<Step | null> {
  const { draft } = call;
  const { step } = draft;
  if (step.name === 'source') return { name: 'sum' };
  if (step.name === 'short' || step.name === 'confirm' || step.name === 'repeated') {
    return { name: 'source' };
  }
  if (step.name === 'sum' && draft.details !== null) return { name: 'info' };
  if (step.name !== 'field' && step.name !== 'info' && step.name !== 'sum') {
    return { name: 'home', page: 0 };
  }
  const form = await formOf(call);
  if (!form) return null;
  if (step.name !== 'field') return lastQuestion(form, draft);
  const before = previousField(form.fields, draft.account, step.index);
  return before === null ? draft.origin : fieldStep(before);
}

/** Takes the sum, if the service does. */
export async function takeSum(call: Call, sumTiyin: Tiyin): Promise<void> {
  const form = await formOf(call);
  if (!form) return;
  const { minTiyin, maxTiyin } = form.service;
  const isFine = sumTiyin >= minTiyin && sumTiyin <= maxTiyin && sumTiyin % TIYIN_PER_SOM === 0;
  if (!isFine) {
    await showDraft(
      { ...call, draft: goTo(call.draft, { name: 'sum' }) },
      call.ctx.t('sum-out-of-limits'),
    );
    return;
  }
  await toSource({ ...call, draft: { ...call.draft, sumTiyin } });
}

export interface Prefilled {
  serviceId: string;
  account: Account;
  /** Where nothing is owed. */
  sumTiyin: Tiyin | null;
  /** What is owed is paid rather than `sumTiyin`. */
  preferDebt: boolean;
  source: Draft['source'];
}

/** From a saved account or an earlier bill, as far towards the confirmation as what is known leads. */
export async function payPrefilled(call: Call, known: Prefilled): Promise<void> {
  const { serviceId, account, source } = known;
  const draft: Draft = { ...call.draft, serviceId, account, source };
  const form = await formOf({ ...call, draft });
  if (!form) return;
  if (!form.service.available) {
    await show(call.ctx, startAgainScreen(call.ctx.t, call.ctx.t('toast-service-paused')));
    return;
  }
  const unfit = firstUnfit(form.fields, account);
  if (unfit !== null) {
    const again = goTo(draft, fieldStep(unfit));
    await showDraft({ ...call, draft: again }, call.ctx.t('pay-form-changed'));
    return;
  }
  const informed = await withInfo({ ...call, draft }, form);
  if (!informed) return;
  const sumTiyin = sumFor(informed, form, known);
  if (sumTiyin !== null) await toSource({ ...call, draft: { ...informed, sumTiyin } });
  else await showDraft({ ...call, draft: goTo(informed, { name: 'sum' }) });
}

function sumFor(draft: Draft, { service }: Form, known: Prefilled): Tiyin | null {
  const debt = Math.ceil((draft.debtTiyin ?? 0) / TIYIN_PER_SOM) * TIYIN_PER_SOM;
  const sums = known.preferDebt ? [debt, known.sumTiyin ?? 0] : [known.sumTiyin ?? 0];
  const fits = (sum: Tiyin) => sum > 0 && sum >= service.minTiyin && sum <= service.maxTiyin;
  return sums.find(fits) ?? null;
}
