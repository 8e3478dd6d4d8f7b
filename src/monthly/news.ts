/** What is told of bills that are paid without a tap. */
import type { Tiyin } from '../core/money.ts';

declare module '../outbox/kinds.ts' {
  interface OutboxParams {
    /** A bill that waited for money does not go on by itself; looked up when it is sent. */
    waiting_asks: { waitingId: string };
    /** What is owed on a person's watched accounts; looked up when it is sent. */
    watch_due: Record<string, never>;
    /** It pays itself tomorrow; looked up when it is sent. */
    auto_notice: { accountKey: string; period: string };
    /** What became of that, where the receipt does not say it. */
    auto_over: { accountKey: string; period: string };
    /** It pays itself no more: nobody knows which sign of its balance is a debt. */
    auto_off: { savedId: number };
  }
  interface Alarms {
    /** Until tomorrow's end more is to be paid by itself than is left on the operator's card. */
    float_needed: { leftTiyin: Tiyin; neededTiyin: Tiyin };
  }
}
