/** A person's phone, which Paylov compares with that of their card. */
import type { Queries } from '../db/database.ts';
import { getUser } from '../users/users.ts';
import { parsePhone } from './paylov/masks.ts';

/** As Paylov wants it, `+998…`. Undefined where nobody shared one, or it is of another country. */
export async function sharedPhone(queries: Queries, userId: number): Promise<string | undefined> {
  const user = await getUser(queries, userId);
  return parsePhone(user?.phone ?? '') ?? undefined;
}

/**
 * With the phone first. A card whose messages go to another number is no stranger's: its code proves that as well, so
 * that it is asked for once more without. Nothing was done by the call that was refused.
 */
export async function askWithPhone<O extends { kind: string; code?: string }>(
  phone: string | undefined,
  ask: (own: { phone?: string }) => Promise<O>,
): Promise<O> {
  if (phone === undefined) return await ask({});
  const outcome = await ask({ phone });
  const isOther = outcome.kind === 'problem' && outcome.code === 'phone_not_match';
  return isOther ? await ask({}) : outcome;
}
