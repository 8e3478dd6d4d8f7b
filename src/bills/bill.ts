/** What a bill is: the only ways from one of its states to another, as data. */
import type { billHistory, bills } from '../db/tables.ts';
import type { BillState } from './states.ts';

export type Bill = typeof bills.$inferSelect;

export type BillHistoryRow = typeof billHistory.$inferSelect;

/** States of bills that are not over: money is held, or Paylov may be paid. */
export const OPEN_STATES = [
  'held',
  'created',
  'drafting',
  'awaiting_code',
  'paying',
  'unknown',
  'stuck',
] as const satisfies readonly BillState[];

/** States in which a bill is certainly not paid, even after a crash. */
export const UNPAID_STATES = [
  'held',
  'created',
  'drafting',
] as const satisfies readonly BillState[];

/** Paylov may have been paid; its transaction is known. */
const MAYBE_PAID = ['paying', 'unknown', 'stuck'] as const satisfies readonly BillState[];

interface Transition {
  from: readonly BillState[];
  to: BillState;
}

export const TRANSITIONS = {
  transactionMade: { from: ['held'], to: 'created' },
  codeSent: { from: ['drafting'], to: 'awaiting_code' },
  codeAskedAgain: { from: ['awaiting_code'], to: 'drafting' },
  payBegun: { from: ['created'], to: 'paying' },
  payBegunWithCode: { from: ['awaiting_code'], to: 'paying' },
  /**
   * The code was refused, perhaps after so long that the bill counted as unknown: there was no other `pay` that the
   * refusal could be about.
   */
  codeRefused: { from: ['paying', 'unknown'], to: 'awaiting_code' },
  notOpened: { from: UNPAID_STATES, to: 'failed' },
  givenUp: { from: ['awaiting_code'], to: 'failed' },
  paid: { from: MAYBE_PAID, to: 'paid' },
  refused: { from: MAYBE_PAID, to: 'failed' },
  unclear: { from: ['paying'], to: 'unknown' },
  handedOver: { from: ['paying', 'unknown'], to: 'stuck' },
  decidedPaid: { from: ['stuck'], to: 'paid' },
  decidedUnpaid: { from: ['stuck'], to: 'failed' },
  refunded: { from: ['paid'], to: 'refunded' },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof TRANSITIONS;

/** The hold of a bill in the ledger, and the beginning of its entries' keys. */
export function holdId(billId: string): string {
  return `bill:${billId}`;
}

/** What the balance pays: the sum and the fee. */
export function totalTiyin(bill: Pick<Bill, 'amountTiyin' | 'feeTiyin'>): number {
  return bill.amountTiyin + bill.feeTiyin;
}
