/** Orders and providers that wait for a time which was never to come: written while the clock was ahead. */
import {
  and,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { AHEAD_MS, type BringBack, LONGEST_WAIT_MS } from '../core/clock/ahead.ts';
import type { Tx } from '../db/database.ts';
import { DISORDER_MS } from '../db/first-id.ts';
import {
  providerRequests,
  providerStates,
  reservedSums,
  topupHistory,
  topups,
} from '../db/tables.ts';
import { endOfHistory } from '../db/walk.ts';
import { OPENING_LEASE_MS } from './opening.ts';
import type { TopupDeps } from './deps.ts';
import { inLiveIndex } from './transitions.ts';
import { ENDED_STATES } from './topup.ts';
import { CHECK_LEASE_MS, ENDED, lease } from './turns.ts';

/** How many steps of the history are looked through in one transaction, and altogether. */
const CHUNK = 4000;
const MAX_STEPS = 200_000;

/** Whatever is watched becomes due now at the latest; what is live becomes as young as it can be. */
export async function bringTopupsBack(deps: TopupDeps, at: BringBack): Promise<void> {
  await deps.db.tx(async (tx) => {
    await freeOrders(deps, tx, at.now);
    await makeLiveYoung(tx, at.now);
    await wakeProviders(tx, at.now);
    if (!at.isSure) return;
    await countRequestsNow(tx, at.now);
    await shortenRests(deps, tx, at.now);
  });
  await watchAgain(deps, at.now);
}

async function freeOrders(deps: TopupDeps, tx: Tx, now: number): Promise<void> {
  const steps = [...deps.providers.values()].flatMap(({ schedule }) => schedule);
  const longestMs = Math.max(LONGEST_WAIT_MS, ...steps.map(({ everyMs }) => everyMs));
  const latest = { dueAt: now + longestMs + AHEAD_MS, leaseUntil: now + CHECK_LEASE_MS + AHEAD_MS };
  await lease.bringBack(tx, isNotNull(topups.dueAt), { now, latest });
  // An order that is being opened may still be: it gets the time that opening takes.
  const leaseUntil = now + OPENING_LEASE_MS;
  const isOpening = and(inLiveIndex, eq(topups.state, 'creating'));
  await tx
    .update(topups)
    .set({ leaseUntil })
    .where(and(isOpening, gt(topups.leaseUntil, leaseUntil + AHEAD_MS)));
}

/**
 * Gives orders that were opened while the clock was ahead their life from now on, unless their provider said when they
 * end.
 */
async function makeLiveYoung(tx: Tx, now: number): Promise<void> {
  const { createdAt, expiresAt } = topups;
  const life = sql`${expiresAt} - ${createdAt}`;
  await tx
    .update(topups)
    .set({
      createdAt: now,
      expiresAt: sql`case when ${expiresAt} > ${createdAt} then ${now} + ${life} else ${expiresAt} end`,
    })
    .where(
      and(
        inLiveIndex,
        inArray(topups.state, ['creating', 'waiting']),
        gt(createdAt, now + AHEAD_MS),
      ),
    );
}

async function wakeProviders(tx: Tx, now: number): Promise<void> {
  const latest = now + LONGEST_WAIT_MS + AHEAD_MS;
  const { restUntil, rateLimitedUntil, trialAt, lastAnswerAt, pausedAt } = providerStates;
  await tx.update(providerStates).set({ restUntil: now }).where(gt(restUntil, latest));
  await tx
    .update(providerStates)
    .set({ rateLimitedUntil: now })
    .where(gt(rateLimitedUntil, latest));
  await tx.update(providerStates).set({ trialAt: now }).where(gt(trialAt, latest));
  await tx
    .update(providerStates)
    .set({ lastAnswerAt: now })
    .where(gt(lastAnswerAt, now + AHEAD_MS));
  await tx
    .update(providerStates)
    .set({ pausedAt: now })
    .where(gt(pausedAt, now + AHEAD_MS));
}

/** Counts such requests as sent a moment ago: counted for longer, they would keep others from being sent. */
async function countRequestsNow(tx: Tx, now: number): Promise<void> {
  const isAhead = gt(providerRequests.sentAt, now + AHEAD_MS);
  await tx.update(providerRequests).set({ sentAt: now }).where(isAhead);
}

/**
 * Lets a sum rest as long as if its order ended now. Never while the clock is not trusted: sums would be given out too
 * early.
 */
async function shortenRests(deps: TopupDeps, tx: Tx, now: number): Promise<void> {
  const { quarantineMs, ttlMs } = deps.config;
  const lives = [...deps.providers.values()].map((provider) => ttlMs ?? provider.ttlMs);
  const freeAt = now + quarantineMs + Math.max(0, ...lives);
  await tx
    .update(reservedSums)
    .set({ freeAt })
    .where(gt(reservedSums.freeAt, freeAt + AHEAD_MS));
}

/**
 * Watches orders again that ended and can still be paid, but were given up because a clock that was ahead said that
 * their time was over. They are found by the steps of the history in which they ended.
 */
async function watchAgain(deps: TopupDeps, now: number): Promise<void> {
  const since = now - deps.config.latePaymentMs;
  const end = await endOfHistory(deps.db.read, topupHistory);
  for (let before = end; before > Math.max(1, end - MAX_STEPS); before -= CHUNK) {
    if ((await lastStepBefore(deps, before)) < since - DISORDER_MS) return;
    await deps.db.tx((tx) => watchThose(tx, { now, since, fromId: before - CHUNK, before }));
  }
}

async function lastStepBefore(deps: TopupDeps, id: number): Promise<number> {
  const [step] = await deps.db.read
    .select({ at: topupHistory.at })
    .from(topupHistory)
    .where(lt(topupHistory.id, id))
    .orderBy(desc(topupHistory.id))
    .limit(1);
  return step?.at ?? -Infinity;
}

async function watchThose(
  tx: Tx,
  { now, since, fromId, before }: { now: number; since: number; fromId: number; before: number },
): Promise<void> {
  const steps = tx
    .select({ id: topupHistory.topupId })
    .from(topupHistory)
    .where(
      and(
        gte(topupHistory.id, fromId),
        lt(topupHistory.id, before),
        gt(topupHistory.at, since),
        inArray(topupHistory.toState, [...ENDED_STATES]),
      ),
    );
  const isForgotten = and(isNull(topups.dueAt), gt(topups.endedAt, since));
  const canBeAsked = and(inArray(topups.state, [...ENDED_STATES]), isNotNull(topups.providerOrder));
  await tx
    .update(topups)
    .set({
      dueAt: now,
      urgency: ENDED,
      endedAt: noLater(topups.endedAt, now),
      createdAt: noLater(topups.createdAt, now),
    })
    .where(
      and(
        inArray(topups.id, steps),
        canBeAsked,
        or(isForgotten, gt(topups.endedAt, now + AHEAD_MS)),
      ),
    );
}

function noLater(column: SQLiteColumn, now: number): SQL {
  return sql`case when ${column} > ${now} then ${now} else ${column} end`;
}
