/** What is known of a top-up before there is an order. */
import type { Tiyin } from '../../core/money.ts';
import type { PayMethod } from '../../topups/provider.ts';
import type { ProviderId } from '../../core/payment-systems.ts';

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

/** Of a story that other sources told: the payment system is chosen with one tap, so nothing is worth keeping. */
export function recallTopup(): ToppingUp {
  return NOTHING_YET;
}
