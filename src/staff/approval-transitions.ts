/** How an approval goes from one state to the next: each step is one transaction, by compare-and-set. */
import { and, eq, lte } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { adminActions } from '../db/tables.ts';
import { userAvailable } from '../ledger/accounts.ts';
import { balanceOf, InsufficientBalanceError } from '../ledger/ledger.ts';
import type { Tiyin } from '../core/money.ts';
import { enqueue } from '../outbox/messages.ts';
import type { Approval, ApprovalDeps, ApprovalOutcome, ApprovalAction } from './approval.ts';
import { approvalById, move } from './approval-rows.ts';
import {
  type ApprovalKind,
  DECISION_TRAITS,
  gainsOwn,
  type Need,
  needOf,
} from './approval-rules.ts';
import {
  BalanceChangedError,
  balanceShown,
  latestOf,
  takesTooMuch,
  writeAnew,
} from './approval-shown.ts';

/** A question older than this is not answered any more: its figures are history. */
const ASKED_MS = 60 * 60_000;

/** How long a second person has to answer. */
const PENDING_MS = 24 * 60 * 60_000;

export interface Scene extends ApprovalDeps {
  actionOf(kind: ApprovalKind): ApprovalAction;
}

/** Runs `work` in a transaction of its own, and what follows it. */
export async function carryOut(
  scene: Scene,
  id: string,
  work: (tx: Tx) => Promise<ApprovalOutcome>,
): Promise<ApprovalOutcome> {
  try {
    const outcome = await scene.db.tx(work);
    scene.notifyOutbox();
    return await afterwards(scene, outcome);
  } catch (error) {
    if (error instanceof OvertakenError) return await overtaken(scene, id);
    if (error instanceof BalanceChangedError) return await balanceChanged(scene, id);
    if (!(error instanceof InsufficientBalanceError)) throw error;
    const row = await approvalById(scene.db.read, id);
    if (!row) return { kind: 'old' };
    const availableTiyin = await balanceOf(scene.db.read, userAvailable(row.userId));
    return { kind: 'insufficient', row, availableTiyin };
  }
}

/** Runs what an approval does outside of the transaction: also on a later tap, in case a crash came between. */
async function afterwards(scene: Scene, outcome: ApprovalOutcome): Promise<ApprovalOutcome> {
  if (outcome.kind !== 'done' && outcome.kind !== 'over') return outcome;
  const { row } = outcome;
  if (row.state !== 'done') return outcome;
  const result = await scene.actionOf(row.kind).after?.(row);
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
): Promise<ApprovalOutcome> {
  const at = scene.clock.now();
  const known = await approvalById(tx, id);
  if (known?.ownerId !== askerId) return { kind: 'old' };
  if (known.state !== 'asked') return await confirmedBefore(scene, tx, { known, at });
  if (known.createdAt < at - ASKED_MS) {
    return { kind: 'over', row: await move(tx, known, { state: 'expired', endedAt: at }) };
  }
  const need = await needToday(scene, tx, { row: known, at });
  if (need.kind === 'forbidden') return { kind: 'old' };
  if (need.kind === 'no_second') return { kind: 'no_second', row: known };
  if (need.own) await alarmOwn(scene, tx, { row: known, personId: askerId, at });
  const seenTiyin = known.beforeTiyin;
  if (need.kind === 'nobody_else') return await perform(scene, tx, { row: known, seenTiyin, at });
  if ((await balanceShown(tx, known)) !== seenTiyin) throw new BalanceChangedError(id);
  const row = await move(tx, known, { state: 'pending', pendingAt: at });
  for (const chatId of need.owners) {
    const key = `admin:${id}:second:${chatId}`;
    await enqueue(tx, { key, chatId, kind: 'owner_second', params: { actionId: id }, at });
  }
  return { kind: 'pending', row };
}

/**
 * The update is handled again, or the button was tapped before the screen had changed: what it led to is shown, and
 * nothing is done.
 */
async function confirmedBefore(
  scene: Scene,
  tx: Tx,
  { known, at }: { known: Approval; at: number },
): Promise<ApprovalOutcome> {
  const row = await latestOf(tx, known);
  if (row.state !== 'asked') return { kind: 'over', row };
  return { kind: 'asked_anew', row, need: await needToday(scene, tx, { row, at }) };
}

/**
 * The transaction was undone because the balance has changed: the request asks anew, or goes on waiting for somebody
 * who agrees to what there is now.
 */
async function balanceChanged(scene: Scene, id: string): Promise<ApprovalOutcome> {
  const at = scene.clock.now();
  return await scene.db.tx<ApprovalOutcome>(async (tx) => {
    const row = await approvalById(tx, id);
    if (row?.state === 'pending') return { kind: 'changed', row };
    if (row?.state !== 'asked') return row ? { kind: 'over', row } : { kind: 'old' };
    const beforeTiyin = await balanceShown(tx, row);
    if (takesTooMuch(row, beforeTiyin)) {
      return { kind: 'insufficient', row, availableTiyin: beforeTiyin };
    }
    await move(tx, row, { state: 'dropped', endedAt: at });
    const need = await needToday(scene, tx, { row, at });
    return { kind: 'asked_anew', row: await writeAnew(tx, row, { beforeTiyin, at }), need };
  });
}

async function needToday(
  { staff }: Scene,
  tx: Tx,
  { row, at }: { row: Approval; at: number },
): Promise<Need> {
  const { kind, ownerId: askerId, userId, amountTiyin } = row;
  return await needOf(tx, staff, { kind, askerId, userId, amountTiyin, at });
}

