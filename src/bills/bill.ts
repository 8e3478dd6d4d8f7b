/** What a bill is: the only ways from one of its states to another, as data. */
import type { billHistory, bills } from '../db/tables.ts';
import type { BillState } from './states.ts';

export type Bill = typeof bills.$inferSelect;

export type BillHistoryRow = typeof billHistory.$inferSelect;

/** Not over: money is held, or Paylov may be paid. */
export const OPEN_STATES = [
  'held',
  'created',
  'drafting',
  'awaiting_code',
  'paying',
  'unknown',
  'stuck',
] as const satisfies readonly BillState[];

/** A crash here leaves a bill that was certainly not paid. */
export const UNPAID_STATES = [
  'held',
  'created',
  'drafting',
] as const satisfies readonly BillState[];

/** Paylov may have been paid; its transaction is known. */
const MAYBE_PAID = ['paying', 'unknown', 'stuck'] as const satisfies readonly BillState[];

export interface Transition {
  from: readonly BillState[];
  to: BillState;
}

export const TRANSITIONS = {
  transactionMade: { from: ['held'], to: 'created' },
  codeSent: { from: ['drafting'], to: 'awaiting_code' },
  codeAskedAgain: { from: ['awaiting_code'], to: 'drafting' },
  payBegun: { from: ['created'], to: 'paying' },
  payBegunWithCode: { from: ['awaiting_code'], to: 'paying' },
  /** Also when so much time passed that it counted as unknown: the refusal is of the only `pay` there was. */
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

/** What the balance pays. */
export function totalTiyin(bill: Pick<Bill, 'amountTiyin' | 'feeTiyin'>): number {
  return bill.amountTiyin + bill.feeTiyin;
}
