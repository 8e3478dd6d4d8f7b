/** Paying a bill, from the first tap to the receipt, in the order in which a person meets it. */
import { linkCard } from '../cards/story.ts';
import { soFar, type Telling } from '../kit/talk.ts';
import { askWhose, theOwner } from './account.ts';
import { theBill } from './bill.ts';
import { makeOffer, theConfirmation, theRepetition, theShortfall } from './confirm.ts';
import { theField } from './fields.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { takeOver } from './prefilled.ts';
import { theService } from './services.ts';
import { takeBalance, theSource } from './source.ts';
import { theSum } from './sum.ts';
import type { Paying } from './known.ts';

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
      // Whose account it is, and what is owed: the sum may be chosen with it.
      if (known.whose === null) await talk.act(askWhose(parts));
      if (!known.isTheirs) await talk.ask(theOwner(parts));
      if (known.sumTiyin === null) await talk.ask(theSum(parts));
      // From the balance where that covers it; else, or when they say so, also from a card, which can be linked on the way.
      if (known.card !== null) await linkCard(parts, talk);
      if (known.source === null && !known.picksSource) await talk.act(takeBalance(parts));
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
