/**
 * A bill that waits for money goes on by itself once a top-up is credited, as its payer agreed to beforehand. It is paid under the
 * agreement's id, so that however often this runs, and whatever is killed in between, there is one bill of it. The agreement ends
 * in the transaction that holds the money, so that one that was called off before is not paid, whoever had taken it. Where anything
 * is not as it was agreed to, nothing is paid and the payer is asked.
 */
import { and, asc, count, desc, eq, gt, lt, lte } from 'drizzle-orm';
import { sortedAccount } from '../bills/account.ts';
import { billOfConfirmation, paidOrOpen } from '../bills/list.ts';
import type { ConfirmOutcome } from '../bills/outcomes.ts';
import type { Account, Detail } from '../bills/paylov/types.ts';
import { AHEAD_MS, type BringBack } from '../core/clock/ahead.ts';
import { DAY_MS } from '../core/calendar.ts';
import type { Tiyin } from '../core/money.ts';
import type { Database, Queries, Tx } from '../db/database.ts';
import { deleteInBatches } from '../db/batches.ts';
import { restoredAt } from '../db/restored.ts';
import { waitingBills } from '../db/tables.ts';
import { enqueue } from '../outbox/messages.ts';
import { getUser } from '../users/users.ts';
import { LEASE_MS, type MonthlyDeps } from './deps.ts';
import { fromBalance } from './from-balance.ts';
import type { AskReason } from './states.ts';

export type WaitingBill = typeof waitingBills.$inferSelect;

export interface WaitRequest {
  /** Made once for each agreement: asking twice is harmless. */
  id: string;
  userId: number;
  serviceId: string;
  serviceName: string;
  account: Account;
  /** The payer's answers as the payer sees them. */
  labels: readonly Detail[];
  /** What was shown, and is paid as it was shown or not at all. */
  amountTiyin: Tiyin;
  feeTiyin: Tiyin;
}

/** So many of one person's bills wait at once. */
export const MAX_WAITING = 5;

/** Money that comes later than this is asked about: the agreement may be forgotten. */
export const AGREED_FOR_MS = DAY_MS;

const SOON_MS = 3000;
/** How long it is looked at often: somebody who pays at once waits for it, later nobody does. */
const SOON_FOR_MS = 20 * 60_000;
const LATER_MS = 60_000;
/** How long its money is looked for, since an order may be paid late. */
const LOOKED_FOR_MS = 4 * DAY_MS;
const BATCH = 20;
const KEPT_MS = 30 * DAY_MS;
const LATEST_TOPUPS = 20;

const isOpen = eq(waitingBills.state, 'open');

/** Remembers what was agreed to. An older agreement for the same account gives way. */
export async function agreeToWait(
  { db, clock }: Pick<MonthlyDeps, 'db' | 'clock'>,
  { labels, ...request }: WaitRequest,
): Promise<{ kind: 'agreed' } | { kind: 'too_many' }> {
  const at = clock.now();
  const account = sortedAccount(request.account);
  return await db.tx(async (tx) => {
    const [known] = await tx.select().from(waitingBills).where(eq(waitingBills.id, request.id));
    if (known) return { kind: 'agreed' };
    const same = and(
      eq(waitingBills.serviceId, request.serviceId),
      eq(waitingBills.account, account),
    );
    await drop(tx, and(eq(waitingBills.userId, request.userId), same), at);
    if ((await countOpen(tx, request.userId)) >= MAX_WAITING) return { kind: 'too_many' };
    const accountLabels = labels.length === 0 ? null : [...labels];
    const times = { createdAt: at, dueAt: at + SOON_MS };
    await tx
      .insert(waitingBills)
      .values({ ...request, account, accountLabels, state: 'open', ...times });
    return { kind: 'agreed' };
  });
}

async function countOpen(tx: Tx, userId: number): Promise<number> {
  const own = and(isOpen, eq(waitingBills.userId, userId));
  const [row] = await tx.select({ n: count() }).from(waitingBills).where(own);
  return row?.n ?? 0;
}

