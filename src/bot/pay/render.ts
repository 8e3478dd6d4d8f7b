/** The screen of each step, from what is true now. */
import { userBalance } from '../../ledger/ledger.ts';
import type { Translate } from '../locales/texts.ts';
import { billScreen, codeScreen, saveNameScreen } from '../views/bill.ts';
import { linkScreen } from '../cards/screens.ts';
import {
  categoryScreen,
  homeScreen,
  type Notice,
  payProblemScreen,
  searchScreen,
} from '../views/pay.ts';
import { fieldScreen } from '../views/pay-field.ts';
import {
  billSumScreen,
  confirmScreen,
  infoScreen,
  type Paying,
  repeatedScreen,
  shortScreen,
  sourceScreen,
} from '../views/pay-sum.ts';
import { renameScreen, savedScreen } from '../views/saved.ts';
import { button, menuButton, type Screen, screen } from '../views/screen.ts';
import {
  type BillStep,
  type ChooseStep,
  type Draft,
  isAboutBill,
  isAboutSaved,
  isChoice,
  isLinking,
  type PayingStep,
  type SavedStep,
} from './draft.ts';
import { matches, shortKey } from './search.ts';
import type { Call } from './session.ts';

export async function renderStep(call: Call, notice: Notice): Promise<Screen> {
  const { step } = call.draft;
  if (isChoice(step)) return await renderChoice(call, step, notice);
  if (isLinking(step)) return linkScreen(call.ctx.t, { draft: call.draft, step, notice });
  if (isAboutBill(step)) return await renderBill(call, step, notice);
  if (isAboutSaved(step)) return await renderSaved(call, step, notice);
  return await renderPaying(call, step, notice);
}

export function startAgainScreen(t: Translate, text: string): Screen {
  return screen([text], [[button(t('button-pay-again'), { kind: 'pay' }), menuButton(t)]]);
}

async function renderChoice(
  { ctx, parts, draft }: Call,
  step: ChooseStep,
  notice: Notice,
): Promise<Screen> {
  const { t } = ctx;
  const found = await parts.bills.catalog.services();
  if (found.kind === 'problem') return payProblemScreen(t, found.code);
  const { services, stale } = found;
  const choice = { draft, services, stale, notice };
  if (step.name === 'home') {
    const saved = await parts.bills.saved.list(ctx.person.id);
    return homeScreen(t, { ...choice, saved });
  }
  if (step.name === 'category') {
    const own = services.filter(({ category }) => shortKey(category.id) === step.key);
    return categoryScreen(t, { ...choice, services: own });
  }
  const { query } = step;
  const named = services.filter(({ name }) => matches(name, query));
  return searchScreen(t, { ...choice, services: named, query });
}

async function renderBill({ ctx, parts }: Call, step: BillStep, notice: Notice): Promise<Screen> {
  const { t } = ctx;
  const bill = await parts.bills.ofUser(step.billId, ctx.person.id);
  if (!bill) return startAgainScreen(t, t('toast-old'));
  if (step.name === 'save') return saveNameScreen(t, bill, notice);
  if (step.name === 'code' && bill.state === 'awaiting_code') {
    return codeScreen(t, bill, { notice, isSpent: step.isSpent });
  }
  return billScreen(t, bill, notice);
}

async function renderSaved({ ctx, parts }: Call, step: SavedStep, notice: Notice): Promise<Screen> {
  const { t } = ctx;
  const saved = await parts.bills.saved.get(step.savedId, ctx.person.id);
  if (!saved) return startAgainScreen(t, t('toast-old'));
  return step.name === 'rename' ? renameScreen(t, saved, notice) : savedScreen(t, saved, notice);
}

async function renderPaying(call: Call, step: PayingStep, notice: Notice): Promise<Screen> {
  const { ctx, parts, draft } = call;
  const { t } = ctx;
  const form = await parts.bills.catalog.fields(draft.serviceId ?? '');
  if (form.kind === 'problem') return payProblemScreen(t, form.code);
  if (form.kind === 'unavailable') return startAgainScreen(t, t('pay-unavailable'));
  const { service, fields, stale } = form;
  const paying: Paying = { draft, service, fields, stale, notice };
  if (step.name === 'field') {
    if (!fields[step.index]) return startAgainScreen(t, t('pay-form-changed'));
    return fieldScreen(t, { draft, step, fields, serviceName: service.name, notice });
  }
  if (step.name === 'info') return infoScreen(t, paying);
  if (step.name === 'sum') {
    return billSumScreen(t, { ...paying, presetsTiyin: parts.presetsTiyin });
  }
  if (step.name === 'repeated') {
    return repeatedScreen(t, { ...paying, earlierAt: step.earlierAt });
  }
  return await renderMoney(call, paying);
}

/** The steps that need the balance, the cards and the fee. */
async function renderMoney({ ctx, parts, draft }: Call, paying: Paying): Promise<Screen> {
  const { t } = ctx;
  const { availableTiyin } = await userBalance(parts.db.read, ctx.person.id);
  if (draft.step.name === 'source') {
    const cards = await parts.bills.cards.list(ctx.person.id);
    const quote = parts.bills.quote(asked(draft, 'balance'));
    return sourceScreen(t, { ...paying, availableTiyin, quote, cards });
  }
  const isShort = draft.step.name === 'short';
  const current = parts.bills.quote(asked(draft, draft.source?.kind ?? 'balance'));
  if (isShort) return shortScreen(t, { ...paying, availableTiyin, quote: current });
  const quote = draft.shown ?? current;
  return confirmScreen(t, { ...paying, quote, cardMask: draft.source?.mask ?? null });
}

/** What a quote is asked for. Throws where the draft has no service or sum yet. */
export function asked(
  { serviceId, sumTiyin }: Draft,
  source: 'balance' | 'card',
): { serviceId: string; amountTiyin: number; source: 'balance' | 'card' } {
  if (serviceId === null || sumTiyin === null) throw new Error('the draft is not that far');
  return { serviceId, amountTiyin: sumTiyin, source };
}
