/** Topping up, from the first tap to the order, in the order in which a person meets it. */
import type { Parts } from '../kit/context.ts';
import { soFar, type Telling } from '../kit/talk.ts';
import { openOrder } from './open.ts';
import { theSum, theWay } from './questions.ts';
import type { ToppingUp } from './known.ts';

export function topupStory(parts: Parts) {
  return async (telling: Telling): Promise<void> => {
    const talk = await soFar<ToppingUp>(telling);
    const { way, sumTiyin } = talk.known;

    // Click, Payme, or a transfer to a card; or one of all the payment systems, by its name.
    if (way === null) await talk.ask(theWay(parts));
    // One of the usual sums, or a typed one.
    if (sumTiyin === null) await talk.ask(theSum(parts));
    // The order: its link, or its unique sum, the card and the deadline. From there on it lives by its own buttons.
    await talk.act(openOrder(parts));
  };
}
