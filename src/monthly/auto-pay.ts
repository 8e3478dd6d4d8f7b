/**
 * The attempt of an account to pay itself: judged from what is true now by all that was agreed to, then a bill like any other,
 * confirmed under the attempt's name. That it has begun is written in the transaction that holds the money, so that whoever goes
 * on, whatever was killed, meets the same bill or none.
 */
import { and, asc, eq, gt, gte, inArray, isNull, lte, or } from 'drizzle-orm';
import type { Bill } from '../bills/bill.ts';
import type { AccountOutcome } from '../bills/bills.ts';
import { billOfConfirmation, paidOrOpen } from '../bills/list.ts';
import type { ConfirmOutcome } from '../bills/outcomes.ts';
import { type SavedAccount, savedAccount } from '../bills/saved.ts';
import { AHEAD_MS, type BringBack } from '../core/clock/ahead.ts';
import { dayAfter, dayOf, HOUR_MS, startOf } from '../core/calendar.ts';
import type { Tiyin } from '../core/money.ts';
import type { Queries, Tx } from '../db/database.ts';
import { autoPayments, watches } from '../db/tables.ts';
import { userBalance } from '../ledger/ledger.ts';
import { arrivedAt, enqueue } from '../outbox/messages.ts';
import { getUser } from '../users/users.ts';
import { type AutoPayment, isOne, isOpen, LAG_MS, nameOf, noticeKey } from './announce.ts';
import { ownerOf } from './auto.ts';
import { LEASE_MS, type MonthlyDeps } from './deps.ts';
import { fromBalance } from './from-balance.ts';
import { sumFor } from './pay-all.ts';
import type { AutoEnd, AutoReason } from './states.ts';
import { type Watch, watchOf } from './watches.ts';

/** After so many failures in a row an account does not pay itself any more. */
const MAX_FAILURES = 3;

const RETRY_MS = 10 * 60_000;
const BATCH = 50;
/** No attempt is begun after this hour of the day. */
const LAST_HOUR = 20;

/** Goes on with each attempt that is due. */
export async function payAutomatically(deps: MonthlyDeps, isStopped: () => boolean): Promise<void> {
  for (let done = 0; done < BATCH && !isStopped(); done += 1) {
    const row = await claim(deps);
    if (!row) return;
    try {
      await goOn(deps, row);
    } catch (error) {
      const facts = { event: 'auto_payment_failed', name: nameOf(row), err: error };
      deps.log.error(facts, 'a bill that pays itself');
    }
  }
}

async function claim({ db, clock }: MonthlyDeps): Promise<AutoPayment | null> {
  const at = clock.now();
  const isDue = and(isOpen, lte(autoPayments.dueAt, at), lte(autoPayments.leaseUntil, at));
  const [due] = await db.read
    .select()
    .from(autoPayments)
    .where(isDue)
    .orderBy(asc(autoPayments.dueAt))
    .limit(1);
  if (!due) return null;
  const [row] = await db.tx((tx) =>
    tx
      .update(autoPayments)
      .set({ leaseUntil: at + LEASE_MS })
      .where(and(isOne(due), isDue))
      .returning(),
  );
  return row ?? null;
}

async function goOn(deps: MonthlyDeps, row: AutoPayment): Promise<void> {
  const bill = await billOfConfirmation(deps.db.read, nameOf(row));
  if (bill) await follow(deps, row, bill);
  else await attempt(deps, row);
}

/** The attempt has made a bill: however that ends, the attempt ends. */
async function follow(deps: MonthlyDeps, row: AutoPayment, bill: Bill): Promise<void> {
  const { state } = bill;
  if (state === 'paid' || state === 'refunded') {
    await end(deps, row, { state: 'paid', reason: 'paid' });
  } else if (state === 'failed') await end(deps, row, { state, reason: 'refused' });
  else await later(deps, row, deps.clock.now() + RETRY_MS);
}

async function attempt(deps: MonthlyDeps, row: AutoPayment): Promise<void> {
  const at = deps.clock.now();
  const closesAt = startOf(row.payDay) + LAST_HOUR * HOUR_MS;
  if (at > closesAt) return await end(deps, row, { state: 'failed', reason: 'late' });
  const verdict = await judge(deps, row);
  if (verdict.kind === 'wait') await later(deps, row, at + RETRY_MS);
  else if (verdict.kind === 'end') await end(deps, row, verdict);
  else await afterwards(deps, { row, verdict, outcome: await confirm(deps, row, verdict) });
}

interface Payable {
  kind: 'pay';
  saved: SavedAccount;
  amountTiyin: Tiyin;
  feeTiyin: Tiyin;
  /** Who the account belongs to, as the service says it now and as its payer agreed to. */
  owner: string;
}

interface End {
  state: AutoEnd;
  reason: AutoReason;
  /** The sum that was to be paid, where it is known. */
  amountTiyin?: Tiyin;
  feeTiyin?: Tiyin;
}

type Verdict = Payable | { kind: 'wait' } | ({ kind: 'end' } & End);

