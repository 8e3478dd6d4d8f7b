/** Paying bills: `/pay`, the buttons of what is being put together, and what is typed for it. */
import { Composer, type MiddlewareFn } from 'grammy';
import type { PayAction, TapKind, TapOf } from '../callbacks.ts';
import type { BotContext, Parts } from '../context.ts';
import { offered } from '../pay/answers.ts';
import { confirmBill } from '../pay/confirm.ts';
import { dropDraft, isLinking, newDraft, saveDraft } from '../pay/draft.ts';
import { afterLinking, type CardNumbers, createCardNumbers } from '../pay/linking.ts';
import { formOf } from '../pay/form.ts';
import { goBack, pickService, takeAnswer, takeSum } from '../pay/moves.ts';
import { startAgainScreen } from '../pay/render.ts';
import { shortKey } from '../pay/search.ts';
import { type Call, chatOf, goTo, openDraft, type PayParts, showDraft } from '../pay/session.ts';
import { payFromBalance, payFromCard } from '../pay/source.ts';
import { typedForPay } from '../pay/typed.ts';
import { answer, show } from '../reply.ts';
import { onMenu, onTap } from '../taps.ts';
import { payProblemScreen } from '../views/pay.ts';
import { billsFeature } from './bills.ts';
import { cardsFeature } from '../cards/feature.ts';

/** Nothing at all where bills are not configured. */
export function payFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const { bills } = parts;
  if (!bills) return composer;
  const own: PayParts = { ...parts, bills };
  const numbers = createCardNumbers(parts.clock);
  const start = async (ctx: BotContext) => await startPaying(ctx, own);
  onMenu(composer, parts, { commands: ['pay'], entry: 'pay' }, start);
  onTap(composer, 'pay', start);
  onTap(composer, 'pay_step', async (ctx, tap) => await onStep(ctx, own, tap));
  onTap(composer, 'pay_continue', async (ctx) => await goOn(ctx, own));
  composer.use(billsFeature(own), cardsFeature(own));
  composer.on('message:text', typed(own, numbers));
  return composer;
}

/** Taps that do not lead away from what is being put together. */
const STAYING = new Set<TapKind>(['pay_step', 'order', 'owner_order', 'owner_orders']);

/** Commands, menu entries and most buttons lead elsewhere: what is typed from then on is not for the draft. */
export function leaveDraft(parts: Parts): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const text = ctx.typed;
    const leadingTap = ctx.tap !== null && !STAYING.has(ctx.tap.kind);
    const leads = leadingTap || text.startsWith('/') || parts.labels.entryOf(text) !== null;
    const draft = parts.bills && leads ? await openDraft(ctx, parts) : null;
    if (draft?.listening === true) {
      ctx.leftDialog = true;
      if (/^\/cancel(?:@|\s|$)/.test(text)) await dropDraft(parts, chatOf(ctx));
      else await saveDraft(parts, chatOf(ctx), { ...draft, listening: false });
    }
    await next();
  };
}

async function startPaying(ctx: BotContext, parts: PayParts): Promise<void> {
  await showDraft({ ctx, parts, draft: newDraft(ctx) });
}

/** After a top-up: with the confirmation, if the balance is enough by now. */
async function goOn(ctx: BotContext, parts: PayParts): Promise<void> {
  const draft = await openDraft(ctx, parts);
  if (!draft) await answer(ctx, ctx.t('toast-old'));
  else if (draft.step.name === 'short') await payFromBalance({ ctx, parts, draft });
  else await showDraft({ ctx, parts, draft });
}

async function onStep(ctx: BotContext, parts: PayParts, tap: TapOf<'pay_step'>): Promise<void> {
  const draft = await openDraft(ctx, parts);
  const isOld = draft === null || draft.id !== tap.draftId;
  const isElsewhere = ctx.callbackQuery?.message?.message_id !== draft?.screenId;
  if (isOld || (draft.seq !== tap.seq && isElsewhere)) {
    await answer(ctx, ctx.t('toast-old'));
  } else if (draft.seq !== tap.seq) {
    // A second tap on the same screen: it has done its work.
    await showDraft({ ctx, parts, draft });
  } else if (NEED_SUM.has(tap.action) && (draft.serviceId === null || draft.sumTiyin === null)) {
    await answer(ctx, ctx.t('toast-old'));
  } else {
    await ACTIONS[tap.action]({ ctx, parts, draft }, tap.arg);
  }
}

/** No screen has these buttons before there is a sum; anybody can send their data. */
const NEED_SUM = new Set<PayAction>(['balance', 'card', 'link', 'confirm', 'again']);

type Action = (call: Call, arg: string) => Promise<void>;

