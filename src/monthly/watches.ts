/**
 * Saved accounts that are looked at once a month: by night, each at a moment of its own, and told of in the morning. A row of
 * `watches` says when it is looked at next and what the last look found. Nothing is paid here.
 */
import { and, asc, count, eq, gt, isNotNull, lte } from 'drizzle-orm';
import { paidOrOpen } from '../bills/list.ts';
import { type SavedAccount, savedAccount } from '../bills/saved.ts';
import { AHEAD_MS, type BringBack } from '../core/clock/ahead.ts';
import { dayOf, DAY_MS } from '../core/calendar.ts';
import type { DebtSign } from '../bills/states.ts';
import type { Tiyin } from '../core/money.ts';
import type { Queries, Tx } from '../db/database.ts';
import { watches } from '../db/tables.ts';
import { enqueue } from '../outbox/messages.ts';
import { useQuota } from '../quotas/quotas.ts';
import { getUser } from '../users/users.ts';
import { announce, callOff, isAnnounced } from './announce.ts';
import { isQuiet, type Look, morningOf, nextLook, shareOf } from './calendar.ts';
import { LEASE_MS, type MonthlyDeps } from './deps.ts';
import { blockingRank } from './order.ts';

export type Watch = typeof watches.$inferSelect;

/** A watched account and what is known of it. */
export interface Watched {
  watch: Watch;
  saved: SavedAccount;
}

const RETRY_MS = 15 * 60_000;
const BATCH = 50;
/** People told in one round. */
const TOLD_AT_ONCE = 50;
/** A look that is older says nothing of today. */
const LOOK_COUNTS_MS = 35 * DAY_MS;
const SNOOZE_DAYS = 3;
/** The clock may be set by hours; a look is never further away than the month after next. */
const LONGEST_MS = 75 * DAY_MS;

export interface WatchChoice {
  userId: number;
  savedId: number;
  /** 1 to 31. */
  day: number;
  thresholdTiyin: Tiyin;
}

/** Begins to watch a saved account of this person, or does it on another day. Null: there is no such account. */
export async function watchAccount(
  { db, clock }: MonthlyDeps,
  { userId, savedId, day, thresholdTiyin }: WatchChoice,
): Promise<Watch | null> {
  const saved = await savedAccount(db.read, savedId);
  if (saved?.userId !== userId) return null;
  const at = clock.now();
  return await db.tx(async (tx) => {
    const before = await watchOf(tx, savedId, userId);
    // What was announced was announced for the day before the change.
    if (before && before.day !== day)
      await callOff(tx, { userId, savedId }, { reason: 'skipped', at });
    const first = lookOf(at, { savedId, day, autoCapTiyin: before?.autoCapTiyin ?? null });
    const chosen = { userId, day, thresholdTiyin, ...first };
    const [row] = await tx
      .insert(watches)
      .values({ savedId, ...chosen, createdAt: at })
      .onConflictDoUpdate({ target: watches.savedId, set: { ...chosen, tries: 0 } })
      .returning();
    return row ?? null;
  });
}

/**
 * When the account is looked at next. One that pays itself is told of the day before its day, or on the day where the
 * day before is over, and is paid the day after. Never for a period up to `after`.
 */
export function lookOf(
  now: number,
  { savedId, day, autoCapTiyin }: Pick<Watch, 'savedId' | 'day' | 'autoCapTiyin'>,
  after = '',
) {
  const onItsDay = nextLook(now, { day, daysBefore: 0, name: savedId, after });
  if (autoCapTiyin === null) return columnsOf(onItsDay);
  const dayBefore = nextLook(now, { day, daysBefore: 1, name: savedId, after });
  return columnsOf(onItsDay.period < dayBefore.period ? onItsDay : dayBefore);
}

function columnsOf({ period, day: lookDay, at: dueAt }: Look) {
  return { period, lookDay, dueAt };
}