async function drop(tx: Tx, which: ReturnType<typeof and>, at: number): Promise<number> {
  const ended = { state: 'dropped', endedAt: at } as const;
  return (await tx.update(waitingBills).set(ended).where(and(isOpen, which)).returning()).length;
}

/** Calls off everything that waits for money of this person's. Returns how many bills that were. */
export async function dropWaiting(tx: Tx, userId: number, at: number): Promise<number> {
  return await drop(tx, eq(waitingBills.userId, userId), at);
}

/** A waiting bill of this person, in whatever state; null for anybody else's. */
export async function waitingBill(
  queries: Queries,
  id: string,
  userId: number,
): Promise<WaitingBill | null> {
  const own = and(eq(waitingBills.id, id), eq(waitingBills.userId, userId));
  const [row] = await queries.select().from(waitingBills).where(own);
  return row ?? null;
}

/** What a person agreed to last, of what still waits for money; null: nothing. */
export async function agreedLast(queries: Queries, userId: number): Promise<WaitingBill | null> {
  const [row] = await queries
    .select()
    .from(waitingBills)
    .where(and(isOpen, eq(waitingBills.userId, userId)))
    .orderBy(desc(waitingBills.createdAt))
    .limit(1);
  return row ?? null;
}

/** Looks once at each bill that is due; those whose money came are paid. */
export async function goOnWaiting(deps: MonthlyDeps, isStopped: () => boolean): Promise<void> {
  for (let done = 0; done < BATCH && !isStopped(); done += 1) {
    const row = await claim(deps);
    if (!row) return;
    try {
      await look(deps, row);
    } catch (error) {
      const facts = { event: 'waiting_bill_failed', waiting: row.id, err: error };
      deps.log.error(facts, 'a bill that waits for money');
    }
  }
}

async function claim({ db, clock }: MonthlyDeps): Promise<WaitingBill | null> {
  const at = clock.now();
  const isDue = and(isOpen, lte(waitingBills.dueAt, at), lte(waitingBills.leaseUntil, at));
  const [due] = await db.read
    .select({ id: waitingBills.id })
    .from(waitingBills)
    .where(isDue)
    .orderBy(asc(waitingBills.dueAt))
    .limit(1);
  if (!due) return null;
  const [row] = await db.tx((tx) =>
    tx
      .update(waitingBills)
      .set({ leaseUntil: at + LEASE_MS })
      .where(and(eq(waitingBills.id, due.id), isDue))
      .returning(),
  );
  return row ?? null;
}

async function look(deps: MonthlyDeps, row: WaitingBill): Promise<void> {
  const { db, clock, topups } = deps;
  // The bill was written before the process that wrote it was killed.
  if (await billOfConfirmation(db.read, row.id)) return await end(deps, row, { state: 'paid' });
  const at = clock.now();
  const recent = await topups.history(row.userId, { offset: 0, limit: LATEST_TOPUPS });
  const credited = recent.some(({ paidAt }) => paidAt !== null && paidAt >= row.createdAt);
  if (credited) return await goOn(deps, row, at);
  if (at - row.createdAt > LOOKED_FOR_MS) return await end(deps, row, { state: 'dropped' });
  await later(deps, row, at - row.createdAt < SOON_FOR_MS ? SOON_MS : LATER_MS);
}

async function goOn(deps: MonthlyDeps, row: WaitingBill, at: number): Promise<void> {
  const { db, bills } = deps;
  const payer = await getUser(db.read, row.userId);
  if (payer?.blockedAt) return await end(deps, row, { state: 'dropped' });
  // It may have been paid since the copy was made.
  const isFromCopy = row.createdAt <= ((await restoredAt(db.read)) ?? -1);
  if (isFromCopy || at - row.createdAt > AGREED_FOR_MS) return await ask(deps, row, 'late');
  const known = await paidOrOpen(db.read, row, row.createdAt);
  // Whoever had it before, and was slow, has written it since this one looked: it is this very bill.
  if (known?.confirmationId === row.id) return await end(deps, row, { state: 'paid' });
  if (known) return await ask(deps, row, 'repeated');
  const { accountLabels } = row;
  const outcome = await bills.confirm({
    ...fromBalance(row, row.id),
    ...(accountLabels === null ? {} : { labels: accountLabels }),
    begin: async (tx) => await change(tx, row, { state: 'paid', endedAt: at }),
  });
  await afterwards(deps, row, outcome);
}

