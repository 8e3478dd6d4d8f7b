import type { Clock } from '../../src/core/deps.ts';
import type { Bank } from './bank.ts';
import type { PaylovBook } from './book.ts';
import type { Codes } from './codes.ts';

/** What the routes of the simulated Paylov work with. */
export interface PaylovParts {
  clock: Clock;
  bank: Bank;
  book: PaylovBook;
  codes: Codes;
  /** Meters count from then on: milliseconds since 1970. */
  startedAt: number;
  /** Before `/servicePayment/`. */
  prefix: string;
}