/** A saved account of a person, and what time it is. */
export interface OwnNow {
  savedId: number;
  userId: number;
  /** Milliseconds since 1970. */
  at: number;
}

/** Ends watching; the account does not pay itself any more, either. False: it was not watched. */
export async function unwatch(tx: Tx, { savedId, userId, at }: OwnNow): Promise<boolean> {
  await callOff(tx, { userId, savedId }, { reason: 'off', at });
  return (await tx.delete(watches).where(own(savedId, userId)).returning()).length > 0;
}

/** Ends watching all accounts of this person. Returns how many those were. */
export async function unwatchAll(tx: Tx, userId: number, at: number): Promise<number> {
  await callOff(tx, { userId }, { reason: 'off', at });
  return (await tx.delete(watches).where(eq(watches.userId, userId)).returning()).length;
}

function own(savedId: number, userId: number) {
  return and(eq(watches.savedId, savedId), eq(watches.userId, userId));
}

export async function watchOf(
  queries: Queries,
  savedId: number,
  userId: number,
): Promise<Watch | null> {
  const [row] = await queries.select().from(watches).where(own(savedId, userId));
  return row ?? null;
}

/** All that a person has watched, in the order in which it is to be paid. */
export async function watchedOf({ db, bills }: MonthlyDeps, userId: number): Promise<Watched[]> {
  const rows = await db.read.select().from(watches).where(eq(watches.userId, userId));
  const all = await bills.saved.list(userId);
  const kept = rows.flatMap((watch): Watched[] => {
    const saved = all.find(({ id }) => id === watch.savedId);
    return saved ? [{ watch, saved }] : [];
  });
  const rank = ({ saved }: Watched): number => blockingRank(saved.serviceName);
  return kept.toSorted((a, b) => rank(a) - rank(b) || a.watch.savedId - b.watch.savedId);
}

export interface Due extends Watched {
  /** What the last look found, above zero; null: the service did not answer. */
  owedTiyin: Tiyin | null;
}

/** The watched accounts on which something is owed, as far as the last looks know, and that were not paid since. */
export async function dueOf(deps: MonthlyDeps, userId: number): Promise<Due[]> {
  const now = deps.clock.now();
  const due: Due[] = [];
  for (const { watch, saved } of await watchedOf(deps, userId)) {
    const { owedTiyin, isMissed, lookedAt, tellDay } = watch;
    const isOver = lookedAt === null || now - lookedAt > LOOK_COUNTS_MS || tellDay !== null;
    if (isOver || (owedTiyin === null && !isMissed)) continue;
    if (await paidOrOpen(deps.db.read, saved, lookedAt)) continue;
    if (await isAnnounced(deps.db.read, watch, saved)) continue;
    due.push({ watch, saved, owedTiyin });
  }
  return due;
}

/** Marks this month as done, however it was paid. False: the account is not watched. */
export async function settleWatch(tx: Tx, { savedId, userId, at }: OwnNow): Promise<boolean> {
  await callOff(tx, { userId, savedId }, { reason: 'paid_otherwise', at });
  return await forget(tx, savedId, userId);
}

/** Forgets what the last look found. */
async function forget(tx: Tx, savedId: number, userId: number): Promise<boolean> {
  const set = { owedTiyin: null, isMissed: false, tellDay: null };
  return (await tx.update(watches).set(set).where(own(savedId, userId)).returning()).length > 0;
}

/** Has the account looked at again in some days, and told of if something is still owed. False: it is not watched. */
export async function snoozeWatch(tx: Tx, { savedId, userId, at }: OwnNow): Promise<boolean> {
  const watch = await watchOf(tx, savedId, userId);
  if (!watch) return false;
  await callOff(tx, { userId, savedId }, { reason: 'skipped', at });
  await forget(tx, savedId, userId);
  const date = dayOf(at + SNOOZE_DAYS * DAY_MS);
  const day = Number(date.slice(8));
  const again = columnsOf(nextLook(at, { day, daysBefore: 0, name: savedId }));
  const period = watch.lookedPeriod ?? again.period;
  const set = { ...again, period, tries: 0 };
  await tx.update(watches).set(set).where(own(savedId, userId));
  return true;
}

