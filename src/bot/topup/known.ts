/** What is known of a top-up before there is an order. */
import type { Tiyin } from '../../core/money.ts';
import type { Way } from '../../core/payment-systems.ts';

/** What is known of a top-up before there is an order. */
export interface ToppingUp {
  way: Way | null;
  /** What the person wants on their balance; the order's own sum may be a little more. */
  sumTiyin: Tiyin | null;
  /** They want to see every payment system by its name. */
  seesAll: boolean;
}

export const NOTHING_YET: ToppingUp = { way: null, sumTiyin: null, seesAll: false };

/** Nothing of a story that other sources told is worth keeping, because the way is chosen with one tap. */
export function recallTopup(): ToppingUp {
  return NOTHING_YET;
}
