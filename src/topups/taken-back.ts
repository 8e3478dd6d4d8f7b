/**
 * Payments taken back: after an order was settled its provider says that it was not paid, or paid less. Cards and wallets
 * can reverse a payment that succeeded. Nothing is taken from anybody by that: owners hear of it once for each fall,
 * and decide whether to debit the user.
 */
import { and, desc, eq, gt, gte, inArray, isNotNull, isNull, like, lt, or } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { countOf, sumOf } from '../db/exact.ts';
import { suspenseItems, topupHistory, topups } from '../db/tables.ts';
import { providerClearing, userAvailable } from '../ledger/accounts.ts';
import { balanceOf, entryByKey, post, sumUnder } from '../ledger/ledger.ts';
import type { Tiyin } from '../core/money.ts';
import { enqueue } from '../outbox/messages.ts';
import type { StaffDecision } from './decide.ts';
import type { TopupDeps } from './deps.ts';
import { noteMoney } from './money-noted.ts';
import { topupById, writeHistory } from './transitions.ts';
import { settledFor } from './second.ts';
import type { Cause, HistoryMark } from './states.ts';
import { isSettled, SETTLED_STATES, type Topup } from './topup.ts';
import { markOnce } from './unread.ts';

export const TAKEN_BACK_ENTRY = 'topup_taken_back';

/** What the status call says about an order that is settled. */
interface CountedAgain {
  topupId: string;
  /** All that the provider counts as paid for it now; zero where it calls the order closed. */
  countedTiyin: Tiyin;
  /** The word in which it calls the order closed. */
  as?: 'expired' | 'cancelled' | 'failed';
  cause: Cause;
  at: number;
}

/** Notes that less is paid than was settled, or that all of it is there again. Changes no balance. */
export async function compareWithSettled(
  deps: TopupDeps,
  tx: Tx,
  counted: CountedAgain,
): Promise<void> {
  const order = await topupById(tx, counted.topupId);
  if (!order || order.paidTiyin === null || !isSettled(order.state)) return;
  const goneTiyin = (await settledFor(tx, order)) - counted.countedTiyin;
  const change = { order, goneTiyin, counted };
  if (goneTiyin > (order.takenBackTiyin ?? 0)) await noteFall(deps, tx, change);
  else if (order.takenBackTiyin === null) return;
  else if (goneTiyin > 0 && (await wasPaidAgain(tx, order.id))) await tellFall(deps, tx, change);
  else await noteRise(deps, tx, change);
}

interface Change {
  order: Topup;
  goneTiyin: Tiyin;
  counted: CountedAgain;
}

async function noteFall(deps: TopupDeps, tx: Tx, change: Change): Promise<void> {
  const {
    order: { id },
    goneTiyin,
    counted: { as, at },
  } = change;
  // Somebody vouched for what the provider never called paid: that it still does not is no news.
  if (as !== undefined && (await wasVouchedFor(tx, id)) && !(await wasCalledPaid(tx, id))) return;
  const isNew = or(isNull(topups.takenBackTiyin), lt(topups.takenBackTiyin, goneTiyin));
  const [noted] = await tx
    .update(topups)
    .set({ takenBackAt: at, takenBackTiyin: goneTiyin, takenBackEnd: null })
    .where(and(eq(topups.id, id), inArray(topups.state, [...SETTLED_STATES]), isNew))
    .returning({ id: topups.id });
  if (noted) await tellFall(deps, tx, change);
}

async function tellFall(
  deps: TopupDeps,
  tx: Tx,
  { order: { id, provider, state, userId }, goneTiyin, counted: { as, cause, at } }: Change,
): Promise<void> {
  const note = `${TAKEN_BACK}: ${goneTiyin} tiyin${as === undefined ? '' : `, it is called ${as}`}`;
  await writeHistory(tx, { id, toState: state, cause, at, note });
  const leftTiyin = await balanceOf(tx, userAvailable(userId));
  const alarm = {
    kind: 'taken_back',
    provider,
    topupId: id,
    userId,
    goneTiyin,
    leftTiyin,
    debitedTiyin: await sumUnder(tx, entryKey(id)),
    notedAt: at,
  } as const;
  await deps.alarm(tx, { ...alarm, credited: state === 'paid' }, at);
  tx.afterCommit(() => {
    deps.log.warn({ event: 'taken_back', order: id, goneTiyin }, 'a payment was taken back');
    deps.metrics.topup(provider, 'taken_back');
  });
}

/**
 * Notes that the provider now calls paid, or seems to, what somebody had to vouch for: from then on its word counts.
 */
