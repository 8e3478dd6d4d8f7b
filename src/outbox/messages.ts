/** Messages that must arrive: what can be sent, and how it is asked for inside the transaction that causes it. */
import type { Tx } from '../db/database.ts';
import { outbox } from '../db/tables.ts';
import type { BackupTrouble } from '../backup/trouble.ts';
import type { BillSource } from '../bills/bill.ts';
import type { PaylovProblemCode } from '../bills/paylov/errors.ts';
import type { Tiyin } from '../money.ts';
import type { ProblemCode } from '../topups/provider.ts';
import type { ProviderId } from '../providers/lives.ts';

/** By kind, what the text needs. Everything else is looked up when it is sent. */
export interface OutboxParams {
  /** The order's screen becomes what the order is now. Superseded by a newer one. */
  topup_screen: { topupId: string };
  /** Money arrived: sum, new balance. `late` when the order had ended before. */
  topup_paid: { topupId: string; late: boolean };
  /** Another sum arrived: an owner looks at it. */
  topup_review: { topupId: string };
  topup_refused: { topupId: string };
  /** The payment system took the payment back, and an owner took it from the balance. */
  topup_taken_back: { topupId: string; amountTiyin: Tiyin };
  /** The program stopped while the order was being opened. */
  topup_interrupted: { topupId: string };
  /** An owner credited or debited by hand. Negative is a debit. */
  adjustment: { amountTiyin: number; reason: string };
  /** Somebody of the staff writes to the user. */
  staff_message: { text: string };
  /** Money nobody had claimed was found to be this person's. */
  suspense_credited: { itemId: string };
  /** What became of a bill; looked up when it is sent. */
  bill_paid: { billId: string };
  bill_failed: { billId: string };
  /** Superseded when it is clear by the time it is sent. */
  bill_unknown: { billId: string };
  bill_refunded: { billId: string };
  /** To an owner: nobody could find out whether it was paid. */
  owner_bill: { billId: string };
  /** To an owner: credit or refuse. */
  owner_review: { topupId: string };
  /** To an owner: agree or refuse. Superseded when it was decided. */
  owner_second: { actionId: string };
  /** To who asked: what became of it. */
  decision_over: { actionId: string };
  /** To who started it: how a broadcast ended. */
  broadcast_over: { broadcastId: string };
  /** To an owner. `times` counts what was not told since the last time. */
  owner_alarm: { alarm: AlarmParams; times: number };
  /** To an owner: what happened the day before (Tashkent, `YYYY-MM-DD`); its figures are in `reports`. */
  owner_digest: { day: string };
}

export type OutboxKind = keyof OutboxParams;

