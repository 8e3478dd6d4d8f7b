/** Topping up, from the first tap to the order, in the order in which a person meets it. */
import type { Parts } from '../kit/context.ts';
import { soFar, type Telling } from '../kit/talk.ts';
import { openOrder } from './open.ts';
import { theMethod, thePaymentSystem, theSum } from './questions.ts';
import type { ToppingUp } from './known.ts';

export function topupStory(parts: Parts) {
  return async (telling: Telling): Promise<void> => {
    const talk = await soFar<ToppingUp>(telling);
    const { system, sumTiyin, methods, method } = talk.known;

    // inPAY's page, or a transfer that Payfer, RasmiyPay or AutoPayCard recognise.
    if (system === null) await talk.ask(thePaymentSystem(parts));
    // One of the usual sums, or a typed one.
    if (sumTiyin === null) await talk.ask(theSum(parts));
    // Click or Payme, where the page offers both.
    if (methods.length > 0 && method === null) await talk.ask(theMethod(parts));
    // The order: its link, or its unique sum, the card and the deadline. From there on it lives by its own buttons.
    await talk.act(openOrder(parts));
  };
}
