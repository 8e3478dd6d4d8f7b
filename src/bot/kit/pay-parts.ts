/** What the stories of bills and cards are made of. */
import type { Parts } from './context.ts';
import type { CardNumbers } from './card-numbers.ts';
import type { BillsPort } from './bills-port.ts';

/** The parts of a bot that has bills. */
export interface PayParts extends Parts {
  bills: BillsPort;
  numbers: CardNumbers;
}
