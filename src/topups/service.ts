/** Top-ups as the rest of the program sees them. */
import { desc, eq, sql } from 'drizzle-orm';
import { prepared } from '../db/database.ts';
import { topups } from '../db/tables.ts';
import type { Terms } from '../settings/terms.ts';
import { noteUse, quotaSpent } from '../quotas/quotas.ts';
import { checkTopup, claimOne } from './check.ts';
import { endTopup } from './end.ts';
import { createTopup, limitsOf } from './create.ts';
import { approve, closeTopup, creditReview, redirectReview, refuseReview } from './decide.ts';
import { orAfter } from '../core/due-loop.ts';
import type { TopupDeps } from './deps.ts';
import { liveOf, topupById } from './transitions.ts';
import type { Provider } from './provider.ts';
import { closeAsSame } from './same-money.ts';
import {
  availability,
  providerState,
  type ProviderState,
  providerStatesById,
} from './provider-state.ts';
import { endOverdue, failInterrupted, sweepProvider } from './sweep.ts';
import { debitTakenBack, leaveTakenBack } from './taken-back.ts';
import { isSettled, PAYABLE_STATES, type Topup } from './topup.ts';
import type { CheckNowOutcome, TopupDecisions, Topups } from './topups.ts';
import { type Offer, waysOf } from './ways.ts';
import { acceptWebhook, type WebhookCall, type WebhookOutcome } from './webhooks.ts';

/** Less than the time between two rounds. */
const ROUND_MS = 5000;

/** What drives top-ups from outside the bot: the clock and the providers. */
export interface TopupWork {
  /** One round of the poller; resolves when every provider's sweep is over. A sweep under way is not doubled. */
  tick(): Promise<void>;
  /**
   * The same, and resolves within seconds: a sweep that takes longer goes on beside the next rounds. One payment system that
   * hangs, or has thousands of orders due, must not keep the others from being asked.
   */
  round(): Promise<void>;
  /** Stores a provider's call; resolves when it is safe, then asks the provider in the background. */
  receive(call: WebhookCall): Promise<WebhookOutcome>;
  /** After a start, or another process's end: orders that a crash left half open. */
  recover(): Promise<void>;
  /** Starts nothing new; resolves when running sweeps are over. */
  stop(): Promise<void>;
}

export function createTopups(deps: TopupDeps): Topups & TopupWork {
  return { ...forPeople(deps), decisions: approvalsOf(deps), ...work(deps) };
}

type ForPeople = Pick<
  Topups,
  | 'offers'
  | 'ways'
  | 'create'
  | 'checkNow'
  | 'cancel'
  | 'get'
  | 'ofUser'
  | 'history'
  | 'live'
  | 'watchedUntil'
  | 'rememberScreen'
>;

function forPeople(deps: TopupDeps): ForPeople {
  const { db, clock } = deps;
  return {
    offers: async () => await offersNow(deps, await deps.terms(db.read)),
    async ways() {
      const terms = await deps.terms(db.read);
      return waysOf(await offersNow(deps, terms), terms.ways);
    },
    create: (request) => createTopup(deps, request),
    checkNow: (id, { userId }) => checkNow(deps, id, userId),
    async cancel(id, { userId }) {
      const known = await ofUser(deps, id, userId);
      if (!known) return { kind: 'not_found' };
      const at = clock.now();
      const cancelWanted = deps.providers.get(known.provider)?.cancel !== undefined;
      const transition = 'cancelledByUser';
      const use = { userId, action: 'cancel_order', at } as const;
      const ended = await deps.write(async (tx) => {
        const spent = known.state === 'waiting' && (await quotaSpent(tx, deps.quotas, use));
        if (spent) return { ...spent, topup: known };
        const topup = await endTopup(deps, tx, { id, transition, cause: 'user', at, cancelWanted });
        if (topup) await noteUse(tx, deps.quotas, use);
        return topup;
      });
      if (ended && 'kind' in ended) return ended;
      if (ended) return { kind: 'cancelled', topup: ended };
      return { kind: 'not_live', topup: (await topupById(db.read, id)) ?? known };
    },
    get: (id) => topupById(db.read, id),
    ofUser: (id, userId) => ofUser(deps, id, userId),
    async history(userId, { offset, limit }) {
      const rows = await db.read
        .select()
        .from(topups)
        .where(eq(topups.userId, userId))
        .orderBy(desc(topups.createdAt), desc(topups.id))
        .limit(limit)
        .offset(offset);
      return rows;
    },
    async live(userId) {
      return await liveOf(db.read, userId);
    },
    watchedUntil({ endedAt, dueAt }) {
      if (endedAt === null || dueAt === null) return null;
      return Math.max(endedAt + deps.config.latePaymentMs, dueAt);
    },
    async rememberScreen(id, messageId) {
      await db.tx((tx) => placeScreen(tx).execute({ id, messageId }));
    },
  };
}

const placeScreen = prepared((q) =>
  q
    .update(topups)
    .set({ screenMessageId: sql`${sql.placeholder('messageId')}` })
    .where(eq(topups.id, sql.placeholder('id'))),
);