const WAIT: Verdict = { kind: 'wait' };

const ended = (
  state: AutoEnd,
  reason: AutoReason,
  known: Pick<End, 'amountTiyin' | 'feeTiyin'> = {},
): Verdict => ({ kind: 'end', state, reason, ...known });

/** Judges from what is true now whether the account may pay itself, by all that its payer agreed to. */
async function judge(deps: MonthlyDeps, row: AutoPayment): Promise<Verdict> {
  const { db, bills } = deps;
  const { userId, savedId } = row;
  const saved = await savedAccount(db.read, savedId);
  const watch = await watchOf(db.read, savedId, userId);
  const payer = await getUser(db.read, userId);
  if (!saved || !watch || watch.autoCapTiyin === null || payer?.blockedAt) {
    return ended('skipped', 'off');
  }
  if (!(await wasTold(db.read, row)) || payer?.unreachableAt) return ended('failed', 'untold');
  const before = await paidBefore(db.read, row, saved);
  if (before) return before;
  const { serviceId, account } = saved;
  const told = await bills.info({ userId, serviceId, account, use: 'watch_look' });
  if (told.kind !== 'info') return WAIT;
  const refusal = refusedFor(told, watch);
  if (refusal) return ended('failed', refusal);
  if (told.debtTiyin === null) return ended('skipped', 'nothing_owed');
  const service = await serviceOf(deps, serviceId);
  if (!service) return WAIT;
  const amountTiyin = sumFor(told.debtTiyin, service);
  const { feeTiyin, totalTiyin } = await bills.quote({ serviceId, amountTiyin, source: 'balance' });
  const sums = { amountTiyin, feeTiyin };
  if (totalTiyin > watch.autoCapTiyin) return ended('failed', 'above_cap', sums);
  const { availableTiyin } = await userBalance(db.read, userId);
  if (availableTiyin < totalTiyin) return ended('failed', 'short', sums);
  return { kind: 'pay', saved, ...sums, owner: ownerOf(told.details) };
}

/** True when its payer was told the day before: without that, nobody's money is taken. */
async function wasTold(queries: Queries, row: AutoPayment): Promise<boolean> {
  const arrived = await arrivedAt(queries, noticeKey(row));
  return arrived !== null && dayOf(arrived) < row.payDay;
}

/**
 * True when the account was paid, or may have been, since it was announced: by its person or by somebody who shares it.
 */
async function paidBefore(
  queries: Queries,
  row: AutoPayment,
  saved: SavedAccount,
): Promise<Verdict | null> {
  const own = await paidOrOpen(queries, saved, row.createdAt);
  if (own) return own.state === 'paid' ? ended('skipped', 'paid_otherwise') : WAIT;
  const other = await begunOf(queries, row);
  if (other?.state === 'paid') {
    // Of another month it may be another debt: its person hears that somebody paid, and looks.
    const isSame = other.period === row.period;
    return ended('skipped', isSame ? 'nothing_owed' : 'paid_otherwise');
  }
  if (other) return WAIT;
  return null;
}

/** The attempt for this account that has begun, or was paid for this month or lately, whoever agreed to it. */
async function begunOf(
  queries: Queries,
  { accountKey, period, dueAt }: AutoPayment,
): Promise<AutoPayment | null> {
  const isRecent = or(isNull(autoPayments.endedAt), gte(autoPayments.endedAt, dueAt - LAG_MS));
  const [row] = await queries
    .select()
    .from(autoPayments)
    .where(
      and(
        eq(autoPayments.accountKey, accountKey),
        inArray(autoPayments.state, ['going', 'paid']),
        or(eq(autoPayments.period, period), isRecent),
      ),
    );
  return row ?? null;
}

function refusedFor(
  told: Extract<AccountOutcome, { kind: 'info' }>,
  watch: Watch,
): 'unknown_sign' | 'other_owner' | null {
  if (told.sign === 'unknown') return 'unknown_sign';
  return ownerOf(told.details) === watch.autoOwner ? null : 'other_owner';
}

async function serviceOf({ bills }: MonthlyDeps, serviceId: string) {
  const listed = await bills.catalog.services();
  const services = listed.kind === 'services' ? listed.services : [];
  return services.find(({ id, available }) => id === serviceId && available) ?? null;
}

async function confirm(
  { bills }: MonthlyDeps,
  row: AutoPayment,
  verdict: Payable,
): Promise<ConfirmOutcome> {
  const { saved, amountTiyin, feeTiyin } = verdict;
  return await bills.confirm({
    ...fromBalance({ ...saved, amountTiyin, feeTiyin }, nameOf(row)),
    begin: (tx) => begin(tx, row, verdict),
  });
}

/**
 * Looks once more in the transaction that holds the money. False, and nothing is paid: the attempt was skipped, turned
 * off, removed or paid since it was judged, what was agreed to has changed, or another process goes on with it.
 */
