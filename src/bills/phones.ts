/** A person's phone, which Paylov compares with that of their card. */
import type { Queries } from '../db/database.ts';
import { getUser } from '../users/users.ts';
import { parsePhone } from './paylov/masks.ts';

/** A phone as Paylov wants it, `+998…`. Undefined where nobody shared one, or it is of another country. */
export async function sharedPhone(queries: Queries, userId: number): Promise<string | undefined> {
  const user = await getUser(queries, userId);
  return parsePhone(user?.phone ?? '') ?? undefined;
}

/**
 * Asks with the phone first. A card whose messages go to another number may still be the person's, and its code proves
 * that as well: so it is asked for once more without the phone. The call that was refused has done nothing.
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
