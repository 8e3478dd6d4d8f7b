/**
 * Unique sums: a transfer to a card is recognised by its sum alone, so no two orders that somebody could still
 * pay may have the same final sum on one card, at whichever systems that card is linked. AutoPayCard's and RasmiyPay's
 * documents leave the choice to us; drawing a tail at random, as their samples do, collides (50000 + 51 is 50050 + 1), so
 * tails are taken from what is free, and the database holds the proof. Payfer chooses itself: its sums are claimed.
 */
import { and, asc, eq, gte, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import { prepared, type Tx } from '../db/database.ts';
import { reservedSums } from '../db/tables.ts';
import { randomInt } from '../core/deps.ts';
import { som, type Tiyin } from '../core/money.ts';
import { LONGEST_TRANSFER_LIFE_MS } from '../core/payment-systems.ts';
import type { QuotaSpent } from '../quotas/quotas.ts';
import type { TopupDeps } from './deps.ts';
import type { PayCard } from './provider.ts';
import type { Topup } from './topup.ts';

export interface ReservedSum {
  cardKey: string;
  cardHash: string;
  amountTiyin: Tiyin;
}

/** Which sum on which card. */
type CardSum = Pick<ReservedSum, 'cardHash' | 'amountTiyin'>;

interface SumRequest {
  cards: readonly PayCard[];
  baseTiyin: Tiyin;
  topupId: string;
  userId: number;
  at: number;
}

/**
 * A free sum from base + 1 to base + UNIQUE_TAIL_MAX so'm on one of the cards, now taken; null when there is none. None on a
 * card where the person holds as many as one may: two phones would take all there are. Sums
 * that an order which is still watched has had come last, the longest rested first: should that order be paid after all,
 * one transfer would look like two.
 */
export async function reserveSum(
  deps: TopupDeps,
  tx: Tx,
  asked: SumRequest,
): Promise<ReservedSum | QuotaSpent | null> {
  const { cards } = asked;
  const at = surely(deps, asked.at);
  const request = { ...asked, at };
  const start = randomInt(deps.random, cards.length);
  const rested: (ReservedSum & { freeAt: number })[] = [];
  const full: number[] = [];
  for (let i = 0; i < cards.length; i += 1) {
    const card = cards[(start + i) % cards.length];
    if (!card) continue;
    const place = { cardKey: card.key, cardHash: deps.hashCard(card.number) };
    const known = await knownSums(deps, tx, { ...request, cardHash: place.cardHash });
    const until = holdsAllUntil(deps, request, known);
    if (until !== null) {
      full.push(until);
      continue;
    }
    const fresh = await takeFresh(deps, tx, { request, place, known });
    if (fresh) return fresh;
    for (const { amountTiyin, freeAt } of known) {
      if (freeAt !== null && freeAt <= at) rested.push({ ...place, amountTiyin, freeAt });
    }
  }
  for (const { freeAt: _, ...sum } of rested.toSorted((a, b) => a.freeAt - b.freeAt)) {
    if (await take(tx, sum, request)) return sum;
  }
  if (full.length < cards.length) return null;
  return { kind: 'quota_spent', action: 'sums_near', until: Math.max(asked.at, ...full) };
}

/** When the person may have another of these sums; null: now. Sums that one order has had count once. */
function holdsAllUntil(
  { quotas, config }: TopupDeps,
  { userId, topupId, at }: SumRequest,
  known: readonly KnownSum[],
): number | null {
  const held = new Map<string, number>();
  for (const sum of known) {
    if (sum.userId !== userId || sum.topupId === topupId) continue;
    const freeAt = sum.freeAt ?? at + config.quarantineMs;
    if (freeAt > at) held.set(sum.topupId, Math.max(freeAt, held.get(sum.topupId) ?? 0));
  }
  const ends = [...held.values()].toSorted((a, b) => a - b);
  return ends[ends.length - quotas.sumsNearOne] ?? null;
}

/** The time to free sums by: while the clock is not trusted, no sum counts as free. */
function surely({ isSure }: TopupDeps, at: number): number {
  return isSure?.() === false ? 0 : at;
}

interface KnownSum {
  amountTiyin: Tiyin;
  /** Null while its order lives. */
  freeAt: number | null;
  /** The order that had it last, and whose it is. */
  topupId: string;
  userId: number;
}

async function knownSums(
  { config }: TopupDeps,
  tx: Tx,
  { cardHash, baseTiyin }: Pick<SumRequest, 'baseTiyin'> & { cardHash: string },
): Promise<KnownSum[]> {
  const [least, most] = [baseTiyin + som(1), baseTiyin + som(config.uniqueTailMax)];
  return await sumsBetween(tx).execute({ cardHash, least, most });
}

const sumsBetween = prepared((q) =>
  q
    .select({
      amountTiyin: reservedSums.amountTiyin,
      freeAt: reservedSums.freeAt,
      topupId: reservedSums.topupId,
      userId: reservedSums.userId,
    })
    .from(reservedSums)
    .where(
      and(
        eq(reservedSums.cardHash, sql.placeholder('cardHash')),
        gte(reservedSums.amountTiyin, sql.placeholder('least')),
        lte(reservedSums.amountTiyin, sql.placeholder('most')),
      ),
    )
    .orderBy(asc(reservedSums.amountTiyin)),
);

/** Takes one at random among the sums that no watched order has had. */
async function takeFresh(
  { random, config }: TopupDeps,
  tx: Tx,
  {
    request,
    place,
    known,
  }: {
    request: SumRequest;
    place: Omit<ReservedSum, 'amountTiyin'>;
    known: readonly KnownSum[];
  },
): Promise<ReservedSum | null> {
  // Twice that time, because an order is watched for so long whose payment system does not answer.
  const watchedSince = request.at - 2 * config.latePaymentMs;
  const watched = known.filter(({ freeAt }) => freeAt === null || freeAt > watchedSince);
  const had = watched
    .map(({ amountTiyin }) => amountTiyin)
    // Sums that Payfer chose may lie between ours.
    .filter((amountTiyin) => (amountTiyin - request.baseTiyin) % som(1) === 0);
  for (let free = config.uniqueTailMax - had.length; free > 0; free -= 1) {
    const amountTiyin = nthFree({ after: request.baseTiyin, had, n: randomInt(random, free) });
    const sum = { ...place, amountTiyin };
    if (await take(tx, sum, request)) return sum;
    had.push(amountTiyin);
  }
  return null;
}

/** The `n`-th (from zero) of the sums above `after` in whole so'm that nobody had. */
function nthFree({ after, had, n }: { after: Tiyin; had: readonly Tiyin[]; n: number }): Tiyin {
  let sum = after + som(n + 1);
  for (const taken of had.toSorted((a, b) => a - b)) if (taken <= sum) sum += som(1);
  return sum;
}

type Taker = Pick<SumRequest, 'topupId' | 'userId' | 'at'>;

/** False when another order has it: another process may have taken it since the look. */
async function take(tx: Tx, sum: CardSum, { topupId, userId, at }: Taker): Promise<boolean> {
  const { cardHash, amountTiyin } = sum;
  const inserted = await insertSum(tx).execute({ cardHash, amountTiyin, topupId, userId });
  if (inserted.length > 0) return true;
  const again = await tx
    .update(reservedSums)
    .set({ topupId, userId, freeAt: null })
    .where(and(isSum(sum), or(eq(reservedSums.topupId, topupId), lte(reservedSums.freeAt, at))))
    .returning({ topupId: reservedSums.topupId });
  return again.length > 0;
}

const insertSum = prepared((q) =>
  q
    .insert(reservedSums)
    .values({
      cardHash: sql.placeholder('cardHash'),
      amountTiyin: sql.placeholder('amountTiyin'),
      topupId: sql.placeholder('topupId'),
      userId: sql.placeholder('userId'),
    })
    .onConflictDoNothing()
    .returning({ topupId: reservedSums.topupId }),
);

function isSum({ cardHash, amountTiyin }: CardSum): SQL | undefined {
  return and(eq(reservedSums.cardHash, cardHash), eq(reservedSums.amountTiyin, amountTiyin));
}

/**
 * The sum that a provider picked is this order's from now on. False when another order has it, or had it a moment ago: then
 * it must not be shown, and rests at least until the provider has forgotten it, at `providerEndsAt`.
 */
export async function claimSum(
  deps: TopupDeps,
  tx: Tx,
  { providerEndsAt, ...claim }: CardSum & Taker & { providerEndsAt: number },
): Promise<boolean> {
  if (await take(tx, claim, { ...claim, at: surely(deps, claim.at) })) return true;
  const freeAt = freeAtAfter(deps, { at: claim.at, providerEndsAt });
  await tx
    .update(reservedSums)
    .set({ freeAt })
    .where(and(isSum(claim), lt(reservedSums.freeAt, freeAt)));
  return false;
}

/** When the provider's order ends: it may not have heard that ours has. */
type End = Pick<Topup, 'providerEndsAt'> & { at: number };

/**
 * When the sum of an order that ended is free again: AMOUNT_QUARANTINE_MINUTES after the payer's end and the provider's,
 * whichever comes later, so that a late payer does not pay somebody else's order.
 */
function freeAtAfter({ config }: TopupDeps, { at, providerEndsAt }: End): number {
  return Math.max(at, providerEndsAt ?? at + LONGEST_TRANSFER_LIFE_MS) + config.quarantineMs;
}

/** Lets the sum of an order that ended, or was paid, rest. */
export async function restSum(
  deps: TopupDeps,
  tx: Tx,
  { id, ...end }: End & { id: string },
): Promise<void> {
  await releaseSum(tx, { topupId: id, freeAt: freeAtAfter(deps, end) });
}

/** Frees the sum at `freeAt`; at once only where nobody can ever pay this order. */
export async function releaseSum(
  tx: Tx,
  { topupId, freeAt }: { topupId: string; freeAt: number },
): Promise<void> {
  await tx
    .update(reservedSums)
    .set({ freeAt })
    .where(
      and(
        eq(reservedSums.topupId, topupId),
        // A quarantine is only ever made longer.
        or(isNull(reservedSums.freeAt), lt(reservedSums.freeAt, freeAt)),
      ),
    );
}
