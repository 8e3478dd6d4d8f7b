/** Linking an own card: its number, its expiry, the code of its SMS. None of them is kept; the messages with them go at once. */
import { parseExpiry } from '../../bills/paylov/masks.ts';
import { PAYLOV_PROBLEMS } from '../../bills/paylov/errors.ts';
import type { Tap } from '../kit/callbacks.ts';
import {
  beforeWaiting,
  place,
  removeTyped,
  soFar,
  type Done,
  type Next,
  type Now,
  type Question,
  type Talk,
  type Telling,
} from '../kit/talk.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { plainText } from '../kit/plain-text.ts';
import { typedCard } from '../kit/typed-card.ts';
import { typedCode } from '../kit/typed-code.ts';
import { quotaNotice } from '../kit/quota.ts';
import { cardsScreen, linkScreen } from './screens.ts';
import { NEW_CARD, type Linking, type WithCard } from './known.ts';

/** Nothing can be taken over after an update of the program, so the person begins again with the card's number. */
export function recallCard(): WithCard {
  return { card: NEW_CARD };
}

/** Links a card from the list of cards, and goes back to it. */
export function cardStory(parts: PayParts) {
  return async (telling: Telling): Promise<void> => {
    const talk = await soFar<WithCard>(telling);
    if (talk.known.card !== null) await linkCard(parts, talk);
    await talk.act(async ({ ctx, notice, screenId }): Promise<Done<WithCard>> => {
      const cards = await parts.bills.cards.list(ctx.person.id);
      await place(ctx, screenId, cardsScreen(ctx.t, cards, notice));
      return 'over';
    });
  };
}

/** Links a card within a story that needs one. That story goes on once no card is being linked any more. */
export async function linkCard<K extends WithCard>(parts: PayParts, talk: Talk<K>): Promise<never> {
  const asks = talk.known.card?.asks;
  if (asks === 'number') await talk.ask(theNumber(parts));
  if (asks === 'expiry') await talk.ask(theExpiry(parts));
  return await talk.ask(theCode(parts));
}

type Answer<K> = Next<K> | Promise<Next<K>>;

/** Takes what is typed out of the chat, whether it is right or wrong: it is a secret. */
function secret<K extends WithCard>(take: (now: Now<K>, text: string) => Answer<K>): Question<K> {
  return {
    screen: ({ ctx, ...told }) => linkScreen(ctx.t, told),
    tapped: ({ known }, tap) => (isStop(tap) ? to(known, null) : null),
    async typed(now, text) {
      await removeTyped(now.ctx);
      return await take(now, plainText(text));
    },
  };
}

function isStop(tap: Tap): boolean {
  return tap.kind === 'pay_step' && (tap.action === 'stop' || tap.action === 'back');
}

function to<K extends WithCard>(known: K, card: Linking | null, notice?: string): Next<K> {
  return { known: { ...known, card }, notice };
}

/** The question for the number, which takes the expiry behind it as well. */
function theNumber<K extends WithCard>(parts: PayParts): Question<K> {
  return secret(async (now, text) => {
    const { ctx, known } = now;
    const typed = typedCard(text);
    if (typed === null || ctx.chatId === undefined) {
      return { known, notice: ctx.t('card-bad-number') };
    }
    const { number, rest: expiry } = typed;
    if (parseExpiry(expiry) !== null) return await sendCode(now, parts, { number, expiry });
    parts.numbers.put(ctx.chatId, number);
    return to(known, { asks: 'expiry' });
  });
}

function theExpiry<K extends WithCard>(parts: PayParts): Question<K> {
  return secret(async (now, expiry) => {
    const { ctx, known } = now;
    if (parseExpiry(expiry) === null) return { known, notice: ctx.t('card-bad-expiry') };
    // The number is forgotten with the next answer, not before: this update may be handled again.
    const number = parts.numbers.get(ctx.chatId ?? 0);
    if (number === null) return to(known, NEW_CARD, ctx.t('card-number-again'));
    return await sendCode(now, parts, { number, expiry });
  });
}

async function sendCode<K extends WithCard>(
  { ctx, known }: Now<K>,
  { bills, clock }: PayParts,
  card: { number: string; expiry: string },
): Promise<Next<K>> {
  await beforeWaiting(ctx);
  const outcome = await bills.cards.startLinking({ userId: ctx.person.id, ...card });
  if (outcome.kind === 'quota_spent') {
    return to(known, NEW_CARD, quotaNotice(ctx.t, outcome, clock.now()));
  }
  if (outcome.kind === 'linked') {
    return to(known, null, ctx.t('card-linked', { mask: outcome.card.mask }));
  }
  if (outcome.kind !== 'code_sent') {
    const key = outcome.kind === 'problem' ? `bill-problem-${outcome.code}` : 'card-too-many';
    return to(known, NEW_CARD, ctx.t(key));
  }
  const { linkId, mask, phoneMask = null } = outcome;
  return to(known, { asks: 'code', linkId, mask, phoneMask });
}

function theCode<K extends WithCard>(parts: PayParts): Question<K> {
  return secret(async (now, text) => {
    const { ctx, known } = now;
    parts.numbers.forget(ctx.chatId ?? 0);
    const code = typedCode(text);
    if (code === null || known.card?.asks !== 'code') {
      return { known, notice: ctx.t('pay-code-bad') };
    }
    await beforeWaiting(ctx);
    const { linkId, mask } = known.card;
    const userId = ctx.person.id;
    const asked = { userId, linkId, code, mask };
    return afterCode(now, parts, await parts.bills.cards.confirmLinking(asked));
  });
}

type Confirmed = Awaited<ReturnType<PayParts['bills']['cards']['confirmLinking']>>;

function afterCode<K extends WithCard>(
  { ctx, known }: Now<K>,
  { clock }: PayParts,
  outcome: Confirmed,
): Next<K> {
  const { t } = ctx;
  if (outcome.kind === 'linked')
    return to(known, null, t('card-linked', { mask: outcome.card.mask }));
  if (outcome.kind === 'bad_code') return { known, notice: t('pay-code-bad') };
  if (outcome.kind === 'quota_spent') {
    return { known, notice: quotaNotice(t, outcome, clock.now()) };
  }
  const { concerns, backOff } = PAYLOV_PROBLEMS[outcome.code];
  // After a wrong code another may be entered, and so it may when Paylov was not there to look at it.
  const mayTryAgain = outcome.code === 'invalid_otp' || (backOff && concerns === 'provider');
  // A new code is sent for the number alone: there is no button for it here.
  const notice = t(
    outcome.code === 'otp_expired' ? 'card-code-expired' : `bill-problem-${outcome.code}`,
  );
  return mayTryAgain ? { known, notice } : to(known, NEW_CARD, notice);
}
