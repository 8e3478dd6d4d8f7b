/** What people and the staff hear of what the staff does. */
import type { Tiyin } from '../core/money.ts';

declare module '../outbox/kinds.ts' {
  interface OutboxParams {
    /** An owner credited or debited by hand. Negative is a debit. */
    adjustment: { amountTiyin: number; reason: string };
    /** Somebody of the staff writes to the user. */
    staff_message: { text: string };
    /** To an owner: agree or refuse. Superseded when it was decided. */
    owner_second: { actionId: string };
    /** To who asked: what became of it. */
    decision_over: { actionId: string };
  }

  interface Alarms {
    /** Somebody of the staff puts money on their own balance. */
    own_credit: { actionId: string; personId: number; amountTiyin: Tiyin; reason: string };
  }
}
