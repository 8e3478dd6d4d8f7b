/** The payment that a receipt's code names, as it is by now. */
import type { Bill } from '../../bills/bill.ts';
import type { Topup } from '../../topups/topup.ts';
import {
  billReceipt,
  type Receipt,
  type ReceiptRef,
  topupReceipt,
} from '../../receipts/receipt.ts';
import type { UserRow } from '../../users/users.ts';

export interface ReceiptSources {
  topup(id: string): Promise<Topup | null>;
  bill(id: string): Promise<Bill | null>;
  user(id: number): Promise<UserRow | null>;
}

interface FoundReceipt {
  receipt: Receipt;
  payer: UserRow | null;
}

/** The receipt's payment; null: it is not there, or it is not paid. */
export async function findReceipt(
  sources: ReceiptSources,
  { kind, id }: ReceiptRef,
): Promise<FoundReceipt | null> {
  const receipt = kind === 'topup' ? await topupOf(sources, id) : await billOf(sources, id);
  return receipt && { receipt, payer: await sources.user(receipt.userId) };
}

async function topupOf(sources: ReceiptSources, id: string): Promise<Receipt | null> {
  const topup = await sources.topup(id);
  return topup && topupReceipt(topup);
}

async function billOf(sources: ReceiptSources, id: string): Promise<Receipt | null> {
  const bill = await sources.bill(id);
  return bill && billReceipt(bill);
}
