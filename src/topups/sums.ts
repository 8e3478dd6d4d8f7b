/**
 * Unique sums: a transfer to a card is recognised by its sum alone, so no two orders that somebody could still
 * pay may have the same final sum on one card. AutoPayCard's and RasmiyPay's documents leave the choice to us;
 * drawing a tail at random, as their samples do, collides (50000 + 51 is 50050 + 1), so tails are taken from what
 * is free, and the database holds the proof.
 */
import { and, eq, gte, isNull, lt, lte, or } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { takenSums } from '../db/tables.ts';
import { type Random, randomInt } from '../deps.ts';
import { som, type Tiyin } from '../money.ts';
import type { PayCard, ProviderId } from './provider.ts';

export interface SumRequest {
  provider: ProviderId;
  cards: readonly PayCard[];
  baseTiyin: Tiyin;
  /** Largest tail, in whole so'm. */
  tailMax: number;
  topupId: string;
  at: number;
}

export interface ReservedSum {
  cardKey: string;
  amountTiyin: Tiyin;
}

/** A free sum from base + 1 to base + `tailMax` so'm on one of the cards, now taken; null when there is none. */
export async function reserveSum(
  tx: Tx,
  random: Random,
  request: SumRequest,
): Promise<ReservedSum | null> {
  await tx.delete(takenSums).where(lte(takenSums.freeAt, request.at));
  const start = randomInt(random, request.cards.length);
  for (let i = 0; i < request.cards.length; i += 1) {
    const card = request.cards[(start + i) % request.cards.length];
    const reserved = card && (await reserveOnCard(tx, random, { ...request, cardKey: card.key }));
    if (reserved) return reserved;
  }
  return null;
}

async function reserveOnCard(
  tx: Tx,
  random: Random,
  request: SumRequest & { cardKey: string },
): Promise<ReservedSum | null> {
  const free = await freeTails(tx, request);
  while (free.length > 0) {
    const [tail] = free.splice(randomInt(random, free.length), 1);
    if (tail === undefined) break;
    const sum = {
      provider: request.provider,
      cardKey: request.cardKey,
      amountTiyin: request.baseTiyin + som(tail),
    };
    // Another process may have taken it since the look: then the next one.
    const taken = await tx
      .insert(takenSums)
      .values({ ...sum, topupId: request.topupId })
      .onConflictDoNothing()
      .returning({ amountTiyin: takenSums.amountTiyin });
    if (taken.length > 0) return sum;
  }
  return null;
}

async function freeTails(tx: Tx, request: SumRequest & { cardKey: string }): Promise<number[]> {
  const rows = await tx
    .select({ amountTiyin: takenSums.amountTiyin })
    .from(takenSums)
    .where(
      and(
        eq(takenSums.provider, request.provider),
        eq(takenSums.cardKey, request.cardKey),
        gte(takenSums.amountTiyin, request.baseTiyin + som(1)),
        lte(takenSums.amountTiyin, request.baseTiyin + som(request.tailMax)),
      ),
    );
  const taken = new Set(rows.map((row) => row.amountTiyin));
  const tails: number[] = [];
  for (let tail = 1; tail <= request.tailMax; tail += 1) {
    if (!taken.has(request.baseTiyin + som(tail))) tails.push(tail);
  }
  return tails;
}

/** The order ended: its sum is free again at `freeAt`, late enough that a late payer does not pay somebody else. */
export async function releaseSum(
  tx: Tx,
  { topupId, freeAt }: { topupId: string; freeAt: number },
): Promise<void> {
  await tx
    .update(takenSums)
    .set({ freeAt })
    .where(
      and(
        eq(takenSums.topupId, topupId),
        // A quarantine is only ever made longer.
        or(isNull(takenSums.freeAt), lt(takenSums.freeAt, freeAt)),
      ),
    );
}
