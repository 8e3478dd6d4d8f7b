/**
 * What one person may do of what costs others something: requests of a payment system, SMS, sums, strangers' names. Kept in
 * the database, so that every process counts the same and a restart forgets nothing. Asked where the work is
 * begun, so that there is no way round.
 */
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { DAY_MS } from '../core/calendar.ts';
import { deleteInBatches } from '../db/batches.ts';
import { type Database, prepared, type Queries, type Tx } from '../db/database.ts';
import { quotaUses } from '../db/tables.ts';
import type { QuotaAction, QuotaLimit, QuotaLimits } from './limits.ts';

const KEPT_MS = 2 * DAY_MS;

interface QuotaRequest {
  userId: number;
  action: QuotaAction;
  /** Where uses count apart: the mask of the card. */
  subject?: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Enough for now: nothing was done. It goes on at `until`, milliseconds since 1970. */
export interface QuotaSpent {
  kind: 'quota_spent';
  action: QuotaAction | 'sums_near';
  until: number;
}

/** Takes one use, in the transaction that begins the work; or says from when on there is one again. */
export async function useQuota(
  tx: Tx,
  limits: QuotaLimits,
  request: QuotaRequest,
): Promise<{ kind: 'granted' } | QuotaSpent> {
  const spent = await quotaSpent(tx, limits, request);
  if (spent) return spent;
  await noteUse(tx, limits, request);
  return { kind: 'granted' };
}

/** Null: there is a use left, which is not taken. */
export async function quotaSpent(
  queries: Queries,
  limits: QuotaLimits,
  request: QuotaRequest,
): Promise<QuotaSpent | null> {
  const { action, at } = request;
  const own = limits.actions[action];
  const uses = await latestUses(queries, request, Math.max(0, ...own.map(({ most }) => most)));
  const until = Math.max(0, ...own.map((limit) => endOf(limit, uses, at)));
  return until > at ? { kind: 'quota_spent', action, until } : null;
}

export async function noteUse(
  tx: Tx,
  limits: QuotaLimits,
  { userId, action, subject = '', at }: QuotaRequest,
): Promise<void> {
  // What nothing limits is not counted.
  if (limits.actions[action].length === 0) return;
  await addUse(tx).execute({ userId, action, subject, at });
}

const addUse = prepared((q) =>
  q.insert(quotaUses).values({
    userId: sql.placeholder('userId'),
    action: sql.placeholder('action'),
    subject: sql.placeholder('subject'),
    at: sql.placeholder('at'),
  }),
);

/** Gives the latest of these uses back: it turned out to be none. */
export async function returnUse(tx: Tx, request: Omit<QuotaRequest, 'at'>): Promise<void> {
  const [latest] = await tx
    .select({ id: quotaUses.id })
    .from(quotaUses)
    .where(isOf(request))
    .orderBy(desc(quotaUses.at), desc(quotaUses.id))
    .limit(1);
  if (latest) await tx.delete(quotaUses).where(eq(quotaUses.id, latest.id));
}

/** Forgets these uses: the person had a right to them, so that none of them counts any more. */
export async function forgetUses(tx: Tx, request: Omit<QuotaRequest, 'at'>): Promise<void> {
  await tx.delete(quotaUses).where(isOf(request));
}

function isOf({ userId, action, subject = '' }: Omit<QuotaRequest, 'at'>) {
  return and(
    eq(quotaUses.userId, userId),
    eq(quotaUses.action, action),
    eq(quotaUses.subject, subject),
  );
}

const latest = prepared((q) =>
  q
    .select({ at: quotaUses.at })
    .from(quotaUses)
    .where(
      and(
        eq(quotaUses.userId, sql.placeholder('userId')),
        eq(quotaUses.action, sql.placeholder('action')),
        eq(quotaUses.subject, sql.placeholder('subject')),
      ),
    )
    .orderBy(desc(quotaUses.at))
    .limit(sql.placeholder('limit')),
);

/** The times of the uses, the latest first. */
async function latestUses(
  queries: Queries,
  request: QuotaRequest,
  limit: number,
): Promise<number[]> {
  if (limit === 0) return [];
  const { userId, action, subject = '' } = request;
  const rows = await latest(queries).execute({ userId, action, subject, limit });
  // A use that is still to come was noted while the clock was ahead: it counts as made now.
  return rows.map(({ at }) => Math.min(at, request.at));
}

/** When there is a use again; in the past where there is one. */
function endOf({ most, perMs, locks }: QuotaLimit, uses: readonly number[], now: number): number {
  const first = uses[most - 1];
  if (first === undefined) return 0;
  if (!locks) return first + perMs;
  const last = uses[0] ?? now;
  return last - first < perMs ? last + perMs : 0;
}

/** Forgets uses that no quota looks back to. */
export async function pruneUses(db: Database, now: number): Promise<void> {
  await deleteInBatches(db, quotaUses, { key: quotaUses.id, old: lt(quotaUses.at, now - KEPT_MS) });
}
