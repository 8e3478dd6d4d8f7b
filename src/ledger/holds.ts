/** Money put aside for a payment under way: held, then captured or released, never both. */
import { and, eq } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { sumOf } from '../db/exact.ts';
import { holds } from '../db/tables.ts';
import { assertTiyin, type Tiyin } from '../core/money.ts';
import { userAvailable, userHeld } from './accounts.ts';
import { balanceOf, type Line, post } from './ledger.ts';

interface HoldRequest {
  /** Names the payment: `bill:<id>`. */
  id: string;
  userId: number;
  amountTiyin: Tiyin;
  at: number;
}

export type HoldOutcome =
  | { kind: 'held' }
  /** This payment was held, captured or released before; nothing moved. */
  | { kind: 'repeated' }
  | { kind: 'insufficient'; availableTiyin: Tiyin };

export async function hold(
  tx: Tx,
  { id, userId, amountTiyin, at }: HoldRequest,
): Promise<HoldOutcome> {
  assertTiyin(amountTiyin, `hold ${id}`);
  const existing = await holdRow(tx, id);
  if (existing) {
    if (existing.userId === userId && existing.amountTiyin === amountTiyin)
      return { kind: 'repeated' };
    throw new Error(`The hold "${id}" exists for another user or sum.`);
  }
  const availableTiyin = await balanceOf(tx, userAvailable(userId));
  if (availableTiyin < amountTiyin) return { kind: 'insufficient', availableTiyin };
  await tx.insert(holds).values({ id, userId, amountTiyin, state: 'held', createdAt: at });
  await post(tx, {
    key: `${id}:hold`,
    kind: 'hold',
    actor: `user:${userId}`,
    at,
    lines: [
      { account: userAvailable(userId), amountTiyin: -amountTiyin },
      { account: userHeld(userId), amountTiyin },
    ],
  });
  return { kind: 'held' };
}

export type EndHoldOutcome = { kind: 'ended' } | { kind: 'not_held'; state: string | null };

/** Gives held money to `to`, whose lines together must be exactly what was held. */
export async function capture(
  tx: Tx,
  { id, to, at }: { id: string; to: readonly Line[]; at: number },
): Promise<EndHoldOutcome> {
  return await endHold(tx, { id, state: 'captured', at, to: () => to });
}

/** Gives held money back to its user. */
export async function release(
  tx: Tx,
  { id, at }: { id: string; at: number },
): Promise<EndHoldOutcome> {
  return await endHold(tx, {
    id,
    state: 'released',
    at,
    to: (held) => [{ account: userAvailable(held.userId), amountTiyin: held.amountTiyin }],
  });
}

interface Held {
  userId: number;
  amountTiyin: Tiyin;
}

async function endHold(
  tx: Tx,
  end: {
    id: string;
    state: 'captured' | 'released';
    at: number;
    to: (held: Held) => readonly Line[];
  },
): Promise<EndHoldOutcome> {
  const [held] = await tx
    .update(holds)
    .set({ state: end.state, endedAt: end.at })
    .where(and(eq(holds.id, end.id), eq(holds.state, 'held')))
    .returning({ userId: holds.userId, amountTiyin: holds.amountTiyin });
  if (!held) return { kind: 'not_held', state: (await holdRow(tx, end.id))?.state ?? null };
  await post(tx, {
    key: `${end.id}:${end.state}`,
    kind: end.state,
    actor: 'system',
    at: end.at,
    lines: [{ account: userHeld(held.userId), amountTiyin: -held.amountTiyin }, ...end.to(held)],
  });
  return { kind: 'ended' };
}

async function holdRow(tx: Tx, id: string): Promise<typeof holds.$inferSelect | undefined> {
  const [row] = await tx.select().from(holds).where(eq(holds.id, id));
  return row;
}

/** What is held for all users together. */
export async function heldTotal(queries: Queries): Promise<Tiyin> {
  const [held] = await queries
    .select({ tiyin: sumOf(holds.amountTiyin) })
    .from(holds)
    .where(eq(holds.state, 'held'));
  return held?.tiyin ?? 0;
}
