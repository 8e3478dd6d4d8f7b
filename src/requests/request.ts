/** A request: somebody asks others to pay for them. */
import { eq } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { requests } from '../db/tables.ts';
import { DAY_MS } from '../core/calendar.ts';

export type PaymentRequest = typeof requests.$inferSelect;

/** The key of the entry that moves what was asked onto a balance. */
export function entryKeyOf(requestId: string): string {
  return `request:${requestId}`;
}

/** The request that an entry's key names; null for any other entry. */
export function requestIn(entryKey: string): string | null {
  return /^request:(\w+)$/.exec(entryKey)?.[1] ?? null;
}

/** How long a link can be used. */
export const REQUEST_LIFE_MS = 7 * DAY_MS;

export type Standing = PaymentRequest['state'] | 'expired';

/** How the request is at this time: an open one whose time has passed is over. */
export function standingOf({ state, expiresAt }: PaymentRequest, at: number): Standing {
  return state === 'open' && expiresAt <= at ? 'expired' : state;
}

export async function requestById(queries: Queries, id: string): Promise<PaymentRequest | null> {
  const [row] = await queries.select().from(requests).where(eq(requests.id, id));
  return row ?? null;
}
