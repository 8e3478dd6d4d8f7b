/** Asks about what is due, and ends what was cut off. Every part may run again at any time. */
import { and, asc, eq, gt, inArray, isNotNull, lte, or, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { leases } from '../db/lease.ts';
import { bills } from '../db/tables.ts';
import type { Evidence } from './states.ts';
import { type Bill, UNPAID_STATES } from './bill.ts';
import { type BillDeps, type Hearing, hearingOf, stepLease } from './deps.ts';
import { isPaidAsAsked } from './pay.ts';
import { paylovUserId } from './paylov/paylov.ts';
import type { StatusOutcome } from './paylov/types.ts';
import {
  settleFailed,
  settlePaid,
  settleStuck,
  settleUnknown,
  UNKNOWN_SCHEDULE_MS,
} from './settle.ts';
import { dayOf } from '../core/calendar.ts';

export const lease = leases(bills, bills.id);

/** Bills asked about at once. */
const PARALLEL = 4;

/** Bills ended in one look; others get their turn in between. */
const BATCH = 100;

/** A bill that waits for an owner is still asked about, in case it becomes clear by itself. */
export const STUCK_EVERY_MS = 30 * 60_000;
export const STUCK_FOR_MS = 72 * 60 * 60_000;

/** As literals: the index of open bills is not found by bound parameters. */
export const inOpenIndex = sql`${bills.state} in ('held', 'created', 'drafting', 'paying')`;

const LISTED_AS_EVIDENCE = 20;

/**
 * Bills whose step was cut off: before `pay` they were certainly not paid, and their money goes back; in `paying`
 * nobody knows. With `everyone`, also those whose step could still be under way: right at start, when this is the
 * only process. Returns how many.
 */
export async function endInterrupted(
  deps: BillDeps,
  { everyone }: { everyone: boolean },
): Promise<number> {
  const cutOff = inArray(bills.state, [...UNPAID_STATES, 'paying']);
  let ended = 0;
  let after = '';
  for (;;) {
    const at = deps.clock.now();
    const isFree = everyone ? undefined : lease.isFree(at);
    const rows = await deps.db.read
      .select()
      .from(bills)
      .where(and(cutOff, isFree, gt(bills.id, after)))
      .orderBy(asc(bills.id))
      .limit(BATCH);
    for (const bill of rows) {
      await safely(deps, bill, () => deps.write((tx) => endOne(deps, tx, bill, at)));
    }
    ended += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return ended;
    after = last.id;
  }
}

async function endOne(deps: BillDeps, tx: Tx, bill: Bill, at: number): Promise<void> {
  const base = { bill, cause: 'system', at } as const;
  if (bill.state === 'paying') {
    await settleUnknown(deps, tx, { ...base, note: 'interrupted' });
  } else {
    await settleFailed(deps, tx, { ...base, transition: 'notOpened', reason: 'interrupted' });
  }
}

/** Frees the bills that an ended process had taken; null: all of them, for a process that is the only one. */
export async function freeBills(tx: Tx, holder: string | null): Promise<void> {
  const isAsked = inArray(bills.state, ['unknown', 'stuck']);
  // One statement for each partial index: without them the whole table would be read.
  const places = [inOpenIndex, and(isNotNull(bills.dueAt), isAsked)];
  for (const place of holder === null ? [isAsked] : places) await lease.freeOf(tx, place, holder);
}

/** Ends bills whose code was not entered in time. Ends none while the clock is not trusted. */
export async function endUnentered(deps: BillDeps): Promise<void> {
  if (deps.isSure?.() === false) return;
  const at = deps.clock.now();
  const rows = await deps.db.read
    .select()
    .from(bills)
    .where(and(eq(bills.state, 'awaiting_code'), isNotNull(bills.dueAt), lte(bills.dueAt, at)))
    .limit(BATCH);
  for (const bill of rows) {
    const failure = { bill, transition: 'givenUp', reason: 'no_code', cause: 'poll', at } as const;
    await deps.write((tx) => settleFailed(deps, tx, failure));
  }
}

/** Asks about every bill that is due, a few at once, until none is left. */
export async function resolveDue(deps: BillDeps, isStopped: () => boolean): Promise<void> {
  const next = async (): Promise<Bill | null> => (isStopped() ? null : await claimDue(deps));
  async function work(first?: Bill): Promise<void> {
    for (let bill = first ?? (await next()); bill; bill = await next()) {
      const claimed = bill;
      await safely(deps, claimed, () => resolveBill(deps, claimed));
    }
  }
  // Mostly nothing is due, and one look tells: the others begin when there is something for them.
  const first = await next();
  if (!first) return;
  await Promise.all([work(first), ...Array.from({ length: PARALLEL - 1 }, () => work())]);
}

/** A bug with one bill must not keep the others from being looked at; its lease brings it back. */
async function safely(deps: BillDeps, bill: Bill, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    deps.log.error({ event: 'bill_work_failed', bill: bill.id, err: error }, 'working on a bill');
  }
}