const ACTIONS: Readonly<Record<PayAction, Action>> = {
  home: async (call) => {
    await showDraft({ ...call, draft: goTo(call.draft, { name: 'home', page: 0 }) });
  },
  category: async (call, key) => {
    await showDraft({ ...call, draft: goTo(call.draft, { name: 'category', key, page: 0 }) });
  },
  service: tapService,
  page: turnPage,
  option: tapOption,
  keep: keepAnswer,
  skip: skipAnswer,
  back: async (call) => {
    const { step } = call.draft;
    if (isLinking(step)) await afterLinking(call);
    else await goBack(call);
  },
  next: async (call) => await showDraft({ ...call, draft: goTo(call.draft, { name: 'sum' }) }),
  sum: async (call, arg) => await takeSum(call, /^\d{1,16}$/.test(arg) ? Number(arg) : 0),
  balance: async (call) => await payFromBalance(call),
  card: async (call, key) => {
    const cards = await call.parts.bills.cards.list(call.ctx.person.id);
    const card = cards.find(({ cardId }) => shortKey(cardId) === key);
    await payFromCard(call, card?.cardId ?? '');
  },
  link: async (call) => {
    const draft = goTo(call.draft, { name: 'link_number' }, { linkFrom: 'source' });
    await showDraft({ ...call, draft });
  },
  confirm: async (call) => {
    if (call.draft.step.name === 'confirm') await confirmBill(call, false);
    else await answer(call.ctx, call.ctx.t('toast-old'));
  },
  again: async (call) => {
    if (call.draft.step.name === 'repeated') await confirmBill(call, true);
    else await answer(call.ctx, call.ctx.t('toast-old'));
  },
  stop: stop,
};

async function stop(call: Call): Promise<void> {
  const { ctx, parts, draft } = call;
  if (isLinking(draft.step)) {
    await afterLinking(call);
    return;
  }
  await show(ctx, startAgainScreen(ctx.t, ctx.t('pay-stopped')));
  await dropDraft(parts, chatOf(ctx));
}

async function tapService(call: Call, key: string): Promise<void> {
  const { ctx, parts } = call;
  const found = await parts.bills.catalog.services();
  if (found.kind === 'problem') {
    await show(ctx, payProblemScreen(ctx.t, found.code));
    return;
  }
  const service = found.services.find(({ id }) => shortKey(id) === key);
  if (!service) await answer(ctx, ctx.t('toast-old'));
  else if (!service.available) await answer(ctx, ctx.t('toast-service-paused'), { alert: true });
  else await pickService(call, service.id);
}

/** Another page of the same step: the buttons of both are good. */
async function turnPage(call: Call, arg: string): Promise<void> {
  const { draft } = call;
  const { step } = draft;
  if (step.name === 'field' && arg === 'all') {
    await showDraft({ ...call, draft: { ...draft, step: { ...step, page: 0, query: '' } } });
  } else if ('page' in step && /^\d{1,4}$/.test(arg)) {
    await showDraft({ ...call, draft: { ...draft, step: { ...step, page: Number(arg) } } });
  } else {
    await answer(call.ctx, call.ctx.t('toast-old'));
  }
}

/** The tapped value, looked up in the form as it is now, among what the parent's answer allows. */
async function tapOption(call: Call, key: string): Promise<void> {
  const { draft, ctx } = call;
  const { step } = draft;
  const form = step.name === 'field' ? await formOf(call) : null;
  if (!form || step.name !== 'field') return;
  const field = form.fields[step.index];
  const option =
    field && offered(field, draft.account).find(({ value }) => shortKey(value) === key);
  if (option) await takeAnswer(call, form, { index: step.index, value: option.value });
  else await showDraft(call, ctx.t('pay-form-changed'));
}

async function keepAnswer(call: Call): Promise<void> {
  const { draft, ctx } = call;
  const { step } = draft;
  const form = step.name === 'field' ? await formOf(call) : null;
  if (!form || step.name !== 'field') return;
  const value = draft.account[form.fields[step.index]?.name ?? ''];
  if (value === undefined) await showDraft(call, ctx.t('pay-form-changed'));
  else await takeAnswer(call, form, { index: step.index, value });
}

async function skipAnswer(call: Call): Promise<void> {
  const { draft, ctx } = call;
  const { step } = draft;
  const form = step.name === 'field' ? await formOf(call) : null;
  if (!form || step.name !== 'field') return;
  if (form.fields[step.index]?.required !== false) {
    await showDraft(call, ctx.t('pay-form-changed'));
  } else {
    await takeAnswer(call, form, { index: step.index, value: null });
  }
}

function typed(parts: PayParts, numbers: CardNumbers): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const draft = await openDraft(ctx, parts);
    const text = ctx.typed;
    if (draft?.listening !== true) {
      await next();
    } else if (draft.updateId === ctx.update.update_id) {
      await showDraft({ ctx, parts, draft });
    } else if (!(await typedForPay({ ctx, parts, draft }, { numbers, text }))) {
      await next();
    }
  };
}
