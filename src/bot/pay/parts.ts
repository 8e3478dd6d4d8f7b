/** What the stories of bills and cards are made of. */
import type { Parts } from '../context.ts';
import type { CardNumbers } from '../cards/numbers.ts';
import type { BillsPort } from './port.ts';

/** The parts of a bot that has bills. */
export interface PayParts extends Parts {
  bills: BillsPort;
  numbers: CardNumbers;
}
