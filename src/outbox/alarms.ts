/**
 * What owners must hear about, once: the same trouble again within half an hour is only counted, and a storm of different
 * troubles becomes one message. Nothing that happens to an alarm raises another one: a message that can't be delivered
 * waits for its chat or is dropped with a line in the log.
 */
import { and, count, desc, eq, gt, lt, ne, sql } from 'drizzle-orm';
import type { Database, Tx } from '../db/database.ts';
import { alarms } from '../db/tables.ts';
import { type AlarmParams, enqueue } from './messages.ts';

/** Between two messages about one trouble. */
const QUIET_MS = 30 * 60 * 1000;

/** So many different troubles within so long are told one by one; those beyond wait for `tellHeldAlarms`. */
const STORM_MS = 10 * 60 * 1000;
const MAX_ALARMS = 20;
/** Trouble that no message told of: `toldAt` of its row. */
const HELD = 0;

const MAX_TEXT = 300;
const MAX_FINDINGS = 10;
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

/** Two alarms with one key are one trouble. */
export function alarmKey(alarm: AlarmParams): string {
  return [alarm.kind, ...subjectOf(alarm)].join(':');
}

function subjectOf(alarm: AlarmParams): string[] {
  if (alarm.kind === 'provider_problem') return [alarm.provider, alarm.problem];
  // Each pause is a trouble of its own, and its end another.
  if (alarm.kind === 'provider_paused' || alarm.kind === 'provider_resumed')
    return [alarm.provider, String(alarm.pausedAt)];
  if (alarm.kind === 'float_low') return [String(alarm.leftTiyin)];
  if (alarm.kind === 'unreadable_payment' || alarm.kind === 'paid_unopened')
    return [alarm.provider, alarm.topupId];
  if (alarm.kind === 'topups_unserved') return [alarm.provider];
  if (alarm.kind === 'own_credit') return [alarm.actionId, String(alarm.personId)];
  if (alarm.kind === 'second_payment') return [alarm.topupId, alarm.itemId ?? '-'];
  if (alarm.kind === 'program_error') return [cut(alarm.where)];
  if (alarm.kind === 'backup_failed' || alarm.kind === 'database_trouble') return [alarm.trouble];
  return [];
}

/**
 * Tells each of `recipients` (chats), in the caller's transaction. The first time at once; for half an hour after a
 * message the same trouble is counted in silence, and the next message says how many times it happened (`times`,
 * itself included). Long texts are cut. Wake the sender after the commit.
 */
export async function raiseAlarm(
  tx: Tx,
  alarm: AlarmParams,
  { at, recipients }: { at: number; recipients: readonly number[] },
): Promise<void> {
  const key = alarmKey(alarm);
  const times = await countUp(tx, { key, at });
  if (times === null) return;
  if (await isStorm(tx, at)) {
    await tx.update(alarms).set({ toldAt: HELD, silent: times }).where(eq(alarms.key, key));
    return;
  }
  await tell(tx, { alarm: bounded(alarm), times }, { key, at, recipients });
}

/**
 * One message about all that was held back in a storm; false when there is nothing. Called every 10 minutes, so that
 * whatever happens owners get 20 alarms and one summary in that time. Wake the sender after the commit.
 */
export async function tellHeldAlarms(
  tx: Tx,
  { at, recipients }: { at: number; recipients: readonly number[] },
): Promise<boolean> {
  const held = await tx
    .select({ key: alarms.key })
    .from(alarms)
    .where(eq(alarms.toldAt, HELD))
    .orderBy(desc(alarms.lastAt));
  if (held.length === 0) return false;
  await tx.update(alarms).set({ toldAt: at, silent: 0 }).where(eq(alarms.toldAt, HELD));
  const subjects = held.slice(0, MAX_FINDINGS).map((row) => cut(row.key));
  const alarm = { kind: 'many_alarms', subjects, count: held.length } as const;
  await tell(tx, { alarm: { ...alarm, subjects }, times: 1 }, { key: alarm.kind, at, recipients });
  return true;
}

async function tell(
  tx: Tx,
  params: { alarm: AlarmParams; times: number },
  { key, at, recipients }: { key: string; at: number; recipients: readonly number[] },
): Promise<void> {
  for (const chatId of recipients) {
    const message = { key: `alarm:${key}:${at}:${chatId}`, chatId, params, at };
    await enqueue(tx, { ...message, kind: 'owner_alarm' });
  }
}

/** The trouble at hand counts: its row says that it is being told. */
async function isStorm(tx: Tx, at: number): Promise<boolean> {
  const [told] = await tx
    .select({ n: count() })
    .from(alarms)
    .where(and(gt(alarms.toldAt, at - STORM_MS), ne(alarms.toldAt, HELD)));
  return (told?.n ?? 0) > MAX_ALARMS;
}

/** How many times to tell of now; null while it is quiet. */
async function countUp(tx: Tx, { key, at }: { key: string; at: number }): Promise<number | null> {
  const first = await tx
    .insert(alarms)
    .values({ key, firstAt: at, lastAt: at, toldAt: at })
    .onConflictDoNothing({ target: alarms.key })
    .returning({ key: alarms.key });
  if (first.length > 0) return 1;
  const [row] = await tx
    .update(alarms)
    .set({ lastAt: at, silent: sql`${alarms.silent} + 1` })
    .where(eq(alarms.key, key))
    .returning();
  if (!row || at - row.toldAt < QUIET_MS) return null;
  await tx.update(alarms).set({ toldAt: at, silent: 0 }).where(eq(alarms.key, key));
  return row.silent;
}

function bounded(alarm: AlarmParams): AlarmParams {
  if ('detail' in alarm && alarm.detail !== undefined)
    return { ...alarm, detail: cut(alarm.detail) };
  if ('findings' in alarm)
    return { ...alarm, findings: alarm.findings.slice(0, MAX_FINDINGS).map(cut) };
  if (alarm.kind === 'own_credit') return { ...alarm, reason: cut(alarm.reason) };
  return alarm.kind === 'program_error' ? { ...alarm, where: cut(alarm.where) } : alarm;
}

function cut(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  // Telegram refuses half of a surrogate pair.
  return `${text.slice(0, MAX_TEXT - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Forgets troubles not seen for 30 days. */
export async function pruneAlarms(db: Database, now: number): Promise<void> {
  await db.tx((tx) => tx.delete(alarms).where(lt(alarms.lastAt, now - KEEP_MS)));
}