async function alarmOwn(
  scene: Scene,
  tx: Tx,
  { row, personId, at }: { row: Approval; personId: number; at: number },
): Promise<void> {
  const { id: actionId, amountTiyin, reason } = row;
  await scene.alarm(tx, { kind: 'own_credit', actionId, personId, amountTiyin, reason }, at);
}

interface Performing {
  row: Approval;
  secondId?: number | null;
  /** The balance that was shown to whoever agrees. */
  seenTiyin: Tiyin | null;
  at: number;
}

async function perform(
  scene: Scene,
  tx: Tx,
  { row, secondId = null, seenTiyin, at }: Performing,
): Promise<ApprovalOutcome> {
  const done = await move(tx, row, { state: 'done', secondId, endedAt: at });
  const shownTiyin = await balanceShown(tx, row);
  const beforeTiyin = shownTiyin ?? (await balanceOf(tx, userAvailable(row.userId)));
  const result = await scene.actionOf(row.kind).perform?.(tx, done, at);
  // Both errors undo the new state as well; the request then goes on in a transaction of its own.
  if (result === 'overtaken') throw new OvertakenError(row.id);
  if (shownTiyin !== seenTiyin) throw new BalanceChangedError(row.id);
  return { kind: 'done', row: done, beforeTiyin };
}

class OvertakenError extends Error {
  override name = 'OvertakenError';
  constructor(id: string) {
    super(`what the approval ${id} is about was decided before`);
  }
}

async function overtaken(scene: Scene, id: string): Promise<ApprovalOutcome> {
  const at = scene.clock.now();
  const row = await scene.db.tx(async (tx) => {
    const known = await approvalById(tx, id);
    const open = known?.state === 'asked' || known?.state === 'pending';
    return known && open ? await end(tx, known, { state: 'dropped', at }) : known;
  });
  scene.notifyOutbox();
  return row ? { kind: 'overtaken', row } : { kind: 'old' };
}

export async function dropIn(
  tx: Tx,
  { id, askerId, at }: ByAsker & { at: number },
): Promise<ApprovalOutcome> {
  const known = await approvalById(tx, id);
  if (known?.ownerId !== askerId) return { kind: 'old' };
  const row = await latestOf(tx, known);
  if (row.state !== 'asked' && row.state !== 'pending') return { kind: 'over', row };
  return { kind: 'dropped', row: await move(tx, row, { state: 'dropped', endedAt: at }) };
}

interface BySecond {
  id: string;
  secondId: number;
}

type Pending = { row: Approval } | { outcome: ApprovalOutcome };

/** The request, if this owner may decide it; whoever asked never may. */
async function pendingFor(scene: Scene, tx: Tx, { id, secondId }: BySecond): Promise<Pending> {
  const at = scene.clock.now();
  const row = await approvalById(tx, id);
  const mayDecide = row !== null && scene.staff.otherOwners(row.ownerId).includes(secondId);
  if (!mayDecide || row.state === 'asked') return { outcome: { kind: 'old' } };
  if (row.state !== 'pending') return { outcome: { kind: 'over', row } };
  if ((row.pendingAt ?? 0) <= at - PENDING_MS) {
    return { outcome: { kind: 'over', row: await end(tx, row, { state: 'expired', at }) } };
  }
  if (!scene.staff.may(row.ownerId, DECISION_TRAITS[row.kind].role)) {
    // Their role was taken away since they asked: one person is left to do alone what takes two. They are told nothing more.
    return {
      outcome: { kind: 'over', row: await move(tx, row, { state: 'dropped', endedAt: at }) },
    };
  }
  return { row };
}

export async function agreeIn(
  scene: Scene,
  tx: Tx,
  { seenTiyin, ...by }: BySecond & { seenTiyin: Tiyin | null },
): Promise<ApprovalOutcome> {
  const pending = await pendingFor(scene, tx, by);
  if ('outcome' in pending) return pending.outcome;
  const { row } = pending;
  const { secondId } = by;
  const at = scene.clock.now();
  if (gainsOwn(row.kind, { userId: row.userId, personId: secondId })) {
    await alarmOwn(scene, tx, { row, personId: secondId, at });
  }
  const outcome = await perform(scene, tx, { row, secondId, seenTiyin, at });
  await tellAsker(tx, row, at);
  return outcome;
}

export async function refuseIn(scene: Scene, tx: Tx, by: BySecond): Promise<ApprovalOutcome> {
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
      const row = await approvalById(tx, id);
      if (row?.state === 'pending') await end(tx, row, { state: 'expired', at });
    }
  });
  scene.notifyOutbox();
}

/** Ends a request without doing anything, and tells whoever asked when it waited for a second person. */
async function end(
  tx: Tx,
  row: Approval,
  {
    state,
    secondId = null,
    at,
  }: { state: 'dropped' | 'expired'; secondId?: number | null; at: number },
): Promise<Approval> {
  const ended = await move(tx, row, { state, secondId, endedAt: at });
  if (row.state === 'pending') await tellAsker(tx, row, at);
  return ended;
}

async function tellAsker(tx: Tx, { id, ownerId: chatId }: Approval, at: number): Promise<void> {
  const key = `admin:${id}:decided`;
  await enqueue(tx, { key, chatId, kind: 'decision_over', params: { actionId: id }, at });
}