async function begin(
  tx: Tx,
  row: AutoPayment,
  { amountTiyin, feeTiyin, owner }: Payable,
): Promise<boolean> {
  const saved = await savedAccount(tx, row.savedId);
  const watch = await watchOf(tx, row.savedId, row.userId);
  const payer = await getUser(tx, row.userId);
  if (!saved || payer?.blockedAt) return false;
  if (!watch || watch.autoCapTiyin === null || watch.autoOwner !== owner) return false;
  if (amountTiyin + feeTiyin > watch.autoCapTiyin) return false;
  if (await paidBefore(tx, row, saved)) return false;
  const isStill = and(isOne(row), eq(autoPayments.state, 'announced'));
  const isOurs = eq(autoPayments.leaseUntil, row.leaseUntil);
  const [begun] = await tx
    .update(autoPayments)
    .set({ state: 'going', amountTiyin, feeTiyin })
    .where(and(isStill, isOurs))
    .returning();
  return begun !== undefined;
}

async function afterwards(
  deps: MonthlyDeps,
  { row, verdict, outcome }: { row: AutoPayment; verdict: Payable; outcome: ConfirmOutcome },
): Promise<void> {
  const { amountTiyin, feeTiyin } = verdict;
  if (outcome.kind === 'bill') await follow(deps, row, outcome.bill);
  else if (outcome.kind === 'insufficient') {
    await end(deps, row, { state: 'failed', reason: 'short', amountTiyin, feeTiyin });
  }
  // Nothing was written, so the attempt is judged anew from what is true then.
  else await later(deps, row, deps.clock.now() + RETRY_MS);
}

/** Puts the attempt off until then, unless another process has it by now. */
async function later({ db }: MonthlyDeps, row: AutoPayment, at: number): Promise<void> {
  const set = { dueAt: at, leaseUntil: 0 };
  const isOurs = eq(autoPayments.leaseUntil, row.leaseUntil);
  await db.tx((tx) =>
    tx
      .update(autoPayments)
      .set(set)
      .where(and(isOne(row), isOpen, isOurs)),
  );
}

/** Ends that count as failures: after three in a row the account does not pay itself any more. */
const COUNTS: ReadonlySet<AutoReason> = new Set(['refused', 'short']);
/** Ends after which what was agreed to is not true any more: the account stops paying itself at once. */
const ENDS_IT: ReadonlySet<AutoReason> = new Set(['unknown_sign', 'other_owner']);
/**
 * Ends that nobody has to be told of: their payer brought them about, or hears of the bill. What was paid otherwise is
 * told, since somebody else may have paid.
 */
const SILENT: ReadonlySet<AutoReason> = new Set(['paid', 'off', 'refused']);

/**
 * Writes the end, what follows for the account, and the message, all in one transaction and once. Does nothing when
 * another process has the attempt by now, which may be paying it.
 */
async function end(deps: MonthlyDeps, row: AutoPayment, { state, reason, ...sums }: End) {
  const at = deps.clock.now();
  const isOurs = eq(autoPayments.leaseUntil, row.leaseUntil);
  await deps.write(async (tx) => {
    const [over] = await tx
      .update(autoPayments)
      .set({ state, reason, ...sums, endedAt: at })
      .where(and(isOne(row), isOpen, isOurs))
      .returning();
    if (!over) return;
    const isOff = await countFailure(tx, over, reason);
    const facts = { event: 'auto_payment', name: nameOf(over), state, reason };
    tx.afterCommit(() => deps.log.info(facts, 'bill'));
    if (SILENT.has(reason) && !isOff) return;
    const { accountKey, period, userId: chatId } = over;
    const params = { accountKey, period };
    await enqueue(tx, { key: `${nameOf(over)}:over`, chatId, kind: 'auto_over', params, at });
  });
}

/** Counts a failure. True: that was one too many, and the account does not pay itself any more. */
async function countFailure(
  tx: Tx,
  { savedId, userId }: AutoPayment,
  reason: AutoReason,
): Promise<boolean> {
  const watch = await watchOf(tx, savedId, userId);
  if (!watch || watch.autoCapTiyin === null) return false;
  const before = reason === 'paid' ? 0 : watch.autoFailures;
  const failures = COUNTS.has(reason) ? before + 1 : before;
  const isOff = failures >= MAX_FAILURES || ENDS_IT.has(reason);
  const off = isOff ? { autoCapTiyin: null, autoOwner: null } : {};
  await tx
    .update(watches)
    .set({ autoFailures: failures, ...off })
    .where(eq(watches.savedId, savedId));
  return isOff;
}

/** Shortens what waits too long because it was written while the clock was ahead. */
export async function bringAutoBack(tx: Tx, { now }: BringBack): Promise<void> {
  const isHeld = gt(autoPayments.leaseUntil, now + LEASE_MS + AHEAD_MS);
  await tx.update(autoPayments).set({ leaseUntil: now }).where(and(isOpen, isHeld));
  for (const row of await tx.select().from(autoPayments).where(isOpen)) {
    const latest = startOf(dayAfter(row.payDay));
    if (row.dueAt <= latest) continue;
    await tx.update(autoPayments).set({ dueAt: latest }).where(isOne(row));
  }
}
