/** Bills, put together: for the bot, for owners, and what drives them. */
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import pLimit from 'p-limit';
import type { Tx } from '../db/database.ts';
import { billHistory, bills } from '../db/tables.ts';
import { useQuota } from '../quotas/quotas.ts';
import type { Bill } from './bill.ts';
import type { Bills, BillsForOwners, BillWork } from './bills.ts';
import type {
  BillDecision,
  ConfirmOutcome,
  ConfirmRequest,
  DecideOutcome,
  Unavailable,
} from './outcomes.ts';
import { createCards } from './cards.ts';
import { type Catalog, createCatalog } from './catalog.ts';
import { cancelBill, newCode, submitCode } from './codes.ts';
import { balanceMemory, debtOf, debtSignOf } from './debts.ts';
import { writeBill } from './confirm.ts';
import { type BillDeps, feeOf } from './deps.ts';
import { counted } from './figures.ts';
import { billById } from './transitions.ts';
import { openTransaction, payFromBalance } from './pay.ts';
import { pause, pausedBy, resume } from './pause.ts';
import { reconcileDay } from './reconcile.ts';
import { endInterrupted, endUnentered, freeBills, resolveDue } from './resolve.ts';
import { createSavedAccounts } from './saved.ts';
import { refundBill, settleFailed, settlePaid } from './settle.ts';
import { leaveTakenBack, lookAtPaid, lookBack } from './taken-back.ts';
import { watchedPaylov } from './watched.ts';

/** How many payments are under way at once, and how many wait for their turn; more are told to come back. */
const PARALLEL = 8;
const MAX_WAITING = 100;

/**
 * Somebody who waits longer for their turn is told to come back: nothing was begun, and soon nobody would be there to
 * hear of its end.
 */
const LONGEST_WAIT_MS = 30_000;

const BUSY: Unavailable = { kind: 'unavailable', reason: 'busy' };

export function createBills(given: BillDeps): Bills & BillsForOwners & BillWork {
  const heard = counted(given);
  const deps: BillDeps = { ...heard, paylov: watchedPaylov(heard) };
  const running = createRunning(deps);
  const drive = work(deps, running);
  return { ...forPeople(deps, running), ...forOwners(deps, drive), ...drive };
}

/** Counts what people wait for: bounded, and known to `stop`. */
interface Running {
  run<T>(step: () => Promise<T>): Promise<T | Unavailable>;
  /** Refuses what comes, resolves when what runs is over. */
  stop(): Promise<void>;
}

function createRunning({ clock }: Pick<BillDeps, 'clock'>): Running {
  const limit = pLimit(PARALLEL);
  const steps = new Set<Promise<unknown>>();
  let stopped = false;
  return {
    run: async (step) => {
      if (stopped || limit.pendingCount >= MAX_WAITING) {
        return BUSY;
      }
      const queuedAt = clock.elapsed();
      const isLate = (): boolean => clock.elapsed() - queuedAt > LONGEST_WAIT_MS;
      const running = limit(async () => (isLate() ? BUSY : await step()));
      steps.add(running);
      try {
        return await running;
      } finally {
        steps.delete(running);
      }
    },
    stop: async () => {
      stopped = true;
      await Promise.allSettled(steps);
    },
  };
}

function forPeople(deps: BillDeps, running: Running): Bills {
  const { db, clock, paylov } = deps;
  const catalog = createCatalog({ paylov, clock });
  const remember = balanceMemory(deps);
  const ofUser: Bills['ofUser'] = async (id, userId) => {
    const bill = await billById(db.read, id);
    return bill?.userId === userId ? bill : null;
  };
  return {
    catalog,
    saved: createSavedAccounts(deps),
    cards: createCards(deps),
    info: async ({ userId, use: action = 'account_info', ...request }) => {
      const use = { userId, action, at: clock.now() };
      const quota = await db.tx((tx) => useQuota(tx, deps.quotas, use));
      if (quota.kind !== 'granted') return quota;
      const told = await paylov.info(request);
      if (told.kind !== 'info') return told;
      await remember(request.serviceId, told.details);
      const sign = await debtSignOf(db.read, request.serviceId);
      return { ...told, sign, debtTiyin: debtOf(sign, told.details) };
    },
    quote: async (bill) => {
      const feeTiyin = await feeOf(deps, db.read, bill);
      return { feeTiyin, totalTiyin: bill.amountTiyin + feeTiyin };
    },
    confirm: (request) => running.run(() => confirm(deps, catalog, request)),
    submitCode: (id, request) => running.run(() => submitCode(deps, { id, ...request })),
    newCode: (id, { userId }) => running.run(() => newCode(deps, { id, userId })),
    cancel: (id, { userId }) => cancelBill(deps, { id, userId }),
    get: (id) => billById(db.read, id),
    ofUser,
    history: async (userId, { offset, limit }) => {
      const rows = await db.read
        .select()
        .from(bills)
        .where(eq(bills.userId, userId))
        .orderBy(desc(bills.createdAt), desc(bills.id))
        .limit(limit)
        .offset(offset);
      return rows;
    },
  };
}

