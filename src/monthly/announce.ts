/**
 * The one attempt of an account to pay itself in a month: how it is announced, and found again. Its key in the database makes a
 * second one impossible.
 */
import { and, eq, inArray } from 'drizzle-orm';
import { hash } from 'node:crypto';
import { paidOrOpen } from '../bills/list.ts';
import type { Bill } from '../bills/bill.ts';
import type { SavedAccount } from '../bills/saved.ts';
import { dayAfter, dayOf, HOUR_MS, startOf } from '../core/calendar.ts';
import type { Queries, Tx } from '../db/database.ts';
import { autoPayments, type watches } from '../db/tables.ts';
import { enqueue } from '../outbox/messages.ts';
import { shareOf } from './calendar.ts';
import type { AutoReason } from './states.ts';

type Watch = typeof watches.$inferSelect;

export type AutoPayment = typeof autoPayments.$inferSelect;

/** Names the attempt. */
export type AutoName = Pick<AutoPayment, 'userId' | 'accountKey' | 'period'>;

/** Paying begins an hour after telling. */
const FIRST_HOUR = 10;

/** The same for the same account of a service, under whatever name it is saved. */
export function accountKey({
  serviceId,
  account,
}: Pick<SavedAccount, 'serviceId' | 'account'>): string {
  return hash('sha256', JSON.stringify([serviceId, account]), 'hex').slice(0, 32);
}

/** What an account that pays itself is told of the day before, in the transaction that tells. False: it is told of as others are. */
export async function announce(
  tx: Tx,
  { watch, saved, at }: { watch: Watch; saved: SavedAccount; at: number },
): Promise<boolean> {
  const { autoCapTiyin, owedTiyin, lookedPeriod, lookedAt, userId } = watch;
  if (autoCapTiyin === null || owedTiyin === null || lookedPeriod === null) return false;
  // Above the limit nothing is paid by itself: the reminder says what is owed.
  if (owedTiyin > autoCapTiyin) return false;
  // Paid since the look, it is not owed; and a service may say for a day that it is.
  const since = await paidOrOpen(tx, saved, lookedAt ?? at);
  if (since?.state === 'paid') return false;
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
  // This month's was tried already, under another name: it is told of as others are.
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

/** The name of the one attempt: of its bill's confirmation, and of its messages. */
export function nameOf({ userId, accountKey: key, period }: AutoName): string {
  return `${PREFIX}${userId}-${key}-${period}`;
}

const PREFIX = 'auto-';

/** Nobody tapped for this bill: nobody is to be woken by what becomes of it. */
export function isAutomatic({ confirmationId }: Pick<Bill, 'confirmationId'>): boolean {
  return confirmationId.startsWith(PREFIX);
}

/** Of the message the day before. */
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

/** What was announced and has not begun is not paid: of one account, or of all of a person's. */
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