async function claimDue(deps: BillDeps): Promise<Bill | null> {
  const at = deps.clock.now();
  return await deps.db.tx(async (tx) => {
    const due = tx
      .select({ id: bills.id })
      .from(bills)
      .where(
        and(
          isNotNull(bills.dueAt),
          or(eq(bills.state, 'unknown'), eq(bills.state, 'stuck')),
          lease.isDue(at),
        ),
      )
      .orderBy(asc(bills.dueAt))
      .limit(1);
    const [row] = await lease.take(tx, inArray(bills.id, due), stepLease(deps, at));
    return row ?? null;
  });
}

/** Asks Paylov about one claimed bill, and writes down everything that follows, freeing its lease. */
async function resolveBill(deps: BillDeps, bill: Bill): Promise<void> {
  const { transactionId } = bill;
  if (transactionId === null) throw new Error(`bill ${bill.id} may be paid and has no transaction`);
  const hearing = hearingOf(deps, bill);
  const status = await deps.paylov.status(transactionId, hearing.listen);
  await keepHeard(deps, hearing);
  const at = deps.clock.now();
  const base = { bill, cause: 'poll', at } as const;
  if (isPaidAsAsked(status, bill)) {
    await deps.write((tx) => settlePaid(deps, tx, { ...base, paidAt: status.paidAt }));
    return;
  }
  if (status.kind === 'status' && status.status === 'cancelled') {
    const failure = { ...base, transition: 'refused', reason: 'cancelled_at_paylov' } as const;
    await deps.write((tx) => settleFailed(deps, tx, failure));
    return;
  }
  await stillUnclear(deps, bill, status);
}

/**
 * In a transaction of its own: what follows is written in one of several places, and what was heard moves nobody's
 * money.
 */
async function keepHeard(deps: BillDeps, hearing: Hearing): Promise<void> {
  if (deps.keep) await deps.db.tx((tx) => hearing.keep(tx));
}

async function stillUnclear(deps: BillDeps, bill: Bill, status: StatusOutcome): Promise<void> {
  const isPaid = status.kind === 'status' && status.status === 'paid';
  const at = deps.clock.now();
  const dueAt = nextLook(bill, at);
  if (bill.state === 'stuck' || (dueAt !== null && !isPaid)) {
    await lookAgain(deps, bill, bill.state === 'stuck' ? nextStuckLook(bill, at) : dueAt);
    return;
  }
  const evidence = await gatherEvidence(deps, bill, status);
  const isOther = isPaid && status.amountTiyin !== null;
  const reason = isOther ? 'other_amount' : 'unclear';
  const now = deps.clock.now();
  const next = now + STUCK_EVERY_MS;
  const stuck = { bill, reason, evidence, dueAt: next, cause: 'poll', at: now } as const;
  await deps.write((tx) => settleStuck(deps, tx, stuck));
}

/** When the bill is asked about next; null: it was asked about for 10 minutes. */
function nextLook(bill: Bill, at: number): number | null {
  const since = bill.unknownSince ?? at;
  const next = UNKNOWN_SCHEDULE_MS.find((each) => since + each > at);
  return next === undefined ? null : since + next;
}

function nextStuckLook(bill: Bill, at: number): number | null {
  return at > (bill.unknownSince ?? at) + STUCK_FOR_MS ? null : at + STUCK_EVERY_MS;
}

/** Sets the next look, unless the bill moved on meanwhile: every transition ends the lease. */
async function lookAgain(deps: BillDeps, bill: Bill, dueAt: number | null): Promise<void> {
  await deps.db.tx(async (tx) => {
    await lease.giveBack(tx, bill.id, bill.leaseUntil, { dueAt, checks: bill.checks + 1 });
  });
}

async function gatherEvidence(
  deps: BillDeps,
  bill: Bill,
  status: StatusOutcome,
): Promise<Evidence> {
  const listed = await deps.paylov.transactions({
    beginDate: dayOf(bill.createdAt),
    endDate: dayOf(deps.clock.now()),
    userId: paylovUserId(bill.userId),
    serviceId: bill.serviceId,
  });
  const checks = bill.checks + 1;
  if (listed.kind === 'problem') {
    return { status, checks, listed: { problem: listed.code }, complete: false };
  }
  const matching = listed.transactions
    .filter(({ id, amountTiyin }) => id === bill.transactionId || amountTiyin === bill.amountTiyin)
    .slice(0, LISTED_AS_EVIDENCE);
  return { status, checks, listed: matching, complete: listed.complete };
}
