/** Topping up, from the first tap to the order, in the order in which a person meets it. */
import type { Tiyin } from '../../money.ts';
import type { PayMethod, ProviderId } from '../../topups/provider.ts';
import type { Parts } from '../context.ts';
import { soFar, type Telling } from '../kit/talk.ts';
import { openOrder } from './open.ts';
import { theMethod, thePaymentSystem, theSum } from './questions.ts';

/** What is known of a top-up before there is an order. */
export interface ToppingUp {
  system: ProviderId | null;
  /** What the person wants on their balance; the order's own sum may be a little more. */
  sumTiyin: Tiyin | null;
  /** What the payment system lets people choose from; nothing for most. */
  methods: readonly PayMethod[];
  method: PayMethod | null;
}

export const NOTHING_YET: ToppingUp = { system: null, sumTiyin: null, methods: [], method: null };

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

/** Of a story that other sources told: the payment system is chosen with one tap, so nothing is worth keeping. */
export function recallTopup(): ToppingUp {
  return NOTHING_YET;
}
