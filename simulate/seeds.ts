/**
 * Seeds that once found a mistake of the program. They are run with every test. A change of the simulation may lead a seed
 * another way, so each mistake has a test beside its code as well.
 */
import type { RunOptions } from './run.ts';

interface FormerFailure extends RunOptions {
  /** What went wrong. */
  found: string;
}

export const FORMER_FAILURES: readonly FormerFailure[] = [
  {
    seed: 206,
    days: 0.25,
    users: 4,
    unkind: [],
    found: 'an order whose opening had no answer was asked about for ever once its webhook came',
  },
  {
    seed: 302,
    days: 0.12,
    users: 3,
    unkind: [],
    found: 'with updates by webhook the program did not start while Telegram was out of reach',
  },
  {
    seed: 5,
    days: 0.1,
    users: 3,
    found: 'no owner heard of a reversal where one of them had approved what nobody could read',
  },
  {
    seed: 911,
    days: 0.1,
    users: 3,
    found:
      'a start by a clock that was behind ended the watch of orders once the clock was right again',
  },
];