async function ofUser(deps: TopupDeps, id: string, userId: number): Promise<Topup | null> {
  const topup = await topupById(deps.db.read, id);
  return topup?.userId === userId ? topup : null;
}

async function offersNow(deps: TopupDeps, terms: Terms): Promise<Offer[]> {
  const states = await providerStatesById(deps.db.read);
  return [...deps.providers.values()].map((provider) =>
    offerOf(deps, { provider, terms, state: states.get(provider.id) ?? null }),
  );
}

function offerOf(
  deps: TopupDeps,
  { provider, terms, state }: { provider: Provider; terms: Terms; state: ProviderState | null },
): Offer {
  return { provider, availability: availability(state), ...limitsOf(deps, provider, terms) };
}

async function checkNow(
  deps: TopupDeps,
  id: string,
  userId: number | undefined,
): Promise<CheckNowOutcome> {
  const known = await topupById(deps.db.read, id);
  if (!known || (userId !== undefined && known.userId !== userId)) return { kind: 'not_found' };
  const provider = deps.providers.get(known.provider);
  const payable = PAYABLE_STATES.some((state) => state === known.state);
  // The staff may also look whether an order was paid twice.
  const again = userId === undefined && isSettled(known.state);
  if (!provider || !(payable || again) || known.providerOrder === null)
    return { kind: 'checked', topup: known };
  const state = await providerState(deps.db.read, provider.id);
  if (state && deps.clock.now() < state.rateLimitedUntil) {
    return { kind: 'unknown', topup: known, problem: 'rate_limited' };
  }
  const checkedBefore = deps.clock.now() - provider.minCheckIntervalMs;
  const topup = await claimOne(deps, { id, checkedBefore, userId });
  if (!topup) return { kind: 'too_soon', topup: known };
  if ('kind' in topup) return { ...topup, topup: known };
  const cause = userId === undefined ? 'system' : 'button';
  const result = await checkTopup(deps, { provider, topup, priority: 'prompt', cause, again });
  const now = (await topupById(deps.db.read, id)) ?? topup;
  if (result.kind === 'problem') return { kind: 'unknown', topup: now, problem: result.code };
  return { kind: 'checked', topup: now };
}

function approvalsOf(deps: TopupDeps): TopupDecisions {
  return {
    creditReview: (tx, decision) => creditReview(deps, tx, decision),
    refuseReview: (tx, decision) => refuseReview(deps, tx, decision),
    redirectReview: (tx, decision) => redirectReview(deps, tx, decision),
    closeAsSame: (tx, decision) => closeAsSame(deps, tx, decision),
    approve: (tx, decision) => approve(deps, tx, decision),
    debitTakenBack: (tx, decision) => debitTakenBack(deps, tx, decision),
    leaveTakenBack: (tx, decision) => leaveTakenBack(deps, tx, decision),
    close: (tx, decision) => closeTopup(deps, tx, decision),
  };
}

function work(deps: TopupDeps): TopupWork {
  const sweeps = new Map<string, Promise<void>>();
  /** Providers that were asked for while a sweep was under way, which may have passed the order by. */
  const again = new Set<string>();
  let stopped = false;

  function sweep(provider: Provider): Promise<void> {
    const running = sweeps.get(provider.id);
    if (running) {
      again.add(provider.id);
      return running;
    }
    const started = sweepUntilQuiet(provider).finally(() => sweeps.delete(provider.id));
    sweeps.set(provider.id, started);
    return started;
  }

  async function sweepUntilQuiet(provider: Provider): Promise<void> {
    do {
      again.delete(provider.id);
      if (stopped) return;
      await sweepProvider(deps, provider, () => stopped);
    } while (again.has(provider.id));
  }

  async function begin(): Promise<{ sweeps: Promise<unknown> }> {
    if (stopped) return { sweeps: Promise.resolve() };
    await failInterrupted(deps, { everyone: false });
    await endOverdue(deps);
    return { sweeps: Promise.all([...deps.providers.values()].map(sweep)) };
  }

  return {
    async tick() {
      await (
        await begin()
      ).sweeps;
    },
    async round() {
      const begun = await begin();
      const ended = begun.sweeps.then(() => true);
      if (await orAfter(deps.clock, ROUND_MS, ended)) return;
      ended.catch((error: unknown) => {
        deps.log.error({ event: 'sweep_failed', err: error }, 'a sweep failed after its round');
      });
    },
    async receive(call) {
      const outcome = await acceptWebhook(deps, call);
      const provider = deps.providers.get(call.provider);
      if (outcome === 'stored' && provider && !stopped) {
        sweep(provider).catch((error: unknown) => {
          deps.log.error(
            { event: 'sweep_failed', provider: provider.id, err: error },
            'sweep failed',
          );
        });
      }
      return outcome;
    },
    async recover() {
      const interrupted = await failInterrupted(deps, { everyone: !deps.db.shared });
      if (interrupted > 0)
        deps.log.warn({ event: 'interrupted', interrupted }, 'half-open orders ended');
    },
    async stop() {
      stopped = true;
      await Promise.allSettled(sweeps.values());
    },
  };
}