export async function noteCalledPaid(
  tx: Tx,
  { topupId: id, cause, at }: Pick<CountedAgain, 'topupId' | 'cause' | 'at'>,
): Promise<void> {
  if (!(await wasVouchedFor(tx, id))) return;
  await markOnce(tx, { topup: { id }, mark: 'called_paid', cause, at });
}

const CALLED_PAID: readonly HistoryMark[] = ['called_paid', 'unreadable_payment', 'unknown_word'];

async function wasCalledPaid(tx: Tx, topupId: string): Promise<boolean> {
  const [mark] = await tx
    .select({ id: topupHistory.id })
    .from(topupHistory)
    .where(and(eq(topupHistory.topupId, topupId), inArray(topupHistory.toState, CALLED_PAID)))
    .limit(1);
  return mark !== undefined;
}

async function wasVouchedFor(tx: Tx, topupId: string): Promise<boolean> {
  const entry = await entryByKey(tx, `topup:${topupId}`);
  return entry?.kind === 'topup_approved';
}

const PAID_AGAIN = 'paid again, after it was debited';
/** Begins the note of each fall. */
const TAKEN_BACK = 'taken back';

/**
 * After a debit nothing of the order says that its payment is there again: whoever debited it may have given it back by hand, so
 * the next fall is a new one. What was noted last tells.
 */
async function wasPaidAgain(tx: Tx, topupId: string): Promise<boolean> {
  const isOne = or(eq(topupHistory.note, PAID_AGAIN), like(topupHistory.note, `${TAKEN_BACK}: %`));
  const [last] = await tx
    .select({ note: topupHistory.note })
    .from(topupHistory)
    .where(and(eq(topupHistory.topupId, topupId), isOne))
    .orderBy(desc(topupHistory.id))
    .limit(1);
  return last?.note === PAID_AGAIN;
}

/**
 * Notes that the money, or more of it, is there again. What was debited stays debited until an owner does something
 * about it.
 */
async function noteRise(
  deps: TopupDeps,
  tx: Tx,
  { order, goneTiyin, counted: { cause, at } }: Change,
): Promise<void> {
  const { id, provider, state } = order;
  const debitedTiyin = await sumUnder(tx, entryKey(id));
  const isWhole = goneTiyin <= 0;
  const isOver = isWhole || goneTiyin < (order.takenBackTiyin ?? 0);
  if (!isOver) return;
  if (debitedTiyin > 0) {
    if (!isWhole || (await wasPaidAgain(tx, id))) return;
    await writeHistory(tx, { id, toState: state, cause, at, note: PAID_AGAIN });
  } else {
    const set = isWhole
      ? { takenBackAt: null, takenBackTiyin: null, takenBackEnd: null }
      : { takenBackTiyin: goneTiyin };
    const changed = await tx
      .update(topups)
      .set(set)
      .where(and(eq(topups.id, id), gt(topups.takenBackTiyin, Math.max(goneTiyin, 0))))
      .returning({ id: topups.id });
    if (changed.length === 0) return;
    const note = isWhole ? 'paid again' : `${TAKEN_BACK}: ${goneTiyin} tiyin now`;
    await writeHistory(tx, { id, toState: state, cause, at, note });
    if (!isWhole) return;
  }
  const alarm = { kind: 'taken_back_over', provider, topupId: id, debitedTiyin } as const;
  await deps.alarm(tx, { ...alarm, notedAt: at }, at);
}

/** What was noted as taken back within a time, by provider: `[fromAt, toAt)` in milliseconds since 1970. */
export async function takenBackWithin(
  queries: Queries,
  { fromAt, toAt }: { fromAt: number; toAt: number },
): Promise<ReadonlyMap<string, { tiyin: Tiyin; count: number }>> {
  const rows = await queries
    .select({
      provider: topups.provider,
      tiyin: sumOf(topups.takenBackTiyin),
      count: countOf(),
    })
    .from(topups)
    .where(and(gte(topups.takenBackAt, fromAt), lt(topups.takenBackAt, toAt)))
    .groupBy(topups.provider);
  return new Map(rows.map(({ provider, ...figures }) => [provider, figures]));
}

/** The times at which those were noted that nobody has decided about. */
export async function openTakenBack(queries: Queries): Promise<number[]> {
  const rows = await queries
    .select({ at: topups.takenBackAt })
    .from(topups)
    .where(and(isNotNull(topups.takenBackAt), isNull(topups.takenBackEnd)));
  return rows.flatMap(({ at }) => at ?? []);
}

/** What an owner has to decide about, or has decided. */
export interface TakenBack {
  goneTiyin: Tiyin;
  debitedTiyin: Tiyin;
  /** What of it are second payments of the order that are still in suspense: that much is on nobody's balance. */
  suspendedTiyin: Tiyin;
  /** How much the user of the order can still be debited. Zero where nothing was credited, or an owner left it. */
  openTiyin: Tiyin;
}

