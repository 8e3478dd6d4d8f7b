/** What can still be used of a payment that was left. */
import { z } from 'zod';
import type { Left } from '../kit/told.ts';
import { NO_PAYMENT, type Paying } from './known.ts';

/**
 * What is still true of a payment that was left: somebody who comes back from a top-up must not be asked for money
 * before the balance was looked at again.
 */
export function refreshed({ name, told }: Left): unknown {
  if (name !== 'pay') return told.known;
  // Today's stories never get rows that other sources wrote, so this is of that type.
  const known = told.known as Paying;
  return known.offer === 'short' ? { ...known, source: { kind: 'balance' }, offer: null } : known;
}

/** True when it was left because the balance was too small. */
export function isShort({ name, told }: Left): boolean {
  return name === 'pay' && (told.known as Paying).offer === 'short';
}

/** True when the story is of this bill, which was made already. */
export function tellsOf(left: Left, billId: string): boolean {
  return billOf(left) === billId;
}

/** The bill that the story made; null where it is not that far. */
export function billOf({ name, told }: Left): string | null {
  return name === 'pay' ? (told.known as Paying).billId : null;
}

/** The message in which the story shows this bill; null where it tells of something else. */
export function screenOfBill(left: Left, billId: string): number | null {
  return tellsOf(left, billId) ? left.told.screenId : null;
}

const remembered = z.object({
  billId: z.string().nullish(),
  serviceId: z.string().nullish(),
  account: z.record(z.string(), z.string()).catch({}),
  sumTiyin: z.int().positive().nullish(),
});

/** What can be taken over after an update of the program: the bill, or the account and the sum. */
export function recallPaying(known: unknown): Paying | null {
  const read = remembered.safeParse(known);
  if (!read.success) return null;
  const { billId, serviceId, account, sumTiyin = null } = read.data;
  if (typeof billId === 'string') return { ...NO_PAYMENT, billId };
  if (typeof serviceId !== 'string') return NO_PAYMENT;
  const wish = { sumTiyin, preferDebt: false, isPaidBefore: true };
  return { ...NO_PAYMENT, isChoosing: false, serviceId, account, wish };
}
