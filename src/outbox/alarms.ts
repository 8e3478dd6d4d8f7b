/**
 * What owners must hear about, once: the same trouble again within half an hour is only counted, and a storm of different
 * troubles becomes one message. Nothing that happens to an alarm raises another one: a message that can't be delivered
 * waits for its chat or is dropped with a line in the log.
 */
import { hash } from 'node:crypto';
import { and, count, desc, eq, gt, like, lt, ne, or, type SQL, sql, gte } from 'drizzle-orm';
import type { Database, Queries, Tx } from '../db/database.ts';
import { alarms } from '../db/tables.ts';
import type { AlarmParams } from './kinds.ts';
import { enqueue } from './messages.ts';

/** Between two messages about one trouble. */
const QUIET_MS = 30 * 60 * 1000;

/** So many different troubles within so long are told one by one; those beyond wait for `tellHeldAlarms`. */
const STORM_MS = 10 * 60 * 1000;
const MAX_ALARMS = 20;
/** Trouble that no message told of: `toldAt` of its row. */
export const HELD = 0;

/**
 * Told once and not again: they say the same each time somebody looks, for days, and what is to be done was said.
 * One that a storm held back was not told in so many words, so that its next time counts as the first.
 */
const TOLD_ONCE: ReadonlySet<AlarmParams['kind']> = new Set([
  'unreadable_payment',
  'unknown_word',
  'ticket_waits',
  'bills_not_compared',
]);

const MAX_TEXT = 300;
const MAX_FINDINGS = 10;
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

/** Two alarms with one key are one trouble. */
export function alarmKey(alarm: AlarmParams): string {
  return [alarm.kind, ...subjectOf(alarm)].join(':');
}

type AlarmOf<K extends AlarmParams['kind']> = Extract<AlarmParams, { kind: K }>;

/**
 * What makes two alarms of a kind one trouble. Each kind has to say it: whoever forgot would hide a new trouble behind the
 * half hour of silence after another one.
 */
const SUBJECTS: { [K in AlarmParams['kind']]: (alarm: AlarmOf<K>) => readonly unknown[] } = {
  provider_problem: ({ provider, problem }) => [provider, problem],
  // Each pause is a trouble of its own, and its end another.
  provider_paused: ({ provider, pausedAt }) => [provider, pausedAt],
  provider_resumed: ({ provider, pausedAt }) => [provider, pausedAt],
  float_low: ({ leftTiyin }) => [leftTiyin],
  float_short: ({ leftTiyin }) => [leftTiyin],
  float_old: ({ writtenAt }) => [writtenAt],
  float_needed: ({ leftTiyin, neededTiyin }) => [leftTiyin, neededTiyin],
  unreadable_payment: ({ provider, topupId }) => [provider, topupId],
  paid_unopened: ({ provider, topupId }) => [provider, topupId],
  second_payment: ({ topupId, itemId }) => [topupId, itemId ?? '-'],
  bills_paused: ({ problem, pausedAt }) => [problem, pausedAt],
  paylov_problem: ({ problem }) => [problem],
  bills_differ: ({ findings }) => [fingerprint(findings)],
  bills_not_compared: ({ day }) => [day],
  bills_unserved: ({ bills, heldTiyin }) => [bills, heldTiyin],
  topups_unserved: ({ provider, orders }) => [provider, orders],
  books_broken: ({ findings }) => [fingerprint(findings)],
  backup_failed: ({ trouble }) => [trouble],
  database_trouble: ({ trouble }) => [trouble],
  many_alarms: () => [],
  own_credit: ({ actionId, personId }) => [actionId, personId],
  reported_not_confirmed: ({ topupId }) => [topupId],
  // Each fall and each rise is a trouble of its own: of a system that changes its mind the last word counts.
  taken_back: ({ topupId, goneTiyin, notedAt }) => [topupId, goneTiyin, notedAt],
  taken_back_over: ({ topupId, notedAt }) => [topupId, notedAt],
  bill_taken_back: ({ billId, notedAt }) => [billId, notedAt],
  bill_paid_again: ({ billId, notedAt }) => [billId, notedAt],
  restored_ahead: ({ notedAt }) => [notedAt],
  clock_jumped: ({ wallAt, countedAt }) => [wallAt > countedAt ? 'ahead' : 'behind'],
  // Each order whose money it may be about is a trouble of its own; else the word is the trouble.
  unknown_word: ({ provider, topupId, word, soundsPaid, settled }) => [
    provider,
    soundsPaid || settled ? topupId : '-',
    word.toLowerCase(),
  ],
  chat_moved: ({ fromChatId, toChatId }) => [fromChatId, toChatId],
  chat_silent: ({ chatId }) => [chatId],
  // Whoever is answered and asks again waits anew.
  ticket_waits: ({ ticketId, waitingSince }) => [ticketId, waitingSince],
  program_error: ({ where }) => [cut(where)],
};

function subjectOf<K extends AlarmParams['kind']>(alarm: AlarmOf<K> & { kind: K }): string[] {
  return SUBJECTS[alarm.kind](alarm).map(String);
}

/** Other findings are another trouble. */
function fingerprint(findings: readonly string[]): string {
  return hash('sha256', JSON.stringify(findings), 'hex').slice(0, 16);
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
  const times = await countUp(tx, { key, at, quietMs: quietOf(alarm.kind) });
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
  await tx.delete(alarms).where(and(eq(alarms.toldAt, HELD), or(...[...TOLD_ONCE].map(ofKind))));
  await tx.update(alarms).set({ toldAt: at, silent: 0 }).where(eq(alarms.toldAt, HELD));
  const subjects = held.slice(0, MAX_FINDINGS).map((row) => cut(row.key));
  const alarm = { kind: 'many_alarms', subjects, count: held.length } as const;
  await tell(tx, { alarm: { ...alarm, subjects }, times: 1 }, { key: alarm.kind, at, recipients });
  return true;
}

function ofKind(kind: AlarmParams['kind']): SQL {
  return like(alarms.key, `${kind}:%`);
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

function quietOf(kind: AlarmParams['kind']): number {
  return TOLD_ONCE.has(kind) ? Infinity : QUIET_MS;
}

/** How many times to tell of now; null while it is quiet. */
async function countUp(
  tx: Tx,
  { key, at, quietMs }: { key: string; at: number; quietMs: number },
): Promise<number | null> {
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
  if (!row || at - row.toldAt < quietMs) return null;
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

/** Those whose key begins with `prefix`, which ends in a colon: the latest first. */
export async function alarmsUnder(
  queries: Queries,
  { prefix, limit }: { prefix: string; limit: number },
): Promise<(typeof alarms.$inferSelect)[]> {
  return await queries
    .select()
    .from(alarms)
    .where(and(gte(alarms.key, prefix), lt(alarms.key, `${prefix.slice(0, -1)};`)))
    .orderBy(desc(alarms.lastAt))
    .limit(limit);
}
