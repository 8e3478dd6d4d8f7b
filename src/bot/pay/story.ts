/** Paying a bill, from the first tap to the receipt, in the order in which a person meets it. */
import type { Account } from '../../bills/paylov/types.ts';
import type { BillSource } from '../../bills/bill.ts';
import type { Tiyin } from '../../money.ts';
import { linkCard, type Linking } from '../cards/story.ts';
import { soFar, type Telling } from '../kit/talk.ts';
import { askWhose, theOwner, type Whose } from './account.ts';
import { theBill } from './bill.ts';
import { makeOffer, type Offer, theConfirmation, theRepetition, theShortfall } from './confirm.ts';
import { type AskedField, theField } from './fields.ts';
import type { PayParts } from './parts.ts';
import { takeOver, type Wish } from './prefilled.ts';
import { type Place, theService } from './services.ts';
import { theSource } from './source.ts';
import { theSum } from './sum.ts';

/** What is known of a payment. Of a bill that was made, `billId` is all there is. */
export interface Paying {
  /** Where the service is looked for. */
  place: Place;
  isChoosing: boolean;
  serviceId: string | null;
  /** The answers so far, also to questions that are asked once more. */
  account: Account;
  /** Which of Paylov's questions is asked; null when none is left. */
  field: AskedField | null;
  whose: Whose | null;
  isTheirs: boolean;
  sumTiyin: Tiyin | null;
  source: { kind: BillSource; cardId?: string; mask?: string } | null;
  card: Linking | null;
  offer: Offer | null;
  /** When the same was paid before. */
  repeatOf: number | null;
  billId: string | null;
  /** The code of the SMS is spent. */
  isCodeSpent: boolean;
  /** The code was the right one, or came too late: no other is waited for. */
  isCodeTaken: boolean;
  /** From a saved account or an earlier bill. */
  wish: Wish | null;
}

export const NO_PAYMENT: Paying = {
  place: { name: 'home', page: 0 },
  isChoosing: true,
  serviceId: null,
  account: {},
  field: null,
  whose: null,
  isTheirs: false,
  sumTiyin: null,
  source: null,
  card: null,
  offer: null,
  repeatOf: null,
  billId: null,
  isCodeSpent: false,
  isCodeTaken: false,
  wish: null,
};

export function payStory(parts: PayParts) {
  return async (telling: Telling): Promise<void> => {
    const talk = await soFar<Paying>(telling);
    const { known } = talk;

    if (known.billId === null) {
      // A saved account, or an earlier bill: as far towards the confirmation as what is known leads.
      if (known.wish !== null) await talk.act(takeOver(parts));
      // A category, or a search.
      if (known.isChoosing) await talk.ask(theService(parts));
      // What Paylov asks for this service, one after another; what is chosen in one decides what the next offers.
      if (known.field !== null) await talk.ask(theField(parts));
      // Whose account it is, and what is owed.
      if (known.whose === null) await talk.act(askWhose(parts));
      if (!known.isTheirs) await talk.ask(theOwner(parts));
      if (known.sumTiyin === null) await talk.ask(theSum(parts));
      // From the balance, or from a card, which can be linked on the way.
      if (known.card !== null) await linkCard(parts, talk);
      if (known.source === null) await talk.ask(theSource(parts));
      // Everything once more, under an id that makes of however many taps one bill.
      if (known.offer === null) await talk.act(makeOffer(parts));
      if (known.offer === 'short') await talk.ask(theShortfall(parts));
      if (known.repeatOf !== null) await talk.ask(theRepetition(parts));
      await talk.ask(theConfirmation(parts));
    }
    // The code of the card's SMS, and the receipt.
    await talk.ask(theBill(parts));
  };
}
