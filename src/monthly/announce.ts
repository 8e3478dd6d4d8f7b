/**
 * The one attempt of an account to pay itself in a month: how it is announced, and found again. Its key in the database makes a
 * second one impossible.
 */
import { and, eq, inArray } from 'drizzle-orm';
import { hash } from 'node:crypto';
import { paidOrOpen } from '../bills/list.ts';
import type { Bill } from '../bills/bill.ts';
import type { SavedAccount } from '../bills/saved.ts';
import { DAY_MS, dayAfter, dayOf, HOUR_MS, startOf } from '../core/calendar.ts';
import type { Queries, Tx } from '../db/database.ts';
import { restoredAt } from '../db/restored.ts';
import { autoPayments, type watches } from '../db/tables.ts';
import { enqueue } from '../outbox/messages.ts';
import { shareOf } from './calendar.ts';
import type { AutoReason } from './states.ts';

type Watch = typeof watches.$inferSelect;

export type AutoPayment = typeof autoPayments.$inferSelect;

/** The key of an attempt: whose account, which account, which month. */
export type AutoName = Pick<AutoPayment, 'userId' | 'accountKey' | 'period'>;

/** Paying begins at ten, an hour after people were told. */
const FIRST_HOUR = 10;

/**
 * For so long after a payment a service may go on saying that it is owed. Two people whose days lie on both sides of a month's end
 * would pay the same debt twice, and so would one who moves the day across it.
 */
export const LAG_MS = 7 * DAY_MS;

/** A key that is the same for the same account of a service, under whatever name it is saved. */
function accountKey({ serviceId, account }: Pick<SavedAccount, 'serviceId' | 'account'>): string {
  return hash('sha256', JSON.stringify([serviceId, account]), 'hex').slice(0, 32);
}

/**
 * Announces the day before that an account will pay itself, in the transaction that tells its payer. False: it does not
 * pay itself, and is told of as other accounts are.
 */
export async function announce(
  tx: Tx,
  { watch, saved, at }: { watch: Watch; saved: SavedAccount; at: number },
): Promise<boolean> {
  const { autoCapTiyin, owedTiyin, lookedPeriod, lookedAt, userId } = watch;
  if (autoCapTiyin === null || owedTiyin === null || lookedPeriod === null) return false;
  // Above the limit nothing is paid by itself: the reminder says what is owed.
  if (owedTiyin > autoCapTiyin) return false;
  // An account that was paid since the look owes nothing, although its service may go on for a day saying so.
  const since = await paidOrOpen(tx, saved, lookedAt ?? at);
  if (since?.state === 'paid') return false;
  // Nor are payments known that were made between a copy and its restore.
  const restored = await restoredAt(tx);
  if (restored !== null && at - restored < LAG_MS) return false;
  const key = accountKey(saved);
  const payDay = dayAfter(dayOf(at));
  const dueAt = startOf(payDay) + Math.floor((FIRST_HOUR + shareOf(key)) * HOUR_MS);
  const of = { userId, accountKey: key, period: lookedPeriod };
  const [row] = await tx
    .insert(autoPayments)
    .values({
      ...of,
      savedId: saved.id,
      payDay,
      owedTiyin,
      state: 'announced',
      createdAt: at,
      dueAt,
    })
    .onConflictDoNothing()
    .returning();
  // This month's attempt was made already, under another name: the account is told of as others are.
  if (!row) return false;
  const params = { accountKey: key, period: lookedPeriod };
  await enqueue(tx, {
    key: noticeKey(row),
    chatId: userId,
    kind: 'auto_notice',
    params,
    at,
  });
  return true;
}

/** The one name of the attempt, for its bill's confirmation and for its messages. */
export function nameOf({ userId, accountKey: key, period }: AutoName): string {
  return `${PREFIX}${userId}-${key}-${period}`;
}

const PREFIX = 'auto-';

/** True for a bill that nobody tapped for: then nobody is woken by what becomes of it. */
export function isAutomatic({ confirmationId }: Pick<Bill, 'confirmationId'>): boolean {
  return confirmationId.startsWith(PREFIX);
}

/** The key of the message that is sent the day before. */
export function noticeKey(of: AutoName): string {
  return `${nameOf(of)}:notice`;
}

export function isOne({ userId, accountKey: key, period }: AutoName) {
  return and(
    eq(autoPayments.userId, userId),
    eq(autoPayments.accountKey, key),
    eq(autoPayments.period, period),
  );
}

export async function autoPayment(queries: Queries, of: AutoName): Promise<AutoPayment | null> {
  const [row] = await queries.select().from(autoPayments).where(isOne(of));
  return row ?? null;
}

/** Is the account about to pay itself for this period? Then nobody is reminded of it. */
export async function isAnnounced(
  queries: Queries,
  { userId, lookedPeriod }: Watch,
  saved: SavedAccount,
): Promise<boolean> {
  if (lookedPeriod === null) return false;
  const of = { userId, accountKey: accountKey(saved), period: lookedPeriod };
  const row = await autoPayment(queries, of);
  return row !== null && (row.state === 'announced' || row.state === 'going');
}

export const isOpen = inArray(autoPayments.state, ['announced', 'going']);

/** Calls off what was announced and has not begun: for one account, or for all of a person's. */
export async function callOff(
  tx: Tx,
  whose: { userId: number; savedId?: number },
  { reason, at }: { reason: Extract<AutoReason, 'off' | 'paid_otherwise' | 'skipped'>; at: number },
): Promise<void> {
  const { userId, savedId } = whose;
  const one = savedId === undefined ? undefined : eq(autoPayments.savedId, savedId);
  await tx
    .update(autoPayments)
    .set({ state: 'skipped', reason, endedAt: at })
    .where(and(eq(autoPayments.userId, userId), one, eq(autoPayments.state, 'announced')));
}
