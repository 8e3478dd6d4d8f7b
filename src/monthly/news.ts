/** What is told of bills that are paid without a tap. */
import type { Tiyin } from '../core/money.ts';

declare module '../outbox/kinds.ts' {
  interface OutboxParams {
    /** A bill that waited for money does not go on by itself; looked up when it is sent. */
    waiting_asks: { waitingId: string };
    /** What is owed on a person's watched accounts; looked up when it is sent. */
    watch_due: Record<string, never>;
    /** The account pays itself tomorrow; what it says is looked up when it is sent. */
    auto_notice: { accountKey: string; period: string };
    /** What became of such a payment, where no receipt says it. */
    auto_over: { accountKey: string; period: string };
    /** The account does not pay itself any more, because nobody knows which sign of its balance is a debt. */
    auto_off: { savedId: number };
  }
  interface Alarms {
    /** More is to be paid by itself until the end of tomorrow than is left on the operator's card. */
    float_needed: { leftTiyin: Tiyin; neededTiyin: Tiyin };
    /** By its note a copy is yet to be restored. Milliseconds since 1970. */
    restored_ahead: { notedAt: number; now: number };
  }
}
