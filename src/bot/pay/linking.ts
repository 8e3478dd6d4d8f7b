/** Linking an own card: number, expiry, code. None of them is kept; the messages with them go at once. */
import { parseExpiry } from '../../bills/paylov/masks.ts';
import { PAYLOV_PROBLEMS } from '../../bills/paylov/errors.ts';
import type { Clock } from '../../deps.ts';
import { cardsScreen } from '../cards/screens.ts';
import { send, show } from '../reply.ts';
import { quotaNotice } from '../views/quota.ts';
import { typedCode } from './confirm.ts';
import type { LinkStep } from './draft.ts';
import { chatOf, type Call, beforeWaiting, goTo, removeTyped, showDraft } from './session.ts';

/** Between the number and the expiry: long enough to turn the card over. */
const NUMBER_LIFE_MS = 10 * 60_000;
const MAX_NUMBERS = 1000;

/** Numbers whose expiry is being asked for: in memory only, gone with the process. */
export interface CardNumbers {
  put(chatId: number, number: string): void;
  take(chatId: number): string | null;
}

export function createCardNumbers(clock: Clock): CardNumbers {
  const numbers = new Map<number, { number: string; until: number }>();
  return {
    put(chatId, number) {
      numbers.delete(chatId);
      numbers.set(chatId, { number, until: clock.elapsed() + NUMBER_LIFE_MS });
      const [oldest] = numbers.keys();
      if (numbers.size > MAX_NUMBERS && oldest !== undefined) numbers.delete(oldest);
    },
    take(chatId) {
      const kept = numbers.get(chatId);
      numbers.delete(chatId);
      return kept && clock.elapsed() <= kept.until ? kept.number : null;
    },
  };
}

const NUMBER = /^\s*((?:\d[\s-]?){15}\d)(?!\d)/;

export async function typedForLink(
  call: Call,
  numbers: CardNumbers,
  { step, text }: { step: LinkStep; text: string },
): Promise<void> {
  await removeTyped(call.ctx);
  if (step.name === 'link_number') await takeNumber(call, numbers, text);
  else if (step.name === 'link_expiry') await takeExpiry(call, numbers, text);
  else await takeCode(call, step, text);
}

/** The number alone, or with the expiry behind it. */
async function takeNumber(call: Call, numbers: CardNumbers, text: string): Promise<void> {
  const typed = NUMBER.exec(text)?.[1];
  if (typed === undefined) {
    await showDraft(call, call.ctx.t('card-bad-number'));
    return;
  }
  const number = typed.replaceAll(/\D/g, '');
  const rest = text.replace(NUMBER, '').trim();
  if (parseExpiry(rest) !== null) {
    await startLinking(call, { number, expiry: rest });
    return;
  }
  numbers.put(chatOf(call.ctx), number);
  await showDraft({ ...call, draft: goTo(call.draft, { name: 'link_expiry' }) });
}

async function takeExpiry(call: Call, numbers: CardNumbers, text: string): Promise<void> {
  const { ctx } = call;
  if (parseExpiry(text) === null) {
    await showDraft(call, ctx.t('card-bad-expiry'));
    return;
  }
  const number = numbers.take(chatOf(ctx));
  if (number === null) {
    const draft = goTo(call.draft, { name: 'link_number' });
    await showDraft({ ...call, draft }, ctx.t('card-number-again'));
    return;
  }
  await startLinking(call, { number, expiry: text });
}

async function startLinking(call: Call, card: { number: string; expiry: string }): Promise<void> {
  const { ctx, parts, draft } = call;
  await beforeWaiting(ctx);
  const outcome = await parts.bills.cards.startLinking({ userId: ctx.person.id, ...card });
  if (outcome.kind === 'quota_spent') {
    await backToNumber(call, quotaNotice(ctx.t, outcome, parts.clock.now()));
    return;
  }
  if (outcome.kind !== 'code_sent') {
    const key = outcome.kind === 'problem' ? `bill-problem-${outcome.code}` : 'card-too-many';
    await backToNumber(call, ctx.t(key));
    return;
  }
  const { linkId, mask, phoneMask = null } = outcome;
  await showDraft({ ...call, draft: goTo(draft, { name: 'link_code', linkId, mask, phoneMask }) });
}

async function backToNumber(call: Call, notice: string): Promise<void> {
  await showDraft({ ...call, draft: goTo(call.draft, { name: 'link_number' }) }, notice);
}

async function takeCode(
  call: Call,
  { linkId, mask }: Extract<LinkStep, { name: 'link_code' }>,
  text: string,
): Promise<void> {
  const { ctx, parts } = call;
  const code = typedCode(text);
  if (code === null) {
    await showDraft(call, ctx.t('pay-code-bad'));
    return;
  }
  await beforeWaiting(ctx);
  const userId = ctx.person.id;
  const outcome = await parts.bills.cards.confirmLinking({ userId, linkId, code, mask });
  if (outcome.kind === 'linked') {
    await afterLinking(call, ctx.t('card-linked', { mask: outcome.card.mask }));
    return;
  }
  if (outcome.kind === 'bad_code') {
    await showDraft(call, ctx.t('pay-code-bad'));
    return;
  }
  if (outcome.kind === 'quota_spent') {
    await showDraft(call, quotaNotice(ctx.t, outcome, parts.clock.now()));
    return;
  }
  const { concerns, backOff } = PAYLOV_PROBLEMS[outcome.code];
  // A wrong code may be entered again, and so may any when Paylov was not there to look at it.
  const mayTryAgain = outcome.code === 'invalid_otp' || (backOff && concerns === 'provider');
  const notice = ctx.t(`bill-problem-${outcome.code}`);
  if (mayTryAgain) await showDraft(call, notice);
  else await backToNumber(call, notice);
}

/** Back to where the card was wanted. */
export async function afterLinking(call: Call, notice?: string): Promise<void> {
  const { ctx, parts, draft } = call;
  if (draft.linkFrom === 'source' && draft.sumTiyin !== null) {
    await showDraft({ ...call, draft: goTo(draft, { name: 'source' }) }, notice);
    return;
  }
  const cards = await parts.bills.cards.list(ctx.person.id);
  const screen = cardsScreen(ctx.t, cards, notice);
  if (ctx.callbackQuery) await show(ctx, screen);
  else await send(ctx, screen);
}
