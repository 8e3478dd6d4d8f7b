/** What the staff hears of the books, once a day and when they do not add up. */
import type { PaylovProblemCode } from '../bills/paylov/errors.ts';
import type { Tiyin } from '../core/money.ts';
import type { ProviderId } from '../core/payment-systems.ts';

declare module '../outbox/kinds.ts' {
  interface OutboxParams {
    /** To an owner: what happened the day before (Tashkent, `YYYY-MM-DD`); its figures are in `reports`. */
    owner_digest: { day: string };
  }

  interface Alarms {
    /** Little is left on the operator's card at Paylov. */
    float_low: { leftTiyin: number; alertTiyin: number };
    /** Bills of days that are over and Paylov's list tell different stories. */
    bills_differ: { findings: string[] };
    /** Paylov did not list its payments of a day (Tashkent, `YYYY-MM-DD`); when it is asked again. */
    bills_not_compared: { day: string; problem: PaylovProblemCode; nextAt: number };
    /** Paylov is not set any more, and bills are open: nobody finds out what became of them. */
    bills_unserved: { bills: number; heldTiyin: Tiyin };
    /** Likewise orders of a provider that is not set any more. */
    topups_unserved: { provider: ProviderId; orders: number };
    books_broken: { findings: string[] };
  }
}
