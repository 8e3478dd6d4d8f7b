/** What people and the staff hear of orders and of the payment systems behind them. */
import type { Tiyin } from '../core/money.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import type { ProblemCode } from './provider.ts';

declare module '../outbox/kinds.ts' {
  interface OutboxParams {
    /** The order's screen becomes what the order is now. Superseded by a newer one. */
    topup_screen: { topupId: string };
    /** Money arrived: sum, new balance. `late` when the order had ended before. */
    topup_paid: { topupId: string; late: boolean };
    /** Another sum arrived: an owner looks at it. */
    topup_review: { topupId: string };
    topup_refused: { topupId: string };
    /** Its money was put on the balance by hand at `givenAt`: only `restTiyin` is added now. */
    topup_same: { topupId: string; givenAt: number; restTiyin: Tiyin };
    /** The payment system took the payment back, and an owner took it from the balance. */
    topup_taken_back: { topupId: string; amountTiyin: Tiyin };
    /** The program stopped while the order was being opened. */
    topup_interrupted: { topupId: string };
    /** Money nobody had claimed was found to be this person's. */
    suspense_credited: { itemId: string };
    /** To an owner: credit or refuse. */
    owner_review: { topupId: string };
  }

  interface Alarms {
    provider_problem: { provider: ProviderId; problem: ProblemCode; detail?: string };
    /** It was taken off the menu; `trialAt`: when it is tried again. */
    provider_paused: {
      provider: ProviderId;
      problem: ProblemCode;
      detail?: string;
      pausedAt: number;
      trialAt: number;
    };
    /** It is back on the menu, by itself. */
    provider_resumed: { provider: ProviderId; pausedAt: number };
    /** A provider says paid, and the sum or the order's number can't be read: look by hand. */
    unreadable_payment: { provider: ProviderId; topupId: string; detail?: string };
    /** A provider used a word for the state of an order that no document has; `topupId`: the order. */
    unknown_word: {
      provider: ProviderId;
      topupId: string;
      word: string;
      soundsPaid: boolean;
      /** Money of this order was settled: the word may mean that it went back. */
      settled?: true;
    };
    /** A provider reported a payment of an order whose opening had no answer: it can't be asked about. Look by hand. */
    paid_unopened: { provider: ProviderId; topupId: string };
    /** A provider counts more for an order than was settled: the rest is in suspense, or, without an item, to be looked up. */
    second_payment: { provider: ProviderId; topupId: string; itemId: string | null };
    /** A provider reported a payment, and its status call goes on denying it. Look by hand. */
    reported_not_confirmed: { provider: ProviderId; topupId: string; reportedPaidAt: number };
    /**
     * After an order was settled its provider says that so much of it is not paid. `leftTiyin`: what its user has;
     * `credited`: on whose balance it is, else in suspense or to be given back. `debitedTiyin`: what of it was taken from the
     * user before; alarms of an earlier version lack it. `notedAt`: each fall is a trouble of its own, also the same one again.
     */
    taken_back: {
      provider: ProviderId;
      topupId: string;
      userId: number;
      goneTiyin: Tiyin;
      leftTiyin: Tiyin;
      debitedTiyin?: Tiyin;
      credited: boolean;
      notedAt: number;
    };
    /** The provider says that all of it is paid again. `debitedTiyin`: what was taken from the user meanwhile. */
    taken_back_over: {
      provider: ProviderId;
      topupId: string;
      debitedTiyin: Tiyin;
      notedAt: number;
    };
  }
}
