/** What a receipt says: the facts of a payment that went through, whoever reads them in whichever language. */
import type { Bill } from '../bills/bill.ts';
import type { Detail } from '../bills/paylov/types.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import type { Tiyin } from '../core/money.ts';
import type { PayMethod } from '../topups/provider.ts';
import type { Topup } from '../topups/topup.ts';

export const RECEIPT_KINDS = ['topup', 'bill'] as const;

export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/** Which payment it is about. */
export interface ReceiptRef {
  kind: ReceiptKind;
  id: string;
}

/** How the payment is by now: a receipt that was shared stays what it was, and what it leads to says this. */
type Standing = 'paid' | 'taken_back' | 'refunded';

interface Paid extends ReceiptRef {
  userId: number;
  sumTiyin: Tiyin;
  /** On top of the sum. */
  feeTiyin: Tiyin;
  /** Milliseconds since 1970. */
  paidAt: number;
  standing: Standing;
}

export interface TopupReceipt extends Paid {
  kind: 'topup';
  provider: ProviderId;
  method: PayMethod | null;
  /** Where the tax authority's receipt is, from the payment system. */
  fiscalUrl: string | null;
}

export interface BillReceipt extends Paid {
  kind: 'bill';
  serviceId: string;
  serviceName: string;
  /** The payer's answers, under the titles they were asked with; empty titles in older bills. */
  account: readonly Detail[];
  /** Null: the balance paid. */
  cardMask: string | null;
  paymentRef: string | null;
  /** The bank's, as Paylov names them. */
  terminal: string | null;
  merchant: string | null;
}

export type Receipt = TopupReceipt | BillReceipt;

/** Null while it is not paid. */
export function topupReceipt(topup: Topup): TopupReceipt | null {
  if (topup.state !== 'paid') return null;
  return {
    kind: 'topup',
    id: topup.id,
    userId: topup.userId,
    sumTiyin: topup.paidTiyin ?? topup.amountTiyin,
    feeTiyin: 0,
    paidAt: topup.paidAt ?? topup.endedAt ?? topup.createdAt,
    standing: topup.takenBackAt === null ? 'paid' : 'taken_back',
    provider: topup.provider,
    method: topup.method,
    fiscalUrl: topup.receiptUrl,
  };
}

/** Null for a bill that was never paid. */
export function billReceipt(bill: Bill): BillReceipt | null {
  if (bill.state !== 'paid' && bill.state !== 'refunded') return null;
  return {
    kind: 'bill',
    id: bill.id,
    userId: bill.userId,
    sumTiyin: bill.amountTiyin,
    feeTiyin: bill.feeTiyin,
    paidAt: bill.paidAt ?? bill.endedAt ?? bill.createdAt,
    standing: standingOf(bill),
    serviceId: bill.serviceId,
    serviceName: bill.serviceName,
    account: bill.accountLabels ?? unlabelled(bill.account),
    cardMask: bill.source === 'card' ? bill.cardMask : null,
    paymentRef: bill.paymentRef,
    terminal: bill.terminal,
    merchant: bill.merchant,
  };
}

function standingOf(bill: Bill): Standing {
  if (bill.state === 'refunded') return 'refunded';
  return bill.takenBackAt === null ? 'paid' : 'taken_back';
}

function unlabelled(account: Bill['account']): Detail[] {
  return Object.entries(account).map(([name, value]) => ({ name, title: '', value }));
}
