/** What is still worth something of a payment that was left. */
import { z } from 'zod';
import type { Left } from '../kit/told.ts';
import { NO_PAYMENT, type Paying } from './known.ts';

/** Somebody who comes back from a top-up is not asked for money before the balance was looked at. */
export function refreshed({ name, told }: Left): unknown {
  if (name !== 'pay') return told.known;
  // Rows of other sources are not given to today's stories.
  const known = told.known as Paying;
  return known.offer === 'short' ? { ...known, source: { kind: 'balance' }, offer: null } : known;
}

/** The balance was too small for it. */
export function isShort({ name, told }: Left): boolean {
  return name === 'pay' && (told.known as Paying).offer === 'short';
}

/** Where the story of a bill shows it; null where it tells of something else. */
export function screenOfBill({ name, told }: Left, billId: string): number | null {
  return name === 'pay' && (told.known as Paying).billId === billId ? told.screenId : null;
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
