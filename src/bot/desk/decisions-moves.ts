/** How a decision goes from one state to the next: each step is one transaction, by compare-and-set. */
import { and, eq, lte } from 'drizzle-orm';
import type { Queries, Tx } from '../../db/database.ts';
import { adminActions } from '../../db/tables.ts';
import { userAvailable } from '../../ledger/accounts.ts';
import { balanceOf, InsufficientBalanceError } from '../../ledger/ledger.ts';
import { enqueue } from '../../outbox/messages.ts';
import type {
  Decision,
  DecisionDeps,
  DecisionOutcome,
  DecisionState,
  Performer,
} from './decisions.ts';
import { type DecisionKind, gainsOwn, needOf } from './decisions-rules.ts';

/** A question older than this is not answered any more: its figures are history. */
const ASKED_MS = 60 * 60_000;

/** A second person has this long. */
const PENDING_MS = 24 * 60 * 60_000;

export interface Scene extends DecisionDeps {
  performerOf(kind: DecisionKind): Performer;
}

/** Runs `work` in a transaction of its own, and what follows it. */
export async function carryOut(
  scene: Scene,
  id: string,
  work: (tx: Tx) => Promise<DecisionOutcome>,
): Promise<DecisionOutcome> {
  try {
    const outcome = await scene.db.tx(work);
    scene.notifyOutbox();
    return await afterwards(scene, outcome);
  } catch (error) {
    if (error instanceof OvertakenError) return await overtaken(scene, id);
    if (!(error instanceof InsufficientBalanceError)) throw error;
    const row = await decisionById(scene.db.read, id);
    if (!row) return { kind: 'old' };
    const availableTiyin = await balanceOf(scene.db.read, userAvailable(row.userId));
    return { kind: 'insufficient', row, availableTiyin };
  }
}

/** For performers outside the transaction: also on a later tap, in case a crash came between. */
async function afterwards(scene: Scene, outcome: DecisionOutcome): Promise<DecisionOutcome> {
  if (outcome.kind !== 'done' && outcome.kind !== 'over') return outcome;
  const { row } = outcome;
  if (row.state !== 'done') return outcome;
  const result = await scene.performerOf(row.kind).after?.(row);
  return result === 'overtaken' ? { kind: 'overtaken', row } : outcome;
}

interface ByAsker {
  id: string;
  askerId: number;
}

export async function confirmIn(
  scene: Scene,
  tx: Tx,
  { id, askerId }: ByAsker,
): Promise<DecisionOutcome> {
  const at = scene.clock.now();
  const known = await decisionById(tx, id);
  if (known?.ownerId !== askerId) return { kind: 'old' };
  if (known.state !== 'asked') return { kind: 'over', row: known };
  if (known.createdAt < at - ASKED_MS) {
    return { kind: 'over', row: await move(tx, known, { state: 'expired', endedAt: at }) };
  }
  const { kind, userId, amountTiyin } = known;
  const need = await needOf(tx, scene.staff, { kind, askerId, userId, amountTiyin, at });
  if (need.kind === 'forbidden') return { kind: 'old' };
  if (need.kind === 'no_second') return { kind: 'no_second', row: known };
  if (need.own) await alarmOwn(scene, tx, { row: known, personId: askerId, at });
  if (need.kind === 'nobody_else') return await perform(scene, tx, { row: known, at });
  const row = await move(tx, known, { state: 'pending', pendingAt: at });
  for (const chatId of need.owners) {
    const key = `admin:${id}:second:${chatId}`;
    await enqueue(tx, { key, chatId, kind: 'owner_second', params: { actionId: id }, at });
  }
  return { kind: 'pending', row };
}

async function alarmOwn(
  scene: Scene,
  tx: Tx,
  { row, personId, at }: { row: Decision; personId: number; at: number },
): Promise<void> {
  const { id: actionId, amountTiyin, reason } = row;
  await scene.alarm(tx, { kind: 'own_credit', actionId, personId, amountTiyin, reason }, at);
}

async function perform(
  scene: Scene,
  tx: Tx,
  { row, secondId = null, at }: { row: Decision; secondId?: number | null; at: number },
): Promise<DecisionOutcome> {
  const done = await move(tx, row, { state: 'done', secondId, endedAt: at });
  const beforeTiyin = await balanceOf(tx, userAvailable(row.userId));
  const result = await scene.performerOf(row.kind).perform?.(tx, done, at);
  // Undoes the state as well; then the request ends in a transaction of its own.
  if (result === 'overtaken') throw new OvertakenError(row.id);
  return { kind: 'done', row: done, beforeTiyin };
}

class OvertakenError extends Error {
  override name = 'OvertakenError';
  constructor(id: string) {
    super(`what the decision ${id} is about was decided before`);
  }
}