/** Looks at each account that is due, as far as the quotas go. */
export async function lookAtWatched(deps: MonthlyDeps, isStopped: () => boolean): Promise<void> {
  for (let done = 0; done < BATCH && !isStopped(); done += 1) {
    const watch = await claim(deps);
    if (!watch) return;
    try {
      if (!(await look(deps, watch))) return;
    } catch (error) {
      const facts = { event: 'watch_failed', saved: watch.savedId, err: error };
      deps.log.error(facts, 'a watched account');
    }
  }
}

async function claim({ db, clock }: MonthlyDeps): Promise<Watch | null> {
  const at = clock.now();
  const isDue = and(lte(watches.dueAt, at), lte(watches.leaseUntil, at));
  const [due] = await db.read
    .select({ savedId: watches.savedId })
    .from(watches)
    .where(isDue)
    .orderBy(asc(watches.dueAt))
    .limit(1);
  if (!due) return null;
  const [row] = await db.tx((tx) =>
    tx
      .update(watches)
      .set({ leaseUntil: at + LEASE_MS })
      .where(and(eq(watches.savedId, due.savedId), isDue))
      .returning(),
  );
  return row ?? null;
}

/**
 * Looks at one account. False: the quota of all people together is used up, so that nobody else can be looked at now
 * either.
 */
async function look(deps: MonthlyDeps, watch: Watch): Promise<boolean> {
  const { db, clock, bills, quotas } = deps;
  const saved = await savedAccount(db.read, watch.savedId);
  if (!saved) {
    const { savedId, userId } = watch;
    await db.tx((tx) => unwatch(tx, { savedId, userId, at: clock.now() }));
    return true;
  }
  const at = clock.now();
  const all = { userId: 0, action: 'watch_all', at } as const;
  const budget = await db.tx((tx) => useQuota(tx, quotas, all));
  if (budget.kind === 'quota_spent') {
    await put(deps, watch, { dueAt: budget.until });
    return false;
  }
  const { userId, serviceId, account } = saved;
  const told = await bills.info({ userId, serviceId, account, use: 'watch_look' });
  if (told.kind === 'info') await found(deps, watch, told);
  else if (told.kind === 'quota_spent') await put(deps, watch, { dueAt: told.until });
  else await missed(deps, watch);
  return true;
}

async function put(
  { db }: MonthlyDeps,
  watch: Watch,
  set: Partial<typeof watches.$inferInsert>,
): Promise<void> {
  // Nothing is written when its person chose another day meanwhile.
  const same = and(own(watch.savedId, watch.userId), eq(watches.dueAt, watch.dueAt));
  await db.tx((tx) =>
    tx
      .update(watches)
      .set({ ...set, leaseUntil: 0 })
      .where(same),
  );
}

async function found(
  deps: MonthlyDeps,
  watch: Watch,
  { debtTiyin, sign }: { debtTiyin: Tiyin | null; sign: DebtSign },
): Promise<void> {
  if (sign === 'unknown' && watch.autoCapTiyin !== null) await switchOff(deps, watch);
  const isOwed = debtTiyin !== null && debtTiyin >= Math.max(1, watch.thresholdTiyin);
  const owedTiyin = isOwed ? debtTiyin : null;
  await put(deps, watch, {
    ...looked(deps, watch),
    owedTiyin,
    tellDay: isOwed ? watch.lookDay : null,
  });
}

/**
 * Nobody knows any more which sign of its balance is a debt: the account does not pay itself any more, and its person
 * is told.
 */
