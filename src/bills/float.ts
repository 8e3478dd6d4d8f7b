/**
 * Whether the operator's card covers one bill more, before it is sold: asked before a bill is written down, so that nobody is
 * refused by Paylov for it.
 */
import { and, eq, inArray, sum } from 'drizzle-orm';
import type { Tiyin } from '../core/money.ts';
import type { Queries } from '../db/database.ts';
import { bills } from '../db/tables.ts';
import { floatOf, isOldFloat } from '../ledger/float.ts';
import { OPEN_STATES } from './bill.ts';

export interface FloatShort {
  /** On the card, without what open bills are about to take. */
  leftTiyin: Tiyin;
  /** What was to be paid. */
  neededTiyin: Tiyin;
  /** When somebody last wrote down what is on the card, where that is too long ago to refuse a bill for; else null. */
  oldSince: number | null;
}

/**
 * What is missing on the card; null: nothing, or nobody knows what is on it. Read outside of the transaction that holds
 * the money: inside of it, everybody who pays would wait for everybody else. Where two bills meet, Paylov's refusal
 * pauses paying from balances as ever.
 */
export async function floatShort(
  queries: Queries,
  { neededTiyin, at }: { neededTiyin: Tiyin; at: number },
): Promise<FloatShort | null> {
  const float = await floatOf(queries);
  if (float.leftTiyin === null) return null;
  const isOpen = and(eq(bills.source, 'balance'), inArray(bills.state, [...OPEN_STATES]));
  const [open] = await queries
    .select({ sum: sum(bills.amountTiyin) })
    .from(bills)
    .where(isOpen);
  const leftTiyin = float.leftTiyin - Number(open?.sum ?? 0);
  if (leftTiyin >= neededTiyin) return null;
  return {
    leftTiyin,
    neededTiyin,
    oldSince: isOldFloat(float, at) ? (float.writtenAt ?? 0) : null,
  };
}