async function overtaken(scene: Scene, id: string): Promise<DecisionOutcome> {
  const at = scene.clock.now();
  const row = await scene.db.tx(async (tx) => {
    const known = await decisionById(tx, id);
    const open = known?.state === 'asked' || known?.state === 'pending';
    return known && open ? await end(tx, known, { state: 'dropped', at }) : known;
  });
  scene.notifyOutbox();
  return row ? { kind: 'overtaken', row } : { kind: 'old' };
}

export async function dropIn(
  tx: Tx,
  { id, askerId, at }: ByAsker & { at: number },
): Promise<DecisionOutcome> {
  const known = await decisionById(tx, id);
  if (known?.ownerId !== askerId) return { kind: 'old' };
  if (known.state !== 'asked' && known.state !== 'pending') return { kind: 'over', row: known };
  return { kind: 'dropped', row: await move(tx, known, { state: 'dropped', endedAt: at }) };
}

interface BySecond {
  id: string;
  secondId: number;
}

type Pending = { row: Decision } | { outcome: DecisionOutcome };

/** What this owner may decide; who asked never may. */
async function pendingFor(scene: Scene, tx: Tx, { id, secondId }: BySecond): Promise<Pending> {
  const at = scene.clock.now();
  const row = await decisionById(tx, id);
  const mayDecide = row !== null && scene.staff.otherOwners(row.ownerId).includes(secondId);
  if (!mayDecide || row.state === 'asked') return { outcome: { kind: 'old' } };
  if (row.state !== 'pending') return { outcome: { kind: 'over', row } };
  if ((row.pendingAt ?? 0) <= at - PENDING_MS) {
    return { outcome: { kind: 'over', row: await end(tx, row, { state: 'expired', at }) } };
  }
  return { row };
}

export async function agreeIn(scene: Scene, tx: Tx, by: BySecond): Promise<DecisionOutcome> {
  const pending = await pendingFor(scene, tx, by);
  if ('outcome' in pending) return pending.outcome;
  const { row } = pending;
  const { secondId } = by;
  const at = scene.clock.now();
  if (gainsOwn(row.kind, { userId: row.userId, personId: secondId })) {
    await alarmOwn(scene, tx, { row, personId: secondId, at });
  }
  const outcome = await perform(scene, tx, { row, secondId, at });
  await tellAsker(tx, row, at);
  return outcome;
}

export async function refuseIn(scene: Scene, tx: Tx, by: BySecond): Promise<DecisionOutcome> {
  const pending = await pendingFor(scene, tx, by);
  if ('outcome' in pending) return pending.outcome;
  const { secondId } = by;
  const at = scene.clock.now();
  return { kind: 'dropped', row: await end(tx, pending.row, { state: 'dropped', secondId, at }) };
}

export async function expire(scene: Scene): Promise<void> {
  const at = scene.clock.now();
  const found = await scene.db.read
    .select({ id: adminActions.id })
    .from(adminActions)
    .where(and(eq(adminActions.state, 'pending'), lte(adminActions.pendingAt, at - PENDING_MS)));
  if (found.length === 0) return;
  await scene.db.tx(async (tx) => {
    for (const { id } of found) {
      const row = await decisionById(tx, id);
      if (row?.state === 'pending') await end(tx, row, { state: 'expired', at });
    }
  });
  scene.notifyOutbox();
}

/** Ends a request without doing anything; who waited for a second person is told. */
async function end(
  tx: Tx,
  row: Decision,
  {
    state,
    secondId = null,
    at,
  }: { state: 'dropped' | 'expired'; secondId?: number | null; at: number },
): Promise<Decision> {
  const ended = await move(tx, row, { state, secondId, endedAt: at });
  if (row.state === 'pending') await tellAsker(tx, row, at);
  return ended;
}

async function tellAsker(tx: Tx, { id, ownerId: chatId }: Decision, at: number): Promise<void> {
  const key = `admin:${id}:decided`;
  await enqueue(tx, { key, chatId, kind: 'decision_over', params: { actionId: id }, at });
}

/** By compare-and-set on the state that was read. */
async function move(
  tx: Tx,
  row: Decision,
  set: { state: DecisionState; secondId?: number | null; pendingAt?: number; endedAt?: number },
): Promise<Decision> {
  const [moved] = await tx
    .update(adminActions)
    .set(set)
    .where(and(eq(adminActions.id, row.id), eq(adminActions.state, row.state)))
    .returning();
  if (!moved) throw new Error(`the decision ${row.id} changed while it was being decided`);
  return asDecision(moved);
}

export async function decisionById(queries: Queries, id: string): Promise<Decision | null> {
  const [row] = await queries.select().from(adminActions).where(eq(adminActions.id, id));
  return row ? asDecision(row) : null;
}

/** The table's checks allow no other kind and state. */
export function asDecision(row: typeof adminActions.$inferSelect): Decision {
  return row as Decision;
}