async function switchOff({ write, clock }: MonthlyDeps, watch: Watch): Promise<void> {
  const { savedId, userId } = watch;
  const at = clock.now();
  await write(async (tx) => {
    const isOn = isNotNull(watches.autoCapTiyin);
    const off = { autoCapTiyin: null, autoOwner: null };
    const [row] = await tx
      .update(watches)
      .set(off)
      .where(and(own(savedId, userId), isOn))
      .returning();
    if (!row) return;
    const key = `auto-off:${savedId}:${at}`;
    await enqueue(tx, { key, chatId: userId, kind: 'auto_off', params: { savedId }, at });
  });
}

function looked({ clock }: MonthlyDeps, watch: Watch) {
  const { period } = watch;
  const at = clock.now();
  const next = lookOf(at, watch, period);
  return { lookedAt: at, lookedPeriod: period, isMissed: false, tries: 0, ...next };
}

/** Tries again until the morning; then its person hears that the account could not be looked at. */
async function missed(deps: MonthlyDeps, watch: Watch): Promise<void> {
  const dueAt = deps.clock.now() + RETRY_MS;
  const { quietHours } = await deps.terms(deps.db.read);
  if (dueAt < morningOf(watch.lookDay, 0, quietHours)) {
    await put(deps, watch, { dueAt, tries: watch.tries + 1 });
    return;
  }
  const known = { owedTiyin: null, isMissed: true, tellDay: watch.lookDay };
  await put(deps, watch, { ...looked(deps, watch), ...known });
}

/** Sends one message for all that a person's looks have found, from the morning on. */
export async function tellWatched(deps: MonthlyDeps): Promise<void> {
  const { db, clock, write } = deps;
  const at = clock.now();
  const { quietHours } = await deps.terms(db.read);
  if (isQuiet(at, quietHours)) return;
  const today = dayOf(at);
  const isWaiting = and(isNotNull(watches.tellDay), lte(watches.tellDay, today));
  const people = await db.read
    .selectDistinct({ userId: watches.userId })
    .from(watches)
    .where(isWaiting)
    .limit(TOLD_AT_ONCE);
  for (const { userId } of people) {
    if (at < morningOf(today, shareOf(userId), quietHours)) continue;
    await write((tx) => tell(tx, userId, { today, at }));
  }
}

async function tell(
  tx: Tx,
  userId: number,
  { today, at }: { today: string; at: number },
): Promise<void> {
  const isTold = and(eq(watches.userId, userId), lte(watches.tellDay, today));
  const told = await tx.update(watches).set({ tellDay: null }).where(isTold).returning();
  // Nothing is paid for somebody who was shut out, so nothing is announced.
  if ((await getUser(tx, userId))?.blockedAt) return;
  let reminded = 0;
  for (const watch of told) {
    const saved = await savedAccount(tx, watch.savedId);
    if (saved && !(await announce(tx, { watch, saved, at }))) reminded += 1;
  }
  if (reminded === 0) return;
  const key = `watch:${userId}:${at}`;
  await enqueue(tx, { key, chatId: userId, kind: 'watch_due', params: {}, at });
}

/** For owners: how many accounts are watched, and by how many people. */
export async function watchFigures(
  queries: Queries,
): Promise<{ accounts: number; people: number }> {
  const [all] = await queries.select({ n: count() }).from(watches);
  const people = await queries.selectDistinct({ userId: watches.userId }).from(watches);
  return { accounts: all?.n ?? 0, people: people.length };
}

/** Shortens what waits too long because it was written while the clock was ahead. */
export async function bringWatchesBack(tx: Tx, { now }: BringBack): Promise<void> {
  await tx
    .update(watches)
    .set({ leaseUntil: now })
    .where(gt(watches.leaseUntil, now + LEASE_MS + AHEAD_MS));
  const isAhead = gt(watches.dueAt, now + LONGEST_MS);
  for (const watch of await tx.select().from(watches).where(isAhead)) {
    await tx.update(watches).set(lookOf(now, watch)).where(eq(watches.savedId, watch.savedId));
  }
}