/** What was taken back of this order; null: nothing. */
export async function takenBackOf(queries: Queries, order: Topup): Promise<TakenBack | null> {
  const { id, takenBackTiyin: goneTiyin, takenBackEnd, state, paidTiyin } = order;
  if (goneTiyin === null || paidTiyin === null) return null;
  const debitedTiyin = await sumUnder(queries, entryKey(id));
  const suspendedTiyin = await suspendedFor(queries, id);
  const owedTiyin = Math.min(paidTiyin, Math.max(0, goneTiyin - suspendedTiyin));
  const isOpen = state === 'paid' && takenBackEnd === null;
  const openTiyin = isOpen ? Math.max(0, owedTiyin - debitedTiyin) : 0;
  return { goneTiyin, debitedTiyin, suspendedTiyin, openTiyin };
}

/** The key of the first debit; later ones, where the balance was too small, have `:` and what was debited before. */
const entryKey = (topupId: string): string => `topup:${topupId}:taken_back`;

async function suspendedFor(queries: Queries, topupId: string): Promise<Tiyin> {
  const mine = and(eq(suspenseItems.topupId, topupId), eq(suspenseItems.kind, 'twice'));
  const [row] = await queries
    .select({ tiyin: sumOf(suspenseItems.amountTiyin) })
    .from(suspenseItems)
    .where(and(mine, eq(suspenseItems.state, 'open')));
  return row?.tiyin ?? 0;
}

/**
 * Takes so much of it from the order's user, and tells them. Null when there is not so much to be debited (any more).
 * Throws InsufficientBalanceError where the user has less.
 */
export async function debitTakenBack(
  deps: TopupDeps,
  tx: Tx,
  { id, staffId, reason, at, amountTiyin }: StaffDecision & { amountTiyin: Tiyin },
): Promise<Topup | null> {
  const known = await topupById(tx, id);
  const back = known && (await takenBackOf(tx, known));
  if (!back || amountTiyin <= 0 || amountTiyin > back.openTiyin) return null;
  const { debitedTiyin } = back;
  const leftTiyin = back.openTiyin - amountTiyin;
  const end = leftTiyin === 0 ? 'debited' : null;
  const order = await decideTakenBack(tx, { id, end });
  if (!order) return null;
  await post(tx, {
    key: debitedTiyin === 0 ? entryKey(id) : `${entryKey(id)}:${debitedTiyin}`,
    kind: TAKEN_BACK_ENTRY,
    actor: `user:${staffId}`,
    reason,
    at,
    lines: [
      { account: providerClearing(order.provider), amountTiyin },
      { account: userAvailable(order.userId), amountTiyin: -amountTiyin },
    ],
  });
  const missing = leftTiyin === 0 ? '' : `, ${leftTiyin} tiyin are missing`;
  const note = `debited: ${amountTiyin} tiyin${missing}`;
  await writeHistory(tx, { id, toState: order.state, cause: `staff:${staffId}`, at, note });
  const key = `topup:${id}:taken_back:${debitedTiyin}`;
  const params = { topupId: id, amountTiyin };
  await enqueue(tx, { key, chatId: order.userId, kind: 'topup_taken_back', params, at });
  const { provider } = order;
  noteMoney(deps, tx, { outcome: 'taken_back_debited', id, provider, amountTiyin, staffId });
  return order;
}

/**
 * Writes down that an owner leaves the user the money. Null when it was decided before, or is not taken back (any
 * more).
 */
export async function leaveTakenBack(
  deps: TopupDeps,
  tx: Tx,
  { id, staffId, at }: Omit<StaffDecision, 'reason'>,
): Promise<Topup | null> {
  const order = await decideTakenBack(tx, { id, end: 'left' });
  if (!order) return null;
  const note = 'left as it is, although it was taken back';
  await writeHistory(tx, { id, toState: order.state, cause: `staff:${staffId}`, at, note });
  const amountTiyin = order.takenBackTiyin ?? 0;
  const { provider } = order;
  noteMoney(deps, tx, { outcome: 'taken_back_left', id, provider, amountTiyin, staffId });
  return order;
}

/** Writes the decision by compare-and-set: only while it is taken back and nobody has decided. */
async function decideTakenBack(
  tx: Tx,
  { id, end }: { id: string; end: 'debited' | 'left' | null },
): Promise<Topup | null> {
  const [row] = await tx
    .update(topups)
    .set({ takenBackEnd: end })
    .where(and(eq(topups.id, id), gt(topups.takenBackTiyin, 0), isNull(topups.takenBackEnd)))
    .returning();
  return row ?? null;
}
