/**
 * What an older version left: sums in `taken_sums`, by system and last four digits, and orders that do not say by a hash
 * which card they are paid to. Both are brought over once, at the start; afterwards there is nothing to do.
 */
import { and, asc, eq, gt, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { meta, reservedSums, takenSums, topups } from '../db/tables.ts';
import type { TopupDeps } from './deps.ts';
import { topupById } from './moves.ts';
import { cardsOf } from './provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { freeAtAfter } from './sums.ts';
import { LIVE_STATES, type Topup } from './topup.ts';

/** Rows of one transaction: it holds up everybody else's. */
const BATCH = 200;

/** In `meta`, once every order that is still watched has its hash. */
const HASHED = 'cards_hashed';

/** Before anything is opened. Cut off by a crash it goes on at the next start. */
export async function adoptOldSums(deps: TopupDeps): Promise<void> {
  let adopted = 0;
  do {
    adopted = await deps.db.tx((tx) => adoptTaken(deps, tx));
  } while (adopted > 0);
  await hashWatched(deps);
}

async function adoptTaken(deps: TopupDeps, tx: Tx): Promise<number> {
  const rows = await tx.select().from(takenSums).limit(BATCH);
  for (const row of rows) {
    const order = await topupById(tx, row.topupId);
    const number = order?.cardNumber ?? configuredCard(deps, row);
    if (order && number !== null) await adopt(deps, tx, { ...row, order, number });
    await tx
      .delete(takenSums)
      .where(
        and(
          eq(takenSums.provider, row.provider),
          eq(takenSums.cardKey, row.cardKey),
          eq(takenSums.amountTiyin, row.amountTiyin),
        ),
      );
  }
  return rows.length;
}

/** Null for a card that is in the settings no more: no sum on it is given out again. */
function configuredCard(
  { providers }: TopupDeps,
  { provider, cardKey }: typeof takenSums.$inferSelect,
): string | null {
  const known = providers.get(provider as ProviderId);
  const card = known && cardsOf(known).find(({ key }) => key === cardKey);
  return card?.number ?? null;
}

interface Found {
  order: Topup;
  number: string;
  amountTiyin: number;
  /** Null while the order lives. */
  freeAt: number | null;
}

async function adopt(deps: TopupDeps, tx: Tx, found: Found): Promise<void> {
  const { order, amountTiyin, freeAt } = found;
  const { id: topupId, userId } = order;
  const cardHash = deps.hashCard(found.number);
  await tx.update(topups).set({ cardHash }).where(eq(topups.id, topupId));
  const holder = { topupId, userId, freeAt };
  const inserted = await tx
    .insert(reservedSums)
    .values({ cardHash, amountTiyin, ...holder })
    .onConflictDoNothing()
    .returning({ topupId: reservedSums.topupId });
  if (inserted.length > 0) return;
  // Two systems with one card, or two orders one after the other: the sum rests for as long as the longer of both.
  const isSum = and(eq(reservedSums.cardHash, cardHash), eq(reservedSums.amountTiyin, amountTiyin));
  const isShorter =
    freeAt === null ? isNotNull(reservedSums.freeAt) : lt(reservedSums.freeAt, freeAt);
  await tx.update(reservedSums).set(holder).where(and(isSum, isShorter));
}

/** Orders that may still be paid, and those whose payment may be taken for another's. */
async function hashWatched(deps: TopupDeps): Promise<void> {
  const [done] = await deps.db.read.select().from(meta).where(eq(meta.key, HASHED));
  if (done) return;
  // An order is watched this long at the most: twice where its payment system does not answer.
  const since = deps.clock.now() - 3 * deps.config.latePaymentMs;
  let after: string | null = '';
  while (after !== null) {
    const from: string = after;
    after = await deps.db.tx((tx) => hashSome(deps, tx, { after: from, since }));
  }
  await deps.db.tx(async (tx) => {
    const value = String(deps.clock.now());
    await tx.insert(meta).values({ key: HASHED, value }).onConflictDoNothing();
  });
}

/** Returns the last order's id, or null when there is none after it. */
async function hashSome(
  deps: TopupDeps,
  tx: Tx,
  { after, since }: { after: string; since: number },
): Promise<string | null> {
  const rows = await tx
    .select()
    .from(topups)
    .where(
      and(
        gt(topups.id, after),
        gt(topups.createdAt, since),
        isNull(topups.cardHash),
        isNotNull(topups.cardNumber),
      ),
    )
    .orderBy(asc(topups.id))
    .limit(BATCH);
  for (const order of rows as Topup[]) {
    const { cardNumber: number, amountTiyin, endedAt, createdAt, providerEndsAt } = order;
    if (number === null) continue;
    const lives = LIVE_STATES.some((state) => state === order.state);
    const at = endedAt ?? createdAt;
    const freeAt = lives ? null : freeAtAfter(deps, { at, providerEndsAt });
    await adopt(deps, tx, { order, number, amountTiyin, freeAt });
  }
  return rows.at(-1)?.id ?? null;
}
