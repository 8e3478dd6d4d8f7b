/** The poller's work: asks about what is due, and ends what ran out. Every part may run again at any time. */
import { and, count, eq, isNotNull, lte } from 'drizzle-orm';
import { topups } from '../db/tables.ts';
import { enqueue } from '../outbox/messages.ts';
import { ORDER_LIFE_MS, type ProviderId } from '../core/payment-systems.ts';
import { spentRequests } from './budget.ts';
import { checkTopup } from './check.ts';
import { endTopup } from './end.ts';
import type { TopupDeps } from './deps.ts';
import { inLiveIndex, transitionTopup } from './transitions.ts';
import { type Provider, wasNotAsked } from './provider.ts';
import { providerState } from './provider-state.ts';
import { tellIfReported } from './reported.ts';
import { restSum } from './sums.ts';
import type { Topup } from './topup.ts';
import { claimDue, lease, REPORTED } from './turns.ts';

/** Orders ended in one transaction; others get their turn in between. */
const BATCH = 100;

/** A claimed order whose lease is about to run out is left to the next claim. */
const LEASE_NEEDED_MS = 35_000;

/**
 * Ends waiting orders whose deadline has passed by our clock: no provider is asked. Ends none while the clock is not
 * trusted. Returns how many.
 */
export async function endOverdue(deps: TopupDeps): Promise<number> {
  if (deps.isSure?.() === false) return 0;
  let ended = 0;
  for (;;) {
    const at = deps.clock.now();
    const rows = await deps.db.read
      .select({ id: topups.id, provider: topups.provider })
      .from(topups)
      .where(and(inLiveIndex, eq(topups.state, 'waiting'), lte(topups.expiresAt, at)))
      .limit(BATCH);
    if (rows.length === 0) return ended;
    await deps.write(async (tx) => {
      for (const { id, provider } of rows) {
        const cancelWanted = deps.providers.get(provider)?.cancel !== undefined;
        const transition = 'deadlinePassed';
        await endTopup(deps, tx, { id, transition, cause: 'system', at, cancelWanted });
      }
    });
    ended += rows.length;
  }
}

/**
 * Orders whose opening was cut off: whatever the provider made of it, nobody has seen how to pay. With
 * `everyone`, also those whose opening could still be under way: right at start, when this is the only process.
 */
export async function failInterrupted(
  deps: TopupDeps,
  { everyone }: { everyone: boolean },
): Promise<number> {
  const at = deps.clock.now();
  const opening = and(inLiveIndex, eq(topups.state, 'creating'));
  const rows = await deps.db.read
    .select({ id: topups.id, userId: topups.userId, provider: topups.provider })
    .from(topups)
    .where(everyone ? opening : and(opening, lease.isFree(at)))
    .limit(BATCH);
  for (const { id, userId, provider } of rows) {
    await deps.write(async (tx) => {
      // The order may have been opened at the provider as late as now.
      const providerEndsAt = at + lifeOf(deps, provider);
      const set = { reason: 'interrupted' as const, endedAt: at, leaseUntil: 0, providerEndsAt };
      const failed = await transitionTopup(tx, {
        id,
        transition: 'notOpened',
        cause: 'system',
        at,
        set,
      });
      if (!failed) return;
      await restSum(deps, tx, { id, at, providerEndsAt });
      await tellIfReported(deps, tx, failed, at);
      const key = `topup:${id}:interrupted`;
      const params = { topupId: id };
      await enqueue(tx, { key, chatId: userId, kind: 'topup_interrupted', params, at });
    });
  }
  return rows.length;
}

function lifeOf({ providers }: TopupDeps, provider: ProviderId): number {
  return providers.get(provider)?.ttlMs ?? ORDER_LIFE_MS[provider];
}

/**
 * Asks one provider about its due orders until none is left, it refuses, its budget is spent, or `isStopping`. Bounded by
 * the provider's concurrency, less one place that stays free for people.
 */
export async function sweepProvider(
  deps: TopupDeps,
  provider: Provider,
  isStopping: () => boolean,
): Promise<void> {
  const sweep = { stopped: false, queue: [] as Topup[] };
  const workers = Math.max(1, provider.concurrency - 1);
  const claimSize = workers * 2;

  async function next(): Promise<Topup | null> {
    if (sweep.stopped || isStopping()) return null;
    const queued = sweep.queue.shift();
    if (queued) return queued;
    const allowed = await allowedNow(deps, provider);
    if (allowed === null) return null;
    const claimed = await claimDue(deps, provider, { ...allowed, limit: claimSize });
    sweep.queue.push(...claimed);
    return sweep.queue.shift() ?? null;
  }

  async function work(first?: Topup): Promise<void> {
    for (let topup = first ?? (await next()); topup; topup = await next()) {
      const goOn = await sweepOne(deps, provider, topup);
      if (!goOn) sweep.stopped = true;
    }
  }

  // Mostly nothing is due, and one look tells: the others begin when there is something for them.
  const first = await next();
  if (first) await Promise.all([work(first), ...Array.from({ length: workers - 1 }, () => work())]);
  await giveBack(deps, sweep.queue);
  await measure(deps, provider);
}

/** What may be asked now; null: nothing. */
async function allowedNow(
  deps: TopupDeps,
  provider: Provider,
): Promise<{ reportedOnly: boolean } | null> {
  const state = await providerState(deps.db.read, provider.id);
  const now = deps.clock.now();
  if (state && now < state.rateLimitedUntil) return null;
  return { reportedOnly: state !== null && now < state.restUntil };
}

/** Asks about one order. False: this sweep asks nothing more of this provider. */
async function sweepOne(deps: TopupDeps, provider: Provider, topup: Topup): Promise<boolean> {
  if (topup.leaseUntil - deps.clock.now() < LEASE_NEEDED_MS) return true;
  const urgent = topup.urgency === REPORTED;
  try {
    const result = await checkTopup(deps, {
      provider,
      topup,
      priority: urgent ? 'report' : 'poll',
      cause: urgent ? 'webhook' : 'poll',
    });
    if (result.kind !== 'problem') return true;
    return !wasNotAsked(result.code) && result.code !== 'rate_limited';
  } catch (error) {
    // A bug with one order must not keep the others from being looked at; its lease brings it back.
    await tellOwners(deps).catch(() => undefined);
    deps.log.error(
      { event: 'check_failed', order: topup.id, err: error },
      'checking an order failed',
    );
    return true;
  }
}

async function tellOwners(deps: TopupDeps): Promise<void> {
  const alarm = { kind: 'program_error', where: 'checking an order' } as const;
  await deps.write((tx) => deps.alarm(tx, alarm, deps.clock.now()));
}

async function giveBack(deps: TopupDeps, claimed: readonly Topup[]): Promise<void> {
  if (claimed.length === 0) return;
  await deps.db.tx(async (tx) => {
    for (const { id, leaseUntil } of claimed) await lease.giveBack(tx, id, leaseUntil);
  });
}

async function measure(deps: TopupDeps, provider: Provider): Promise<void> {
  const at = deps.clock.now();
  const [left] = await deps.db.read
    .select({ n: count() })
    .from(topups)
    .where(and(eq(topups.provider, provider.id), isNotNull(topups.dueAt), lte(topups.dueAt, at)));
  deps.metrics.dueLeft(provider.id, left?.n ?? 0);
  if (!provider.budget) return;
  const spent = await spentRequests(deps.db, {
    provider: provider.id,
    budget: provider.budget,
    at,
  });
  deps.metrics.budgetLeft(provider.id, provider.budget.requests - spent);
}
