/** From where: the balance, or a linked card. */
import { userBalance } from '../../ledger/ledger.ts';
import type { Next, Now, Question, Step } from '../kit/talk.ts';
import { buttons } from './buttons.ts';
import { withForm } from './form.ts';
import { sourceScreen } from './money-screens.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { shortKey } from '../kit/short-key.ts';
import { NEW_CARD } from '../cards/known.ts';
import { takeAnotherSum } from './take-sum.ts';
import type { Paying } from './known.ts';

/** Takes the balance without asking while there is enough on it: the confirmation leads to the other sources. */
export function takeBalance({ bills, db }: PayParts): Step<Paying> {
  return async ({ ctx, known, notice }) => {
    const { availableTiyin } = await userBalance(db.read, ctx.person.id);
    const { totalTiyin } = await bills.quote(asked(known, 'balance'));
    const isEnough = availableTiyin >= totalTiyin;
    const source = isEnough ? ({ kind: 'balance' } as const) : null;
    return { known: { ...known, source, picksSource: !isEnough }, notice: notice ?? undefined };
  };
}

export function theSource(parts: PayParts): Question<Paying> {
  const { bills, db } = parts;
  return {
    screen: withForm(parts, async ({ ctx, known }, shown) => {
      const { availableTiyin } = await userBalance(db.read, ctx.person.id);
      const cards = await bills.cards.list(ctx.person.id);
      const quote = await bills.quote(asked(known, 'balance'));
      return sourceScreen(ctx.t, { ...shown, availableTiyin, quote, cards });
    }),
    tapped: buttons({
      balance: ({ known }) => ({ known: { ...known, source: { kind: 'balance' }, offer: null } }),
      card: async (now, key) => await chooseCard(now, parts, key),
      link: ({ known }) => ({ known: { ...known, card: NEW_CARD } }),
      back: ({ known }) => ({ known: { ...known, sumTiyin: null, picksSource: false } }),
    }),
    // The balance may cover this one.
    typed: async (now, text) =>
      await takeAnotherSum({ ...now, known: { ...now.known, picksSource: false } }, parts, text),
  };
}

async function chooseCard(
  { ctx, known }: Now<Paying>,
  { bills }: PayParts,
  key: string,
): Promise<Next<Paying>> {
  const cards = await bills.cards.list(ctx.person.id);
  const card = cards.find(({ cardId }) => shortKey(cardId) === key);
  if (!card) return { known, notice: ctx.t('pay-card-gone') };
  const { cardId, mask } = card;
  return { known: { ...known, source: { kind: 'card', cardId, mask }, offer: null } };
}

/** What a quote needs. Throws where the story has no service or sum yet. */
export function asked({ serviceId, sumTiyin }: Paying, source: 'balance' | 'card') {
  if (serviceId === null || sumTiyin === null) throw new Error('the story is not that far');
  return { serviceId, amountTiyin: sumTiyin, source };
}
