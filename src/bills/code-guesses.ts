/**
 * Guesses at the code of a card, for payments and linking together: a card is known by its mask, because each link gives it
 * another id. Counted before Paylov is asked, so that many at once are no more than one after the other.
 */
import type { Queries, Tx } from '../db/database.ts';
import { forgetUses, quotaSpent, type QuotaSpent, returnUse, useQuota } from '../quotas/quotas.ts';
import type { BillDeps } from './deps.ts';
import type { PaylovProblemCode } from './paylov/errors.ts';

export interface CardOfPerson {
  userId: number;
  mask: string;
}

type Deps = Pick<BillDeps, 'clock' | 'quotas'>;

/** What Paylov says of a code that is not the card's. */
const WRONG: ReadonlySet<PaylovProblemCode> = new Set([
  'invalid_otp',
  'otp_code_already_sent',
  'too_many_attempts',
]);

/** Until when no code may be tried; null: one may be tried now. */
export async function codesLocked(
  queries: Queries,
  { clock, quotas }: Deps,
  card: CardOfPerson,
): Promise<QuotaSpent | null> {
  return await quotaSpent(queries, quotas, { ...guessOf(card), at: clock.now() });
}

export async function beginGuess(
  tx: Tx,
  { clock, quotas }: Deps,
  card: CardOfPerson,
): Promise<{ kind: 'granted' } | QuotaSpent> {
  return await useQuota(tx, quotas, { ...guessOf(card), at: clock.now() });
}

/**
 * Ends a guess. The right code shows whose card it is, and an answer that says nothing about the code is no guess: both
 * are not counted. Wrong ones stay.
 */
export async function endGuess(
  tx: Tx,
  card: CardOfPerson,
  ended: 'right' | PaylovProblemCode,
): Promise<void> {
  if (ended === 'right') await forgetUses(tx, guessOf(card));
  else if (!WRONG.has(ended)) await returnUse(tx, guessOf(card));
}

function guessOf({ userId, mask }: CardOfPerson) {
  return { userId, action: 'card_code', subject: mask } as const;
}