/** Paylov, or the program, is busy: it is tried again until the agreement is too old. */
const isBusy = (outcome: ConfirmOutcome): boolean =>
  outcome.kind === 'unavailable' && (outcome.reason === 'busy' || outcome.reason === 'provider');

const REASONS: Readonly<Record<Exclude<ConfirmOutcome['kind'], 'bill' | 'called_off'>, AskReason>> =
  {
    insufficient: 'short',
    changed: 'changed',
    repeated_within: 'repeated',
    out_of_limits: 'unavailable',
    unknown_card: 'unavailable',
    too_many: 'unavailable',
    quota_spent: 'unavailable',
    request_over: 'unavailable',
    unavailable: 'unavailable',
  };

async function afterwards(
  deps: MonthlyDeps,
  row: WaitingBill,
  outcome: ConfirmOutcome,
): Promise<void> {
  if (outcome.kind === 'bill') await end(deps, row, { state: 'paid' });
  // It was called off since, or somebody else goes on with it.
  else if (outcome.kind === 'called_off') return;
  else if (isBusy(outcome)) await later(deps, row, LATER_MS);
  else await ask(deps, row, REASONS[outcome.kind]);
}

/** Changes the row, if it is still open and this process's. False: it is not, and nothing was written. */
async function change(
  tx: Tx,
  { id, leaseUntil }: WaitingBill,
  set: Partial<WaitingBill>,
): Promise<boolean> {
  const isOurs = and(eq(waitingBills.id, id), eq(waitingBills.leaseUntil, leaseUntil));
  const changed = await tx.update(waitingBills).set(set).where(and(isOpen, isOurs)).returning();
  return changed.length > 0;
}

async function later({ db, clock }: MonthlyDeps, row: WaitingBill, ms: number): Promise<void> {
  await db.tx((tx) => change(tx, row, { dueAt: clock.now() + ms, leaseUntil: 0 }));
}

async function end(
  { db, clock, log }: MonthlyDeps,
  row: WaitingBill,
  { state }: { state: 'paid' | 'dropped' },
): Promise<void> {
  await db.tx(async (tx) => {
    await change(tx, row, { state, endedAt: clock.now() });
    const facts = { event: 'waiting_bill', waiting: row.id, state };
    tx.afterCommit(() => log.info(facts, 'bill'));
  });
}

/** Writes the state and the message in one transaction. */
async function ask(deps: MonthlyDeps, row: WaitingBill, reason: AskReason): Promise<void> {
  const at = deps.clock.now();
  const { id, userId } = row;
  await deps.write(async (tx) => {
    if (!(await change(tx, row, { state: 'asks', reason, endedAt: at }))) return;
    const params = { waitingId: id };
    const key = `waiting:${id}:asks`;
    await enqueue(tx, { key, chatId: userId, kind: 'waiting_asks', params, at });
    const facts = { event: 'waiting_bill', waiting: id, state: 'asks', reason };
    tx.afterCommit(() => deps.log.info(facts, 'bill'));
  });
}

/** Forgets agreements that are long over. */
export async function pruneWaiting(db: Database, now: number): Promise<void> {
  const old = lt(waitingBills.endedAt, now - KEPT_MS);
  await deleteInBatches(db, waitingBills, { key: waitingBills.id, old });
}

/** Shortens what waits too long because it was written while the clock was ahead. */
export async function bringWaitingBack(tx: Tx, { now }: BringBack): Promise<void> {
  const isAhead = gt(waitingBills.dueAt, now + LATER_MS + AHEAD_MS);
  await tx.update(waitingBills).set({ dueAt: now }).where(and(isOpen, isAhead));
  const isHeld = gt(waitingBills.leaseUntil, now + LEASE_MS + AHEAD_MS);
  await tx.update(waitingBills).set({ leaseUntil: now }).where(and(isOpen, isHeld));
}