async function confirm(
  deps: BillDeps,
  catalog: Catalog,
  request: ConfirmRequest,
): Promise<ConfirmOutcome> {
  const written = await writeBill(deps, catalog, request);
  if (written.kind !== 'bill' || written.repeated) return written;
  const { bill } = written;
  request.reached?.(bill);
  const isHeld = bill.source === 'balance';
  const gone = isHeld ? payFromBalance(deps, bill, request.reached) : openTransaction(deps, bill);
  return { kind: 'bill', bill: await gone, repeated: false };
}

function forOwners(deps: BillDeps, drive: BillWork): BillsForOwners {
  const { db, clock } = deps;
  const decided = async (id: string, done: Bill | null): Promise<DecideOutcome> => {
    if (done) return { kind: 'done', bill: done };
    const bill = await billById(db.read, id);
    return bill ? { kind: 'decided', bill } : { kind: 'not_found' };
  };
  return {
    details: async (id) => {
      const bill = await billById(db.read, id);
      if (!bill) return null;
      const of = eq(billHistory.billId, id);
      const history = await db.read.select().from(billHistory).where(of).orderBy(billHistory.id);
      return { bill, history };
    },
    get: (id) => billById(db.read, id),
    checkNow: async (id) => {
      const known = await billById(db.read, id);
      if (known?.state === 'paid') {
        await lookAtPaid(deps, known, 'system');
      } else {
        await db.tx((tx) => makeDue(tx, id, clock.now()));
        await drive.tick();
      }
      return await billById(db.read, id);
    },
    stuck: async (limit) => {
      const rows = await db.read
        .select()
        .from(bills)
        .where(eq(bills.state, 'stuck'))
        .orderBy(asc(bills.createdAt))
        .limit(limit);
      return rows;
    },
    decide: async (id, { paid, ownerId: staffId }) => {
      const decision = { id, paid, staffId, reason: 'owner', at: clock.now() };
      return await decided(id, await deps.write((tx) => decide(deps, tx, decision)));
    },
    refund: async (id, { ownerId: staffId, reason }) => {
      const refund = { id, staffId, reason, at: clock.now() };
      return await decided(id, await deps.write((tx) => refundBill(deps, tx, refund)));
    },
    decisions: {
      decide: (tx, decision) => decide(deps, tx, decision),
      refund: (tx, decision) => refundBill(deps, tx, decision),
      leave: (tx, decision) => leaveTakenBack(tx, decision),
    },
    paused: () => pausedBy(db.read),
    pause: (ownerId) => db.tx((tx) => pause(tx, `owner:${ownerId}`)),
    resume: async (ownerId) => {
      const done = await db.tx((tx) => resume(tx));
      if (done) deps.log.info({ event: 'bills_resumed', owner: ownerId }, 'bills');
      return done;
    },
  };
}

async function decide(
  deps: BillDeps,
  tx: Tx,
  { id, paid, staffId, reason: note, at }: BillDecision & { paid: boolean },
): Promise<Bill | null> {
  const cause = `owner:${staffId}` as const;
  const bill = await billById(tx, id);
  if (!bill) return null;
  if (paid) return await settlePaid(deps, tx, { bill, cause, at, decided: true, note });
  const failure = { bill, transition: 'decidedUnpaid', reason: 'owner', cause, at, note } as const;
  return await settleFailed(deps, tx, failure);
}

/** Makes a bill due, so that the next round asks about it. */
async function makeDue(tx: Tx, id: string, at: number): Promise<void> {
  await tx
    .update(bills)
    .set({ dueAt: at })
    .where(and(eq(bills.id, id), inArray(bills.state, ['unknown', 'stuck'])));
}

function work(deps: BillDeps, running: Running): BillWork {
  let stopped = false;
  let round: Promise<void> | null = null;

  async function goRound(): Promise<void> {
    await endInterrupted(deps, { everyone: false });
    await endUnentered(deps);
    await resolveDue(deps, () => stopped);
  }

  return {
    tick: async () => {
      if (stopped) return;
      round ??= goRound().finally(() => {
        round = null;
      });
      await round;
    },
    recover: async () => {
      // Where there are other processes, their bills are not touched.
      const isAlone = !deps.db.shared;
      if (isAlone) await deps.db.tx((tx) => freeBills(tx, null));
      const ended = await endInterrupted(deps, { everyone: isAlone });
      if (ended > 0) deps.log.warn({ event: 'bills_interrupted', ended }, 'half-done bills');
    },
    reconcile: (day) => reconcileDay(deps, day),
    lookBack: () => lookBack(deps),
    stop: async () => {
      stopped = true;
      await Promise.allSettled([running.stop(), round]);
    },
  };
}
