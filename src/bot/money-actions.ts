/** What an owner does to a balance by hand: asked, then done once, in one transaction with everything it causes. */
import { and, eq, lt, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { adminActions } from '../db/tables.ts';
import { ADJUSTMENTS, userAvailable } from '../ledger/accounts.ts';
import { balanceOf, InsufficientBalanceError, post } from '../ledger/ledger.ts';
import type { Tiyin } from '../money.ts';
import { enqueue } from '../outbox/messages.ts';
import type { Parts } from './context.ts';

type Row = typeof adminActions.$inferSelect;

export type MoneyRow = Omit<Row, 'kind'> & { kind: 'credit' | 'debit' };

/** An older question is not answered any more: its figures are history. */
const MAX_AGE_MS = 60 * 60_000;

export interface MoneyRequest {
  /** The command's own message: what makes handling it twice one question. */
  message: { message_id: number; date: number };
  ownerId: number;
  userId: number;
  kind: 'credit' | 'debit';
  amountTiyin: Tiyin;
  reason: string;
}

/** Writes the question down. The same command again finds its row, whatever became of it. */
export async function askMoney({ db, clock }: Parts, request: MoneyRequest): Promise<MoneyRow> {
  const { message, ...fields } = request;
  const id = [request.ownerId, message.date, message.message_id]
    .map((part) => part.toString(36))
    .join('-');
  return await db.tx(async (tx) => {
    await tx
      .insert(adminActions)
      .values({ id, ...fields, state: 'asked', createdAt: clock.now() })
      .onConflictDoNothing({ target: adminActions.id });
    const [row] = await tx.select().from(adminActions).where(eq(adminActions.id, id));
    if (!row) throw new Error(`the balance change ${id} was written and is not there`);
    return asMoneyRow(row);
  });
}

export type MoneyOutcome =
  | { kind: 'done' | 'dropped'; row: MoneyRow; beforeTiyin: Tiyin }
  | { kind: 'insufficient'; availableTiyin: Tiyin; amountTiyin: Tiyin }
  /** Unknown, somebody else's, decided before, or too old. */
  | { kind: 'old' };

interface Decision {
  id: string;
  ownerId: number;
}

/** Moves the money and tells the user, once. */
export async function confirmMoney(parts: Parts, decision: Decision): Promise<MoneyOutcome> {
  try {
    const outcome = await parts.db.tx(async (tx) => await confirmIn(tx, parts, decision));
    if (outcome.kind === 'done') parts.notifyOutbox();
    return outcome;
  } catch (error) {
    if (!(error instanceof InsufficientBalanceError)) throw error;
    return await insufficient(parts, decision);
  }
}

async function confirmIn(tx: Tx, parts: Parts, decision: Decision): Promise<MoneyOutcome> {
  const at = parts.clock.now();
  const row = await end(tx, { ...decision, state: 'done', at });
  if (!row) return { kind: 'old' };
  const beforeTiyin = await balanceOf(tx, userAvailable(row.userId));
  const amountTiyin = row.kind === 'credit' ? row.amountTiyin : -row.amountTiyin;
  const key = `admin:${row.id}`;
  await post(tx, {
    key,
    kind: row.kind,
    actor: `user:${row.ownerId}`,
    reason: row.reason,
    at,
    lines: [
      { account: ADJUSTMENTS, amountTiyin: -amountTiyin },
      { account: userAvailable(row.userId), amountTiyin },
    ],
  });
  const params = { amountTiyin, reason: row.reason };
  await enqueue(tx, { key, chatId: row.userId, kind: 'adjustment', params, at });
  return { kind: 'done', row, beforeTiyin };
}

/** Calls the change off; nothing moves. */
export async function dropMoney(parts: Parts, decision: Decision): Promise<MoneyOutcome> {
  return await parts.db.tx(async (tx) => {
    const row = await end(tx, { ...decision, state: 'dropped', at: parts.clock.now() });
    if (!row) return { kind: 'old' };
    const beforeTiyin = await balanceOf(tx, userAvailable(row.userId));
    return { kind: 'dropped', row, beforeTiyin };
  });
}

async function end(
  tx: Tx,
  { id, ownerId, state, at }: Decision & { state: 'done' | 'dropped'; at: number },
): Promise<MoneyRow | null> {
  const tooOld = lt(adminActions.createdAt, at - MAX_AGE_MS);
  const [row] = await tx
    .update(adminActions)
    .set({ state: sql`case when ${tooOld} then 'expired' else ${state} end`, endedAt: at })
    .where(
      and(
        eq(adminActions.id, id),
        eq(adminActions.ownerId, ownerId),
        eq(adminActions.state, 'asked'),
      ),
    )
    .returning();
  return row?.state === state ? asMoneyRow(row) : null;
}

async function insufficient({ db }: Parts, { id }: Decision): Promise<MoneyOutcome> {
  const [row] = await db.read.select().from(adminActions).where(eq(adminActions.id, id));
  if (!row) return { kind: 'old' };
  const availableTiyin = await balanceOf(db.read, userAvailable(row.userId));
  return { kind: 'insufficient', availableTiyin, amountTiyin: row.amountTiyin };
}

function asMoneyRow(row: Row): MoneyRow {
  if (row.kind !== 'credit' && row.kind !== 'debit') {
    throw new Error(`the balance change ${row.id} is a ${row.kind}, neither credit nor debit`);
  }
  return { ...row, kind: row.kind };
}