/** What an owner must hear about, with what its text needs. */
export type AlarmParams =
  | { kind: 'provider_problem'; provider: ProviderId; problem: ProblemCode; detail?: string }
  /** It was taken off the menu; `trialAt`: when it is tried again. */
  | {
      kind: 'provider_paused';
      provider: ProviderId;
      problem: ProblemCode;
      detail?: string;
      pausedAt: number;
      trialAt: number;
    }
  /** It is back on the menu, by itself. */
  | { kind: 'provider_resumed'; provider: ProviderId; pausedAt: number }
  /** Little is left on the operator's card at Paylov. */
  | { kind: 'float_low'; leftTiyin: number; alertTiyin: number }
  /** A provider says paid, and the sum or the order's number can't be read: look by hand. */
  | { kind: 'unreadable_payment'; provider: ProviderId; topupId: string; detail?: string }
  /** A provider's word for the state of an order that no document has; `topupId`: where it was seen. */
  | {
      kind: 'unknown_word';
      provider: ProviderId;
      topupId: string;
      word: string;
      soundsPaid: boolean;
      /** Money of this order was settled: the word may mean that it went back. */
      settled?: true;
    }
  /** A provider reported a payment of an order whose opening had no answer: it can't be asked about. Look by hand. */
  | { kind: 'paid_unopened'; provider: ProviderId; topupId: string }
  /** A provider counts more for an order than was settled: the rest is in suspense, or, without an item, to be looked up. */
  | { kind: 'second_payment'; provider: ProviderId; topupId: string; itemId: string | null }
  /** A provider reported a payment, and its status call goes on denying it. Look by hand. */
  | {
      kind: 'reported_not_confirmed';
      provider: ProviderId;
      topupId: string;
      reportedPaidAt: number;
    }
  /**
   * After an order was settled its provider says that so much of it is not paid. `leftTiyin`: what its user has;
   * `credited`: on whose balance it is, else in suspense or to be given back.
   */
  | {
      kind: 'taken_back';
      provider: ProviderId;
      topupId: string;
      userId: number;
      goneTiyin: Tiyin;
      leftTiyin: Tiyin;
      credited: boolean;
    }
  /** It says that all of it is paid again. `debitedTiyin`: what was taken from the user meanwhile. */
  | { kind: 'taken_back_over'; provider: ProviderId; topupId: string; debitedTiyin: Tiyin }
  /** Paylov cancelled a bill that it had called paid; `source` is what had paid it. */
  | { kind: 'bill_taken_back'; billId: string; amountTiyin: Tiyin; source: BillSource }
  /** It calls it paid again. */
  | { kind: 'bill_paid_again'; billId: string }
  /** The operator's card can't pay: nothing is paid from balances until an owner resumes it. */
  | { kind: 'bills_paused'; problem: PaylovProblemCode; pausedAt: number }
  | { kind: 'paylov_problem'; problem: PaylovProblemCode; detail?: string }
  /** Bills of days that are over and Paylov's list tell different stories. */
  | { kind: 'bills_differ'; findings: string[] }
  /** Paylov is not set any more, and bills are open: nobody finds out what became of them. */
  | { kind: 'bills_unserved'; bills: number; heldTiyin: Tiyin }
  /** Likewise orders of a provider that is not set any more. */
  | { kind: 'topups_unserved'; provider: ProviderId; orders: number }
  | { kind: 'books_broken'; findings: string[] }
  /** There is no good copy of today, or it did not leave the machine. */
  | { kind: 'backup_failed'; trouble: BackupTrouble; detail?: string }
  /** The file itself: gone from its place, so that nothing is written any more, or no longer whole. */
  | { kind: 'database_trouble'; trouble: 'gone' | 'damaged'; detail: string }
  /** Held back in a storm: how many, and the keys of some. */
  | { kind: 'many_alarms'; count: number; subjects: string[] }
  /** Somebody of the staff puts money on their own balance. */
  | {
      kind: 'own_credit';
      actionId: string;
      personId: number;
      amountTiyin: number;
      reason: string;
    }
  /** The owners' group became a supergroup: its id in the settings is the old one. */
  | { kind: 'chat_moved'; fromChatId: number; toChatId: number }
  /** The owners' group takes no messages; `waiting` of them are kept for it. */
  | { kind: 'chat_silent'; chatId: number; reason: string; waiting: number }
  /** The machine's clock was set: what it says, and what the program counted. Milliseconds since 1970. */
  | { kind: 'clock_jumped'; wallAt: number; countedAt: number }
  | { kind: 'program_error'; where: string };

export interface OutboxMessage<K extends OutboxKind = OutboxKind> {
  /** Asking for the same key again changes nothing. */
  key: string;
  chatId: number;
  kind: K;
  params: OutboxParams[K];
  /** Milliseconds since 1970. */
  at: number;
}

/** Puts a message into the outbox, in the caller's transaction. */
export async function enqueue<K extends OutboxKind>(
  tx: Tx,
  message: OutboxMessage<K>,
): Promise<void> {
  await tx
    .insert(outbox)
    .values({
      key: message.key,
      chatId: message.chatId,
      kind: message.kind,
      params: message.params,
      dueAt: message.at,
      createdAt: message.at,
    })
    .onConflictDoNothing({ target: outbox.key });
}
